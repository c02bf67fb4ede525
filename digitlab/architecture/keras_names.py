"""How Keras names the layers of a network."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

_BEFORE_WORDS, _BEFORE_CAPITALS = re.compile(r"(.)([A-Z][a-z]+)"), re.compile(r"([a-z])([A-Z])")


def layer_names(classes: Iterable[str]) -> Iterator[str]:
    """Each layer's name in a fresh program: its class in snake case, numbered from the second on.

    A `.keras` file keeps its arrays under these names.

    >>> list(layer_names(["Conv2D", "ReLU", "Conv2D"]))
    ['conv2d', 're_lu', 'conv2d_1']
    """
    seen: Counter[str] = Counter()
    for class_name in classes:
        # As Keras does it: one expression would make "relu" of ReLU, and Keras makes "re_lu".
        name = _BEFORE_CAPITALS.sub(r"\1_\2", _BEFORE_WORDS.sub(r"\1_\2", class_name)).lower()
        yield f"{name}_{seen[name]}" if seen[name] else name
        seen[name] += 1
