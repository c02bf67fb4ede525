"""What `model.fit` prints: the article's lines beside the learner's."""

import streamlit as st

from digitlab.export.article_cells import ARTICLE_LOG, VERBOSE
from digitlab.records.history import keras_log
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import ARTICLE, SET_SIZES
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets import show
from digitlab.wording.numerals import decimal, whole
from digitlab.wording.say import say
from digitlab.wording.settings.choices import recipe

_EPOCHS = len(ARTICLE_LOG)


def show_log(trained: TrainedNetwork | None) -> str:
    """The five epochs of the article beside those of a network; what was seen, in a sentence."""
    if trained and not trained.history:  # it was stopped in its first epoch
        trained = None
    st.markdown(
        say(
            "`model.fit` prints one line for each epoch. Here are the numbers that the article "
            "prints."
        )
    )
    columns = {
        say("Epoch"): list(range(1, _EPOCHS + 1)),
        say("Article: loss"): [loss for loss, _ in ARTICLE_LOG],
        say("Article: accuracy"): [accuracy for _, accuracy in ARTICLE_LOG],
    }
    if trained:
        for title, log in (
            (say("Yours: loss"), "loss"),
            (say("Yours: accuracy"), "accuracy"),
        ):
            columns[title] = _values(trained, log)
    show.table(columns)
    _compare(trained)
    _lines(trained)
    st.header(say("How much Keras prints"), anchor=False)
    st.markdown(
        say(
            "The argument `verbose` of `fit` says how much Keras prints. 1 is a bar that grows, 2 "
            "is one line for each epoch, and 0 is nothing. Without this argument, Keras shows the "
            "bar."
        )
    )
    show.piece(VERBOSE)
    if not trained:
        return ""
    done = min(_EPOCHS, len(trained.history))
    return say(
        "After epoch {epoch}, the article's loss is {article}, and yours is {yours}.",
        epoch=done,
        article=decimal(ARTICLE_LOG[done - 1][0], 4),
        yours=decimal(trained.history[done - 1].logs["loss"], 4),
    )


def _values(trained: TrainedNetwork, log: str) -> list[float | None]:
    """Of the first epochs; None for those that there are not, or without this number."""
    logs = [record.logs.get(log) for record in trained.history[:_EPOCHS]]
    return [*logs, *[None] * (_EPOCHS - len(logs))]


def _compare(trained: TrainedNetwork | None) -> None:
    if trained is None:
        st.info(say("Train a network first. Then you see its numbers next to the article's."))
        link(path.step("Train"), say("Train a network"), ":material/play_arrow:")
    elif trained.spec.is_article:
        st.markdown(
            say(
                "Both networks have the same recipe. They began with different random numbers, so "
                "their results are a little different. In both, the loss falls and the accuracy "
                "rises."
            )
        )
    else:
        st.markdown(
            say(
                "Your network has another recipe: {recipe}. So its numbers can be very different "
                "from the article's. Train the article's recipe to compare the two.",
                recipe=recipe(trained.spec),
            )
        )


def _lines(trained: TrainedNetwork | None) -> None:
    st.header(say("How to read a line"), anchor=False)
    then, now = st.columns(2, gap="medium")
    with then:
        st.markdown(say("**Then**, Keras 2:"))
        st.code(
            "Epoch 1/5\n60000/60000 [====] - 1s 15us/step - loss: 2.1822 - acc: 0.2916",
            language=None,
            wrap_lines=True,
        )
    with now:
        if not trained:
            st.markdown(say("**Now**, Keras 3: train a network, and you see its first line here."))
        else:
            st.markdown(say("**Now**, Keras 3, your first epoch:"))
            lines = keras_log(trained.history[:1], None, trained.spec.training)
            st.code("\n".join(lines), language=None, wrap_lines=True)
    told = (
        _counted(trained),
        say(
            "In the article's Keras 2, the time is for one picture. In Keras 3, it is for one step."
        ),
        say("`acc` is now `accuracy`. That is the name that you give to `compile`."),
    )
    st.markdown("\n".join(f"- {line}" for line in told))


def _counted(trained: TrainedNetwork | None) -> str:
    """What the number at the head of a line counts, then and now."""
    counts = say(
        "The article's Keras 2 counts **pictures**: {count} of {count}. Keras 3 counts **steps**: "
        "one step is one batch.",
        count=whole(SET_SIZES["train"]),
    )
    if trained:
        training, preparation = trained.spec.training, trained.spec.preparation
        if preparation.data_share < 1 or preparation.dropped_digit is not None:
            learns = say("Your network learns from a part of these pictures.")
        else:
            learned = training.digits_to_learn_from(SET_SIZES["train"])
            learns = say("Your network learns from {count} pictures.", count=whole(learned))
        steps = say(
            "{learns} Its batches have {batch} pictures. So an epoch of your network has "
            "**{steps}** steps.",
            learns=learns,
            batch=training.batch_size,
            steps=whole(trained.history[0].batches),
        )
    else:
        steps = say(
            "The article's batches have {batch} pictures. So an epoch of its network has "
            "**{steps}** steps.",
            batch=ARTICLE.training.batch_size,
            steps=whole(SET_SIZES["train"] // ARTICLE.training.batch_size),
        )
    return f"{counts} {steps}"
