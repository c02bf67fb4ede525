"""The page Data, alone, against the arrays."""

import base64
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from digitlab.data.mnist import Dataset
from tests import reading
from tests.reading import chart, code, control, open_view, rows_of_pictures, text

PAGE = Path(__file__).parents[2] / "pages" / "1_Data.py"


@pytest.fixture
def page() -> AppTest:
    """Opened at its first view, One digit."""
    return AppTest.from_file(PAGE, default_timeout=30).run()


@pytest.fixture
def many(page: AppTest) -> AppTest:
    return open_view(page, "many")


@pytest.fixture
def tensor(page: AppTest) -> AppTest:
    return open_view(page, "tensor")


def written(page: AppTest) -> Any:
    """The 28 x 28 numbers, as they are written on the pixels."""
    layers = [layer["text"] for layer in chart(page, "numbers")["data"][1:]]
    return np.array(layers, object).sum(axis=0).astype(int)


def captions(page: AppTest) -> list[int]:
    """The numbers under the pictures of the gallery."""
    return [int(caption) for caption in reading.captions(page)]


def test_pictures_come_with_the_page_pixel_by_pixel(many: AppTest, mnist: Dataset) -> None:
    (gallery,) = rows_of_pictures(many)
    for picture in gallery:
        kind, _, content = picture["src"].partition(",")
        assert kind == "data:image/png;base64"
        shown = np.asarray(Image.open(io.BytesIO(base64.b64decode(content))))
        factor = shown.shape[0] // 28
        expected = 255 - mnist.x_train[int(picture["caption"])]
        assert np.array_equal(shown, expected.repeat(factor, 0).repeat(factor, 1))


def test_starts_at_training_sample_8(page: AppTest, mnist: Dataset) -> None:
    assert not page.exception
    assert np.array_equal(written(page), mnist.x_train[8])
    assert "The **label** of this picture is **1**" in text(page)
    assert "68 of them are not 0" in text(page)
    assert "plt.imshow(x_train[8]" in code(open_view(page, "arrays"))


def test_set_and_number_change_picture_label_and_code(page: AppTest, mnist: Dataset) -> None:
    control(page.segmented_control, "Set").set_value("test").run()
    control(page.number_input, "Number").set_value(11).run()
    assert np.array_equal(written(page), mnist.x_test[11])
    assert "The **label** of this picture is **6**" in text(page)
    open_view(page, "arrays")
    assert "plt.imshow(x_test[11]" in code(page)
    assert "print(y_test[11])" in code(page)


def test_another_one_is_another_one(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, mnist: Dataset
) -> None:
    monkeypatch.setattr(
        "digitlab.ui.widgets.digit_selection.secrets.randbelow", lambda size: size - 1
    )
    control(page.button, "Another one").click().run()
    assert control(page.number_input, "Number").value == 59_999
    assert np.array_equal(written(page), mnist.x_train[59_999])


def test_a_number_past_the_smaller_set_is_brought_to_its_end(page: AppTest, mnist: Dataset) -> None:
    control(page.number_input, "Number").set_value(50_000).run()
    control(page.segmented_control, "Set").set_value("test").run()
    assert not page.exception
    assert control(page.number_input, "Number").value == 9_999
    assert control(page.number_input, "Number").max == 9_999
    assert np.array_equal(written(page), mnist.x_test[9_999])


@pytest.mark.parametrize("wrong", [-1, 60_000, 10**12])
def test_a_number_outside_never_reaches_the_arrays(page: AppTest, wrong: int) -> None:
    control(page.number_input, "Number").set_value(wrong).run()
    assert not page.exception
    assert 0 <= page.session_state["digitlab"].selection.index < 60_000
    assert control(page.number_input, "Number").value == 8  # what stood there before


def test_gallery_shows_samples_of_the_chosen_digit_of_the_chosen_set(
    many: AppTest, mnist: Dataset
) -> None:
    assert captions(many) == np.flatnonzero(mnist.y_train == 7)[:40].tolist()
    control(many.pills, "Digit").set_value(3).run()
    assert captions(many) == np.flatnonzero(mnist.y_train == 3)[:40].tolist()
    assert "6,131 of the 60,000 pictures in the training set show the digit 3" in text(many)
    control(many.segmented_control, "Set").set_value("test").run()
    assert captions(many) == np.flatnonzero(mnist.y_test == 3)[:40].tolist()
    assert "1,010 of the 10,000 pictures in the test set show the digit 3" in text(many)


