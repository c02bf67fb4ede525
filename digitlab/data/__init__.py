"""The MNIST digits that the package holds, and the reader of their file."""
