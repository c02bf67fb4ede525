"""Load a network from a file and test it, in Keras."""

from digitlab.brought.stack import LayerStack
from digitlab.snippets.answers import evaluate
from digitlab.snippets.preparation import four_steps
from digitlab.specs import ARTICLE, Preprocessing


def evaluate_brought(
    stack: LayerStack, preprocessing: Preprocessing = Preprocessing.ZERO_TO_ONE
) -> str:
    """From the file to its loss and accuracy on the test set, then the confusion matrix."""
    softmax = "model.add(keras.layers.Softmax())\n" if stack.gives_logits else ""
    return f"""\
{four_steps(stack, preprocessing)}
# Only a file that you trust: Keras can run programs that are in it.
model = keras.saving.load_model("network.keras")
{softmax}model.compile(loss="categorical_crossentropy", metrics=["accuracy"])
{evaluate(ARTICLE)}"""
