"""Work that a page follows: how often it looks, and when the page runs anew."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from digitlab.compute.job_group import JobGroup
from digitlab.records.job import Job
from digitlab.records.job_state import JobState
from digitlab.specs import ARTICLE
from digitlab.ui.session.shared import Shared
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import progress
from digitlab.ui.widgets.progress import GROUP_PACE, TRAINING_PACE, Pace

NEAR, FAR = 1, 5
"""Trainings that come before."""


class Queue:
    """Says how many come before at the first look, at the second, and so on."""

    ready, silence = True, 0.0

    def __init__(self, *places: int) -> None:
        self.places = list(places)

    def touch(self, job_id: str) -> None:
        """A page looks."""

    def position(self, job: Job) -> int:
        return self.places.pop(0) if len(self.places) > 1 else self.places[0]

    def find(self, job_id: Any) -> Any:
        return job_id

    def expected_wait(self, job: Job) -> float:
        return 7.0

    def submit(self, job: Job) -> None:
        raise AssertionError("all are queued")


def training_page() -> None:
    import streamlit as st

    from digitlab.records.training_view import TrainingView
    from digitlab.ui.widgets.progress import follow_training

    st.session_state["runs"] += 1

    def draw(job: TrainingView) -> None:
        st.markdown(f"drawn: {job.state}")

    follow_training(st.session_state["digitlab"], draw)


def group_page() -> None:
    import streamlit as st

    from digitlab.ui.widgets.progress import follow_group

    st.session_state["runs"] += 1
    group = st.session_state["digitlab"].job_groups["group"]

    def draw() -> None:
        st.markdown("drawn")

    follow_group(group, "stop", lambda: "None done", draw)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    def open_page(
        page: Callable[..., Any],
        *places: int,
        state: JobState = JobState.QUEUED,
    ) -> AppTest:
        queue = Queue(*places)
        monkeypatch.setattr(progress, "queue", lambda: queue)
        monkeypatch.setattr("digitlab.ui.widgets.training_words.queue", lambda: Queue(NEAR))
        monkeypatch.setattr("digitlab.ui.session.address.queue", lambda: Queue(NEAR))
        job = Job(ARTICLE, "me", state=state)
        group = JobGroup((ARTICLE,), "me", [job])
        test = AppTest.from_function(page, default_timeout=60)
        test.session_state["digitlab"] = Lab(job=job, shared=Shared({"group": group}))
        test.session_state["runs"] = 0
        test.run()
        assert not test.exception
        return test

    return open_page


@pytest.fixture
def periods(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Seconds between two looks, for each part of a page that runs by itself."""
    seconds = []

    def fragment(function: Any, run_every: Any = None) -> Any:
        seconds.append(run_every)
        return function

    monkeypatch.setattr("streamlit.fragment", fragment)
    return seconds


@pytest.mark.parametrize(
    ("page", "pace"), [(training_page, TRAINING_PACE), (group_page, GROUP_PACE)]
)
def test_what_waits_is_looked_at_less_often(
    opened: Callable[..., Any], periods: Any, page: Callable[..., Any], pace: Pace
) -> None:
    opened(page, NEAR)
    opened(page, FAR)
    assert periods == [pace.near, pace.far]
    assert pace.far > 2 * pace.near


def test_what_has_ended_is_drawn_once_more_without_a_bar(
    opened: Callable[..., Any], periods: Any
) -> None:
    test = opened(training_page, NEAR, state=JobState.FINISHED)
    assert periods == [None]
    assert [markdown.value for markdown in test.markdown] == ["drawn: finished"]
    assert not test.get("progress")


@pytest.mark.parametrize("page", [training_page, group_page])
def test_the_page_runs_anew_when_a_turn_comes_near(
    opened: Callable[..., Any], page: Callable[..., Any]
) -> None:
    assert opened(page, FAR, NEAR).session_state["runs"] == 2


def test_a_training_between_two_time_slices_does_not_run_the_page_anew(
    opened: Callable[..., Any],
) -> None:
    assert opened(training_page, NEAR, FAR).session_state["runs"] == 1


def test_a_group_that_waits_again_runs_the_page_anew(opened: Callable[..., Any]) -> None:
    assert opened(group_page, NEAR, FAR).session_state["runs"] == 2
