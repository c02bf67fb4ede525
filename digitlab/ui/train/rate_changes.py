"""What a continued training changed of the learning rate."""

from dataclasses import replace

import streamlit as st

from digitlab.ui.session.state import Lab
from digitlab.ui.shell.locks import explained, is_fixed, is_hidden
from digitlab.wording.numerals import significant
from digitlab.wording.say import say


def rate_changes(lab: Lab) -> None:
    """A button for each change; a click drops it."""
    if is_hidden(lab, "learning_rate"):
        return
    fixed = is_fixed(lab, "learning_rate")
    for epoch, rate in lab.spec.training.rate_changes:
        st.button(
            say("{rate} from epoch {epoch}", rate=significant(rate), epoch=epoch + 1),
            type="tertiary",
            icon=":material/close:",
            key=f"rate_from_{epoch}",
            on_click=_drop_rate_change,
            args=(lab, epoch),
            disabled=fixed,
            help=explained(
                lab,
                "learning_rate",
                say("You changed the learning rate here.")
                if fixed
                else say("You changed the learning rate here. Click to remove this change."),
            ),
        )


def _drop_rate_change(lab: Lab, epoch: int) -> None:
    left = tuple(change for change in lab.spec.training.rate_changes if change[0] != epoch)
    lab.choose(replace(lab.spec, training=replace(lab.spec.training, rate_changes=left)))
