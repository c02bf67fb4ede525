"""Look inside: weights as pictures, forward pass, gradient and occlusion, neighbours, a map."""

import math

from digitlab.architecture.layers import RANDOM, Conv2D, Dense, DepthwiseConv2D, SeparableConv2D
from digitlab.architecture.stack import LayerStack
from digitlab.export.snippets.preparation import shape
from digitlab.export.snippets.preprocessing import after_changes, ink_gradient, paper
from digitlab.specs import IMAGE_SHAPE, Preprocessing

_SHOWN = 10
_ROW = 5

OTHER_END = """\
# This network ends in another way than the lab's own networks. The lab has no code for it.
"""


def weights(stack: LayerStack) -> str:
    """The kernel of the first layer, its first units as pictures."""
    position = stack.kernel_layer_indices[0]
    kernel = stack.weight_shapes[position][0]
    shown = min(kernel[-1], _SHOWN)
    if isinstance(stack.layers[position], Conv2D | DepthwiseConv2D | SeparableConv2D):
        picture = "kernel[:, :, 0, unit]"
    else:
        before = [size[:2] for size in stack.shapes[: position + 1] if len(size) > 1]
        picture = f"kernel[:, unit].reshape({shape(before[-1] if before else IMAGE_SHAPE)})"
    return f"""\
kernel = model.layers[{position}].get_weights()[0]
vmax = np.abs(kernel).max()
for unit in range({shown}):
    plt.subplot({math.ceil(shown / _ROW)}, {_ROW}, unit + 1)
    plt.imshow({picture}, cmap="PuOr", vmin=-vmax, vmax=vmax)
    plt.axis("off")
plt.show()
"""


def activations(stack: LayerStack, index: int) -> str:
    """What each layer makes of a test digit."""
    return f"""\
activations = x_test[{index}:{index + 1}]
for layer in model.layers:
    activations = layer(activations{_calm(stack)})
    print(layer.name, activations.shape)
"""


def last_step(stack: LayerStack, index: int) -> str:
    """From the ten logits of a test digit to its ten probabilities."""
    end = _sigmoids(stack, index) if stack.gives_sigmoids else _softmax(stack, index)
    return _joined(stack, before_last(stack), end)


def attribution(
    stack: LayerStack,
    index: int,
    answer: int | None,
    preprocessing: Preprocessing = Preprocessing.ZERO_TO_ONE,
) -> str:
    """Gradient and occlusion of an answer for a test digit; None is the network's own."""
    gradient = _gradient(stack, index, answer, preprocessing)
    return _joined(stack, before_last(stack), gradient, _occlusion(stack, index, preprocessing))


def neighbours(stack: LayerStack, index: int, searched: int, one_hot: bool) -> str:
    """The nearest training digits by pixels, and for the network among the first ones."""
    by_pixels = _nearest(f"(x_train - x_test[{index}]).reshape(len(x_train), -1)", one_hot)
    inside = f"""\
hidden = {_hidden(stack, f"x_train[:{searched}]")}
digit = {_hidden(stack, f"x_test[{index}:{index + 1}]")}
""" + _nearest("hidden - digit", one_hot)
    return _joined(stack, by_pixels, before_last(stack), inside)


def digit_map(stack: LayerStack, shown: int, one_hot: bool) -> str:
    """The first test digits on the two main axes of the last hidden layer."""
    labels = f"np.argmax(y_test[:{shown}], axis=1)" if one_hot else f"y_test[:{shown}]"
    axes = min(2, math.prod(stack.shapes[stack.kernel_layer_indices[-1]]))
    drawn = f"""\
pca = PCA(n_components={axes})
positions = pca.fit_transform({_hidden(stack, f"x_test[:{shown}]")})
print(np.sum(pca.explained_variance_ratio_))
labels = {labels}
plt.scatter(positions[:, 0], positions[:, -1], s=8, c=labels, cmap="tab10")
plt.colorbar()
plt.show()
"""
    return _joined(stack, before_last(stack), drawn)


