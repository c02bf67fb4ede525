"""Parts of Choose: what is varied, which values, how many seeds, and in which way."""

import math
from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from digitlab import limits
from digitlab.specs import RunSpec
from digitlab.specs.ablations import without_ablations
from digitlab.specs.search import HYPERPARAMETERS, Hyperparameter, SearchSpec
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets.fold import fold
from digitlab.wording.lists import with_commas
from digitlab.wording.results.search import control_words, hyperparameter_words, value_words
from digitlab.wording.say import Message, say, say_message, to_say

_SEEDS = (1, 2, 3, 4)
_FIRST = "learning_rate"
_WAYS: Final[dict[bool, Message]] = {
    False: to_say("Train all to the end"),
    True: to_say("Stop the weaker half early"),
}
"""By whether it is successive halving."""


def choose_search(lab: Lab) -> SearchSpec | None:
    """The controls, and the search that they say; None if they say none that the lab takes."""
    offered = [name for name in HYPERPARAMETERS if _can_vary(lab, name)]
    if not offered:
        st.info(say("This lesson fixes all settings that a search can change."))
        return None
    before = lab.shared.search
    names = _names(offered, before)
    grid = tuple((name, _values(lab.spec, name, before)) for name in names)
    with fold(say("More settings")):
        many = st.segmented_control(
            say("Seeds for each setting"),
            _SEEDS,
            default=len(before.seeds) if before else 1,
            key="choose_seeds",
            required=True,
            help=say(
                "With several seeds you see how much luck changes. The mean of all seeds counts."
            ),
            persist_state="session",
        )
        halving = _way(names, before)
    base = without_ablations(lab.spec)
    return _search(base, grid, _seeds(base, many, before), halving)


def _seeds(base: RunSpec, many: int, before: SearchSpec | None) -> tuple[int, ...]:
    """Those of the last search where they fit: a new session has another seed of its own."""
    alike = before is not None and before.base.with_seed(0) == base.with_seed(0)
    if before is not None and alike and len(before.seeds) == many:
        return before.seeds
    first = min(base.training.seed, limits.MAX_SEED - many)
    return tuple(first + number for number in range(many))


def _can_vary(lab: Lab, name: str) -> bool:
    control = "hidden" if name == "units" else name
    locked = lab.lesson.locked
    if name == "units" and not lab.spec.network.hidden:
        return False
    return control not in locked and not (name == "units" and "network" in locked)


def _names(offered: list[str], before: SearchSpec | None) -> list[str]:
    usual = [name for name, _ in before.grid] if before else [_FIRST]
    usual = [name for name in usual if name in offered] or offered[:1]
    chosen = st.pills(
        say("What do you change?"),
        offered,
        selection_mode="multi",
        default=usual,
        key="choose_names",
        format_func=control_words,
        persist_state="session",
        wrap=True,
    )
    # In the order of the pills, whatever was clicked first.
    return [name for name in offered if name in chosen]


def _values(spec: RunSpec, name: str, before: SearchSpec | None) -> tuple[Any, ...]:
    parameter = HYPERPARAMETERS[name]
    own = parameter.value_in(spec)
    options = [*parameter.values]
    if own not in options:
        options = sorted([*options, own])
    usual = dict(before.grid).get(name) if before else None
    default = [value for value in usual or _usual(parameter, options, own) if value in options]
    chosen = st.pills(
        say("Values to try: {setting}", setting=hyperparameter_words(name)),
        options,
        selection_mode="multi",
        default=default,
        key=f"choose_{name}",
        format_func=value_words,
        persist_state="session",
    )
    return tuple(value for value in options if value in chosen)


def _usual(parameter: Hyperparameter, options: Sequence[Any], own: Any) -> Sequence[Any]:
    """What a search begins with; as many values around the learner's own, if it is not there."""
    if own in parameter.usual:
        return parameter.usual
    count = len(parameter.usual)
    first = min(max(0, options.index(own) - count // 2), len(options) - count)
    return options[first : first + count]


def _way(names: list[str], before: SearchSpec | None) -> bool:
    """Whether by successive halving."""
    if "epochs" in names:
        st.caption(say("You change the number of epochs, so each run is trained to its end."))
        return False
    return bool(
        st.radio(
            say("How do you train them?"),
            list(_WAYS),
            index=int(bool(before and before.halving)),
            key="choose_way",
            horizontal=True,
            format_func=lambda way: say_message(_WAYS[way]),
            help=say(
                "The second way is called successive halving. All settings get a few epochs. The "
                "better half of them goes on with about twice as many epochs, and so on."
            ),
            persist_state="session",
        )
    )


def _search(
    base: RunSpec, grid: tuple[tuple[str, tuple[Any, ...]], ...], seeds: tuple[int, ...], way: bool
) -> SearchSpec | None:
    if not 1 <= len(grid) <= limits.MAX_SEARCH_PARAMETERS:
        st.info(
            say("Choose one or two settings to change. A line shows one, and a heat map shows two.")
        )
        return None
    if short := [hyperparameter_words(name) for name, values in grid if len(values) < 2]:
        st.info(
            say("Choose at least two values to compare: {settings}.", settings=with_commas(short))
        )
        return None
    size = len(seeds) * math.prod(len(values) for _, values in grid)
    if size > limits.MAX_SEARCH_RUNS:
        st.info(
            say(
                "That is {size} runs. The lab takes up to {most} in one search. Choose fewer "
                "values or fewer seeds.",
                size=size,
                most=limits.MAX_SEARCH_RUNS,
            )
        )
        return None
    return SearchSpec(base, grid, seeds, way)
