"""Parts of Choose: what is varied, which values, how many seeds, and in which way."""

import math
from typing import Any

import streamlit as st

from digitlab import limits
from digitlab.specs import RunSpec
from digitlab.specs.ablations import without_ablations
from digitlab.specs.search import HYPERPARAMETERS, SearchSpec
from digitlab.ui.session.state import Lab
from digitlab.wording.descriptions import counted
from digitlab.wording.search import hyperparameter_words, value_words

_SEEDS = (1, 2, 3, 4)
_FIRST = "learning_rate"


def choose_search(lab: Lab) -> SearchSpec | None:
    """The controls, and the search that they say; None if they say none that the lab takes."""
    offered = [name for name in HYPERPARAMETERS if _can_vary(lab, name)]
    if not offered:
        st.info("This lesson holds all settings that a search could vary.")
        return None
    before = lab.shared.search
    names = _names(offered, before)
    grid = tuple((name, _values(lab.spec, name, before)) for name in names)
    with st.expander("More settings"):
        many = st.segmented_control(
            "Seeds for each setting",
            _SEEDS,
            default=len(before.seeds) if before else 1,
            key="choose_seeds",
            required=True,
            help="With several seeds you see how far luck goes. The mean counts.",
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


def _name(hyperparameter: str) -> str:
    """As it stands on the control: the whole of "units of the first hidden layer" is too wide."""
    return (
        "Units" if hyperparameter == "units" else hyperparameter_words(hyperparameter).capitalize()
    )


def _names(offered: list[str], before: SearchSpec | None) -> list[str]:
    usual = [name for name, _ in before.grid] if before else [_FIRST]
    usual = [name for name in usual if name in offered] or offered[:1]
    chosen = st.pills(
        "What do you vary?",
        offered,
        selection_mode="multi",
        default=usual,
        key="choose_names",
        format_func=_name,
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
    default = [value for value in usual or parameter.usual if value in options]
    chosen = st.pills(
        f"Values to try: {hyperparameter_words(name)}",
        options,
        selection_mode="multi",
        default=default,
        key=f"choose_{name}",
        format_func=value_words,
        persist_state="session",
    )
    return tuple(value for value in options if value in chosen)


def _way(names: list[str], before: SearchSpec | None) -> bool:
    """Whether by successive halving."""
    if "epochs" in names:
        st.caption("The number of epochs is varied, so each run is trained to its end.")
        return False
    ways = {False: "Train all to the end", True: "Give up the weaker half early"}
    return bool(
        st.radio(
            "How?",
            list(ways),
            index=int(bool(before and before.halving)),
            key="choose_way",
            horizontal=True,
            format_func=ways.__getitem__,
            help="The second way is called successive halving: all settings get a few epochs, the "
            "better half of them goes on with about twice as many, and so on.",
            persist_state="session",
        )
    )


def _search(
    base: RunSpec, grid: tuple[tuple[str, tuple[Any, ...]], ...], seeds: tuple[int, ...], way: bool
) -> SearchSpec | None:
    if not 1 <= len(grid) <= limits.MAX_SEARCH_PARAMETERS:
        st.info("Choose one or two things to vary: a line shows one, a heat map shows two.")
        return None
    if short := [hyperparameter_words(name) for name, values in grid if len(values) < 2]:
        st.info(f"Choose at least two values to compare: {', '.join(short)}.")
        return None
    size = len(seeds) * math.prod(len(values) for _, values in grid)
    if size > limits.MAX_SEARCH_RUNS:
        st.info(
            f"That is {counted(size, 'run')}. The lab takes up to {limits.MAX_SEARCH_RUNS} in one "
            "search. Choose fewer values or fewer seeds."
        )
        return None
    return SearchSpec(base, grid, seeds, way)
