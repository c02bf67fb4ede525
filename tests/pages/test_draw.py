"""Draw: the canvas and an uploaded picture, under AppTest with a real worker."""

import base64
import io
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from streamlit.testing.v1 import AppTest

from digitlab import limits
from digitlab.analysis.stability import Reading, moved
from digitlab.compute.errors import EngineError, Problem
from digitlab.compute.service import TrainingQueue
from digitlab.data.mnist import Dataset
from digitlab.hour import CARDS
from digitlab.preprocess import (
    Ambiguity,
    DrawnDigits,
    PicturesBusyError,
    drawing_to_digit,
    drawing_to_digits,
    read_picture,
    turn_for_picture,
)
from digitlab.preprocess.ready_drawings import CROSSED_ZERO, LONG_ONE, READY
from digitlab.records.networks import TrainedNetwork
from digitlab.ui.draw.reading_words import DOUBTS, of_several
from digitlab.ui.server.page_queue import PageQueue, Place, places
from digitlab.ui.session.state import Lab
from digitlab.wording.drawings.drawing_steps import step_caption
from digitlab.wording.problems.reasons import problem_words
from tests.conftest import finished
from tests.made_pictures import side_by_side
from tests.pages.test_pages import ROOT, words
from tests.reading import captions


def png(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def canvas_state(pixels: np.ndarray) -> dict[str, Any]:
    """What the canvas sends after a stroke."""
    rgba = np.dstack([pixels] * 3 + [np.full_like(pixels, 255)])
    data = "data:image/png;base64," + base64.b64encode(png(rgba)).decode()
    return {"drawing": {"raw": {"objects": []}, "data": data}, "backgroundFit": None}


@pytest.fixture
def page(queue: TrainingQueue, trained: TrainedNetwork) -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages/7_Draw.py"), default_timeout=60)
    test.session_state["digitlab"] = Lab(job=finished(trained))
    return test


@pytest.fixture
def drawing(mnist: Dataset) -> np.ndarray:
    """The first test digit, a 7, as black lines on a canvas of 280 × 280."""
    return np.kron(255 - mnist.x_test[0], np.ones((10, 10), np.uint8))


def expected_answer(
    queue: TrainingQueue,
    trained: TrainedNetwork,
    drawing: NDArray[Any],
) -> str:
    answers = queue.predict(trained, drawing_to_digit(drawing).digit[None])[0]
    return f"It reads the digit **{answers.argmax()}**"


def test_a_drawing_is_read_and_its_steps_are_shown(
    page: AppTest, queue: TrainingQueue, trained: TrainedNetwork, drawing: np.ndarray
) -> None:
    page.session_state["canvas_0"] = canvas_state(drawing)
    page.run()
    assert not page.exception
    assert expected_answer(queue, trained, drawing) in words(page)
    steps = drawing_to_digit(drawing).steps
    assert captions(page)[: len(steps)] == [
        f"{number}. {step_caption(step)}" for number, step in enumerate(steps, start=1)
    ]
    assert "Draw" in page.session_state["digitlab"].seen


def test_missing_workers_are_said_in_a_sentence(
    page: AppTest, queue: TrainingQueue, drawing: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*_: Path) -> None:
        raise EngineError(Problem.NO_WORKERS)

    monkeypatch.setattr(type(queue), "predict", unreachable)
    page.session_state["canvas_0"] = canvas_state(drawing)
    page.run()
    assert not page.exception
    assert [error.value for error in page.error] == [problem_words(Problem.NO_WORKERS)]


def test_switch_shows_what_a_plain_resize_reads(page: AppTest, drawing: np.ndarray) -> None:
    page.session_state["canvas_0"] = canvas_state(drawing)
    page.run()
    assert "Only with simple resizing" not in words(page)
    page.toggle(key="compare_drawing").set_value(True).run()
    assert "Only with simple resizing" in words(page)


@pytest.mark.parametrize(
    ("pixels", "sentence"),
    [
        (np.full((280, 280), 255, np.uint8), "is empty"),
        (np.pad(np.zeros((12, 12), np.uint8), 134, constant_values=255), "dot"),
        (np.pad(np.zeros((270, 270), np.uint8), 5, constant_values=255), "ink nearly everywhere"),
    ],
    ids=["empty", "dot", "filled"],
)
def test_what_is_no_digit_is_answered_kindly(
    page: AppTest, pixels: NDArray[Any], sentence: str
) -> None:
    page.session_state["canvas_0"] = canvas_state(pixels)
    page.run()
    assert not page.exception
    assert not page.error
    assert any(sentence in info.value for info in page.info), words(page)


def test_drawing_is_there_again_after_another_page(
    page: AppTest, queue: TrainingQueue, trained: TrainedNetwork, drawing: np.ndarray
) -> None:
    lab = page.session_state["digitlab"]
    lab.sketch.pixels, lab.sketch.strokes = drawing, {"objects": []}
    page.run()  # the canvas has sent nothing yet on this visit
    assert expected_answer(queue, trained, drawing) in words(page)
    assert lab.sketch.initial == {"objects": []}


EMPTY: dict[str, list[Any]] = {"objects": []}


@pytest.mark.parametrize(
    "state",
    [
        {"drawing": 42},
        {"drawing": [1]},
        {"drawing": "x", "backgroundFit": None},
        {"drawing": {}},
        {"drawing": {"raw": EMPTY, "data": 42}},
        {"drawing": {"raw": EMPTY, "data": "data:image/png,hello"}},
        {"drawing": {"raw": 3, "data": None}},
        {"drawing": {"raw": [[[[]]]], "data": ["data:image/png;base64,"]}},
        {"drawing": {"data": "data:image/png;base64,JSFQUy1BZG9iZQ=="}, "backgroundFit": 3},
        {"backgroundFit": {"naturalWidth": -1}},
        {"backgroundFit": {"naturalWidth": {}}, "drawing": None, "more": "x"},
    ],
    ids=range(11),
)
def test_what_no_canvas_sends_is_ignored_and_the_drawing_stays(
    page: AppTest, drawing: np.ndarray, state: dict[str, Any]
) -> None:
    page.session_state["canvas_0"] = canvas_state(drawing)
    page.run()
    said = words(page)
    page.session_state["canvas_0"] = state
    page.run()
    assert not page.exception
    assert not page.error
    assert words(page) == said
    assert (page.session_state["digitlab"].sketch.pixels == drawing).all()


def test_a_forged_canvas_starts_no_other_decoder(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*args: Any, **kwargs: Any) -> None:
        pytest.fail("A stranger's bytes were opened.")

    monkeypatch.setattr(Image, "open", never)
    eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 280 280\n%%EndComments\nshowpage\n%%EOF\n"
    large = png(np.zeros((300, 300, 4), np.uint8))
    for content in (eps, large, b"GIF89a"):
        data = "data:image/png;base64," + base64.b64encode(content).decode()
        page.session_state["canvas_0"] = {"drawing": {"raw": EMPTY, "data": data}}
        page.run()
        assert not page.exception
        assert any("The canvas is empty" in info.value for info in page.info)


def test_strokes_that_are_too_many_are_not_kept_but_the_drawing_is_read(
    page: AppTest, drawing: np.ndarray
) -> None:
    state = canvas_state(drawing)
    state["drawing"]["raw"] = {"objects": [{"path": [1.5] * 1_000_000}]}
    page.session_state["canvas_0"] = state
    page.run()
    sketch = page.session_state["digitlab"].sketch
    assert sketch.strokes is None
    assert (sketch.pixels == drawing).all()


def test_clear_gives_an_empty_canvas(page: AppTest, drawing: np.ndarray) -> None:
    page.session_state["canvas_0"] = canvas_state(drawing)
    page.run()
    next(b for b in page.button if b.label == "Clear").click().run()
    assert page.session_state["digitlab"].sketch.generation == 1
    assert any("The canvas is empty" in info.value for info in page.info)


def test_a_drawing_and_a_picture_are_read_side_by_side(
    page: AppTest, queue: TrainingQueue, trained: TrainedNetwork, drawing: np.ndarray
) -> None:
    page.session_state["canvas_0"] = canvas_state(drawing)
    page.run()
    page.file_uploader(key="upload").upload("seven.png", png(drawing), "image/png").run()
    page.run()  # with both of them from the top
    assert not page.exception
    assert words(page).count(expected_answer(queue, trained, drawing)) == 2


@pytest.mark.parametrize("invert", [False, True], ids=["white paper", "black ground"])
def test_an_uploaded_picture_is_read(
    page: AppTest, queue: TrainingQueue, trained: TrainedNetwork, drawing: np.ndarray, invert: bool
) -> None:
    page.run()
    content = png(255 - drawing if invert else drawing)
    page.file_uploader(key="upload").upload("seven.png", content, "image/png").run()
    assert not page.exception
    assert not page.error
    assert expected_answer(queue, trained, drawing) in words(page)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            b"not a picture",
            "That file is no picture. Choose a photo or picture of one digit (PNG, JPEG",
        ),
        (b"\x89PNG\r\n\x1a\n" + b"0" * (limits.MAX_UPLOAD_MEGABYTES * 1024 * 1024), "MB"),
    ],
    ids=["text", "huge"],
)
def test_an_upload_that_is_no_digit_is_refused_in_a_sentence(
    page: AppTest, content: bytes, sentence: str
) -> None:
    page.run()
    page.file_uploader(key="upload").upload("picture.png", content, "image/png").run()
    assert not page.exception
    assert [sentence in error.value for error in page.error] == [True], words(page)


