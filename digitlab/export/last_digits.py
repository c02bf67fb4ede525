"""What makes a run's numbers the lab's own to the last digit, on another computer."""

from typing import Final

from digitlab.wording.say import say, say_count

SETTINGS: Final = """\
keras.config.set_floatx("float32")
keras.config.set_epsilon(1e-7)
keras.config.set_image_data_format("channels_last")
"""


def threads_code(threads: int) -> str:
    """Read at the import of Keras and TensorFlow, so it stands before."""
    return f"""\
import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_NUM_INTRAOP_THREADS"] = "{threads}"
"""


def notebook_code(threads: int) -> str:
    """All of it, in one cell."""
    return f"{threads_code(threads)}\nimport keras\n\n{SETTINGS}"


def threads_words(threads: int) -> str:
    """What a program says of `threads_code`."""
    return say(
        "Keras can calculate with different packages. The lab uses TensorFlow. TensorFlow adds up "
        "numbers in parts, one part for each thread. The number of threads can change the last "
        "digits. {used} These lines must stand before the imports.",
        used=_used(threads),
    )


def _used(threads: int) -> str:
    return say_count(
        "The lab used {count} thread for this run.",
        "The lab used {count} threads for this run.",
        threads,
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


def notebook_words(threads: int) -> str:
    """What a notebook says of `notebook_code`."""
    return say(
        "You do not need this cell to learn. With it you get the lab's numbers, to the last digit. "
        "Install the versions in the first code cell. Move this cell to the top of the notebook. "
        "Restart the session, and run all cells. Why does this help? TensorFlow adds up numbers in "
        "parts, one part for each **thread**. The number of threads can change the last digits. "
        "{used} The other lines are the settings of a new Keras. The file "
        "`keras.json` on your computer may have other ones.",
        used=_used(threads),
    )
