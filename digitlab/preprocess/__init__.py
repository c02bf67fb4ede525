"""From pixels to what the network receives: NumPy and Pillow only, no Keras."""
