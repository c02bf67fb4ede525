"""The Keras code of Evaluate: the same before the exam, as other pages take names from it."""

from digitlab.export import snippets
from digitlab.export.snippets.uploaded import evaluate_uploaded
from digitlab.records.networks import TrainedNetwork
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show
from digitlab.ui.widgets.downloads import take_home
from digitlab.uploads.models.parsed import UploadedModel
from digitlab.wording.say import say


def show_code(network: TrainedNetwork | UploadedModel) -> None:
    """How the network is tested; one from a file is loaded first."""
    if isinstance(network, UploadedModel):
        show.code(evaluate_uploaded(network.architecture, network.preprocessing))
        return
    show.code(
        snippets.evaluate(network.spec),
        words=say(
            "`evaluate` gives the loss and the metric of the test set. `predict` gives ten "
            "probabilities for each test digit. The place of the largest one is the answer. The "
            "library `sklearn` counts the answers and draws the matrix."
        ),
    )


def show_code_and_take_home(lab: Lab, network: TrainedNetwork | UploadedModel) -> None:
    """The same, and script, notebook and report of a network that was trained here."""
    show_code(network)
    if not isinstance(network, UploadedModel):
        take_home(network, "evaluate", lab.selection, exam=True)
