"""DigitLab: a first, hands-on contact with deep learning on MNIST.

The library knows nothing of Streamlit; only :mod:`digitlab.ui` does. Nothing
that the web process imports pulls in Keras or TensorFlow: they live in the
worker processes (see :mod:`digitlab.compute`).
"""
