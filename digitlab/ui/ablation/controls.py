"""Break it on purpose: choose what is broken, and mend it."""

from collections.abc import Callable

import streamlit as st

from digitlab.specs import RunSpec
from digitlab.specs.ablations import (
    EXPERIMENTS,
    Experiment,
    broken_by,
    broken_words,
    mended,
)
from digitlab.ui.ablation.experiment import show_experiment
from digitlab.ui.session.keys import control_key
from digitlab.ui.session.state import Lab
from digitlab.ui.shell.locks import explained, is_fixed, is_hidden
from digitlab.wording.numerals import short_per_cent

_BY_TITLE = {one.title: one for one in EXPERIMENTS}


def broken_line(lab: Lab, page: str) -> None:
    """Say what is broken on purpose, with a button that mends it; nothing if all is whole."""
    words = broken_words(lab.spec)
    # The place is there in any case: what stands below it would else be made anew when the line
    # comes or goes, and the keyboard would lose the control that it had changed.
    place = st.container(horizontal=True, vertical_alignment="center")
    if not words or is_hidden(lab, "preparation"):
        return
    with place:
        st.markdown(
            f":material/construction: **Broken on purpose: {', '.join(words)}.**", width="content"
        )
        if lab.lesson.lock(mended(lab.spec)) != lab.spec:
            st.button(
                "Mend it",
                key=f"mend_{page}",
                icon=":material/healing:",
                on_click=_mend,
                args=(lab,),
            )


def break_it(lab: Lab, page: str) -> None:
    """Choose an experiment, say what to expect of it, train both, and see.

    Args:
        lab: the session.
        page: the same part stands on several pages; this tells its controls apart.
    """
    if is_hidden(lab, "preparation"):
        return
    st.header("Break it on purpose", anchor=False)
    with st.container(border=True):
        st.markdown(
            "What is a step good for? Leave it out and see. Choose what to break, say what you "
            "**expect**, then train the whole one and the broken one."
        )
        broken = broken_by(lab.spec)
        _choice(lab, page, broken)
        for one in broken:
            st.markdown(one.does)
            if one.values:
                _amount(lab, page, one)
        if broken:
            show_experiment(lab, page)


def _choice(lab: Lab, page: str, broken: list[Experiment]) -> None:
    locked = [one for one in EXPERIMENTS if one.control in lab.lesson.locked - {"preparation"}]
    offered = [one.title for one in EXPERIMENTS if one not in locked or one in broken]
    chosen = broken[0].title if broken else None
    key = control_key(f"{page}_break", chosen)
    st.pills(
        "What do you break?",
        offered,
        default=chosen,
        wrap=True,
        key=key,
        on_change=_take,
        args=(lab, key),
        disabled=is_fixed(lab, "preparation"),
        help=explained(lab, "preparation", "One at a time. Click it once more to mend it."),
    )
    if missing := [one.title for one in locked if one not in broken]:
        st.caption(
            f"This lesson holds the learning rate, so this is left out: {', '.join(missing)}."
        )


def _amount(lab: Lab, page: str, one: Experiment) -> None:
    value = one.of(lab.spec)
    key = control_key(f"{page}_{one.field}", value)
    st.select_slider(
        one.amount,
        sorted({*one.values, value}),  # a link may bring another
        value,
        key=key,
        format_func=short_per_cent if isinstance(value, float) else str,
        on_change=_take_amount,
        args=(lab, one, key),
        disabled=is_fixed(lab, "preparation"),
    )


def _take(lab: Lab, key: str) -> None:
    _change(lab, _BY_TITLE[title].broken if (title := st.session_state[key]) else None)


def _take_amount(lab: Lab, one: Experiment, key: str) -> None:
    lab.choose(one.broken(lab.spec, st.session_state[key]))


def _mend(lab: Lab) -> None:
    _change(lab, None)


def _change(lab: Lab, how: Callable[[RunSpec], RunSpec] | None) -> None:
    """Mend what is broken, and break something else."""
    whole = mended(lab.spec)
    lab.choose(how(whole) if how else whole)
