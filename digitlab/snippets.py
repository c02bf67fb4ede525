"""The Keras code that does what the lab does, rendered from the same spec.

Each function gives one piece that runs after the pieces before it; `script` joins them.
The tests execute every piece over a grid of specs and compare with the lab's own results.
"""

from digitlab.specs import KERNEL_SIZE, POOL_SIZE, NetworkSpec, RunSpec, TrainSpec

LOAD = """\
import keras
import numpy as np

(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
"""

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

EVALUATE = """\
test_loss, test_metric = model.evaluate(x_test, y_test)
print("Test loss:", test_loss)
print("Test {metric}:", test_metric)
"""

CONFUSION = """\
from sklearn.metrics import confusion_matrix

true_labels = np.argmax(y_test, axis=1)
predicted_labels = np.argmax(model.predict(x_test), axis=1)
matrix = confusion_matrix(true_labels, predicted_labels)
print(matrix)
print("On the diagonal:", np.trace(matrix) / np.sum(matrix))
"""


def look(subset: str, index: int) -> str:
    """Show one sample of `train` or `test` with its label, and the arrays' shapes."""
    return f"""\
import matplotlib.pyplot as plt

plt.imshow(x_{subset}[{index}], cmap="binary")
plt.show()
print(y_{subset}[{index}])
print(x_{subset}.ndim, x_{subset}.shape, x_{subset}.dtype)
"""


def one_digit(digit: int) -> str:
    """Count the samples of each digit, and average those of one."""
    return f"""\
print(np.bincount(y_train))
print(np.bincount(y_test))

average = x_train[y_train == {digit}].mean(axis=0)
plt.imshow(average, cmap="binary")
plt.show()
"""


def tensor(expression: str) -> str:
    """Describe a tensor: an array, or a part of it such as `x_train[8, 14]`."""
    return f"""\
tensor = {expression}
print(tensor)
print(tensor.ndim, tensor.shape, tensor.dtype)
"""


def reshape(network: NetworkSpec) -> str:
    """Bring the images into the shape that this network takes."""
    shape = ", ".join(map(str, network.input_shape))
    return f"""\
x_train = x_train.reshape(len(x_train), {shape})
x_test = x_test.reshape(len(x_test), {shape})
"""


def prepare(network: NetworkSpec) -> str:
    """All four steps of the preparation."""
    return "\n".join((CAST, SCALE, reshape(network), ONE_HOT))


def define(network: NetworkSpec, seed: int) -> str:
    """Fix the seed and define the network."""
    shape = ", ".join(map(str, network.input_shape))
    comma = "," if len(network.input_shape) == 1 else ""
    layers = [f"keras.Input(shape=({shape}{comma}))"]
    for filters in network.convolutions:
        layers.append(f'keras.layers.Conv2D({filters}, {KERNEL_SIZE}, activation="relu")')
        layers.append(f"keras.layers.MaxPooling2D({POOL_SIZE})")
    if network.convolutions:
        layers.append("keras.layers.Flatten()")
    for layer in network.hidden:
        layers.append(f'keras.layers.Dense({layer.units}, activation="{layer.activation}")')
    layers.append('keras.layers.Dense(10, activation="softmax")')
    body = "".join(f"    {layer},\n" for layer in layers)
    return f"""\
keras.utils.set_random_seed({seed})

model = keras.Sequential([
{body}])
model.summary()
"""


def compile_model(training: TrainSpec) -> str:
    """Say how the network learns."""
    classes = {"sgd": "SGD", "momentum": "SGD", "rmsprop": "RMSprop", "adam": "Adam"}
    momentum = ", momentum=0.9" if training.optimizer == "momentum" else ""
    optimizer = f"{classes[training.optimizer]}(learning_rate={training.learning_rate!r}{momentum})"
    return f"""\
model.compile(
    loss="{training.loss}",
    optimizer=keras.optimizers.{optimizer},
    metrics=["{training.metric}"],
)
"""


def fit(training: TrainSpec) -> str:
    """Train it, and keep the History; with other learning rates from later epochs on."""
    validation = (
        f"    validation_split={training.validation_share!r},\n"
        if training.validation_share
        else ""
    )
    schedule, callbacks = "", ""
    if training.rate_changes:
        schedule = _schedule(training.rate_changes)
        callbacks = "    callbacks=[keras.callbacks.LearningRateScheduler(schedule)],\n"
    return f"""\
{schedule}history = model.fit(
    x_train,
    y_train,
    batch_size={training.batch_size},
    epochs={training.epochs},
{validation}{callbacks})
print(history.history)
"""


def _schedule(changes: tuple[tuple[int, float], ...]) -> str:
    """A function for Keras's `LearningRateScheduler`. Keras counts epochs from 0."""
    lines = [f"    if epoch == {epoch}:\n        return {rate!r}" for epoch, rate in changes]
    body = "\n".join(lines)
    return f"def schedule(epoch, learning_rate):\n{body}\n    return learning_rate\n\n\n"


def train(run: RunSpec) -> str:
    """From the network to the History: what the Train page does."""
    return "\n".join(
        (define(run.network, run.training.seed), compile_model(run.training), fit(run.training))
    )


def evaluate(training: TrainSpec) -> str:
    """Loss and metric on the test set, then the confusion matrix."""
    return EVALUATE.format(metric=training.metric) + "\n" + CONFUSION


def predict(index: int) -> str:
    """The ten probabilities for one test image."""
    return f"""\
predictions = model.predict(x_test)
print(np.round(predictions[{index}], 2))
print(np.sum(predictions[{index}]))
print(np.argmax(predictions[{index}]))
"""


def read_drawing(network: NetworkSpec) -> str:
    """A drawing kept as a picture file, to the network's answer."""
    shape = ", ".join(map(str, network.input_shape))
    return f"""\
from pathlib import Path
from digitlab.preprocess import drawing_to_digit, read_picture

drawing = read_picture(Path("drawing.png").read_bytes())
digit = drawing_to_digit(drawing).digit  # 28 x 28, like MNIST
x = digit.astype("float32").reshape(1, {shape}) / 255
probabilities = model.predict(x)[0]
print(np.round(probabilities, 2))
print(np.argmax(probabilities))
"""


def script(run: RunSpec) -> str:
    """The whole lesson as one program."""
    return "\n".join((LOAD, prepare(run.network), train(run), evaluate(run.training), predict(11)))
