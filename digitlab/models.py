"""From a spec to the Keras model. Imports Keras: for workers, never for the web process."""

import keras

from digitlab.specs import CLASSES, KERNEL_SIZE, POOL_SIZE, NetworkSpec, TrainSpec


def build_model(network: NetworkSpec) -> keras.Sequential:
    """The network as a `keras.Sequential`, with fresh random weights."""
    model = keras.Sequential([keras.Input(network.input_shape)])
    for filters in network.convolutions:
        model.add(keras.layers.Conv2D(filters, KERNEL_SIZE, activation="relu"))
        model.add(keras.layers.MaxPooling2D(POOL_SIZE))
    if network.convolutions:
        model.add(keras.layers.Flatten())
    for layer in network.hidden:
        model.add(keras.layers.Dense(layer.units, activation=layer.activation))
    model.add(keras.layers.Dense(CLASSES, activation="softmax"))
    return model


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
