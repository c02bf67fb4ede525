"""Questions about networks, on the workers, in parts that let what is more urgent go first."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import joblib
import numpy as np
from numpy.typing import NDArray

from digitlab import limits
from digitlab.architecture.stack import LayerStack
from digitlab.compute.admission import Admission, Urgency, still_wanted
from digitlab.compute.cluster.client import Workers
from digitlab.compute.coalescing import SharedAnswers
from digitlab.compute.errors import EngineError, Problem
from digitlab.compute.parts import digits_at_once, parts
from digitlab.compute.remote_call import RemoteCall
from digitlab.compute.tasks import prediction
from digitlab.records.networks import ModelWeights, Network
from digitlab.records.training import WorkerKind
from digitlab.specs import SET_SIZES

T = TypeVar("T")

_SLOTS = {WorkerKind.PREDICT: 2, WorkerKind.UPLOADS: 1}
"""Parts of questions that are with the workers of a kind: one at work and the next one. When the
worker for networks from files crashes, it is known whose question did it."""


class Asking:
    """All questions of this web process.

    Args:
        workers: the connection to those who answer.
    """

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._call = RemoteCall(workers)
        self._admissions = {kind: Admission(slots) for kind, slots in _SLOTS.items()}
        # Two parts of a long question may be with the worker: a drawing would wait for both.
        self._drawings = Admission(_SLOTS[WorkerKind.PREDICT])
        self._shared = SharedAnswers[NDArray[np.float32]](limits.ANSWERS_REMEMBERED)

    @property
    def uploads(self) -> bool:
        """Whether a network from a file is asked just now."""
        return self._admissions[WorkerKind.UPLOADS].busy

    @contextlib.contextmanager
    def question(
        self,
        network: Network,
        urgency: Urgency = Urgency.PAGE,
        owner: str = "",
        waits: Callable[[], object] = still_wanted,
        untrained: bool = False,
    ) -> Iterator[Callable[..., Any]]:
        """Ask a network one thing in short parts; what is more urgent goes in between.

        Args:
            network: that is asked; one from a file has a worker of its own kind.
            urgency: how soon the answer is wanted.
            owner: who asks, if that is known.
            waits: called several times a second while it waits; what it raises ends the question.
            untrained: whether it may have no weights: the worker makes those of its start.

        Yields:
            A function that asks one part: `ask(task, *arguments)` is what a worker returns for
            `task(ModelWeights, *arguments)`. The task is a function of a module that the web
            process may import; arguments and answer can be pickled.

        Raises:
            EngineError: if the weights are lost, or there is no answer; the message says why.
        """
        if not network.weights and not untrained:
            raise EngineError(Problem.NO_WEIGHTS)
        model_weights = ModelWeights.of(network)
        uploaded = isinstance(model_weights.architecture, LayerStack)
        kind = WorkerKind.UPLOADS if uploaded else WorkerKind.PREDICT
        soon = urgency is Urgency.DRAWING and not uploaded
        admission = self._drawings if soon else self._admissions[kind]
        with admission.question(urgency, owner) as question:
            if uploaded:
                self._workers.need_uploads()

            def ask(task: Callable[..., Any], *arguments: Any) -> Any:
                with admission.slot(question, waits):
                    return self._call(kind, question.urgency, task, model_weights, *arguments)

            yield ask

    def ask(
        self,
        task: Callable[..., T],
        network: Network,
        *arguments: Any,
        patient: bool = False,
        owner: str = "",
        waits: Callable[[], object] = still_wanted,
    ) -> T:
        """What a task finds out about a network, in one part.

        Args:
            task: as in `question`.
            network: as in `question`.
            arguments: of the task.
            patient: let all that a page waits for go first.
            owner: as in `question`.
            waits: as in `question`.

        Raises:
            EngineError: as `question`.
        """
        urgency = Urgency.BACKGROUND if patient else Urgency.PAGE
        with self.question(network, urgency, owner, waits) as ask:
            answer: T = ask(task, *arguments)
        return answer

    def predict(
        self,
        network: Network,
        images: NDArray[np.uint8],
        owner: str = "",
        waits: Callable[[], object] = still_wanted,
    ) -> NDArray[np.float32]:
        """Probabilities for uint8 images `(n, 28, 28) -> (n, 10)`; few go before all else.

        Raises:
            EngineError: as `question`.
        """
        urgency = Urgency.DRAWING if len(images) <= limits.FEW_DIGITS else Urgency.PAGE
        pieces = parts(len(images), digits_at_once(network.architecture))
        with self.question(network, urgency, owner, waits) as ask:
            parts_of_answer = [
                ask(prediction.predict, images[first:last]) for first, last in pieces
            ]
        return np.concatenate(parts_of_answer)

    def predict_test(
        self, network: Network, owner: str = "", waits: Callable[[], object] = still_wanted
    ) -> NDArray[np.float32]:
        """Probabilities for all test images, `(10000, 10)`; nobody may change them.

        Raises:
            EngineError: as `question`.
        """
        return self._predict_last(
            prediction.predict_test, network, "test", SET_SIZES["test"], owner, waits
        )

    def predict_training(
        self,
        network: Network,
        count: int,
        owner: str = "",
        waits: Callable[[], object] = still_wanted,
    ) -> NDArray[np.float32]:
        """Probabilities for the last training images, `(count, 10)`; nobody may change them.

        Raises:
            EngineError: as `question`.
        """
        return self._predict_last(
            prediction.predict_training, network, "train", count, owner, waits
        )

    def predict_each(
        self,
        network: Network,
        checkpoints: Sequence[tuple[NDArray[np.float32], ...]],
        images: NDArray[np.uint8],
        owner: str = "",
        waits: Callable[[], object] = still_wanted,
    ) -> NDArray[np.float32]:
        """Probabilities at several moments of a training: `(n, 28, 28) -> (moments, n, 10)`.

        Nobody may change them.

        Args:
            network: whose layers they are.
            checkpoints: its weights at each moment.
            images: what it is asked.
            owner: as in `question`.
            waits: as in `question`.

        Raises:
            EngineError: as `question`.
        """
        model_weights = ModelWeights.of(network)

        def find() -> NDArray[np.float32]:
            pieces = parts(len(checkpoints), limits.PART_CHECKPOINTS)
            with self.question(model_weights, Urgency.PAGE, owner, waits) as ask:
                return _together(
                    [ask(prediction.predict_each, checkpoints[a:b], images) for a, b in pieces]
                )

        same = (model_weights.architecture, checkpoints, model_weights.preprocessing, images)
        return self._shared.get(joblib.hash(same), find, waits)

    def _predict_last(
        self,
        task: Callable[..., NDArray[np.float32]],
        network: Network,
        subset: str,
        count: int,
        owner: str,
        waits: Callable[[], object],
    ) -> NDArray[np.float32]:
        """Probabilities for the last images of a set, which need not travel."""
        model_weights = ModelWeights.of(network)
        before = SET_SIZES[subset] - count

        def find() -> NDArray[np.float32]:
            pieces = parts(count, digits_at_once(model_weights.architecture))
            with self.question(model_weights, Urgency.PAGE, owner, waits) as ask:
                return _together([ask(task, before + a, before + b) for a, b in pieces])

        weights, preprocessing = model_weights.weights, model_weights.preprocessing
        same = (subset, count, model_weights.architecture, weights, preprocessing)
        return self._shared.get(joblib.hash(same), find, waits)


def _together(parts_of_answer: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    """The answers of all parts, for many to read and nobody to change."""
    joined = np.concatenate(parts_of_answer)
    joined.flags.writeable = False
    return joined
