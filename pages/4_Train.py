"""Let the network learn, and watch how."""

import streamlit as st

from digitlab.architecture.summary import total_parameters
from digitlab.export import snippets
from digitlab.records.history import history_columns
from digitlab.records.score import DigitSet, choosing_score
from digitlab.specs import PrepSpec
from digitlab.ui.ablation.line import ablation_line, way_to_ablations
from digitlab.ui.session.exam import is_taken
from digitlab.ui.shell import path
from digitlab.ui.shell.frame import close_page, open_page
from digitlab.ui.shell.links import link
from digitlab.ui.train.continue_training import continue_training
from digitlab.ui.train.form import training_form
from digitlab.ui.train.history import draw_axes, draw_history
from digitlab.ui.train.outcome import show_outcome
from digitlab.ui.train.start import training_buttons
from digitlab.ui.widgets import show
from digitlab.ui.widgets.article_band import is_whole_article, show_article_band
from digitlab.ui.widgets.downloads import take_home
from digitlab.ui.widgets.progress import follow_training
from digitlab.wording.choices import recipe
from digitlab.wording.exam import score_words

lab, data = open_page("Train")

st.markdown(
    "Press **Train**. The network looks at the training pictures in small batches and after each "
    "one changes its weights a little, so that its answers come closer to the labels. Then change "
    "one control, train again and compare."
)

ablation_line(lab, "train")

training_buttons(lab)
result, controls = st.columns([5, 4], gap="medium")
with controls:
    training_form(lab)
    verb = "Look at" if "network" in lab.lesson.locked else "Change"
    link(path.step("Network"), f"{verb} the network", ":material/hub:")
    st.caption(f"It has {total_parameters(lab.spec.network):,} parameters.")
with result:
    if lab.job is None:
        st.info(
            "With the article's recipe, which stands here, a training takes a few seconds."
            if lab.spec.is_article
            else "Press **Train**, and the curves appear here while it learns."
        )
        draw_axes(lab.spec.training)
    else:
        show_outcome(lab.job, earlier=lab.earlier is not None)
    if lab.job is not None and lab.job.spec != lab.spec:
        st.caption(
            f"Shown here: your last training ({recipe(lab.job.spec)}). "
            "Press **Train** to try what the controls say now."
        )
    if lab.job is not None and lab.job.resumable:
        continue_training(lab, lab.job)
    if lab.job is None or not lab.job.refusal:  # then there is nothing to draw
        follow_training(lab, draw_history)
    if lab.job is not None and not lab.job.resumable:
        continue_training(lab, lab.job)
        if lab.job.result and is_whole_article(lab.job.result):
            show_article_band(lab.job.history[-1].logs["accuracy"], DigitSet.TRAINING)

if lab.job and lab.job.history and not lab.job.active:
    with st.expander("The History as a table"):
        show.table(history_columns(lab.job.history))
if lab.job and lab.job.result and not lab.job.active:
    take_home(lab.job.result, "train", lab.selection, is_taken(lab))

st.header("What happened there", anchor=False)
st.markdown(
    "One pass through all the pictures that it learns from is an **epoch**. The **loss** says "
    "how far the answers are from the labels. After each batch, Keras works out for every weight "
    "whether the loss falls when the weight grows or when it shrinks, and how fast: this is the "
    "**gradient**. The method is **backpropagation**: it starts at the loss and goes back "
    "through the layers, from the last to the first. The **optimizer** makes a step of the "
    "gradient, and the **learning rate** sets how far the step goes. **Accuracy** is the share "
    "of pictures that the network reads correctly.\n\n"
    "Keras keeps loss and accuracy for each epoch in the **History**, and the curves show them. "
    "The **training** curve is an average over the whole epoch. While the network improves, it "
    "reads more than that at the end of the epoch. With a **validation share** the network does "
    "not learn from a part of the training pictures: the **validation digits**. A second curve "
    "shows how well it reads them at the end of each epoch. Compare settings by this "
    "**validation accuracy**. When the validation loss rises while the training loss still "
    "falls, the network has begun to learn its examples by heart (**overfitting**). The test "
    "digits stay closed until the exam on Evaluate."
)
code = snippets.train(lab.spec)
if lab.spec.preparation != PrepSpec():  # the other steps are whole, and stand on Prepare
    code = f"{snippets.prepare(lab.spec)}\n{code}"
show.code(
    code,
    key="train",
    words="`compile` takes the loss, the optimizer with its learning rate, and the metric. `fit` "
    "takes the epochs, the batch size and the validation share (`validation_split`), and gives "
    "back the History. `set_random_seed` takes the seed.",
)
way_to_ablations()

score = choosing_score(lab.trained.history) if lab.trained else None
close_page(
    lab,
    "Train",
    f"your network {score_words(score)}." if score else "",
)
