"""What breaks around the lab, and what its visitor sees then."""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from digitlab.specs import PRESETS, LessonSpec
from digitlab.specs.link import to_link, to_query

from .conftest import settle
from .servers import LabServer, Wire, free_port, scheduler, worker
from .test_lesson import choose_network, draw, expect_answer, expect_trained, go, train

RESULT = re.compile(r"reads \d+\.\d % of the test digits")


@pytest.fixture
def own_server(tmp_path) -> Iterator[LabServer]:
    """A server that the test may kill. Dask may call that an error, but nothing is to fail."""
    server = LabServer(tmp_path)
    server.start()
    yield server
    server.stop()
    assert "Traceback" not in server.log.read_text()


def result(page: Page) -> str:
    """The sidebar's line on the current network."""
    return page.get_by_test_id("stSidebar").get_by_text(RESULT).inner_text()


def losses(page: Page) -> list[str]:
    """What Keras printed at the end of each epoch."""
    log = page.get_by_test_id("stMain").get_by_test_id("stCode").first.inner_text()
    return re.findall(r"loss: (\d\.\d{4})", log)


def train_cnn(page: Page, epochs: int) -> None:
    """Start a training that takes some seconds, and wait until its first epoch is done."""
    cnn = PRESETS["Small CNN"]
    run = replace(cnn, training=replace(cnn.training, epochs=epochs, seed=5))
    page.goto(f"{page.url.partition('?')[0]}?{to_query(to_link(LessonSpec(run)))}")
    settle(page)
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_text(re.compile(r"Epoch 2 of "))).to_be_visible(timeout=90_000)


def test_worker_killed_in_mid_epoch_is_not_even_noticed(visit, own_server):
    page = visit(f"{own_server.address}/Train")
    train_cnn(page, epochs=4)
    own_server.worker("train").kill()
    expect_trained(page)
    assert len(losses(page)) == 4


def test_server_killed_and_started_again_finds_what_was_trained(visit, own_server):
    page = visit(own_server.address, may_lose_server=True)
    choose_network(page, "ReLU 128")
    train(page)
    before, numbers = result(page), losses(page)
    own_server.kill()
    own_server.start()
    page.reload()
    settle(page)
    assert result(page) == before
    assert losses(page) == numbers
    go(page, "Draw")
    draw(page, 3)
    expect_answer(page, 3)
    go(page, "Runs")
    expect(page.get_by_test_id("stMain").get_by_test_id("stDataFrame").first).to_be_visible()


def test_server_killed_in_mid_training_offers_to_continue(visit, own_server):
    page = visit(f"{own_server.address}/Train", may_lose_server=True)
    train_cnn(page, epochs=9)
    whole = visit(f"{own_server.address}/Train", may_lose_server=True)
    train_cnn(whole, epochs=9)  # waits: each lets the other have a turn, and leaves a checkpoint
    expect(page.get_by_text("now others have a turn")).to_be_visible(timeout=90_000)
    whole.get_by_role("button", name="Stop", exact=True).click()
    own_server.kill()
    own_server.start()
    page.reload()
    settle(page)
    expect(page.get_by_text("The server stopped while this network was training")).to_be_visible(
        timeout=60_000  # it was silent for half a minute
    )
    expect(page.get_by_text(re.compile(r"Go on with epoch [2-9]"))).to_be_visible()
    page.get_by_role("button", name="Continue", exact=True).click()
    expect_trained(page)
    continued = losses(page)
    page.get_by_role("button", name="Train", exact=True).click()  # the same from the beginning
    expect(page.get_by_text(re.compile(r"Epoch 1 of "))).to_be_visible(timeout=90_000)
    expect_trained(page)
    assert len(continued) == 9
    assert losses(page) == continued


def test_connection_cut_for_ten_seconds(visit, own_server):
    wire = Wire(own_server.port)
    try:
        page = visit(f"{wire.address}/Train", may_lose_server=True)
        train_cnn(page, epochs=7)
        wire.cut()
        page.wait_for_timeout(10_000)  # the fault itself, not a wait for something
        wire.mend()
        expect_trained(page)
        assert len(losses(page)) == 7
    finally:
        wire.close()


def test_two_tabs_train_at_once(visit, server):
    page = visit()
    other = page.context.new_page()
    other.goto(server)
    settle(other)
    for tab, seed in ((page, 1), (other, 2)):
        choose_network(tab, "ReLU 128", seed)
    for tab in (page, other):
        tab.get_by_role("button", name="Train", exact=True).click()
    for tab in (page, other):
        expect_trained(tab)
    assert losses(page) != losses(other)
    go(page, "Runs")  # one list for both tabs
    table = page.get_by_test_id("stMain").get_by_test_id("stDataFrame").first
    expect(table).to_be_visible()


def test_two_hundred_clicks_are_one_training(visit, server):
    page = visit("/Train")
    button = page.get_by_role("button", name="Train", exact=True)
    button.evaluate("button => { for (let i = 0; i < 200; i++) button.click() }")
    expect_trained(page)
    go(page, "Runs")
    expect(page.get_by_text(re.compile("A The article's network, "))).to_be_visible()
    expect(page.get_by_text(re.compile("B The article's network, "))).to_have_count(0)


def test_forged_address_sees_nothing(visit, server):
    page = visit("/Train?run=" + "A" * 22)
    expect(page.get_by_text("No run is kept under this address")).to_be_visible()
    expect(page.get_by_text("No network trained yet.")).to_be_visible()


def test_file_of_fifty_megabytes_is_refused_in_words(visit, tmp_path):
    page = visit()
    choose_network(page, "The article's network")
    train(page)
    go(page, "Draw")
    page.get_by_role("tab", name="Upload a picture").click()
    file = tmp_path / "digit.png"
    file.write_bytes(b"\x89PNG" + bytes(50_000_000))
    page.get_by_test_id("stFileUploader").locator("input").set_input_files(file)
    expect(page.get_by_text("File must be 20.0MB or smaller.")).to_be_visible()
    page.get_by_role("tab", name="Draw", exact=True).click()
    draw(page, 7)
    expect_answer(page, 7)


def test_scheduler_killed_and_started_again(visit, tmp_path):
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    server = LabServer(tmp_path, DIGITLAB_SCHEDULER=address)
    with contextlib.ExitStack() as stack:
        first = stack.enter_context(scheduler(port))
        workers = [stack.enter_context(worker(address, kind)) for kind in ("train", "predict")]
        server.start()
        stack.callback(server.stop)
        page = visit(server.address)
        choose_network(page, "ReLU 128")
        train(page)
        go(page, "Train")
        train_cnn(page, epochs=9)
        first.kill()
        first.wait()
        expect(page.get_by_text("The workers can't be reached")).to_be_visible(timeout=90_000)
        for process in workers:
            process.kill()
        stack.enter_context(scheduler(port))
        for kind in ("train", "predict"):
            stack.enter_context(worker(address, kind))
        page.get_by_role("button", name="Continue", exact=True).click()
        expect_trained(page)
        assert len(losses(page)) == 9
