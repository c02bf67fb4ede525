"""From a spec to the Keras model. Imports Keras: for workers, never for the web process."""

import keras

from digitlab.architecture.summary import layer_rows
from digitlab.specs import CLASSES, KERNEL_SIZE, POOL_SIZE, NetworkSpec, TrainSpec


def use_own_settings() -> None:
    """Set Keras as it comes, whatever a `keras.json` of this user of the machine says.

    Other numbers, or another order of the axes, would come of it.
    """
    keras.config.set_floatx("float32")
    keras.config.set_epsilon(1e-7)
    keras.config.set_image_data_format("channels_last")
    keras.config.set_max_epochs(None)
    keras.config.set_max_steps_per_epoch(None)


def build_model(network: NetworkSpec) -> keras.Sequential:
    """The network as a `keras.Sequential`, with fresh random weights.

    The names are those of the first model in a fresh program, however many this process has made:
    they stand in the file that is taken home.
    """
    layers: list[keras.Layer] = []
    for filters in network.convolutions:
        layers.append(keras.layers.Conv2D(filters, KERNEL_SIZE, activation="relu"))
        layers.append(keras.layers.MaxPooling2D(POOL_SIZE))
    if network.convolutions:
        layers.append(keras.layers.Flatten())
    for layer in network.hidden:
        layers.append(keras.layers.Dense(layer.units, activation=layer.activation))
    layers.append(keras.layers.Dense(CLASSES, activation="softmax"))
    for layer, row in zip(layers, layer_rows(network), strict=True):
        layer.name = row.name
    first = keras.Input(network.input_shape, name="input_layer")
    return keras.Sequential([first, *layers], name="sequential")


def make_optimizer(training: TrainSpec) -> keras.optimizers.Optimizer:
    """The optimizer the learner chose; momentum is SGD with momentum 0.9."""
    if training.optimizer == "momentum":
        return keras.optimizers.SGD(training.learning_rate, momentum=0.9)
    return keras.optimizers.get(
        {
            "class_name": training.optimizer,
            "config": {"learning_rate": training.learning_rate},
        }
    )
