"""Evaluate the network, and ask it for one picture."""

from digitlab.export.snippets.preparation import shape
from digitlab.export.snippets.preprocessing import code
from digitlab.preprocess.arrays import TakesDigits
from digitlab.specs import IMAGE_SHAPE, Preprocessing, RunSpec

_EVALUATE = """\
test_loss, test_metric = model.evaluate(x_test, y_test)
print("Test loss:", test_loss)
print("Test {metric}:", test_metric)
"""

_CONFUSION = """\
predictions = model.predict(x_test)
true_labels = {labels}
predicted_labels = np.argmax(predictions, axis=1)
display = ConfusionMatrixDisplay.from_predictions(true_labels, predicted_labels)
plt.show()
matrix = display.confusion_matrix
print(matrix)
print("On the diagonal:", np.trace(matrix) / np.sum(matrix))
"""


def evaluate(spec: RunSpec) -> str:
    """Loss and metric on the test set, then the confusion matrix."""
    labels = "np.argmax(y_test, axis=1)" if spec.preparation.one_hot else "y_test"
    scores = _EVALUATE.format(metric=spec.training.metric)
    return f"{scores}\n{_CONFUSION.format(labels=labels)}"


def predict(index: int) -> str:
    """The ten probabilities for one test image, of the `predictions` that `evaluate` made."""
    return f"""\
print(np.round(predictions[{index}], 2))
print(np.sum(predictions[{index}]))
print(np.argmax(predictions[{index}]))
"""


def read_drawing(
    network: TakesDigits, preprocessing: Preprocessing = Preprocessing.ZERO_TO_ONE
) -> str:
    """What the lab made of a drawing, kept as a picture of 28 x 28, to the network's answer.

    Args:
        network: says the shape that it takes.
        preprocessing: in which numbers it takes the pixels.
    """
    digit = "keras.utils.img_to_array(picture)"
    if preprocessing.normalized_axis is not None:  # it counts the axes from the first picture on
        digit = f"{digit}.reshape(1, {shape(IMAGE_SHAPE)})"
    return f"""\
picture = keras.utils.load_img("digit.png", color_mode="grayscale")
digit = {code(preprocessing, digit)}
probabilities = model.predict(digit.reshape(1, {shape(network.input_shape)}))[0]
print(np.round(probabilities, 2))
print(np.argmax(probabilities))
"""
