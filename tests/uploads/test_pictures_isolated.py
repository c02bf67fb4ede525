"""The process that reads a picture: its limits, and what becomes of it when a file harms it."""

import io
import sys
import tracemalloc

import numpy as np
import pytest
from PIL import Image

from digitlab import limits
from digitlab.uploads.pictures import PictureError, child, heic, isolated
from digitlab.uploads.pictures.errors import PictureProblem
from digitlab.uploads.pictures.isolated import read_isolated
from digitlab.wording.problems.pictures import picture_refusal
from tests.uploads.sentences import picture_sentence


def program(text: str) -> tuple[str, ...]:
    return (sys.executable, "-c", text)


def refusal(reader: tuple[str, ...], content: bytes = b"BM") -> str:
    with pytest.raises(PictureError) as raised:
        read_isolated(content, reader)
    return picture_refusal(raised.value)


def test_a_reader_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PICTURE_SECONDS", 0.3)
    assert refusal(program("while True: pass")) == (
        "The lab needed more than 0.3 s to read that picture, so it stopped. Save it as PNG or "
        "JPEG, and choose that."
    )


@pytest.mark.parametrize(
    "text",
    [
        "import os; os.abort()",
        "raise SystemExit(3)",
        "print('hello')",
        "pass",
        "print('[]')",
        """print('{"shape": [2, 2]}')""",
        """print('{"shape": [2, 2]}' + chr(10) + "12345", end="")""",
        """print('{"shape": [-2, -2]}' + chr(10) + "1234", end="")""",
        """print('{"shape": [2, 2.0]}' + chr(10) + "1234", end="")""",
        """print('{"shape": [1, 1, 3]}' + chr(10) + "123", end="")""",
        """print('{"shape": [4]}' + chr(10) + "1234", end="")""",
        """print('{"shape": [1, 1001]}' + chr(10) + "x" * 1001, end="")""",
    ],
)
def test_a_reader_that_crashes_or_talks_nonsense_is_a_sentence(text: str) -> None:
    assert refusal(program(text)) == picture_sentence(PictureProblem.DAMAGED)


def test_an_answer_that_makes_sense_is_taken() -> None:
    text = """print('{"shape": [2, 3]}' + chr(10) + "abcdef", end="")"""
    np.testing.assert_array_equal(
        read_isolated(b"", program(text)), [[97, 98, 99], [100, 101, 102]]
    )


@pytest.mark.parametrize("where", ["stdout", "stderr"])
def test_a_reader_that_writes_for_ever_fills_no_memory(where: str) -> None:
    text = f"import sys\nwhile True: sys.{where}.buffer.write(bytes(1 << 20))"
    tracemalloc.start()
    try:
        assert refusal(program(text)) == picture_sentence(PictureProblem.DAMAGED)
        assert tracemalloc.get_traced_memory()[1] < 4 * isolated._MOST_BYTES
    finally:
        tracemalloc.stop()


def test_the_reader_has_no_secrets_and_no_large_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGITLAB_DATABASE_URL", "postgresql://me:secret@host/runs")
    text = """
import os, sys
from digitlab.uploads.pictures import child
heavy = {"keras", "tensorflow", "streamlit", "distributed", "sklearn", "scipy", "skimage"}
loaded = sorted((heavy | {"plotly", "pi_heif"}) & set(sys.modules))
raise SystemExit(f"{loaded} {'DIGITLAB_DATABASE_URL' in os.environ}")
"""
    seen = []
    monkeypatch.setattr(isolated.logger, "warning", lambda *words: seen.extend(words))
    refusal(program(text))
    assert "[] False" in str(seen[-1])


def test_the_child_answers_as_it_would_be_asked_directly(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Its confinement is for a process of its own, not for the tests'."""
    image, file = Image.new("L", (3, 2), 7), io.BytesIO()
    image.save(file, "BMP")
    confined = []
    monkeypatch.setattr(child, "confine", lambda *limits: confined.append(limits))
    for content, expected in (
        (file.getvalue(), b'{"shape": [2, 3]}\n' + bytes([7] * 6)),
        (b"BM", b'{"refused": "unusual", "values": {}}\n'),
    ):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        child.main()
        sys.stdout.flush()
        assert capfdbinary.readouterr().out.startswith(expected)
    assert confined == [(limits.PICTURE_MEGABYTES, limits.PICTURE_SECONDS)] * 2


def test_without_its_library_a_heic_is_refused_with_the_way_to_a_jpeg(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pi_heif", None)
    with pytest.raises(PictureError) as refused:
        heic.read_heic(b"\0\0\0\x18ftypheic" + bytes(20))
    sentence = picture_refusal(refused.value)
    assert sentence == picture_sentence(PictureProblem.NO_HEIC_HERE)
    assert "Most Compatible" in sentence


def test_a_bad_file_does_not_turn_the_next_visitor_away() -> None:
    assert limits.PICTURE_SECONDS < limits.PICTURE_WAIT_SECONDS