def before_last(stack: LayerStack) -> str:
    """The model up to its last layer with a kernel, and that layer's numbers."""
    last = stack.kernel_layer_indices[-1]
    before = (
        f"keras.Sequential([keras.Input({stack.input_shape}), *model.layers[:{last}]])"
        if stack.origin.nested  # there a layer also has the input that it had in its own network
        else "keras.Model(model.inputs[0], last.input)"
    )
    return f"""\
last = model.layers[{last}]
before = {before}
{"kernel, bias" if _has_bias(stack) else "(kernel,)"} = last.get_weights()
"""


def _has_bias(stack: LayerStack) -> bool:
    """Whether the last layer with a kernel has one."""
    return bool(getattr(stack.layers[stack.kernel_layer_indices[-1]], "use_bias", False))


def _logits(stack: LayerStack, digits: str) -> str:
    """The sums of the last layer for digits, where `before` gives its inputs."""
    return f"{digits} @ kernel{' + bias' if _has_bias(stack) else ''}"


def _joined(stack: LayerStack, *pieces: str) -> str:
    """The pieces; for a network that ends in another way than those of the lab, a comment."""
    end = stack.layers[stack.kernel_layer_indices[-1]]
    dense = isinstance(end, Dense) and len(stack.shapes[stack.kernel_layer_indices[-1]]) == 1
    return "\n".join(pieces) if dense and stack.last_kernel_makes_logits else OTHER_END


def _softmax(stack: LayerStack, index: int) -> str:
    return f"""\
logits = {_logits(stack, f"before(x_test[{index}:{index + 1}]{_calm(stack)})")}
exponentials = np.exp(logits - np.max(logits))
print(exponentials / np.sum(exponentials))
"""


def _calm(stack: LayerStack) -> str:
    """What a call needs where Keras's layers of augmentation take themselves to be in training."""
    return ", training=False" if any(isinstance(layer, RANDOM) for layer in stack.layers) else ""


def _sigmoids(stack: LayerStack, index: int) -> str:
    return f"""\
logits = {_logits(stack, f"before(x_test[{index}:{index + 1}]{_calm(stack)})")}
sigmoids = 1 / (1 + np.exp(-logits))
print(sigmoids / np.sum(sigmoids))
"""


def _gradient(
    stack: LayerStack, index: int, answer: int | None, preprocessing: Preprocessing
) -> str:
    picture = f"x_test[{index}:{index + 1}]"
    chosen = f"np.argmax(model.predict({picture}))" if answer is None else answer
    return f"""\
answer = {chosen}
digit = tf.convert_to_tensor({picture})
with tf.GradientTape() as tape:
    tape.watch(digit)
    logit = ({_logits(stack, f"before(digit{_calm(stack)})")})[0, answer]
gradient = tape.gradient(logit, digit).numpy().reshape({shape(IMAGE_SHAPE)})
{ink_gradient(preprocessing)}vmax = np.abs(gradient).max()
plt.imshow(gradient, cmap="PuOr", vmin=-vmax, vmax=vmax)
plt.show()
"""


def _occlusion(stack: LayerStack, index: int, preprocessing: Preprocessing) -> str:
    spoiled = after_changes(preprocessing, "covered")
    pictures = f"covered.reshape(169, {shape(stack.input_shape)})"
    patch = "2 * row : 2 * row + 4, 2 * column : 2 * column + 4"
    return f"""\
covered = np.tile(x_test[{index}].reshape({shape(IMAGE_SHAPE)}), (13, 13, 1, 1))
for row, column in np.ndindex(13, 13):
    covered[row, column, {patch}] = {paper(preprocessing)}
{spoiled}covered_probabilities = model.predict({pictures})[:, answer]
drop = model.predict(x_test[{index}:{index + 1}])[0, answer] - covered_probabilities
vmax = np.abs(drop).max()
plt.imshow(drop.reshape(13, 13), cmap="PuOr", vmin=-vmax, vmax=vmax)
plt.show()
"""


def _nearest(differences: str, one_hot: bool) -> str:
    labels = "np.argmax(y_train[nearest], axis=1)" if one_hot else "y_train[nearest]"
    return f"""\
distances = np.linalg.norm({differences}, axis=1)
nearest = np.argsort(distances)[:10]
print(nearest, {labels})
"""


def _hidden(stack: LayerStack, digits: str) -> str:
    """What the last hidden layer makes of digits; without one, the ten logits."""
    outputs = f"before.predict({digits})"
    return outputs if len(stack.kernel_layer_indices) > 1 else _logits(stack, outputs)
