"""The layers of a network, their shapes, parameters and weights, worked out without Keras."""
