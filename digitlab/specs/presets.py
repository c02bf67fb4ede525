"""The article's recipe, and other networks worth trying."""

from dataclasses import replace

from digitlab.specs.network import HiddenLayer, NetworkSpec
from digitlab.specs.run import RunSpec
from digitlab.specs.training import TrainSpec

ARTICLE = RunSpec()

VALIDATION_SHARE = 0.1
"""Of every preset but the article's, and of a network of the learner's own: 6,000 digits. A choice
among settings then has digits to look at that are not the test digits."""

_ADAM = TrainSpec(
    optimizer="adam", learning_rate=0.001, batch_size=128, validation_share=VALIDATION_SHARE
)

PRESETS = {
    "The article's network": ARTICLE,
    "ReLU 128": RunSpec(NetworkSpec((HiddenLayer(128, "relu"),)), _ADAM),
    "Two hidden layers": RunSpec(
        NetworkSpec((HiddenLayer(128, "relu"), HiddenLayer(64, "relu"))), _ADAM
    ),
    "Small CNN": RunSpec(NetworkSpec((HiddenLayer(64, "relu"),), convolutions=(8, 16)), _ADAM),
}
"""Networks worth trying, each with a recipe that suits it."""

FIRST = PRESETS["ReLU 128"]
"""What *Train a network now* trains on the front page: it is trained in two seconds, and reads
drawings well."""


def preset_name(network: NetworkSpec) -> str | None:
    """The preset that has this network, or None for one of the learner's own."""
    return next((name for name, run in PRESETS.items() if run.network == network), None)


def with_validation(spec: RunSpec) -> RunSpec:
    """The spec with digits for validation, if it has none."""
    if spec.training.validation_share:
        return spec
    return replace(spec, training=replace(spec.training, validation_share=VALIDATION_SHARE))
