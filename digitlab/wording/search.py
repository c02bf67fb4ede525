"""A search in words: what it varies, and what it has found."""

from collections.abc import Iterable

from digitlab.specs.search import SearchSpec, Setting
from digitlab.wording.descriptions import NAMES, joined

_HYPERPARAMETERS = {
    "learning_rate": "learning rate",
    "units": "units of the first hidden layer",
    "batch_size": "batch size",
    "epochs": "epochs",
    "optimizer": "optimizer",
}


def hyperparameter_words(name: str) -> str:
    """What a hyperparameter is called."""
    return _HYPERPARAMETERS[name]


def value_words(value: object) -> str:
    """A value of one.

    >>> [value_words(value) for value in (0.0003, 128, "sgd")]
    ['0.0003', '128', 'SGD']
    """
    return NAMES.get(value, value) if isinstance(value, str) else f"{value:g}"


def setting_words(plan: SearchSpec, setting: Setting) -> str:
    """A setting: "learning rate 0.1, 32 units"."""
    parts = []
    for (name, _), value in zip(plan.grid, setting, strict=True):
        words = value_words(value)
        if name in ("units", "epochs"):
            parts.append(f"{words} {name if value != 1 else name[:-1]}")
        elif name == "optimizer":
            parts.append(words)
        else:
            parts.append(f"{hyperparameter_words(name)} {words}")
    return joined(parts, ", ")


def scores_words(scores: Iterable[float]) -> str:
    """The scores of a setting: "0.9512, 0.9498"."""
    return joined((f"{score:.4f}" for score in scores), ", ")
