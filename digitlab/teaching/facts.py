"""Numbers of the lab's own that a teacher's sheet says: of MNIST, and of the article's network."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitlab.analysis import evaluation
from digitlab.architecture.summary import layer_rows, total_parameters
from digitlab.data.mnist import Dataset
from digitlab.hour import outcomes
from digitlab.quiz.context import learnt_digits
from digitlab.records.networks import TrainedNetwork
from digitlab.records.score import DigitSet, Score
from digitlab.specs import ARTICLE, CLASSES, FIRST, NetworkSpec
from digitlab.uploads.models.parsed import UploadedModel

_PARTS = 10  # of the training digits: all at once would take 47 MB more for a moment


@dataclass(frozen=True)
class Ink:
    """How many of the 784 numbers of a training digit are ink.

    Attributes:
        mean: on average.
        most: of the digit with most ink.
        few: digits of which less than a third of the numbers are ink.
    """

    mean: float
    most: int
    few: int


@dataclass(frozen=True)
class Facts:
    """What is true in every class.

    Attributes:
        training, test: how many digits of each kind, from 0 to 9.
        ink: of the training digits.
        learned_from: training digits from which the networks of the hour learn.
        first_parameters: of the network that the first card trains.
        article_parameters: of each layer of the article's network.
    """

    training: tuple[int, ...]
    test: tuple[int, ...]
    ink: Ink
    learned_from: int
    first_parameters: int
    article_parameters: tuple[int, ...]

    @classmethod
    def of(cls, data: Dataset) -> "Facts":
        """Those of the embedded digits."""
        return cls(
            training=_counts(data.y_train),
            test=_counts(data.y_test),
            ink=_ink(data.x_train),
            learned_from=learnt_digits(FIRST, data.y_train),
            first_parameters=total_parameters(FIRST.network),
            article_parameters=parameters(ARTICLE.network),
        )


@dataclass(frozen=True)
class OwnNetwork:
    """The teacher's current network.

    Attributes:
        name: what it is called.
        parameters: how many numbers it has learned.
        score: what may be told of it: of test digits after the exam only.
        mistake: after the exam its most frequent mistake: the true digit, the answer, how often.
    """

    name: str
    parameters: int
    score: Score | None
    mistake: tuple[int, int, int] | None

    @classmethod
    def of(
        cls,
        network: TrainedNetwork | UploadedModel,
        name: str,
        score: Score | None,
        data: Dataset,
    ) -> "OwnNetwork":
        """What can be said of a network.

        Args:
            network: trained here, or from a file.
            name: what it is called.
            score: what may be told of it.
            data: the digits.
        """
        mistake = None
        if score is not None and score.digits is DigitSet.TEST:
            matrix = evaluation.confusion_matrix(data.y_test, network.probabilities)
            mistake = evaluation.favourite_mistake(matrix)
        count = sum(row.parameters for row in layer_rows(network.architecture))
        return cls(name, count, score, mistake)


def parameters(network: NetworkSpec) -> tuple[int, ...]:
    """Of each layer that has any."""
    return tuple(row.parameters for row in layer_rows(network) if row.parameters)


def _counts(labels: NDArray[np.uint8]) -> tuple[int, ...]:
    return tuple(np.bincount(labels, minlength=CLASSES).tolist())


def _ink(images: NDArray[np.uint8]) -> Ink:
    parts = [np.count_nonzero(part, axis=(1, 2)) for part in np.array_split(images, _PARTS)]
    ink = np.concatenate(parts)
    few = sum(outcomes.numbers({"ink": int(count)}) == outcomes.FEW for count in ink)
    return Ink(float(ink.mean()), int(ink.max()), few)
