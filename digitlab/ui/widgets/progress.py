"""How far work in the background is: its bar and its Stop, until it ends and the page runs anew.

A page follows three kinds of work in the same way: a training, a group of trainings, and a
background task. Each is described as `Work`, and `_follow` shows it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import streamlit as st

from digitlab.compute.background import BackgroundTask, StepGenerator
from digitlab.compute.job_group import JobGroup
from digitlab.records.job_state import JobState
from digitlab.records.training_view import TrainingView
from digitlab.ui.session import address
from digitlab.ui.session.services import queue
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets.training_words import queue_words, training_words, waking_up
from digitlab.wording.numerals import decimal, per_cent
from digitlab.wording.problems.reasons import limit_words, problem_words
from digitlab.wording.say import say, say_count


class Pace(NamedTuple):
    """Seconds between two looks at work.

    Attributes:
        near: while it is worked on, or comes next.
        far: while it waits for others; so thirty who wait cost no more than a few who train.
    """

    near: float
    far: float


TRAINING_PACE = Pace(0.3, 2.0)  # the first look comes with the page, the second one within 1 s
GROUP_PACE = Pace(1.0, 4.0)  # a class that waits for five seeds each must not slow all pages down
_TASK_PACE = Pace(0.5, 0.5)


def _nothing() -> None:
    """Show nothing."""


@dataclass(frozen=True, eq=False)
class Work:
    """Work in the background, as a page follows it. It changes while the page looks: so functions.

    Attributes:
        watch: notes that a page looks; what nobody looks at any more is given up.
        active: whether it waits or goes on.
        share_done: how much of it is done, 0 to 1.
        words: how far it is, and how long it will probably take.
        pace: how often the page looks.
        is_far: whether others have their turns first.
        slows_down: whether the page runs anew to look less often, too.
        show_stop: its Stop, and what else stands below the bar.
    """

    watch: Callable[[], None]
    active: Callable[[], bool]
    share_done: Callable[[], float]
    words: Callable[[], str]
    pace: Pace
    is_far: Callable[[], bool] = lambda: False
    slows_down: bool = True
    show_stop: Callable[[], None] = _nothing


def follow_training(lab: Lab, draw: Callable[[TrainingView], None] | None = None) -> None:
    """Show how the session's training goes on, until it ends. Its Stop stands on the page Train.

    Args:
        lab: the session.
        draw: shows more of the job, live, and still when it has ended.
    """
    if lab.job is None:
        return

    def job() -> TrainingView:
        """The latest: each look at a training of another process gives another object."""
        assert lab.job is not None, "only a page that is not followed takes it away"
        return lab.job

    def watch() -> None:
        address.refresh(lab)
        queue().touch(job().id)

    work = Work(
        watch,
        active=lambda: job().active,
        share_done=lambda: job().share_done,
        words=lambda: training_words(job()),
        pace=TRAINING_PACE,
        is_far=lambda: not _is_near(job()),
        slows_down=False,  # between two time slices it is far for a moment only
    )
    _follow(work, lambda: draw(job()) if draw else None)


def follow_group(
    group: JobGroup, key: str, words: Callable[[], str], draw: Callable[[], None]
) -> None:
    """Show how trainings that belong together go on, until all have ended.

    Args:
        group: the trainings; what there is room for is queued at each look.
        key: of their Stop.
        words: how many are done.
        draw: shows more of them, live.
    """

    def progress_words() -> str:
        if not queue().ready:
            return waking_up()
        if group.stopped:
            return say("The trainings end after their current batches…")
        waiting = group.active_jobs
        if waiting and all(job.state is JobState.QUEUED for job in waiting):
            return f"{words()} · {queue_words(waiting[0])}"
        return words()

    def show_stop() -> None:
        _stop_button(key, lambda: group.stop(queue().stop), group.stopped)
        if group.problem:
            st.caption(f":material/hourglass: {limit_words(group.problem)}")
        elif group.waiting:
            more = say_count(
                "{count} more training waits here. The lab starts it when there is room. Keep this "
                "page open.",
                "{count} more trainings wait here. The lab starts them when there is room. Keep "
                "this page open.",
                group.waiting,
            )
            st.caption(f":material/hourglass: {more}")

    work = Work(
        watch=lambda: group.advance(queue().submit),
        active=lambda: group.active,
        share_done=lambda: group.share_done,
        words=progress_words,
        pace=GROUP_PACE,
        is_far=lambda: is_far(group),
        show_stop=show_stop,
    )
    _follow(work, draw)


def is_far(group: JobGroup) -> bool:
    """Whether none of the trainings runs, or is the next one."""
    return not any(map(_is_near, group.active_jobs))


def background_task(
    lab: Lab, name: str, label: str, steps: Callable[[], StepGenerator[Any]]
) -> Any:
    """What a background task has worked out; until then a button that starts it, or its progress.

    Args:
        lab: the session.
        name: of the task and of what it is about: another name, another task. A session has one
            at a time.
        label: of the button.
        steps: makes what is to be done.

    Returns:
        The result, None before there is one.
    """
    task = lab.background_tasks.get(name)
    if task is not None and task.active:
        _follow(_task_work(task, name))
        return None
    result = task.result if task else None
    if result is not None:
        return result
    if task is not None and task.problem:
        st.warning(problem_words(task.problem), icon=":material/warning:")
    st.button(
        label,
        key=f"study_{name}",
        icon=":material/play_arrow:",
        on_click=_start_task,
        args=(lab, name, steps),
    )
    return None


def _task_work(task: BackgroundTask[Any], name: str) -> Work:
    def words() -> str:
        share, left = per_cent(task.share), task.remaining
        if not left:
            return say("{share} done", share=share)
        return say("{share} done, about {seconds} s left", share=share, seconds=decimal(left, 0))

    return Work(
        task.touch,
        active=lambda: task.active,
        share_done=lambda: task.share,
        words=words,
        pace=_TASK_PACE,
        show_stop=lambda: _stop_button(f"stop_{name}", task.stop),
    )


def _start_task(lab: Lab, name: str, steps: Callable[[], StepGenerator[Any]]) -> None:
    for other in lab.background_tasks.values():
        other.stop()
    ended = {key: task for key, task in lab.background_tasks.items() if task.result is not None}
    last = dict(list(ended.items())[-1:])  # so much is held: a map takes some MB
    lab.background_tasks = last | {name: BackgroundTask(steps())}


def _follow(work: Work, draw: Callable[[], None] = _nothing) -> None:
    """Show work until it ends, in a part of the page that runs by itself."""
    active, far = work.active(), work.is_far()
    every = work.pace.far if far else work.pace.near
    st.fragment(_show, run_every=every if active else None)(work, active, far, draw)


def _show(work: Work, was_active: bool, was_far: bool, draw: Callable[[], None]) -> None:
    """One look: how far it is, its Stop, and what else is drawn of it.

    Args:
        work: that is followed.
        was_active: whether it went on when the page ran. When it ends, the page runs once more,
            so that the controls and the sidebar follow.
        was_far: as `Work.is_far` said then. The page sets how often this part runs: so it runs
            anew for another pace.
        draw: shows more.
    """
    work.watch()
    if was_active:
        if not work.active() or _needs_another_pace(work, was_far):
            st.rerun()
        st.progress(work.share_done(), text=work.words())
        work.show_stop()
    draw()


def _needs_another_pace(work: Work, was_far: bool) -> bool:
    return work.is_far() != was_far and (was_far or work.slows_down)


def _stop_button(key: str, stop: Callable[[], None], stopped: bool = False) -> None:
    st.button(say("Stop"), key=key, icon=":material/stop:", disabled=stopped, on_click=stop)


def _is_near(job: TrainingView) -> bool:
    """Whether a training runs, or is the next one."""
    return job.state is JobState.RUNNING or queue().position(job) <= 1
