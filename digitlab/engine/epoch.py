"""One epoch of a training, which can be preempted between two batches. Imports Keras."""

import time

from digitlab.data.mnist import Dataset
from digitlab.engine.batches import Batches
from digitlab.engine.compiled import CompiledNetwork
from digitlab.engine.reporter import Reporter
from digitlab.preprocess.training_digits import training_digits
from digitlab.records.checkpoint import PartialEpoch
from digitlab.records.training import Progress
from digitlab.specs import RunSpec


class Epoch:
    """What Keras's `fit` does in one epoch, at once or in time slices, with the same numbers.

    Args:
        network: that is trained.
        spec: how.
        data: the digits.
    """

    def __init__(self, network: CompiledNetwork, spec: RunSpec, data: Dataset) -> None:
        self._network, self._training = network, spec.training
        self._size, self._scaled = spec.training.batch_size, spec.preparation.scale
        self._images, self._labels = training_digits(
            data.x_train, data.y_train, spec.preparation, spec.training.seed
        )
        self._batches = Batches(spec.training, len(self._labels))

    def train(self, reporter: Reporter, partial: PartialEpoch | None) -> PartialEpoch | None:
        """The next epoch, or the rest of it, until `reporter` ends it.

        Args:
            reporter: gets the record of the epoch if it is finished.
            partial: the part that is done; the network's own state is then overwritten.

        Returns:
            The part that is done now; None if the epoch is finished.
        """
        network, number = self._network, len(reporter.history)
        progress = Progress(number, 0, self._batches.count, {})
        validated, seconds = 0, 0.0
        network.model.reset_metrics()
        if partial:
            progress, validated, seconds = partial.progress, partial.validated, partial.seconds
            network.restore(partial.state)
            network.restore_metric_state(partial.sums)
        # A part of the optimizer's state, so last.
        network.model.optimizer.learning_rate.assign(self._training.rate_at(number))
        started = time.perf_counter() - seconds

        def partial_epoch() -> PartialEpoch:
            state, sums = tuple(network.state()), tuple(network.metric_state())
            return PartialEpoch(progress, validated, state, sums, time.perf_counter() - started)

        for done, indices in self._batches.training.after(progress.batch):
            network.train(self._images[indices], self._labels[indices], self._size, self._scaled)
            progress = Progress(number, done, self._batches.count, network.logs())
            if not reporter.on_batches_end(progress):
                return partial_epoch()
        logs = dict(progress.logs)
        if self._training.validation_share:
            if not validated:
                network.model.reset_metrics()
            for done, indices in self._batches.validation.after(validated):
                network.test(self._images[indices], self._labels[indices], self._size, self._scaled)
                validated = done
                if done < self._batches.validation.count and not reporter.on_validation():
                    return partial_epoch()
            logs |= {f"val_{name}": value for name, value in network.logs().items()}
        reporter.on_epoch_end(self._batches.count, time.perf_counter() - started, logs)
        return None
