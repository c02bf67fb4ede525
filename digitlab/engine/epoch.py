"""One epoch of a training, which can be left between two batches. Imports Keras: for workers."""

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
    """What Keras's `fit` does in one epoch, in one go or in pieces, with the same numbers.

    Args:
        network: that learns.
        run: what is trained.
        data: the digits.
    """

    def __init__(self, network: CompiledNetwork, spec: RunSpec, data: Dataset) -> None:
        self._network, self._training = network, spec.training
        self._size, self._scaled = spec.training.batch_size, spec.preparation.scale
        self._images, self._labels = training_digits(
            data.x_train, data.y_train, spec.preparation, spec.training.seed
        )
        self._batches = Batches(spec.training, len(self._labels))

    def learn(self, reporter: Reporter, partial: PartialEpoch | None) -> PartialEpoch | None:
        """The next epoch, or the rest of it, until `reporter` says that it is enough.

        Args:
            reporter: gets the record of the epoch if it is finished.
            partial: what there is of it; the network's own state is then overwritten.

        Returns:
            What there is of it now; None if it is finished.
        """
        network, number = self._network, len(reporter.history)
        progress = Progress(number, 0, self._batches.count, {})
        validated, seconds = 0, 0.0
        network.model.reset_metrics()
        if partial:
            progress, validated, seconds = partial.progress, partial.validated, partial.seconds
            network.restore(partial.state)
            network.restore_sums(partial.sums)
        # A part of the optimizer's state, so last.
        network.model.optimizer.learning_rate.assign(self._training.rate_at(number))
        started = time.perf_counter() - seconds

        def left() -> PartialEpoch:
            state, sums = tuple(network.state()), tuple(network.sums())
            return PartialEpoch(progress, validated, state, sums, time.perf_counter() - started)

        for done, places in self._batches.learned.after(progress.batch):
            network.train(self._images[places], self._labels[places], self._size, self._scaled)
            progress = Progress(number, done, self._batches.count, network.logs())
            if not reporter.on_batches_end(progress):
                return left()
        logs = dict(progress.logs)
        if self._training.validation_share:
            if not validated:
                network.model.reset_metrics()
            for done, places in self._batches.validated.after(validated):
                network.test(self._images[places], self._labels[places], self._size, self._scaled)
                validated = done
                if done < self._batches.validated.count and not reporter.on_validation():
                    return left()
            logs |= {f"val_{name}": value for name, value in network.logs().items()}
        reporter.on_epoch_end(self._batches.count, time.perf_counter() - started, logs)
        return None
