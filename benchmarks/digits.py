"""The digits that a benchmark trains with: all of them, or the first ones for a smoke run."""

from digitlab.data.mnist import Dataset, load_mnist

ALL = 60_000
FEW = 2_000
"""For a smoke run: an epoch takes a tenth of a second, and a batch of each preset is full."""

_TRAINING_PER_TEST = 6


def first_digits(count: int) -> Dataset:
    """So many training digits of MNIST and a sixth as many test digits, the first ones of each."""
    mnist = load_mnist()
    tests = max(1, count // _TRAINING_PER_TEST)
    return Dataset(
        mnist.x_train[:count], mnist.y_train[:count], mnist.x_test[:tests], mnist.y_test[:tests]
    )
