"""A changed network: the code that trains it, or changes its weights, and reads unseen digits."""

from digitlab.export.snippets.preparation import prepare, shape
from digitlab.export.snippets.training import train
from digitlab.specs import RunSpec
from digitlab.specs.ablations import UNSEEN_DIGITS
from digitlab.specs.weight_changes import WeightChange, WeightChangeKind

KEEP_UNSEEN = f"""\
# No network learns from these digits. Their labels stay right.
unseen, truth = x_train[-{UNSEEN_DIGITS}:].copy(), y_train[-{UNSEEN_DIGITS}:].copy()
"""


def ablation(spec: RunSpec) -> str:
    """Prepare, train, and read the unseen digits; after the digits were loaded."""
    return "\n".join((KEEP_UNSEEN, prepare(spec), train(spec), read_unseen(spec)))


def read_unseen(spec: RunSpec) -> str:
    """How many of the unseen digits the model reads correctly, and how many of each digit."""
    scaled = " / 255" if spec.preparation.scale else ""
    return f"""\
images = unseen.reshape(len(unseen), {shape(spec.network.input_shape)}).astype("float32"){scaled}
answers = model.predict(images, verbose=0).argmax(axis=1)
print(np.mean(answers == truth))
for digit in range(10):
    print(digit, np.mean(answers[truth == digit] == digit))
"""


def change_weights(change: WeightChange, seed: int) -> str:
    """Change the weights of the model that is there, and read the unseen digits again.

    Args:
        change: what is done.
        seed: of the random numbers.
    """
    if change.kind is WeightChangeKind.CUT:
        body = f"""\
kernel, bias = model.layers[-1].get_weights()  # each hidden unit has a row
kernel[rng.permutation(len(kernel))[:{change.amount}]] = 0
model.layers[-1].set_weights([kernel, bias])
"""
    else:
        body = f"""\
for layer in model.layers:
    kernel, bias = layer.get_weights()
    kernel += rng.normal(0, {change.amount!r} * kernel.std(), kernel.shape)
    layer.set_weights([kernel, bias])
"""
    return f"""\
rng = np.random.default_rng({seed})
{body}
changed = model.predict(images, verbose=0).argmax(axis=1)
print(np.mean(changed == truth), np.sum(changed != answers))
"""
