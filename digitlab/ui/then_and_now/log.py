"""What `model.fit` prints: the article's lines beside the learner's."""

import streamlit as st

from digitlab.export.article_cells import ARTICLE_LOG, VERBOSE
from digitlab.records.history import keras_log
from digitlab.records.networks import TrainedNetwork
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets import show
from digitlab.wording.choices import recipe

_EPOCHS = len(ARTICLE_LOG)


def show_log(trained: TrainedNetwork | None) -> str:
    """The five epochs of the article beside those of a network; what was seen, in a sentence."""
    if trained and not trained.history:  # it was stopped in its first epoch
        trained = None
    st.markdown(
        "`model.fit` prints a line for each epoch. Here are the numbers that the article prints, "
        "and beside them those of your network."
    )
    columns = {
        "Epoch": list(range(1, _EPOCHS + 1)),
        "Article: loss": [loss for loss, _ in ARTICLE_LOG],
        "Article: accuracy": [accuracy for _, accuracy in ARTICLE_LOG],
    }
    if trained:
        for title, log in (("Yours: loss", "loss"), ("Yours: accuracy", "accuracy")):
            columns[title] = _values(trained, log)
    number = st.column_config.NumberColumn(format="%.4f")
    show.table(columns, dict.fromkeys([*columns][1:], number))
    _compare(trained)
    _lines(trained)
    st.header("How much it prints", anchor=False)
    st.markdown(
        "The argument `verbose` of `fit` says how much is printed: 1 a bar that grows, 2 one line "
        "for each epoch, 0 nothing. If you leave it out, Keras shows the bar."
    )
    show.piece(VERBOSE)
    if not trained:
        return ""
    done = min(_EPOCHS, len(trained.history))
    return (
        f"the article's loss after epoch {done} is {ARTICLE_LOG[done - 1][0]:.4f}, yours is "
        f"{trained.history[done - 1].logs['loss']:.4f}."
    )


def _values(trained: TrainedNetwork, log: str) -> list[float | None]:
    """Of the first epochs; None for those that there are not, or without this number."""
    logs = [record.logs.get(log) for record in trained.history[:_EPOCHS]]
    return [*logs, *[None] * (_EPOCHS - len(logs))]


def _compare(trained: TrainedNetwork | None) -> None:
    if trained is None:
        st.info("Train a network first, and its numbers stand beside the article's.")
        link(path.step("Train"), "To Train", ":material/play_arrow:")
    elif trained.spec.is_article:
        st.markdown(
            "Both have the same recipe. They began with other random numbers, so the numbers "
            "differ a little. In both, the loss falls and the accuracy rises."
        )
    else:
        st.markdown(
            f"Your network has another recipe than the article's: {recipe(trained.spec)}. So the "
            "numbers do not have to agree. Train the article's recipe to compare the two."
        )


def _lines(trained: TrainedNetwork | None) -> None:
    st.header("How to read a line", anchor=False)
    then, now = st.columns(2, gap="medium")
    with then:
        st.markdown("**Then**, Keras 2:")
        st.code(
            "Epoch 1/5\n60000/60000 [====] - 1s 15us/step - loss: 2.1822 - acc: 0.2916",
            language=None,
            wrap_lines=True,
        )
    with now:
        st.markdown("**Now**, Keras 3, your first epoch:" if trained else "**Now**, Keras 3:")
        if trained:
            lines = keras_log(trained.history[:1], None, trained.spec.training)
            st.code("\n".join(lines), language=None, wrap_lines=True)
    batch = trained.spec.training.batch_size if trained else 100
    steps = trained.history[0].batches if trained and trained.history else 600
    whose = "your" if trained else "the article's"
    st.markdown(
        "- Keras 2 counts **pictures**: 60,000 of 60,000. Keras 3 counts **steps**, one for each "
        f"batch. With {batch} pictures in a batch, an epoch of {whose} network has **{steps:,}** "
        "steps.\n"
        "- The time is that of one picture in Keras 2, and that of one step in Keras 3.\n"
        "- `acc` is now `accuracy`, the name that you give to `compile`."
    )
