"""What the questions are about: this learner's own choices, digits and network."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitlab.architecture.layers import DepthwiseConv2D, SeparableConv2D
from digitlab.architecture.stack import stack_of
from digitlab.data.mnist import Dataset
from digitlab.preprocess.training_digits import training_digits
from digitlab.records.layer_weights import layers_of
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import RunSpec, SampleSelection
from digitlab.uploads.models.parsed import UploadedModel


@dataclass(frozen=True, eq=False)
class QuizContext:
    """A session as far as questions can be asked about it.

    Attributes:
        spec: the choices as they stand.
        selection: which digits are looked at.
        data: all digits.
        network: the current one, if any.
        exam: whether its exam was taken: no question tells what it reads of all test digits before.
    """

    spec: RunSpec
    selection: SampleSelection
    data: Dataset
    network: TrainedNetwork | UploadedModel | None = None
    exam: bool = False

    @property
    def picture(self) -> NDArray[np.uint8]:
        """The digit looked at on Data and Prepare, shape (28, 28)."""
        pictures = self.data.x_train if self.selection.subset == "train" else self.data.x_test
        picture: NDArray[np.uint8] = pictures[self.selection.index]
        return picture

    @property
    def label(self) -> int:
        """Its label."""
        labels = self.data.y_train if self.selection.subset == "train" else self.data.y_test
        return int(labels[self.selection.index])

    @property
    def tested(self) -> TrainedNetwork | UploadedModel | None:
        """The network, if its exam was taken."""
        return self.network if self.exam else None

    @cached_property
    def matrix(self) -> NDArray[np.int64] | None:
        """The confusion matrix of the network, shape (10, 10); None before its exam."""
        if self.tested is None:
            return None
        # scikit-learn: the first page should not wait for it.
        from digitlab.analysis import evaluation

        return evaluation.confusion_matrix(self.data.y_test, self.tested.probabilities)

    @property
    def kernel(self) -> NDArray[Any] | None:
        """The kernel of the first layer with weights, (inputs…, units); None if unknown."""
        if self.network is None or not self.network.weights:
            return None
        first = layers_of(self.network)[stack_of(self.network.architecture).kernel_layer_indices[0]]
        if isinstance(first.layer, DepthwiseConv2D | SeparableConv2D):
            # Each filter sees one channel only.
            return first.kernel.reshape(*first.kernel.shape[:2], 1, -1)
        return first.kernel


def kept_digits(spec: RunSpec, labels: NDArray[np.uint8]) -> int:
    """How many of the training digits the preparation leaves, validation included."""
    # Neither noise nor shuffling changes how many there are.
    counted = replace(spec.preparation, label_noise=0.0, shuffle_labels=False)
    return len(training_digits(labels, labels, counted, seed=0)[1])


def learnt_digits(spec: RunSpec, labels: NDArray[np.uint8]) -> int:
    """How many digits a run learns from."""
    return spec.training.digits_to_learn_from(kept_digits(spec, labels))
