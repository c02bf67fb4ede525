"""The words of a page, explained where they stand: a press away from its title."""

import streamlit as st

from digitlab.specs import RunSpec
from digitlab.wording.glossary import glossary_words
from digitlab.wording.say import say

WORDS = {
    "Data": (
        "MNIST",
        "pixel",
        "label",
        "training digits",
        "test digits",
        "tensor",
        "axis",
        "scalar",
        "vector",
    ),
    "Prepare": ("pixel", "label", "shape", "one-hot", "tensor", "vector"),
    "Network": (
        *("layer", "hidden layer", "unit", "weight", "bias", "parameter", "activation", "dense"),
        *("convolution", "filter", "pooling", "softmax", "recipe"),
    ),
    "Learn": (
        *("loss", "cross-entropy", "gradient", "backpropagation", "learning rate", "weight"),
        *("batch", "epoch", "optimizer", "gradient descent", "slope", "momentum"),
        "natural logarithm",
    ),
    "Train": (
        *("epoch", "batch", "loss", "gradient", "backpropagation", "optimizer", "learning rate"),
        *("accuracy", "validation digits", "History", "seed", "overfitting", "cross-entropy"),
        *("sparse cross-entropy", "NaN", "notebook", "recipe", "momentum"),
    ),
    "Evaluate": (
        *("exam", "test digits", "confusion matrix", "recall", "precision", "loss"),
        *("cross-entropy", "natural logarithm"),
    ),
    "Predict": ("probability", "softmax", "cross-entropy", "natural logarithm", "loss"),
    "Draw": ("pixel", "probability"),
    "Look inside": (
        *("weight", "weighted sum", "unit", "logit", "saliency", "gradient", "occlusion"),
        *("PCA", "t-SNE"),
    ),
    "Replay": ("epoch", "weight", "loss", "accuracy", "probability"),
    "Luck": ("seed", "recipe", "accuracy", "confidence interval"),
    "Choose": ("validation digits", "test digits", "exam", "learning rate", "seed"),
    "Robustness": ("probability", "calibrated", "test digits"),
    "Ablations": ("ablation", "baseline", "validation digits"),
    "Then and now": ("parameter", "layer", "loss", "epoch"),
    "Runs": ("validation digits", "exam", "accuracy", "loss", "seed"),
}
"""Of each page, by its name."""


def words_of_page(name: str, spec: RunSpec) -> None:
    """A button that opens the glossary's entries of a page; nothing where there are none."""
    if terms := WORDS.get(name):
        with st.popover(
            say("Words"),
            key="words",
            icon=":material/menu_book:",
            help=say("What the words on this page mean."),
        ):
            st.markdown(glossary_words(terms, spec))
