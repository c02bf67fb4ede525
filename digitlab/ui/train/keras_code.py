"""The Keras code of the training, and what one can take home."""

import streamlit as st

from digitlab.export import snippets
from digitlab.specs import PrepSpec
from digitlab.ui.ablation.line import way_to_ablations
from digitlab.ui.session.exam import is_taken
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.downloads import take_home
from digitlab.wording.say import say


def show_code_and_take_home(lab: Lab) -> None:
    """How the training that the controls describe is written, and the latest one to take home."""
    program, further = st.columns([3, 2], gap="medium")
    with program:
        show_code(lab)
    with further:
        if lab.job and lab.job.result and not lab.job.active:
            take_home(lab.job.result, "train", lab.selection, is_taken(lab))
        way_to_ablations()


def show_code(lab: Lab, folded: bool = False) -> None:
    """The program of the training that the controls describe.

    Args:
        lab: of this session.
        folded: whether it opens at a press.
    """
    changed = lab.spec.preparation != PrepSpec()  # the usual one stands on Prepare
    show.code(
        snippets.train(lab.spec),
        key="train",
        words=say(
            "`compile` takes the loss, the optimizer with its learning rate, and the metric. "
            "`fit` takes the epochs, the batch size and the validation share "
            "(`validation_split`). It gives back the History. `set_random_seed` takes the seed."
        ),
        folded=folded,
        before=snippets.prepare(lab.spec) if changed else "",
        title_before=say("First: the digits, changed on purpose"),
    )
