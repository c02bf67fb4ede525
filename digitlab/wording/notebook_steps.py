"""How to work with the notebook, in Colab and in Jupyter."""

from typing import Final

TOLERANCE: Final = 0.03
"""How far the test accuracy may be from the lab's in another version of Keras, same seed.

`tests/export/test_notebook_versions.py` holds the oldest and the newest version to it.
"""

STEPS: Final = (
    (
        "Open it",
        "**Colab** is Jupyter on a computer of Google's; you need a Google account. Go to "
        "[colab.research.google.com](https://colab.research.google.com), choose *File*, then "
        "*Upload notebook*, and give it `lesson.ipynb`. For **Jupyter** on your own computer: "
        "start `jupyter lab` in the folder of the file and open it there.",
    ),
    (
        "Choose a runtime",
        "The **runtime** is the computer that runs your cells. In Colab choose *Runtime*, then "
        "*Change runtime type*. Take *CPU*. A **GPU** does many multiplications at the same time, "
        "so it pays for large networks. A small dense network trains in seconds without one. With "
        "convolutions, try both and compare the seconds that Keras prints.",
    ),
    (
        "Install the same versions, if you want",
        "Colab has Keras already, often in another version than the lab. That is fine: the "
        "notebook runs there too. With the same seed, the test accuracy of the article's network "
        f"then differs by {TOLERANCE:g} at most. A GPU also rounds in another way. For the lab's "
        "own versions, remove the `#` at the start of the first code cell and run it.",
    ),
    (
        "Restart after that",
        "A program that runs keeps the packages that it has loaded. So after the install choose "
        "*Runtime*, then *Restart session* (in Jupyter: *Kernel*, *Restart Kernel*). Then run the "
        "cells from top to bottom.",
    ),
    (
        "Upload a drawing",
        "Save a drawing on the lab's page Draw: you get `digit.png`. In Colab click the folder at "
        "the left, then the upload button. In Jupyter put the file beside the notebook. Colab "
        "deletes uploaded files when the session ends.",
    ),
)
"""What to do, step by step: a title, and the words below it, as Markdown."""


def steps_words() -> str:
    """The steps as a numbered list in Markdown."""
    return "\n".join(
        f"{number}. **{title}.** {words}" for number, (title, words) in enumerate(STEPS, start=1)
    )
