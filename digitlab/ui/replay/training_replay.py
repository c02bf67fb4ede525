"""A training to replay: its checkpoints, and what the network answered at those looked at."""

import numpy as np
from numpy.typing import NDArray

from digitlab.analysis.evaluation import confusion_matrix
from digitlab.data.mnist import Dataset
from digitlab.records.networks import ModelWeights, TrainedNetwork
from digitlab.ui.session.services import queue
from digitlab.ui.session.waiting import while_it_waits
from digitlab.wording.shares import hundredths


class TrainingReplay:
    """Remembers what the workers said, so that going back and forth asks them once.

    Args:
        network: whose training is seen again; it has at least two checkpoints.

    Attributes:
        network: the same.
        epochs: whose weights are known: numbers of finished epochs, ascending.
        epoch: the one that is looked at.
        matrices: confusion matrices of the test digits, by epoch, as far as they were asked for.
    """

    def __init__(self, network: TrainedNetwork) -> None:
        self.network = network
        self.epochs = [checkpoint.epoch for checkpoint in network.epochs]
        self.epoch = min(self.epochs)
        self.matrices: dict[int, NDArray[np.int64]] = {}
        self._latest_history: tuple[int, NDArray[np.float32]] | None = None  # of one test digit

    def at(self, epoch: int) -> ModelWeights:
        """The network after this epoch."""
        (checkpoint,) = (
            checkpoint for checkpoint in self.network.epochs if checkpoint.epoch == epoch
        )
        return self.network.at(checkpoint)

    @property
    def accuracies(self) -> dict[int, float]:
        """Test accuracy by epoch, as far as it is known."""
        return {epoch: accuracy(matrix) for epoch, matrix in self.matrices.items()}

    def matrix(self, epoch: int, data: Dataset) -> NDArray[np.int64]:
        """The confusion matrix of all test digits after this epoch, shape (10, 10).

        Raises:
            EngineError: if no worker answers.
        """
        if epoch not in self.matrices:
            if epoch == len(self.network.history):
                probabilities = self.network.probabilities
            else:
                with while_it_waits() as asker:
                    probabilities = queue().asking.predict_test(self.at(epoch), *asker)
            self.matrices[epoch] = confusion_matrix(data.y_test, probabilities)
        return self.matrices[epoch]

    def probability_history(self, index: int, data: Dataset) -> NDArray[np.float32]:
        """What it answered to one test digit after each of `epochs`, shape (checkpoints, 10).

        Raises:
            EngineError: if no worker answers.
        """
        if self._latest_history is None or self._latest_history[0] != index:
            checkpoints = self.network.epochs
            weights = [checkpoint.arrays for checkpoint in checkpoints]
            images = data.x_test[index : index + 1]
            network = self.network.at(checkpoints[0])
            with while_it_waits() as asker:
                probabilities = queue().asking.predict_each(network, weights, images, *asker)
            self._latest_history = (index, probabilities[:, 0])
        return self._latest_history[1]


def accuracy(matrix: NDArray[np.int64]) -> float:
    """The share of right answers."""
    return float(np.trace(matrix) / matrix.sum())


def of_hundred(matrix: NDArray[np.int64]) -> str:
    """How many of 100 digits are read correctly."""
    return hundredths(accuracy(matrix))
