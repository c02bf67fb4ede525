"""From the digits to what a network takes."""

from digitlab.preprocess.arrays import TakesDigits

CAST = """\
x_train = x_train.astype("float32")
x_test = x_test.astype("float32")
"""

SCALE = """\
x_train /= 255
x_test /= 255
"""

ONE_HOT = """\
y_train = keras.utils.to_categorical(y_train, num_classes=10)
y_test = keras.utils.to_categorical(y_test, num_classes=10)
"""

PREPARED = """\
print(x_train.shape, x_test.shape)
print(y_train.shape, y_test.shape)
print(y_test[0])
print(y_train[0])
"""


def shape(input_shape: tuple[int, ...]) -> str:
    """A shape as arguments: `784`, or `28, 28, 1`."""
    return ", ".join(map(str, input_shape))


def reshape(network: TakesDigits) -> str:
    """Bring the images into the shape that this network takes."""
    return f"""\
x_train = x_train.reshape(len(x_train), {shape(network.input_shape)})
x_test = x_test.reshape(len(x_test), {shape(network.input_shape)})
"""


def prepare(network: TakesDigits) -> str:
    """All four steps of the preparation."""
    return "\n".join((CAST, SCALE, reshape(network), ONE_HOT))
