"""Weights drawn at random, as a training could have left them."""

import keras
import numpy as np


def with_random_weights(model: keras.Model, seed: int = 4, spread: float = 0.3) -> keras.Model:
    """Variances above 0, and no number as Keras starts it: a lost one would not be noticed."""
    random = np.random.default_rng(seed)
    for variable in model.weights:
        if variable.name != "count":
            variance = "variance" in variable.name
            numbers = random.normal(0, 1 if variance else spread, variable.shape)
            variable.assign(np.abs(numbers) + 0.2 if variance else numbers)
    for layer in model.layers:
        if isinstance(layer, keras.layers.Normalization):
            layer.finalize_state()  # it computes with a copy
    return model


def arrays_of(model: keras.Model) -> tuple[np.ndarray, ...]:
    """What answers need: all but the counts of Normalization."""
    return tuple(np.asarray(weight) for weight in model.weights if weight.name != "count")
