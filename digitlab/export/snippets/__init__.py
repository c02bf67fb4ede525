"""The Keras code that does what the lab does, rendered from the same specs.

Each function gives one piece that runs after the pieces before it, without its imports: `names`
knows them. The pages show the pieces, and `digitlab.export` joins them to a program. The tests
execute every piece over a grid of specs and compare with the lab's own results.
"""

from digitlab.export.snippets.data import LOAD, look, one_digit, tensor
from digitlab.export.snippets.evaluation import evaluate, predict, read_drawing
from digitlab.export.snippets.learning_step import learning_step
from digitlab.export.snippets.preparation import (
    CAST,
    ONE_HOT,
    PREPARED,
    SCALE,
    prepare,
    reshape,
    spoil,
)
from digitlab.export.snippets.replay import replay
from digitlab.export.snippets.search import search
from digitlab.export.snippets.seeds import several_seeds
from digitlab.export.snippets.training import compile_model, define, fit, train

__all__ = [
    "CAST",
    "LOAD",
    "ONE_HOT",
    "PREPARED",
    "SCALE",
    "compile_model",
    "define",
    "evaluate",
    "fit",
    "learning_step",
    "look",
    "one_digit",
    "predict",
    "prepare",
    "read_drawing",
    "replay",
    "reshape",
    "search",
    "several_seeds",
    "spoil",
    "tensor",
    "train",
]
