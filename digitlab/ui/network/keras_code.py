"""The network in Keras."""

from digitlab.export import snippets
from digitlab.ui.network.form import beside_form
from digitlab.ui.network.layers import size_seen
from digitlab.ui.session.state import Lab
from digitlab.ui.shell import path
from digitlab.ui.shell.links import link
from digitlab.ui.widgets import show
from digitlab.wording.say import say, say_message


def show_network_code(lab: Lab) -> str:
    """Show the code beside the form that changes it; what the learner has seen."""
    with beside_form(lab):
        show.code(
            snippets.define(lab.spec),
            key="network",
            words=say(
                "`keras.Sequential` takes the layers as a list. `keras.Input` says the shape of "
                "one picture. The units and the activation of a layer are the arguments of "
                "`Dense`. `model.summary()` prints the table of **{view}**.",
                view=say_message(path.step("Network").views["parameters"]),
            ),
        )
        link(
            path.step("Then and now"),
            say("See what `model.summary()` prints"),
            ":material/table:",
            view="summary",
        )
    return size_seen(lab)
