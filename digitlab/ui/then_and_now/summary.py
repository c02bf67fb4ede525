"""What `model.summary()` prints, then and now."""

import streamlit as st

from digitlab.architecture.summary import layer_rows
from digitlab.architecture.summary_text import summary_text
from digitlab.specs import RunSpec
from digitlab.wording.parameter_count import parameter_columns


def show_summary(spec: RunSpec) -> str:
    """The summary of this network as Keras prints it; what was seen, in a sentence."""
    rows = layer_rows(spec.network)
    total = sum(row.parameters for row in rows)
    st.markdown(
        "`model.summary()` prints the layers of a network. This is what Keras 3 prints for **your "
        "network**, as it stands on the page Network, line by line:"
    )
    st.code(summary_text(spec.network), language=None)
    with st.expander("The same numbers, as the table on the page Network shows them"):
        st.table(
            parameter_columns(rows),
            border="horizontal",
            alt="Each layer of your network with its output shape and its parameters",
        )
    size = 4 * total
    st.markdown(
        f"- **Param #** is the number of parameters: {total:,} in all, as on Network.\n"
        "- In brackets stands the memory that they take. Each parameter is a `float32` and takes "
        f"4 bytes: 4 × {total:,} = {size:,} bytes"
        + (f" = {size / 1024:.2f} KB, at 1,024 bytes to a KB" if size >= 1024 else "")
        + ".\n"
        "- **Trainable** parameters are those that training changes: here, all of them. "
        "**Non-trainable** ones stay as they are. Some networks have them, for example when a "
        "part was trained before and is kept.\n"
        "- `None` stands for the number of pictures, which the network does not fix.\n"
        "- The article's table is that of its own network: 7,850 + 110 = 7,960. It calls the "
        "layers `dense_1` and `dense_2`; Keras 3 begins with `dense`, then `dense_1`. The "
        "article's table does not say how much memory they take.\n"
        "- After a training with SGD, Keras 3 prints a total that is larger by 2: "
        f"**{total + 2:,}**. It then also counts two numbers that the optimizer keeps for "
        "itself: the learning rate, and how many steps it has made."
    )
    return f"Keras prints {total:,} parameters for your network, as the page Network counts them."
