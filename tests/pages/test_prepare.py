"""The page Prepare, alone: the four steps against NumPy and the article's printed results."""

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from digitlab.data.mnist import Dataset
from digitlab.specs import PRESETS
from digitlab.ui.shell import path
from tests.reading import chart, code, control, open_view, text

PAGE = Path(__file__).parents[2] / "pages" / "2_Prepare.py"


@pytest.fixture
def page() -> AppTest:
    """Opened at its first view, the cast."""
    return AppTest.from_file(PAGE, default_timeout=30).run()


def test_cast_tells_type_and_memory(page: AppTest) -> None:
    assert not page.exception
    assert "| `uint8` | `float32` |" in text(page)
    assert "| Darkest pixel: row 8, column 14 | 255 | 255.0 |" in text(page)
    assert "| Memory for `x_train` | 47.0\xa0MB | 188.2\xa0MB |" in text(page)
    assert "| Memory for `x_test` | 7.8\xa0MB | 31.4\xa0MB |" in text(page)


def test_scale_tells_the_range(page: AppTest) -> None:
    open_view(page, "scale")
    titles = [
        chart(page, f"histogram_{when}")["layout"]["title"]["text"] for when in ("before", "after")
    ]
    assert titles == ["Before: values from 0 to 255", "After: values from 0 to 1"]
    assert "the 68 pixels of `x_train[8]` that have ink. The other 716 pixels are 0" in text(page)


def test_reshape_follows_the_row(page: AppTest) -> None:
    open_view(page, "reshape").slider(key="reshape_row").set_value(20).run()
    title = chart(page, "reshape_after")["layout"]["xaxis2"]["title"]["text"]
    assert title == "places 560 to 587: row 20"  # the task's answer is 563
    assert "row 20 of x_train[8]" in chart(page, "reshape_before")["layout"]["title"]["text"]
    open_view(page, "cast")
    assert open_view(page, "reshape").slider(key="reshape_row").value == 20


def test_one_hot_follows_the_sample(page: AppTest, mnist: Dataset) -> None:
    control(page.segmented_control, "Set").set_value("test").run()
    control(page.number_input, "Number").set_value(11).run()
    open_view(page, "one_hot")
    assert (page.metric[0].label, page.metric[0].value) == ("Before: `y_test[11]`", "6")
    assert "The 1 is at place 6" in chart(page, "one_hot")["layout"]["title"]["text"]
    assert "The label `y_test[11]` was 6. Now it is `[0 0 0 0 0 0 1 0 0 0]`" in text(page)
    open_view(page, "arrays")
    assert "Your picture `x_test[11]` was 784 whole numbers from 0 to" in text(page)
    assert "Its label was 6. Now it is `[0 0 0 0 0 0 1 0 0 0]`" in text(page)


def test_article_shapes_and_labels(page: AppTest) -> None:
    open_view(page, "arrays")
    assert page.code[-1].value == (
        "(60000, 784) (10000, 784)\n"
        "(60000, 10) (10000, 10)\n"
        "[0. 0. 0. 0. 0. 0. 0. 1. 0. 0.]\n"
        "[0. 0. 0. 0. 0. 1. 0. 0. 0. 0.]"
    )
    assert "first test digit: it was `7`" in text(page)
    assert "first training digit: it was `5`" in text(page)


def test_a_convolution_keeps_the_picture(page: AppTest) -> None:
    lab = page.session_state["digitlab"]
    lab.spec = PRESETS["Small CNN"]
    open_view(page, "reshape")
    assert "3. Reshape: the picture stays a picture" in [header.value for header in page.header]
    assert "| Shape of `x_train[8]` | (28, 28) | (28, 28, 1) |" in text(page)
    assert "x_train.reshape(len(x_train), 28, 28, 1)" in code(page)
    open_view(page, "arrays")
    assert page.code[-1].value.startswith("(60000, 28, 28, 1) (10000, 28, 28, 1)\n")


@pytest.mark.usefixtures("uses_keras")
def test_the_code_on_the_page_does_what_the_page_shows(
    page: AppTest, mnist: Dataset, capsys: pytest.CaptureFixture[str]
) -> None:
    """All pieces, view after view, on ten digits instead of Keras's download."""
    pieces = []
    for view in path.step("Prepare").views:
        open_view(page, view)
        pieces += [code.value for code in page.code if code.language == "python"]
    small = {
        "x_train": mnist.x_train[:10],
        "y_train": mnist.y_train[:10],
        "x_test": mnist.x_test[:10],
        "y_test": mnist.y_test[:10],
    }
    exec("\n".join(pieces), small)
    assert np.array_equal(small["x_train"], mnist.x_train[:10].reshape(10, 784) / np.float32(255))
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "(10, 784) (10, 784)"
    assert printed[-2:] == page.code[-1].value.splitlines()[-2:]
