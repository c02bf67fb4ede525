"""Break it on purpose: choose an ablation, or go back to the baseline."""

import streamlit as st

from digitlab.specs.ablations import ABLATIONS, Ablation, ablations_in, without_ablations
from digitlab.ui.ablation.comparison import show_comparison
from digitlab.ui.session.keys import control_key
from digitlab.ui.session.state import Lab
from digitlab.ui.shell.locks import explained, is_fixed, is_hidden
from digitlab.wording.ablations import ablation_words, title_of, words_of
from digitlab.wording.numerals import short_per_cent

_BY_FIELD = {ablation.field: ablation for ablation in ABLATIONS}


def ablation_line(lab: Lab, page: str) -> None:
    """Say what is broken on purpose, with a button that mends it; nothing if nothing is broken."""
    words = ablation_words(lab.spec)
    # The place is there in any case: what stands below it would else be made anew when the line
    # comes or goes, and the keyboard would lose the control that it had changed.
    place = st.container(horizontal=True, vertical_alignment="center")
    if not words or is_hidden(lab, "preparation"):
        return
    with place:
        st.markdown(
            f":material/construction: **Broken on purpose: {', '.join(words)}.**", width="content"
        )
        if lab.lesson.lock(without_ablations(lab.spec)) != lab.spec:
            st.button(
                "Mend it",
                key=f"mend_{page}",
                icon=":material/healing:",
                on_click=_take_baseline,
                args=(lab,),
            )


def ablation_controls(lab: Lab, page: str) -> None:
    """Choose an ablation, say what to expect of it, train both, and see.

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
        chosen = ablations_in(lab.spec)
        _choice(lab, page, chosen)
        for ablation in chosen:
            st.markdown(words_of(ablation).does)
            if ablation.values:
                _amount(lab, page, ablation)
        if chosen:
            show_comparison(lab, page)


def _choice(lab: Lab, page: str, chosen: list[Ablation]) -> None:
    locked = [
        ablation
        for ablation in ABLATIONS
        if ablation.control in lab.lesson.locked - {"preparation"}
    ]
    offered = [
        ablation.field for ablation in ABLATIONS if ablation not in locked or ablation in chosen
    ]
    first = chosen[0].field if chosen else None
    key = control_key(f"{page}_break", first)
    st.pills(
        "What do you break?",
        offered,
        default=first,
        format_func=lambda field: title_of(_BY_FIELD[field]),
        wrap=True,
        key=key,
        on_change=_take,
        args=(lab, key),
        disabled=is_fixed(lab, "preparation"),
        help=explained(lab, "preparation", "One at a time. Click it once more to mend it."),
    )
    if missing := [title_of(ablation) for ablation in locked if ablation not in chosen]:
        st.caption(
            f"This lesson holds the learning rate, so this is left out: {', '.join(missing)}."
        )


def _amount(lab: Lab, page: str, ablation: Ablation) -> None:
    value = ablation.value_in(lab.spec)
    key = control_key(f"{page}_{ablation.field}", value)
    st.select_slider(
        words_of(ablation).amount,
        sorted({*ablation.values, value}),  # a link may bring another
        value,
        key=key,
        format_func=short_per_cent if isinstance(value, float) else str,
        on_change=_take_amount,
        args=(lab, ablation, key),
        disabled=is_fixed(lab, "preparation"),
    )


def _take(lab: Lab, key: str) -> None:
    """Go back to the baseline, and take the ablation that was clicked, if any."""
    field: str | None = st.session_state[key]
    baseline = without_ablations(lab.spec)
    lab.choose(_BY_FIELD[field].applied_to(baseline) if field else baseline)


def _take_amount(lab: Lab, ablation: Ablation, key: str) -> None:
    lab.choose(ablation.applied_to(lab.spec, st.session_state[key]))


def _take_baseline(lab: Lab) -> None:
    lab.choose(without_ablations(lab.spec))
