"""Load the digits, and look at them."""

LOAD = """\
(x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()
"""


def look(subset: str, index: int) -> str:
    """Show one sample of `train` or `test` with its label, and the arrays' shapes."""
    return f"""\
plt.imshow(x_{subset}[{index}], cmap="binary")
plt.show()
print(y_{subset}[{index}])
print(x_{subset}.ndim, x_{subset}.shape, x_{subset}.dtype)
"""


def one_digit(digit: int) -> str:
    """Count the samples of each digit, and average those of one."""
    return f"""\
print(np.bincount(y_train))
print(np.bincount(y_test))

average = x_train[y_train == {digit}].mean(axis=0)
plt.imshow(average, cmap="binary")
plt.show()
"""


def tensor(expression: str) -> str:
    """Describe a tensor: an array, or a part of it such as `x_train[8, 14]`."""
    return f"""\
tensor = {expression}
print(tensor)
print(tensor.ndim, tensor.shape, tensor.dtype)
"""
