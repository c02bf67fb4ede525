"""What makes a run's numbers the lab's own to the last digit, on another computer."""

from typing import Final

from digitlab.specs import TENSORFLOW_THREADS
from digitlab.wording.say import say

THREADS: Final = f"""\
import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_NUM_INTRAOP_THREADS"] = "{TENSORFLOW_THREADS}"
"""
"""Read at the import of Keras and TensorFlow, so it stands before."""

SETTINGS: Final = """\
keras.config.set_floatx("float32")
keras.config.set_epsilon(1e-7)
keras.config.set_image_data_format("channels_last")
"""

NOTEBOOK_CODE: Final = f"{THREADS}\nimport keras\n\n{SETTINGS}"


def threads_words() -> str:
    """What a program says of `THREADS`."""
    return say(
        "Keras can calculate with different packages. The lab uses TensorFlow. TensorFlow adds up "
        "numbers in parts, one part for each thread. The number of threads can change the last "
        "digits. The lab uses {threads} threads. These lines must stand before the imports.",
        threads=TENSORFLOW_THREADS,
    )


def settings_words() -> str:
    """What a program says of `SETTINGS`."""
    return say(
        "These are the settings of a new Keras. The file {file} on your computer may have other "
        "ones.",
        file="keras.json",
    )


def notebook_title() -> str:
    """What the last section of a notebook is called."""
    return say("The same numbers as in the lab, to the last digit")


def notebook_words() -> str:
    """What a notebook says of `NOTEBOOK_CODE`."""
    return say(
        "You do not need this cell to learn. With it you get the lab's numbers, to the last digit. "
        "Install the versions in the first code cell. Move this cell to the top of the notebook. "
        "Restart the session, and run all cells. Why does this help? TensorFlow adds up numbers in "
        "parts, one part for each **thread**. The number of threads can change the last digits. "
        "The lab uses {threads} threads. The other lines are the settings of a new Keras. The file "
        "`keras.json` on your computer may have other ones.",
        threads=TENSORFLOW_THREADS,
    )
