"""DigitLab: a first, hands-on contact with deep learning on MNIST.

The library knows nothing of Streamlit; only :mod:`digitlab.ui` does. Nothing
that the web process imports pulls in Keras or TensorFlow: they live in the
worker processes (see :mod:`digitlab.compute`).
"""

__version__ = "0.6.0"
"""The one place of it: the package's build reads it here, and a checkout needs no installation."""
