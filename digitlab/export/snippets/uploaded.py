"""Load a network from a file and test it, in Keras."""

from digitlab.architecture.origin import KERAS_NAMES
from digitlab.architecture.stack import FLOAT_INPUTS, LayerStack
from digitlab.export.snippets.evaluation import evaluate
from digitlab.export.snippets.preparation import four_steps
from digitlab.specs import ARTICLE, Preprocessing

_LAYERS_IN_A_ROW = """\
# All its layers in one row. A network inside it is replaced by its own layers.
def layers_of(network):
    for layer in network.layers:
        if hasattr(layer, "layers"):
            yield from layers_of(layer)
        elif not isinstance(layer, keras.layers.InputLayer):
            yield layer


model = keras.Sequential([{input}, *layers_of(model)])
"""

_SHARES = """\
# Ten sigmoids may not add up to 1. Softmax of their logarithms divides each by their sum.
model.layers[{place}].activation = {log_sigmoid}
model.add(keras.layers.Softmax())
"""

_KERAS_2 = """\
# Keras 2 wrote this file. Keras 3 can't read all such files: run this code with Keras 2.
"""


def evaluate_uploaded(
    stack: LayerStack, preprocessing: Preprocessing = Preprocessing.ZERO_TO_ONE
) -> str:
    """From the file to its loss and accuracy on the test set, then the confusion matrix."""
    return f"""\
{four_steps(stack, preprocessing)}
{load(stack)}model.compile(loss="categorical_crossentropy", metrics=["accuracy"])
{evaluate(ARTICLE)}"""


def load(stack: LayerStack) -> str:
    """From the file to a `Sequential` that answers with ten probabilities."""
    origin = stack.origin
    name = "network.h5" if origin.hdf5 else "network.keras"
    functions = ", ".join(
        f'"{function}": keras.activations.{KERAS_NAMES[function]}' for function in origin.functions
    )
    told = f", custom_objects={{{functions}}}" if functions else ""
    return "".join(
        (
            _KERAS_2 if origin.keras2 and not origin.hdf5 else "",
            "# Load only a file that you trust: Keras can run programs that are inside it.\n",
            f'model = keras.saving.load_model("{name}"{told})\n',
            _LAYERS_IN_A_ROW.format(input=_input(stack)) if origin.nested else "",
            _end(stack),
        )
    )


def _input(stack: LayerStack) -> str:
    dtype = "" if stack.input_dtype == FLOAT_INPUTS[0] else f', dtype="{stack.input_dtype}"'
    return f"keras.Input({stack.input_shape}{dtype})"


def _end(stack: LayerStack) -> str:
    """What makes its ten numbers probabilities."""
    if stack.gives_logits:
        return "model.add(keras.layers.Softmax())\n"
    if stack.gives_sigmoids and stack.output_activation:
        functions = "tf.math" if stack.origin.keras2 else "keras.activations"
        return _SHARES.format(
            place=stack.output_activation.layer_index, log_sigmoid=f"{functions}.log_sigmoid"
        )
    return ""
