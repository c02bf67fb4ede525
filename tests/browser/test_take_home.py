"""A run made in the browser goes home, gives the same numbers there, and comes back."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, expect

from digitlab.data.mnist import MNIST_PATH
from tests.export.alone import history, matrix, python

from .visitor import choose_view, preset, settle, take_exam, train, train_page


def download(page: Page, button: str, folder: Path) -> Path:
    """What a button of "Take it home" gives."""
    with page.expect_download() as started:
        page.get_by_role("button", name=button, exact=True).click()
    file = folder / started.value.suggested_filename
    started.value.save_as(file)
    return file


def test_a_run_goes_home_and_its_network_comes_back(
    visit: Callable[..., Page], tmp_path: Path
) -> None:
    page = visit(train_page(preset("The article's network", epochs=2, seed=11)))
    train(page)
    choose_view(page, "In Keras")
    page.get_by_text("Take it home").click()
    program = download(page, "Program", tmp_path)
    assert download(page, "Notebook", tmp_path).name == "lesson.ipynb"
    table = download(page, "History", tmp_path)
    network = download(page, "Network", tmp_path)
    expect(page.get_by_role("button", name="Report")).to_be_disabled()  # it has the test score

    printed = python(program, MNIST_PATH)
    with table.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert history(printed) == {
        name: [float(row[name]) for row in rows] for name in ("accuracy", "loss")
    }

    take_exam(page)
    right = f"the two are the same: {np.trace(matrix(printed)):,} digits."
    expect(page.get_by_text(right)).to_be_visible()
    accuracy = page.get_by_test_id("stMetricValue").first.inner_text()
    assert accuracy == f"{np.trace(matrix(printed)) / 10_000:.4f}"
    choose_view(page, "In Keras")
    page.get_by_text("Take it home").click()
    assert "<h1" in download(page, "Report", tmp_path).read_text(encoding="utf-8")

    other = visit("/Runs")  # somebody else, without a network
    other.get_by_text("Upload a network from a file").click()
    other.locator("input[type=file]").set_input_files(network)
    expect(other.get_by_test_id("stSidebar").get_by_text("from a file")).to_be_visible()
    settle(other)
    take_exam(other)
    expect(other.get_by_text(right)).to_be_visible()
    expect(other.get_by_test_id("stMetricValue").first).to_have_text(accuracy)
    choose_view(other, "In Keras")
    assert re.search(r'load_model\("network.keras"\)', other.inner_text("body"))
