"""The view of Luck that shows its code."""

from digitlab.export import snippets
from digitlab.ui.luck import train_seeds
from digitlab.ui.luck.comparison import Comparison
from digitlab.ui.session.state import Lab
from digitlab.ui.widgets import show


def show_seeds_code(lab: Lab, compared: Comparison) -> None:
    """The recipe on the controls, trained with each seed."""
    train_seeds.choose_size(lab)
    train_seeds.followed(compared.current, lambda jobs: None)
    show.code(snippets.several_seeds(lab.spec, compared.planned), key="luck")
