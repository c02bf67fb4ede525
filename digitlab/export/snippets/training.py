"""Define the network, say how it learns, and train it."""

from collections.abc import Sequence

from digitlab.export.snippets.preparation import shape
from digitlab.specs import KERNEL_SIZE, POOL_SIZE, RunSpec, TrainSpec

_OPTIMIZERS = {"sgd": "SGD", "momentum": "SGD", "rmsprop": "RMSprop", "adam": "Adam"}


def define(spec: RunSpec) -> str:
    """Fix the seed and define the network."""
    network = spec.network
    more = "" if network.use_bias else ", use_bias=False"
    more += ', kernel_initializer="zeros"' if spec.training.zero_start else ""
    comma = "," if len(network.input_shape) == 1 else ""
    layers = [f"keras.Input(shape=({shape(network.input_shape)}{comma}))"]
    for filters in network.convolutions:
        layers.append(f'keras.layers.Conv2D({filters}, {KERNEL_SIZE}, activation="relu"{more})')
        layers.append(f"keras.layers.MaxPooling2D({POOL_SIZE})")
    if network.convolutions:
        layers.append("keras.layers.Flatten()")
    for layer in network.hidden:
        layers.append(f'keras.layers.Dense({layer.units}, activation="{layer.activation}"{more})')
    layers.append(f'keras.layers.Dense(10, activation="softmax"{more})')
    body = "".join(f"        {layer},\n" for layer in layers)
    return f"""\
keras.utils.set_random_seed({spec.training.seed})

model = keras.Sequential(
    [
{body}    ]
)
model.summary()
"""


def optimizer(training: TrainSpec) -> str:
    """The optimizer, with its learning rate."""
    momentum = ", momentum=0.9" if training.optimizer == "momentum" else ""
    arguments = f"learning_rate={training.learning_rate!r}{momentum}"
    return f"keras.optimizers.{_OPTIMIZERS[training.optimizer]}({arguments})"


def compile_model(training: TrainSpec) -> str:
    """Say how the network learns."""
    return f"""\
model.compile(
    loss="{training.loss}",
    optimizer={optimizer(training)},
    metrics=["{training.metric}"],
)
"""


def fit(training: TrainSpec, callbacks: Sequence[str] = ()) -> str:
    """Train it, and keep the History; with other learning rates from later epochs on.

    Args:
        training: how.
        callbacks: names of more callbacks that there are already.
    """
    validation = (
        f"    validation_split={training.validation_share!r},\n"
        if training.validation_share
        else ""
    )
    changes, called = "", [*callbacks]
    if training.rate_changes:
        changes = _change_rate(training.rate_changes)
        called = ["keras.callbacks.LearningRateScheduler(schedule)", *called]
    listed = f"    callbacks=[{', '.join(called)}],\n" if called else ""
    return f"""\
{changes}history = model.fit(
    x_train,
    y_train,
    batch_size={training.batch_size},
    epochs={training.epochs},
{validation}{listed})
print(history.history)
"""


def train(spec: RunSpec) -> str:
    """From the network to the History: what the Train page does."""
    return "\n".join((define(spec), compile_model(spec.training), fit(spec.training)))


def _change_rate(changes: tuple[tuple[int, float], ...]) -> str:
    """A function that `LearningRateScheduler` calls at the beginning of each epoch.

    Keras counts epochs from 0. The scheduler adds the rates to the History, as `learning_rate`.
    """
    rates = "".join(f"    {epoch}: {rate!r},  # epoch {epoch + 1}\n" for epoch, rate in changes)
    return f"""\
new_rates = {{
{rates}}}


def schedule(epoch, learning_rate):
    return new_rates.get(epoch, learning_rate)


"""
