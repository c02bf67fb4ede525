"""The sections of a lesson after the training: test the network, ask it, let it read a drawing."""

from digitlab.export import snippets
from digitlab.export.sections import Cell, Section
from digitlab.records.networks import TrainedNetwork
from digitlab.specs import IMAGE_SHAPE, RunSpec, SampleSelection
from digitlab.wording.page_titles import page_title
from digitlab.wording.results.scores import score
from digitlab.wording.say import say

_SAVE = """\
model.save("network.keras")
"""


def evaluate(spec: RunSpec, trained: TrainedNetwork | None) -> Section:
    """Scores and confusion matrix on the test digits."""
    evaluation, confusion = snippets.evaluate(spec).split("\n\n")
    testing = [say("Calculate the loss and the metric on the test digits.")]
    if trained:
        testing.append(
            say("In the lab the metric was {metric}.", metric=score(trained.test_metric))
        )
    return Section(
        say("Test the network on digits that it has never seen"),
        (
            Cell(" ".join(testing), f"{evaluation}\n"),
            Cell(
                say(
                    "The confusion matrix counts the answers. Each row is a true digit. Each "
                    "column is an answer. On the diagonal the answers are correct."
                ),
                confusion,
            ),
        ),
    )


def predict(selection: SampleSelection) -> Section:
    """The ten answers for one test digit."""
    return Section(
        say("Ask the network"),
        (
            Cell(
                say(
                    "Print ten probabilities for test digit {index}. They add up to 1. The place "
                    "of the largest one is the answer.",
                    index=selection.test_index,
                ),
                snippets.predict(selection.test_index),
            ),
        ),
    )


def read_drawing(spec: RunSpec, selection: SampleSelection) -> Section:
    """A drawing from the lab, and the network as a file."""
    height, width = IMAGE_SHAPE
    picture = f"x_test[{selection.test_index}].reshape({height}, {width}, 1)"
    pixels = f"{picture} * 255" if spec.preparation.scale else picture
    stand_in = f"""\
if not os.path.exists("digit.png"):
    digit = np.round({pixels})
    keras.utils.save_img("digit.png", digit, scale=False)
"""
    return Section(
        say("Let the network read your digit"),
        (
            Cell(
                say(
                    "Draw a digit on the lab's page {page}. Click `digit.png` below the small "
                    "picture that your network receives. Put this file into the folder of the "
                    "program. Until then the code uses test digit {index}.",
                    page=page_title("Draw"),
                    index=selection.test_index,
                ),
                stand_in,
            ),
            Cell(
                say("Let the network read the picture."),
                snippets.read_drawing(spec.network, spec.preparation.preprocessing),
            ),
            Cell(
                say(
                    "Save the network as a file. You can upload this file to the lab, on its page "
                    "{page}.",
                    page=page_title("Runs"),
                ),
                _SAVE,
            ),
        ),
    )
