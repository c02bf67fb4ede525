"""The views of Luck in which recipes are trained: one with several seeds, and two side by side."""

from dataclasses import replace

import streamlit as st

from digitlab.export import snippets
from digitlab.ui.luck import train_seeds
from digitlab.ui.luck.accuracies import show_accuracies, show_accuracy_table
from digitlab.ui.luck.comparison import Comparison
from digitlab.ui.luck.recipes import Side, choose_rival, show_recipe
from digitlab.ui.luck.verdict import numbers_words, verdict_words
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets import show
from digitlab.ui.widgets.fold import fold
from digitlab.wording.numerals import significant
from digitlab.wording.say import say

_LONGEST = 0.1
"""With longer steps than these, some optimizers hardly learn."""


def show_one_recipe(lab: Lab, compared: Comparison) -> None:
    """The recipe on the controls: train it with several seeds, and see how far luck goes."""
    if lab.uploaded:
        st.caption(
            say(
                "Your network from a file stays. This page trains the network and the recipe that "
                "you chose on Network and Train."
            )
        )
    size, card = st.columns([1, 3], gap="large")
    with size:
        train_seeds.choose_size(lab)
    with card.container(border=True):
        _show_mine(lab, compared)
    mine = compared.sides[:1]
    train_seeds.followed(
        compared.current, lambda jobs: show_accuracies(compared.with_jobs(mine, jobs))
    )
    show_accuracy_table(mine)
    show.code(snippets.several_seeds(lab.spec, compared.planned), key="luck", folded=True)


def show_two_recipes(lab: Lab, compared: Comparison) -> None:
    """A and B with the same seeds, and what may be said of their difference."""
    st.markdown(
        say(
            "Suppose that a new recipe reads more digits than the old one. Is it better, or was it "
            "lucky? Train each recipe with **the same seeds**, and compare seed by seed."
        )
    )
    # On a phone they stand below each other: the control last, just above what it changes.
    left, right, size = st.columns([3, 3, 2], gap="medium")
    with size:
        train_seeds.choose_size(lab)
    with left.container(border=True):
        _show_mine(lab, compared)
    with right.container(border=True):
        _show_rival(lab, compared)
    train_seeds.followed(
        compared.current, lambda jobs: _show_verdict(compared.with_jobs(compared.sides, jobs), lab)
    )
    show_accuracy_table(compared.sides)


def _show_mine(lab: Lab, compared: Comparison) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(say("**A** is the recipe that you chose here:"), width="content")
        for name, icon in (("Train", ":material/tune:"), ("Network", ":material/hub:")):
            link(path.step(name), path.step(name).title, icon)
    _show_side(lab, compared, compared.sides[0])


def _show_rival(lab: Lab, compared: Comparison) -> None:
    if len(compared.sides) == 1:
        _offer_another(lab, trained=bool(compared.sides[0].runs))
        return
    mine, rival = compared.sides
    choose_rival(lab, mine.recipe, rival.recipe, compared.by_recipe)
    _show_side(lab, compared, rival)


def _offer_another(lab: Lab, trained: bool) -> None:
    """What leads to a second recipe: first the runs of this one, then one changed setting."""
    if not trained:
        st.markdown(
            say(
                "You have no other recipe yet. First train recipe A. Then you change **one** "
                "setting, and the old recipe becomes B."
            )
        )
        return
    st.markdown(
        say(
            "You have no other recipe yet. Change **one** setting. The new recipe will be A, and "
            "the recipe that you have trained will be B."
        )
    )
    if "learning_rate" not in lab.lesson.locked:
        rate = _another_rate(lab.spec.training.learning_rate)
        st.button(
            say("Change the learning rate to {rate}", rate=significant(rate)),
            key="luck_other_rate",
            type="primary",
            icon=":material/tune:",
            on_click=_take_rate,
            args=(lab, rate),
        )


def _another_rate(rate: float) -> float:
    """Ten times as large, or ten times as small where that would be too long a step."""
    other = rate * 10 if rate <= _LONGEST / 10 else rate / 10
    return float(f"{other:.6g}")


def _take_rate(lab: Lab, rate: float) -> None:
    training = replace(lab.spec.training, learning_rate=rate, rate_changes=())
    lab.choose(replace(lab.spec, training=training))


def _show_side(lab: Lab, compared: Comparison, side: Side) -> None:
    show_recipe(side, compared.runs, compared.planned)
    train_seeds.offer(lab, side.letter, side.recipe, compared.missing(side), compared.size)


def _show_verdict(sides: list[Side], lab: Lab) -> None:
    """The answer first: it is what the controls above are for."""
    words = ""
    if len(sides) > 1 and any(side.runs for side in sides):
        first, second = sides
        st.markdown(verdict_words(first, second, lab.luck_seeds))
        words = numbers_words(first, second, lab.luck_seeds)
    show_accuracies(sides)
    if words:
        with fold(say("Effect size and p-value")):
            st.markdown(words)
