"""A run: a network, the way it is trained and on what, to and from JSON."""

import json
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from digitlab import limits
from digitlab.specs.checks import ChoiceError, Rule, check_choice
from digitlab.specs.network import HiddenLayer, NetworkSpec
from digitlab.specs.preparation import PrepSpec
from digitlab.specs.training import SPARSE, TrainSpec


@dataclass(frozen=True)
class RunSpec:
    """A network, the way it is trained and on what: all that a run depends on."""

    network: NetworkSpec = field(default_factory=NetworkSpec)
    training: TrainSpec = field(default_factory=TrainSpec)
    preparation: PrepSpec = field(default_factory=PrepSpec)

    def with_seed(self, seed: int) -> "RunSpec":
        """The same run from another random start."""
        return replace(self, training=replace(self.training, seed=seed))

    def continued(self, done: int, more: int, rate: float) -> "RunSpec":
        """The run that goes on after `done` epochs for `more`, with this learning rate.

        Raises:
            ValueError: if that is past a limit.
        """
        if done == 0:  # nothing was learned yet: another beginning
            training = replace(self.training, epochs=more, learning_rate=rate, rate_changes=())
            return replace(self, training=training)
        earlier = tuple(change for change in self.training.rate_changes if change[0] < done)
        before = replace(self.training, rate_changes=earlier)
        changes = earlier if before.rate_at(done) == rate else (*earlier, (done, rate))
        return replace(self, training=replace(before, epochs=done + more, rate_changes=changes))

    def ended_after(self, epochs: int) -> "RunSpec":
        """The run that asks for so many epochs only, with the same numbers up to there."""
        changes = tuple(change for change in self.training.rate_changes if change[0] < epochs)
        return replace(self, training=replace(self.training, epochs=epochs, rate_changes=changes))

    @property
    def is_article(self) -> bool:
        """Whether this is the article's recipe, whatever the seed."""
        return self.with_seed(0) == RunSpec()

    @property
    def labels_fit(self) -> bool:
        """Whether loss and metric take labels of this form; if not, Keras refuses to train."""
        one_hot = self.preparation.one_hot
        accepts_integers = self.training.metric == TrainSpec().metric
        return one_hot != (self.training.loss == SPARSE) and (one_hot or accepts_integers)

    def to_json(self) -> str:
        """This run as JSON, every float exactly."""
        return json.dumps({"version": _JSON_VERSION, **asdict(self)}, allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> "RunSpec":
        """The run that `to_json` wrote; what is left out has its default.

        Raises:
            ChoiceError: if it is anything else.
        """
        if len(text) > limits.MAX_SPEC_CHARACTERS:
            most = limits.MAX_SPEC_CHARACTERS
            raise ChoiceError(Rule.LENGTH, _DESCRIPTION, len(text), high=most)
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            raise ChoiceError(Rule.JSON, _DESCRIPTION, text) from None
        run = _described("The run", value, "version", "network", "training", "preparation")
        check_choice("The version of this description", run.get("version"), (_JSON_VERSION,))
        network = _fields("The network", run.get("network", {}), NetworkSpec)
        training = _fields("The training", run.get("training", {}), TrainSpec)
        preparation = _fields("The preparation", run.get("preparation", {}), PrepSpec)
        if "hidden" in network:
            layers = _values("The hidden layers", network["hidden"])
            described = [_fields("A hidden layer", layer, HiddenLayer) for layer in layers]
            network["hidden"] = tuple(HiddenLayer(**layer) for layer in described)
        if "convolutions" in network:
            network["convolutions"] = _values("The convolutions", network["convolutions"])
        if "rate_changes" in training:
            changes = _values("The changes of learning rate", training["rate_changes"])
            pairs = [_pair("A change of learning rate", change) for change in changes]
            training["rate_changes"] = tuple(pairs)
        return cls(NetworkSpec(**network), TrainSpec(**training), PrepSpec(**preparation))


_JSON_VERSION = 1
_DESCRIPTION = "The description of the run"


def _described(name: str, value: object, *keys: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ChoiceError(Rule.OBJECT, name, value)
    for key in value:
        if key not in keys:
            raise ChoiceError(Rule.KEYS, name, key, choices=keys)
    return value


def _fields(name: str, value: object, kind: Any) -> dict[str, Any]:
    return _described(name, value, *(field.name for field in fields(kind)))


def _values(name: str, value: object) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ChoiceError(Rule.LIST, name, value)
    return tuple(value)


def _pair(name: str, value: object) -> tuple[Any, ...]:
    if not isinstance(value, list) or len(value) != 2:
        raise ChoiceError(Rule.PAIR, name, value)
    return tuple(value)
