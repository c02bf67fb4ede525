"""Beyond one machine: two web processes share a scheduler, its workers and one PostgreSQL."""

import contextlib
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.postgres import postgres

from .servers import LabServer
from .visitor import (
    begin,
    expect_trained,
    go,
    preset,
    settle,
    slow,
    take_exam,
    train,
    train_page,
    unfold,
)


@pytest.fixture(scope="module")
def cluster(
    tmp_path_factory: pytest.TempPathFactory, remote_workers: str
) -> Iterator[list[LabServer]]:
    """Two web servers in front of one training worker, one for predictions, and a database."""
    with contextlib.ExitStack() as stack:
        database = stack.enter_context(postgres())
        servers = [
            LabServer(
                tmp_path_factory.mktemp(name),
                DIGITLAB_SCHEDULER=remote_workers,
                DIGITLAB_DATABASE_URL=database,
            )
            for name in ("one", "two")
        ]
        with ThreadPoolExecutor() as together:  # both find the database new
            list(together.map(LabServer.start, servers))
        for server in servers:
            stack.callback(server.stop)
        yield servers
        assert [server.errors() for server in servers] == [[], []]


def accuracy(page: Page) -> str:
    """As the sidebar says it, with one decimal."""
    status = page.get_by_test_id("stSidebar").get_by_text(re.compile(r"reads? \d+\.\d\s% of"))
    share = re.search(r"\d+\.\d\s%", status.inner_text())
    assert share is not None
    return share[0]


def test_a_run_made_through_one_server_is_found_through_the_other(
    visit: Callable[..., Page], cluster: list[LabServer]
) -> None:
    one, two = cluster
    article = partial(preset, "The article's network", epochs=2)
    page = visit(train_page(article(seed=3), one.address))
    other = visit(train_page(article(seed=4), two.address))
    for tab in (page, other):  # each server has a job of its own done
        train(tab)
    address = page.url
    assert accuracy(other) != accuracy(page)
    other.goto(address.replace(one.address, two.address))
    settle(other)
    expect_trained(other)
    assert accuracy(other) == accuracy(page)
    unfold(other, "The same in Keras")
    expect(other.get_by_text("set_random_seed(3)").last).to_be_visible()
    take_exam(other)
    matrix = r"Accuracy: [\d,]+ / 10,000 = 0\.\d{4}"
    take_exam(page)
    expect(other.get_by_text(re.compile(matrix))).to_have_text(
        page.get_by_text(re.compile(matrix)).inner_text()
    )
    go(other, "Runs")  # seen by its address, and yet not the other's list
    settle(other)
    assert other.url.endswith(address.rpartition("?")[2])


def test_a_training_that_goes_on_elsewhere_is_seen_and_stopped_from_here(
    visit: Callable[..., Page], cluster: list[LabServer]
) -> None:
    one, two = cluster
    page = visit(train_page(slow(epochs=50), one.address))
    begin(page)
    other_page = visit(page.url.replace(one.address, two.address))
    expect(
        other_page.get_by_text(re.compile(r"in another process of the lab. Epochs done: [1-9]"))
    ).to_be_visible()
    other_page.get_by_role("button", name="Stop", exact=True).click()
    for tab in (page, other_page):
        expect(tab.get_by_text(re.compile(r"was stopped after \d+ full epoch"))).to_be_visible()
    assert accuracy(other_page) == accuracy(page)
