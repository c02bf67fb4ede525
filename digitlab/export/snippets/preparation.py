"""From the digits to what a network takes; or what is left of that when a step is left out."""

from digitlab.export.snippets.preprocessing import code
from digitlab.preprocess.arrays import TakesDigits
from digitlab.specs import Preprocessing, RunSpec

CAST = """\
x_train = x_train.astype("float32")
x_test = x_test.astype("float32")
"""

SCALE = """\
x_train /= 255
x_test /= 255
"""

ONE_HOT = """\
y_train = keras.utils.to_categorical(y_train, num_classes=10)
y_test = keras.utils.to_categorical(y_test, num_classes=10)
"""

PREPARED = """\
print(x_train.shape, x_test.shape)
print(y_train.shape, y_test.shape)
print(y_test[0])
print(y_train[0])
"""


def shape(input_shape: tuple[int, ...]) -> str:
    """A shape as arguments: `784`, or `28, 28, 1`."""
    return ", ".join(map(str, input_shape))


def reshape(network: TakesDigits) -> str:
    """Bring the images into the shape that this network takes."""
    return f"""\
x_train = x_train.reshape(len(x_train), {shape(network.input_shape)})
x_test = x_test.reshape(len(x_test), {shape(network.input_shape)})
"""


def spoil(spec: RunSpec) -> str:
    """What is done to the training digits before, if they are changed on purpose; else empty."""
    preparation, lines = spec.preparation, []
    if preparation.data_share < 1:
        lines += [
            f"few = int({preparation.data_share!r} * len(x_train))",
            "x_train, y_train = x_train[:few], y_train[:few]",
        ]
    if preparation.dropped_digit is not None:
        lines += [
            f"kept = y_train != {preparation.dropped_digit}",
            "x_train, y_train = x_train[kept], y_train[kept]",
        ]
    if preparation.label_noise or preparation.shuffle_labels:
        lines.append(f"rng = np.random.default_rng({spec.training.seed})")
    if preparation.label_noise:
        lines += [
            f"noisy = rng.random(len(y_train)) < {preparation.label_noise!r}",
            "y_train[noisy] = rng.integers(0, 10, np.count_nonzero(noisy))",
        ]
    if preparation.shuffle_labels:
        lines.append("y_train = rng.permutation(y_train)")
    return "".join(f"{line}\n" for line in lines)


def prepare(spec: RunSpec) -> str:
    """The preparation of a run: all four steps, or what is left of them."""
    spoiled, steps = spoil(spec), four_steps(spec.network)
    if not spec.preparation.scale:
        steps = steps.replace(f"{SCALE}\n", "")
    if not spec.preparation.one_hot:
        steps = steps.replace(f"\n{ONE_HOT}", "")
    return f"{spoiled}\n{steps}" if spoiled else steps


def four_steps(
    network: TakesDigits, preprocessing: Preprocessing = Preprocessing.ZERO_TO_ONE
) -> str:
    """All four steps of the preparation, with the numbers that this network takes."""
    steps = (CAST, _numbers(preprocessing), reshape(network), ONE_HOT)
    return "\n".join(step for step in steps if step)


def _numbers(preprocessing: Preprocessing) -> str:
    """What takes the place of the scaling; empty where pixels stay as they are."""
    match preprocessing:
        case Preprocessing.ZERO_TO_ONE:
            return SCALE
        case Preprocessing.ZERO_TO_255:
            return ""
    names = ("x_train", "x_test")
    return "".join(f"{name} = {code(preprocessing, name)}\n" for name in names)