def test_no_two_pictures_are_the_same(mnist: Dataset) -> None:
    """Many hands says so."""
    for pictures in (mnist.x_train, mnist.x_test):
        assert len({picture.tobytes() for picture in pictures}) == len(pictures)


def test_the_tasks_have_their_answers_on_the_page(page: AppTest, mnist: Dataset) -> None:
    """The 7 that looks like a 1 is among the first ones, and One digit names it."""
    assert "type the number 212" in "\n".join(info.value for info in page.info)
    control(page.number_input, "Number").set_value(212).run()
    assert "The **label** of this picture is **7**" in text(page)
    assert 212 in captions(open_view(page, "many"))


def test_counts_and_average_of_each_digit(page: AppTest, mnist: Dataset) -> None:
    open_view(page, "all")
    train, test = chart(page, "counts")["data"]
    assert [train["text"][1], test["text"][1]] == ["6,742", "1,135"]
    sevens = np.count_nonzero(mnist.y_train == 7)
    assert f"All {sevens:,} training pictures of the digit 7" in text(page)
    control(page.pills, "Digit").set_value(3).run()
    assert "y_train == 3" in code(page)
    assert "3 has 6,131 pictures in the training set and 1,010 in the test set" in text(page)


def test_what_is_chosen_stays_from_view_to_view(page: AppTest) -> None:
    control(page.segmented_control, "Set").set_value("test").run()
    control(page.number_input, "Number").set_value(11).run()
    control(open_view(page, "all").pills, "Digit").set_value(4).run()
    control(open_view(page, "tensor").selectbox, "Tensor").set_value(1).run()
    control(page.slider, "Row").set_value(20).run()
    assert control(open_view(page, "many").pills, "Digit").value == 4
    assert control(page.segmented_control, "Set").value == "test"
    assert control(open_view(page, "one").number_input, "Number").value == 11
    assert control(page.segmented_control, "Set").value == "test"
    assert "tensor = x_test[11, 20]\n" in code(open_view(page, "tensor"))
    assert control(page.slider, "Row").value == 20


@pytest.mark.parametrize(
    ("axes", "name", "shape"),
    [
        (3, "x_train", "(60000,\xa028,\xa028)"),
        (2, "x_train[8]", "(28,\xa028)"),
        (1, "x_train[8, 14]", "(28,)"),
        (0, "x_train[8, 14, 10]", "()"),
    ],
)
def test_explorer_goes_from_the_array_to_a_pixel(
    tensor: AppTest, axes: int, name: str, shape: str
) -> None:
    control(tensor.selectbox, "Tensor").set_value(axes).run()
    assert f"| `ndim` | **{axes}** |" in text(tensor)
    assert f"| `shape` | **{shape}** |" in text(tensor)
    assert f"tensor = {name}\n" in code(tensor)
    said = str([caption.value for caption in tensor.caption])
    assert ("The label of the picture" in said) is (axes < 3)


def test_explorer_follows_row_and_column(tensor: AppTest, mnist: Dataset) -> None:
    control(tensor.selectbox, "Tensor").set_value(0).run()
    control(tensor.slider, "Row").set_value(20)
    control(tensor.slider, "Column").set_value(14).run()
    assert "tensor = x_train[8, 20, 14]\n" in code(tensor)
    assert str(mnist.x_train[8, 20, 14]) in [element.value for element in tensor.code]


def test_arrays_are_described_as_the_article_prints_them(page: AppTest) -> None:
    open_view(page, "arrays")
    for row in (
        "| `x_train` | 3 | (60000, 28, 28) | `uint8` |",
        "| `y_train` | 1 | (60000,) | `uint8` |",
        "| `x_test` | 3 | (10000, 28, 28) | `uint8` |",
        "| `y_test` | 1 | (10000,) | `uint8` |",
    ):
        assert row in text(page)


def test_sample_is_kept_from_page_to_page() -> None:
    app = AppTest.from_file(PAGE.parents[1] / "app.py", default_timeout=30)
    data = app.switch_page("pages/1_Data.py").run()
    control(data.segmented_control, "Set").set_value("test").run()
    control(data.number_input, "Number").set_value(196).run()
    control(open_view(data, "many").pills, "Digit").set_value(4).run()
    prepare = app.switch_page("pages/2_Prepare.py").run()
    assert control(prepare.number_input, "Number").value == 196
    control(prepare.number_input, "Number").set_value(11).run()
    data = app.switch_page("pages/1_Data.py").run()
    assert control(data.pills, "Digit").value == 4  # the view is kept, too
    open_view(data, "one")
    assert control(data.segmented_control, "Set").value == "test"
    assert control(data.number_input, "Number").value == 11
