"""What `model.summary()` prints, then and now."""

import streamlit as st

from digitlab.architecture.summary import layer_rows
from digitlab.architecture.summary_text import (
    BYTES,
    KEPT_BY_OPTIMIZER,
    memory,
    summary_text,
    trained_total,
)
from digitlab.specs import RunSpec
from digitlab.ui.widgets.fold import fold
from digitlab.wording.numerals import decimal, whole
from digitlab.wording.say import say
from digitlab.wording.settings.descriptions import setting_name
from digitlab.wording.settings.parameter_count import parameter_columns


def show_summary(spec: RunSpec) -> str:
    """The summary of this network as Keras prints it; what was seen, in a sentence."""
    rows = layer_rows(spec.network)
    total = sum(row.parameters for row in rows)
    st.markdown(
        say(
            "`model.summary()` prints the layers of a network. Keras 3 prints these lines for "
            "**your network**, the one on the page Network:"
        )
    )
    st.code(summary_text(spec.network), language=None)
    with fold(say("The same numbers in the table of the page Network")):
        st.table(
            parameter_columns(rows),
            border="horizontal",
            alt=say("Each layer of your network with its output shape and its parameters"),
        )
    lines = (
        say(
            "`Param #` is the number of parameters: {total} in all, as on the page Network.",
            total=whole(total),
        ),
        _memory_words(total),
        say(
            "Training changes the **trainable** parameters: here, all of them. Some networks have "
            "**non-trainable** parameters too, for example in a part that was trained before and "
            "stays as it is."
        ),
        say("`None` stands for the number of pictures. It can be any number."),
        say(
            "The article's table shows its own network: 7,850 + 110 = 7,960. Its layers are "
            "`dense_1` and `dense_2`. Keras 3 begins with `dense`, and then `dense_1` follows. The "
            "article's table does not show the memory."
        ),
        _trained_words(total, spec.training.optimizer),
    )
    st.markdown("\n".join(f"- {line}" for line in lines))
    return say(
        "Keras prints {total} parameters for your network. The page Network counts the same "
        "number.",
        total=whole(total),
    )


def _trained_words(parameters: int, optimizer: str) -> str:
    """Why the total is larger after a training: the optimizer has numbers too."""
    kept, total = KEPT_BY_OPTIMIZER[optimizer], whole(trained_total(parameters, optimizer))
    if not kept:
        return say(
            "After a training with {optimizer}, Keras 3 prints a total that is larger by 2: "
            "**{total}**. It then also counts two numbers of the optimizer: the learning rate, "
            "and how many steps it has made.",
            optimizer=setting_name(optimizer),
            total=total,
        )
    return say(
        "After a training with {optimizer}, Keras 3 prints a larger total: {parameters} + {kept} × "
        "{parameters} + 2 = **{total}**. It then also counts the numbers of the optimizer: {kept} "
        "for each parameter, and two more. These two are the learning rate, and how many steps it "
        "has made.",
        optimizer=setting_name(optimizer),
        parameters=whole(parameters),
        kept=kept,
        total=total,
    )


def _memory_words(total: int) -> str:
    """How the memory of the parameters comes about, up to the unit that Keras prints."""
    in_bytes = say(
        "Beside the total you see its memory. Each parameter is a `float32`, which "
        "takes {each} bytes: {each} × {total} = {size} bytes.",
        each=BYTES,
        total=whole(total),
        size=whole(BYTES * total),
    )
    size, unit = memory(total)
    if unit == "KB":
        return f"{in_bytes} {_in_kb(size)}"
    if unit == "MB":
        return f"{in_bytes} {_in_mb(size)}"
    return in_bytes


def _in_kb(size: float) -> str:
    return say("One KB has 1,024 bytes, so this is {size} KB.", size=decimal(size, 2))


def _in_mb(size: float) -> str:
    return say(
        "One KB has 1,024 bytes, and one MB has 1,024 KB. So this is {size} MB.",
        size=decimal(size, 2),
    )
