"""Which ablation is tried, and how much of it."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from digitlab.specs import RunSpec, preset_name
from digitlab.specs.ablations import UNSEEN_DIGITS, Ablation
from digitlab.wording.ablations import title_of, words_of
from digitlab.wording.choices import recipe
from digitlab.wording.numerals import short_per_cent


def choose_ablation(question: str, ablations: Sequence[Ablation], key: str) -> tuple[Ablation, Any]:
    """Choose one, say what it does, and choose its amount if there are several.

    Args:
        question: that the choice answers.
        ablations: to choose from.
        key: of the choice.

    Returns:
        The ablation and its value.
    """
    by_name = {ablation.name: ablation for ablation in ablations}
    name = st.pills(
        question,
        list(by_name),
        default=ablations[0].name,
        required=True,
        format_func=lambda name: title_of(by_name[name]),
        wrap=True,
        key=key,
        persist_state="session",
    )
    ablation = by_name[name]
    st.markdown(words_of(ablation).does)
    return ablation, _amount(ablation) if ablation.values else ablation.value


def _amount(ablation: Ablation) -> Any:
    share = ablation.field in ("data_share", "label_noise")
    return st.select_slider(
        words_of(ablation).amount,
        ablation.values,
        ablation.value,
        key=f"ablation_{ablation.name}",
        format_func=short_per_cent if share else "{:g}".format,
        persist_state="session",
    )


def show_baseline(baseline: RunSpec) -> None:
    """Say which network the changed one is compared with, and by which digits."""
    training = baseline.training
    st.caption(
        f"The **baseline**: {preset_name(baseline.network)}, {recipe(baseline)}, seed "
        f"{training.seed}. {short_per_cent(training.validation_share)} of the training digits are "
        "kept for validation.  \n"
        f"**Unseen digits** are the last {UNSEEN_DIGITS:,} of the training digits. No network on "
        "this page learns from them, and both networks read the same ones, with their right "
        "labels. The test digits stay closed: your own network is not changed either."
    )
