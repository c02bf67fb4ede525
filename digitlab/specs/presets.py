"""The article's recipe, and other networks worth trying."""

from digitlab.specs.network import HiddenLayer, NetworkSpec
from digitlab.specs.run import RunSpec
from digitlab.specs.training import TrainSpec

ARTICLE = RunSpec()

_ADAM = TrainSpec(optimizer="adam", learning_rate=0.001, batch_size=128)

PRESETS = {
    "The article's network": ARTICLE,
    "ReLU 128": RunSpec(NetworkSpec((HiddenLayer(128, "relu"),)), _ADAM),
    "Two hidden layers": RunSpec(
        NetworkSpec((HiddenLayer(128, "relu"), HiddenLayer(64, "relu"))), _ADAM
    ),
    "Small CNN": RunSpec(NetworkSpec((HiddenLayer(64, "relu"),), convolutions=(8, 16)), _ADAM),
}
"""Networks worth trying, each with a recipe that suits it."""


def preset_name(network: NetworkSpec) -> str | None:
    """The preset that has this network, or None for one of the learner's own."""
    return next((name for name, run in PRESETS.items() if run.network == network), None)
