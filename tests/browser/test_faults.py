"""What breaks around the lab, and what its visitor sees then."""

import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import free_port

from .servers import LabServer, Wire, scheduler, worker
from .visitor import (
    begin,
    draw,
    expect_answer,
    expect_trained,
    go,
    preset,
    settle,
    slow,
    train,
    train_page,
)

RESULT = re.compile(r"reads? \d+\.\d\s% of the (training|validation) digits")


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabServer]:
    """A server that tests may kill. Dask may call that an error, but nothing is to fail."""
    server = LabServer(tmp_path_factory.mktemp("mortal"))
    server.start()
    yield server
    server.stop()
    log = server.log.read_text()
    assert "Traceback" not in log, log


@pytest.fixture
def own_server(mortal: LabServer) -> LabServer:
    """The same, alive."""
    if mortal.process.poll() is not None:
        mortal.start()
    return mortal


def result(page: Page) -> str:
    """The sidebar's line on the current network."""
    return page.get_by_test_id("stSidebar").get_by_text(RESULT).inner_text()


def losses(page: Page) -> list[str]:
    """What Keras printed at the end of each epoch."""
    log = page.get_by_test_id("stMain").get_by_test_id("stCode").first.inner_text()
    return re.findall(r"(?<!val_)loss: (\d\.\d{4})", log)


def test_worker_killed_in_mid_epoch_is_not_even_noticed(
    visit: Callable[..., Page], own_server: LabServer
) -> None:
    page = visit(train_page(slow(epochs=8), own_server.address))
    begin(page)
    own_server.worker("train").kill()
    expect(page.get_by_text(re.compile("program that trains stopped|waking up"))).to_be_visible()
    expect_trained(page)
    assert len(losses(page)) == 8


def test_server_killed_and_started_again_finds_what_was_trained_and_offers_to_continue(
    visit: Callable[..., Page], own_server: LabServer
) -> None:
    """One visitor has a network when the server is killed, another one is in mid-training. A server
    that starts takes ten seconds of a processor: once for both."""
    done = visit(train_page(preset("ReLU 128", epochs=2), own_server.address), may_lose_server=True)
    train(done)
    before, numbers = result(done), losses(done)
    address = train_page(slow(epochs=12), own_server.address)
    page = visit(address, may_lose_server=True)
    begin(page)
    page.get_by_role("button", name="Pause", exact=True).click()  # that leaves a checkpoint
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(page.get_by_text(re.compile(r"Epoch \d+ of 12, batch"))).to_be_visible()
    own_server.kill()
    own_server.start()
    page.reload()
    settle(page)  # at once, though it was not silent for long: its process is seen to be dead
    assert page.get_by_text("The server stopped while this network was training").is_visible()

    done.reload()
    settle(done)
    assert result(done) == before
    assert losses(done) == numbers
    go(done, "Draw")
    draw(done, 3)
    expect_answer(done, 3)
    go(done, "Runs")
    expect(done.get_by_test_id("stMain").get_by_test_id("stDataFrame").first).to_be_visible()

    whole = visit(address)  # the same from beginning to end
    train(whole)
    expect(page.get_by_text(re.compile(r"Go on with epoch ([2-9]|1[0-2])"))).to_be_visible()
    page.get_by_role("button", name="Continue", exact=True).click()
    expect_trained(page)
    assert len(losses(page)) == 12
    assert losses(page) == losses(whole)


def test_connection_cut_for_ten_seconds(visit: Callable[..., Page], own_server: LabServer) -> None:
    wire = Wire(own_server.port)
    try:
        page = visit(train_page(slow(epochs=50), wire.address), may_lose_server=True)
        begin(page)
        wire.cut()
        page.wait_for_timeout(10_000)  # the fault itself, not a wait for something
        wire.mend()
        expect(page.get_by_text(re.compile(r"Epoch \d+ of 50, batch"))).to_be_visible()
        page.get_by_role("button", name="Stop", exact=True).click()
        expect(page.get_by_text(re.compile(r"was stopped after \d+ full epoch"))).to_be_visible()
    finally:
        wire.close()


def test_two_tabs_train_at_once(visit: Callable[..., Page], server: str) -> None:
    page = visit(train_page(preset("ReLU 128", epochs=2, seed=1)))
    other = page.context.new_page()
    other.goto(train_page(preset("ReLU 128", epochs=2, seed=2), server))
    settle(other)
    for tab in (page, other):
        tab.get_by_role("button", name="Train", exact=True).click()
    for tab in (page, other):
        expect_trained(tab)
    assert losses(page) != losses(other)
    go(page, "Runs")  # one list for both tabs
    table = page.get_by_test_id("stMain").get_by_test_id("stDataFrame").first
    expect(table).to_be_visible()


def test_two_hundred_clicks_are_one_training(visit: Callable[..., Page], server: str) -> None:
    page = visit("/Train")
    button = page.get_by_role("button", name="Train", exact=True)
    button.evaluate("button => { for (let i = 0; i < 200; i++) button.click() }")
    expect_trained(page)
    go(page, "Runs")
    expect(page.get_by_text(re.compile("A The article's network, "))).to_be_visible()
    expect(page.get_by_text(re.compile("B The article's network, "))).to_have_count(0)


def test_forged_address_sees_nothing(visit: Callable[..., Page], server: str) -> None:
    page = visit("/Train?run=" + "A" * 22)
    expect(page.get_by_text("The lab has no run for this address")).to_be_visible()
    expect(page.get_by_text("You are not using a network.")).to_be_visible()


def test_file_of_fifty_megabytes_is_refused_in_words(
    visit: Callable[..., Page], network: str, tmp_path: Path
) -> None:
    page = visit(f"/Draw{network}")
    page.get_by_role("tab", name="Upload a picture").click()
    file = tmp_path / "digit.png"
    file.write_bytes(b"\x89PNG" + bytes(50_000_000))
    page.get_by_test_id("stFileUploader").locator("input").set_input_files(file)
    expect(page.get_by_text("File must be 10.0MB or smaller.")).to_be_visible()
    uploader = page.get_by_test_id("stFileUploader").filter(visible=True)
    below = uploader.evaluate("field => getComputedStyle(field, '::after').content")
    assert below == '"The file with the red sign was not taken. Point at the sign to read why."'
    page.get_by_role("tab", name="Draw", exact=True).click()
    draw(page, 7)
    expect_answer(page, 7)


def test_scheduler_killed_and_started_again(visit: Callable[..., Page], tmp_path: Path) -> None:
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    server = LabServer(tmp_path, DIGITLAB_SCHEDULER=address)
    with contextlib.ExitStack() as stack:
        first = stack.enter_context(scheduler(port))
        trainer = stack.enter_context(worker(address, "train"))  # nothing here asks a network
        server.start()
        stack.callback(server.stop)
        page = visit(train_page(slow(epochs=8), server.address))
        begin(page)
        first.kill()
        first.wait()
        expect(page.get_by_text("The lab can't reach the programs")).to_be_visible(timeout=90_000)
        trainer.kill()
        stack.enter_context(scheduler(port))
        stack.enter_context(worker(address, "train"))
        page.get_by_role("button", name="Continue", exact=True).click()
        expect_trained(page)
        assert len(losses(page)) == 8
