"""Which digits a recipe keeps aside to validate with, and what it makes of their labels."""

from typing import NamedTuple

from digitlab.specs import RunSpec


class KeptAside(NamedTuple):
    """What decides which digits validate: two recipes with the same have the same digits.

    Attributes:
        validation_share: of the training digits that are used, the last ones.
        data_share: of the training digits that are used, the first ones.
        dropped_digit: that is left out of both.
    """

    validation_share: float
    data_share: float
    dropped_digit: int | None


class LabelChanges(NamedTuple):
    """What is done to the labels of the training digits, before some are kept aside.

    Attributes:
        noise: share of the labels that become random ones.
        shuffled: whether they are permuted.
    """

    noise: float
    shuffled: bool


def kept_aside(recipe: RunSpec) -> KeptAside:
    """Which digits the recipe validates with."""
    steps = recipe.preparation
    return KeptAside(recipe.training.validation_share, steps.data_share, steps.dropped_digit)


def label_changes(recipe: RunSpec) -> LabelChanges:
    """What the recipe does to the labels; which labels it takes, the seed says."""
    return LabelChanges(recipe.preparation.label_noise, recipe.preparation.shuffle_labels)


def same_labels(first: RunSpec, second: RunSpec) -> bool:
    """Whether digits that both recipes validate with have the same labels."""
    changes = label_changes(first)
    if changes != label_changes(second):
        return False
    return not any(changes) or first.training.seed == second.training.seed
