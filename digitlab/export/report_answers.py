"""What a network answered to the test digits, as a report shows it: on paper, without scripts."""

import base64
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from plotly.colors import sample_colorscale

from digitlab.analysis import evaluation
from digitlab.figures.style.contrast import contrast
from digitlab.figures.style.theme import AMOUNT_SCALE
from digitlab.preprocess import png
from digitlab.records.networks import TrainedNetwork
from digitlab.wording.numerals import decimal
from digitlab.wording.say import say
from digitlab.wording.settings.descriptions import favourite_mistake_words, percent

MISTAKES_SHOWN = 12

_PAPER_AND_INK = ("#ffffff", "#000000")


@dataclass(frozen=True)
class Cell:
    """A count in the confusion matrix, with the colours of its ground and its text."""

    count: str
    ground: str
    ink: str


@dataclass(frozen=True)
class Mistake:
    """A test digit that was read wrongly: its picture as a data URI, words, and its text."""

    picture: str
    caption: str

    @property
    def alt(self) -> str:
        """What is seen, for those who can't see it."""
        return say("The picture of a test digit. {caption}", caption=self.caption)


@dataclass(frozen=True)
class Answers:
    """What the network answered to the test digits.

    Attributes:
        right, total: how many digits it read correctly, of how many.
        matrix: the confusion matrix, true digit down, answer across.
        recall, precision: of each digit, in per cent; "–" for the precision of no answer.
        favourite: its most frequent mistake in words.
        mistakes: the wrong answers that it was surest of.
    """

    right: int
    total: int
    matrix: list[list[Cell]]
    recall: list[str]
    precision: list[str]
    favourite: str
    mistakes: list[Mistake]

    @classmethod
    def of(
        cls, labels: NDArray[np.uint8], images: NDArray[np.uint8], trained: TrainedNetwork
    ) -> "Answers | None":
        """The answers to these images, shape (n, 28, 28); None if they are no numbers."""
        probabilities = trained.probabilities
        if trained.diverged or not np.isfinite(probabilities).all():
            return None
        matrix = evaluation.confusion_matrix(labels, probabilities)
        scores = evaluation.scores_per_digit(labels, probabilities)
        return cls(
            right=int(np.trace(matrix)),
            total=int(matrix.sum()),
            matrix=_shaded(matrix),
            recall=[_percent(value) for value in scores["Recall"]],
            precision=[
                _percent(value) if answered else "–"
                for value, answered in zip(scores["Precision"], matrix.sum(axis=0), strict=True)
            ],
            favourite=favourite_mistake_words(*evaluation.favourite_mistake(matrix)),
            mistakes=[
                Mistake(_picture(images[i]), _caption(int(labels[i]), probabilities[i]))
                for i in evaluation.confident_mistakes(labels, probabilities, MISTAKES_SHOWN)
            ],
        )


def _shaded(matrix: NDArray[np.int64]) -> list[list[Cell]]:
    """Counts on the colours of `figures.evaluation.confusion_heat_map`, by their square root."""
    shares = np.sqrt(matrix / max(1, matrix.max()))
    grounds = map(_css, sample_colorscale(AMOUNT_SCALE, shares.ravel(), colortype="tuple"))
    cells = [
        Cell(str(count), ground, max(_PAPER_AND_INK, key=partial(contrast, ground)))
        for count, ground in zip(matrix.ravel(), grounds, strict=True)
    ]
    side = len(matrix)
    return [cells[row * side : (row + 1) * side] for row in range(side)]


def _css(color: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in color)


def _percent(share: float) -> str:
    return "100" if share == 1 else decimal(100 * share, 1)


def _caption(label: int, answer: NDArray[np.float32]) -> str:
    return say(
        "True: {true}. Answer: {answer} ({probability}).",
        true=label,
        answer=answer.argmax(),
        probability=percent(float(answer.max())),
    )


def _picture(pixels: NDArray[np.uint8]) -> str:
    """A picture (h, w), 0 paper and 255 ink, as the data URI of a PNG."""
    return "data:image/png;base64," + base64.b64encode(png(255 - pixels)).decode()
