"""Which ablation is tried, and how much of it."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from digitlab.specs import RunSpec
from digitlab.specs.ablations import UNSEEN_DIGITS, Ablation
from digitlab.wording.numerals import short_per_cent, significant, whole
from digitlab.wording.say import Message, say, say_message
from digitlab.wording.settings.ablations import title_of, words_of
from digitlab.wording.settings.choices import recipe
from digitlab.wording.settings.network_names import preset_or_layers


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
    words = words_of(ablation)
    st.markdown(say_message(words.does))
    value = _amount(ablation, words.amount) if words.amount else ablation.value
    return ablation, value


def _amount(ablation: Ablation, what: Message) -> Any:
    share = ablation.field in ("data_share", "label_noise")
    return st.select_slider(
        say_message(what),
        ablation.values,
        ablation.value,
        key=f"ablation_{ablation.name}",
        format_func=short_per_cent if share else significant,
        persist_state="session",
    )


def show_baseline(baseline: RunSpec) -> None:
    """Say which network the changed one is compared with, and by which digits."""
    training = baseline.training
    st.caption(
        say(
            "The **baseline**: {network}, {recipe}, seed {seed}. The lab keeps {share} of the "
            "training digits for validation.  \n"
            "**Unseen digits** are the last {count} training digits. No network on this page "
            "learns from them. Both networks read the same ones, with their right labels. This "
            "page does not use the test digits, and it does not change your own network.",
            network=preset_or_layers(baseline.network),
            recipe=recipe(baseline),
            seed=training.seed,
            share=short_per_cent(training.validation_share),
            count=whole(UNSEEN_DIGITS),
        )
    )
