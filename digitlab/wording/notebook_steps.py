"""How to work with the notebook, in Colab and in Jupyter."""

from typing import Final

from digitlab.wording.numerals import decimal
from digitlab.wording.say import Message, say_message, to_say

TOLERANCE: Final = 0.005
"""How far the accuracy may be from the lab's in another version of Keras, with the same seed.

`tests/export/test_keras_versions.py` holds the oldest version to it. Three seeds of the article's
recipe gave the same test accuracy, all digits of it, in Keras 3.5, 3.10, 3.12 and 3.15 on one
TensorFlow.
"""

STEPS: Final[tuple[Message, ...]] = (
    to_say(
        "**Open it.** **Colab** is Jupyter on a computer of Google. You need a Google account. Go "
        "to [colab.research.google.com](https://colab.research.google.com). Choose *File*, then "
        "*Upload notebook*, and give it `lesson.ipynb`. For **Jupyter** on your own computer: "
        "start `jupyter lab` in the folder of the file and open it there."
    ),
    to_say(
        "**Choose a runtime.** The **runtime** is the computer that runs your cells. In Colab "
        "choose *Runtime*, then *Change runtime type*. Take *CPU*. A **GPU** multiplies "
        "many numbers at the same time, so it helps with large networks. A small dense network "
        "trains in seconds without one. With convolutions, try both and compare the seconds that "
        "Keras prints."
    ),
    to_say(
        "**Install the same versions, if you want.** Colab already has Keras, perhaps in another "
        "version than the lab. The notebook runs there too. We tried it with versions from Keras "
        "3.10 on: with the same seed, the accuracy of the article's network differs by at most "
        "{tolerance}. Another TensorFlow or a GPU can change the last digits more, because it adds "
        "up numbers in another order. For the lab's own versions, remove the `#` at the start of "
        "the first code cell and run it."
    ),
    to_say(
        "**Restart after that.** A program that runs keeps the packages that it has loaded. So "
        "after you install, choose *Runtime*, then *Restart session*. In Jupyter choose *Kernel*, "
        "then *Restart Kernel*. Then run the cells from top to bottom."
    ),
    to_say(
        "**Upload a drawing.** Draw a digit on the lab's page Draw. Click `digit.png` below the "
        "small picture that your network receives. In Colab click the folder on the left, then the "
        "upload button. In Jupyter put the file into the folder of the notebook. Colab deletes "
        "uploaded files when the session ends."
    ),
)
"""What to do, step by step, as Markdown."""


def steps_words() -> str:
    """The steps as a numbered list in Markdown."""
    tolerance = decimal(TOLERANCE, 3)
    return "\n".join(
        f"{number}. {say_message(step, tolerance=tolerance)}"
        for number, step in enumerate(STEPS, start=1)
    )
