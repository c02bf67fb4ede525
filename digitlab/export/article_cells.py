"""The article's code in Keras 2, cell by cell, and what Python with Keras 3 says to it.

`tests/export/test_article_cells.py` runs each cell in the installed Keras.
"""

from dataclasses import dataclass
from typing import Final

from digitlab.wording.say import Message, to_say

_NONE: Final = Message("")


@dataclass(frozen=True)
class ArticleCell:
    """One idea of the article in code.

    Attributes:
        idea: what it does, in a few words.
        then: as it was written for Keras 2.
        says: the error or warning that it gives today; empty if it runs as it is.
        now: as it is written today; empty if nothing has to change.
        reason: why, in Markdown.
    """

    idea: Message
    then: str
    says: str = ""
    now: str = ""
    reason: Message = _NONE

    @property
    def stops(self) -> bool:
        """Whether it is an error, after which the program does not go on."""
        return "Error:" in self.says


CELLS: Final = (
    ArticleCell(
        to_say("Load the digits"),
        """\
from keras.datasets import mnist

(x_train, y_train), (x_test, y_test) = mnist.load_data()
""",
    ),
    ArticleCell(
        to_say("Look at one digit"),
        """\
import matplotlib.pyplot as plt

plt.imshow(x_train[8], cmap=plt.cm.binary)
""",
    ),
    ArticleCell(
        to_say("Whole numbers become decimals"),
        "x_train = x_train.astype(\N{LEFT SINGLE QUOTATION MARK}float32"
        "\N{RIGHT SINGLE QUOTATION MARK})\n",
        "SyntaxError: invalid character '\N{LEFT SINGLE QUOTATION MARK}' (U+2018)",
        'x_train = x_train.astype("float32")\n',
        to_say(
            "The article is a web page with the quotation marks of a printed text. Python knows "
            "only the straight ones, `'` and `\"`. So this error does not come from Keras. When "
            "you copy code from a web page, type the quotation marks again."
        ),
    ),
    ArticleCell(
        to_say("Scale and reshape"),
        """\
x_train = x_train.astype("float32") / 255
x_test = x_test.astype("float32") / 255
x_train = x_train.reshape(60000, 784)
x_test = x_test.reshape(10000, 784)
""",
    ),
    ArticleCell(
        to_say("One-hot labels"),
        """\
from keras.utils import to_categorical

y_train = to_categorical(y_train, num_classes=10)
y_test = to_categorical(y_test, num_classes=10)
""",
    ),
    ArticleCell(
        to_say("Import the layers"),
        "from keras.layers.core import Dense\n",
        "ModuleNotFoundError: No module named 'keras.layers.core'",
        "from keras.layers import Dense\n",
        to_say(
            "`keras.layers.core` was a file inside Keras 2. Keras 3 is a new program without this "
            "file. Now all layers are in `keras.layers`."
        ),
    ),
    ArticleCell(
        to_say("Define the network"),
        """\
from keras.layers import Dense
from keras.models import Sequential

model = Sequential()
model.add(Dense(10, activation="sigmoid", input_shape=(784,)))
model.add(Dense(10, activation="softmax"))
""",
        "UserWarning: Do not pass an `input_shape`/`input_dim` argument to a layer. When using "
        "Sequential models, prefer using an `Input(shape)` object as the first layer in the model "
        "instead.",
        """\
import keras

model = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(10, activation="sigmoid"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
""",
        to_say(
            "This is a **warning**: the program continues, and the network is the same. "
            "`model.add` adds one layer after another. The list has all layers at once. Both work "
            "today. Only the shape of the input has a new place. It belongs to the whole network, "
            "not to its first layer."
        ),
    ),
    ArticleCell(
        to_say("Choose loss, optimizer and metric"),
        """\
model.compile(loss="categorical_crossentropy", optimizer="sgd", metrics=["accuracy"])
""",
    ),
    ArticleCell(to_say("Train"), "model.fit(x_train, y_train, batch_size=100, epochs=5)\n"),
    ArticleCell(to_say("Evaluate"), "test_loss, test_acc = model.evaluate(x_test, y_test)\n"),
    ArticleCell(
        to_say("Predict"),
        """\
import numpy as np

predictions = model.predict(x_test)
print(np.argmax(predictions[11]))
print(np.sum(predictions[11]))
""",
    ),
)
"""The article's steps in their order."""

ARTICLE_LOG: Final = (
    (2.1822, 0.2916),
    (1.9180, 0.5283),
    (1.6978, 0.5937),
    (1.5102, 0.6537),
    (1.3526, 0.7034),
)
"""Loss and accuracy of the five epochs that the article prints."""

FUNCTIONAL: Final = """\
import keras

pixels = keras.Input(shape=(784,))
hidden = keras.layers.Dense(10, activation="sigmoid")(pixels)
answers = keras.layers.Dense(10, activation="softmax")(hidden)
model = keras.Model(pixels, answers)
"""
"""The article's network in the Functional API."""

INITIALIZER: Final = """\
layer = keras.layers.Dense(10, activation="sigmoid", kernel_initializer="he_normal")
"""

VERBOSE: Final = """\
model.fit(x_train, y_train, batch_size=100, epochs=5, verbose=2)
"""
