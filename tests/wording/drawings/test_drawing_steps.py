"""Each stage from a drawing to a digit is told with its numbers."""

from typing import Any

import numpy as np
import pytest

from digitlab.preprocess.steps import (
    Centred,
    CutOut,
    DigitTaken,
    InkFound,
    LinesEvened,
    SheetFound,
    Shrunk,
    Size,
    Step,
    Straightened,
)
from digitlab.wording.drawings.drawing_steps import step_caption, step_name
from digitlab.wording.numerals import SPACE

PIXELS = np.zeros((2, 2), np.uint8)

CAPTIONS = [
    (
        SheetFound(PIXELS, Size(400, 300), Size(800, 600)),
        "The sheet fills 400 × 300 of 800 × 600 pixels. The lab leaves out the darker table around "
        "it.",
    ),
    (
        InkFound(PIXELS, 0.0123, on_sheet=True),
        "Ink covers 1.2 % of your sheet. All the rest is paper.",
    ),
    (
        InkFound(PIXELS, 0.5, on_sheet=False),
        "Ink covers 50.0 % of your picture. All the rest is paper.",
    ),
    (DigitTaken(PIXELS, 2, 3, False, False), "Digit 3 of 3, from the left."),
    (DigitTaken(PIXELS, 0, 1, True, False), "The lab leaves out the frame around it."),
    (
        DigitTaken(PIXELS, 0, 2, True, True),
        "Digit 1 of 2, from the left. The lab leaves out the frame around it. The lab leaves out "
        "what the edge of the picture cuts off.",
    ),
    (
        CutOut(PIXELS, Size(90, 180), Size(280, 280)),
        "Your digit fills 90 × 180 of 280 × 280 pixels.",
    ),
    (Straightened(PIXELS, 0), "It stands upright."),
    (Straightened(PIXELS, 22), "It leans 22° to the right. The lab straightens it by half."),
    (Straightened(PIXELS, -3), "It leans 3° to the left. The lab straightens it by half."),
    (
        LinesEvened(PIXELS, 2.0),
        "Its lines will be 2.0 pixels wide, like many in MNIST. They stay as they are.",
    ),
    (
        LinesEvened(PIXELS, 0.52),
        "Its lines would be 0.5 pixels wide. In MNIST, 9 of 10 digits have lines of 1.5 to "
        "3.7. The lab makes them thicker: 2.0.",
    ),
    (
        LinesEvened(PIXELS, 5.0),
        "Its lines would be 5.0 pixels wide. In MNIST, 9 of 10 digits have lines of 1.5 to "
        "3.7. The lab makes them thinner: 2.5.",
    ),
    (
        Shrunk(PIXELS, Size(12, 20)),
        "Now it has 12 × 20 pixels. The digits of MNIST fit into 20 × 20 pixels too.",
    ),
    (
        Centred(PIXELS),
        "Its centre of mass moves to row 14, column 14 of 28 × 28. This is what the network gets.",
    ),
]


@pytest.mark.parametrize(("step", "caption"), CAPTIONS, ids=lambda part: type(part).__name__)
def test_a_caption_tells_the_numbers(step: Any, caption: str) -> None:
    assert step_caption(step).replace(SPACE, " ") == caption


def test_every_stage_has_a_name_of_its_own() -> None:
    kinds = Step.__subclasses__()
    assert {type(step) for step, _ in CAPTIONS} == set(kinds)
    assert len({step_name(step) for step, _ in CAPTIONS}) == len(kinds)