@pytest.mark.parametrize("kind", ["HEIF", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_picture_of_another_format_is_read_too(
    page: AppTest, queue: TrainingQueue, trained: TrainedNetwork, drawing: np.ndarray, kind: str
) -> None:
    pillow_heif.register_heif_opener()
    file = io.BytesIO()
    Image.fromarray(drawing).convert("RGB").save(file, kind, quality=95)
    page.run()
    page.file_uploader(key="upload").upload("seven.png", file.getvalue(), "image/png").run()
    assert not page.exception
    assert not page.error
    assert expected_answer(queue, trained, drawing).rpartition(" ")[2] in words(page)


@pytest.mark.parametrize(
    ("pixels", "sentence"),
    [
        (np.full((280, 280), 255, np.uint8), "The picture is white and empty."),
        (np.zeros((280, 280), np.uint8), "The whole picture has one colour."),
    ],
    ids=["white", "black"],
)
def test_an_upload_without_a_digit_is_told_why_and_of_no_canvas(
    page: AppTest, pixels: NDArray[Any], sentence: str
) -> None:
    page.run()
    page.file_uploader(key="upload").upload("nothing.png", png(pixels), "image/png").run()
    assert not page.exception
    view = [info.value for info in page.info]
    assert any(sentence in said for said in view), view
    page.run()  # it is kept with the file
    assert any(sentence in info.value for info in page.info)


def test_a_file_is_unpacked_once(
    page: AppTest,
    queue: TrainingQueue,
    trained: TrainedNetwork,
    drawing: np.ndarray,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    unpacked = []
    unchanged = read_picture

    def counted(content: bytes) -> NDArray[np.uint8]:
        unpacked.append(content)
        return unchanged(content)

    page.run()  # the canvas can be imported in a page only
    monkeypatch.setattr("digitlab.ui.draw.upload_tab.read_picture", counted)
    page.file_uploader(key="upload").upload("seven.png", png(drawing), "image/png").run()
    said = words(page)
    page.run()
    assert words(page) == said
    page.toggle(key="compare_upload").set_value(True).run()
    assert "Only with simple resizing" in words(page)
    assert expected_answer(queue, trained, drawing) in words(page)
    assert len(unpacked) == 1
    page.file_uploader(key="upload").upload("eight.png", png(255 - drawing), "image/png").run()
    assert len(unpacked) == 2
    page.file_uploader(key="upload").upload("no.png", b"no picture", "image/png").run()
    page.run()
    assert len(unpacked) == 3
    assert ["no picture" in error.value for error in page.error] == [True]


def test_while_a_picture_is_read_other_pages_have_their_turn(
    page: AppTest, drawing: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = []
    place = Place(PageQueue())
    monkeypatch.setitem(places, "test session id", place)
    monkeypatch.setattr(Place, "leave_soon", lambda self: turns.append("away"))
    monkeypatch.setattr(Place, "take_again", lambda self, waits: turns.append("again"))
    page.run()
    monkeypatch.setattr(
        "digitlab.ui.draw.upload_tab.read_picture", lambda content: turns.append("read") or drawing
    )
    page.file_uploader(key="upload").upload("seven.png", b"any", "image/png").run()
    assert turns[:3] == ["away", "read", "again"]


def test_a_picture_has_its_turn_until_it_is_a_digit(
    page: AppTest, drawing: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight pictures whose ink was looked for at once took 480 MB."""
    alone = []

    def looked_at(pixels: Any) -> DrawnDigits:
        with pytest.raises(PicturesBusyError), turn_for_picture():
            pass
        alone.append(True)
        return drawing_to_digits(pixels)

    monkeypatch.setattr(limits, "PICTURE_WAIT_SECONDS", 0.01)
    page.run()
    monkeypatch.setattr("digitlab.ui.draw.upload_tab.drawing_to_digits", looked_at)
    page.file_uploader(key="upload").upload("seven.png", png(drawing), "image/png").run()
    assert alone == [True]


def test_a_picture_that_found_no_turn_is_read_the_next_time(
    page: AppTest, drawing: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PICTURE_WAIT_SECONDS", 0.01)
    page.run()
    with turn_for_picture():
        page.file_uploader(key="upload").upload("seven.png", png(drawing), "image/png").run()
    assert ["Try again in a few seconds" in error.value for error in page.error] == [True]
    page.run()
    assert not page.error
    assert "It reads" in words(page)


def uploaded(page: AppTest, pixels: NDArray[Any]) -> AppTest:
    page.run()
    return page.file_uploader(key="upload").upload("own.png", png(pixels), "image/png").run()


def expected_reading(
    queue: TrainingQueue,
    trained: TrainedNetwork,
    pixels: NDArray[np.uint8],
) -> list[Reading]:
    digits = drawing_to_digits(pixels).digits
    return [Reading(queue.predict(trained, moved(digit.digit))) for digit in digits]


def on_canvas_of(digits: str) -> NDArray[np.uint8]:
    """Digits in a row, as large as the canvas: 280 × 280."""
    return np.asarray(Image.fromarray(side_by_side(digits)).convert("L").resize((280, 280)))


def test_who_draws_the_three_of_the_hour_in_pieces_is_told_what_to_do(page: AppTest) -> None:
    hour = page.run().session_state["digitlab"].shared.hour
    hour.current = "own_three"
    hour.expect(CARDS[0], "three")
    page.session_state["canvas_0"] = canvas_state(on_canvas_of("27"))
    page.run()
    needs = "The card *Your own 3* needs one digit only."
    assert any(needs in info.value for info in page.info)
    assert not hour.is_done(CARDS[0])
    page.session_state["canvas_0"] = canvas_state(on_canvas_of("2"))
    page.run()
    assert hour.is_done(CARDS[0])
    assert not any(needs in info.value for info in page.info)


def test_several_digits_are_read_one_by_one(
    page: AppTest, queue: TrainingQueue, trained: TrainedNetwork
) -> None:
    pixels = side_by_side("274")
    readings = expected_reading(queue, trained, pixels)
    uploaded(page, pixels)
    assert not page.exception
    assert of_several(readings) in words(page)
    (choice,) = page.segmented_control
    assert [*choice.options] == [
        f"{place}. digit: {reading.answer}" for place, reading in enumerate(readings, start=1)
    ]
    steps = drawing_to_digits(pixels).digits[0].steps
    assert f"2. {step_caption(steps[1])}" in captions(page)
    choice.set_value(2).run()
    assert not page.exception
    steps = drawing_to_digits(pixels).digits[2].steps
    assert f"2. {step_caption(steps[1])}" in captions(page)
    assert step_caption(steps[1]) == "Digit 3 of 3, from the left."


@pytest.mark.parametrize(
    ("pixels", "doubt"),
    [
        (side_by_side("11", gap=-85), Ambiguity.APART),
        (side_by_side("22", gap=-15), Ambiguity.TOGETHER),
        (side_by_side("12"), None),
    ],
    ids=["close", "touching", "clear"],
)
def test_where_the_lab_is_in_doubt_it_says_so(
    page: AppTest, pixels: NDArray[Any], doubt: Ambiguity | None
) -> None:
    assert drawing_to_digits(pixels).ambiguities == ({doubt} if doubt else set())
    said = words(uploaded(page, pixels))
    assert [kind for kind, sentence in DOUBTS.items() if sentence in said] == [doubt] * bool(doubt)


def test_an_answer_that_changes_with_one_pixel_is_not_sure(
    page: AppTest, queue: TrainingQueue, trained: TrainedNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the four digits stand on the page with what is read in each."""

    def wavering(network: Any, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        answers = np.full((len(images), 10), 0.01, np.float32)
        answers[np.arange(len(images)), [3, 3, 3, 8, 8]] = 0.91
        return answers

    monkeypatch.setattr("digitlab.ui.draw.reading.read_digits", wavering)
    uploaded(page, side_by_side("2"))
    view = words(page)
    assert "It reads the digit **3** with 91" in view
    assert "not sure. If the digit moves one pixel to the left, the answer is **8**." in view
    moves = captions(page)[-4:]
    assert [move.partition(",")[0] for move in moves] == [
        *("up: 3", "down: 3", "left: 8", "right: 8")
    ]


def test_the_forms_that_mnist_hardly_has_are_as_rare_as_the_page_says(
    page: AppTest, mnist: Dataset
) -> None:
    """Of the 50 training digits that look most like them: how many are of the same digit."""
    rows = mnist.x_train.reshape(len(mnist.x_train), -1).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)

    def nearest(name: str) -> np.ndarray:
        canvas = Image.new("L", (280, 280), 255)
        pen = ImageDraw.Draw(canvas)
        for stroke in READY[name]:
            pen.line(stroke, fill=0, width=20)
            for place in stroke:
                pen.circle(place, 10, fill=0)
        digit = drawing_to_digit(np.asarray(canvas)).digit.reshape(-1)
        labels = mnist.y_train[np.argsort(rows @ digit)[-50:]]
        return np.bincount(labels, minlength=10)

    one, zero = nearest(LONG_ONE), nearest(CROSSED_ZERO)
    assert 8 <= one[1] <= 12
    assert one[[1, 4, 7, 9]].sum() == 50
    assert 20 <= zero[0] <= 30
    usual = nearest("1 with a foot")
    assert usual[1] > 45
    said = words(page.run())
    assert "only about 10 are ones" in said
    assert "only about half are zeros" in said


def test_a_stroke_that_leaves_the_canvas_is_not_left_out(page: AppTest) -> None:
    canvas = np.full((280, 280), 255, np.uint8)
    canvas[40:280, 150:170] = 0
    canvas[90:170, 60:80] = 0  # alone it could be a digit
    page.session_state["canvas_0"] = canvas_state(canvas)
    page.run()
    assert not page.exception
    assert not any("leaves out" in caption for caption in captions(page))
    uploaded(page, canvas)
    assert any("leaves out what the edge" in caption for caption in captions(page))
