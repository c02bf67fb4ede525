"""What makes a run's numbers the lab's own to the last digit, on another computer."""

from typing import Final

from digitlab.specs import TENSORFLOW_THREADS

THREADS: Final = f"""\
import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_NUM_INTRAOP_THREADS"] = "{TENSORFLOW_THREADS}"
"""
"""Read at the import of Keras and TensorFlow, so it stands before."""

THREADS_WORDS: Final = (
    "Keras can compute with several packages: the lab takes TensorFlow. TensorFlow adds up "
    "numbers in parts, one for each thread, and the last digits depend on how many. The lab uses "
    f"{TENSORFLOW_THREADS}. This must stand before the imports."
)

SETTINGS: Final = """\
keras.config.set_floatx("float32")
keras.config.set_epsilon(1e-7)
keras.config.set_image_data_format("channels_last")
"""

SETTINGS_WORDS: Final = "Keras as it comes. On this computer a file, keras.json, may say otherwise."

NOTEBOOK_TITLE: Final = "The lab's numbers, to the last digit"

NOTEBOOK_WORDS: Final = (
    "You do not need this cell to learn. It makes your numbers equal to the lab's, to the last "
    "digit. Install the versions in the first code cell. Move this cell to the top of the "
    "notebook. Restart the session, and run all cells. Why it works: TensorFlow adds up numbers "
    "in parts, one part for each **thread**, and the rounding depends on how many there are. The "
    f"lab uses {TENSORFLOW_THREADS}. The other lines set Keras to what it has when it is new; a "
    "file on your computer, `keras.json`, may say otherwise."
)

NOTEBOOK_CODE: Final = f"{THREADS}\nimport keras\n\n{SETTINGS}"
