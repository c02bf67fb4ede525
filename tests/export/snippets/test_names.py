"""Which imports and names a piece of code needs, read from the code itself."""

import pytest

from digitlab.architecture.stack import stack_of
from digitlab.export import snippets
from digitlab.export.snippets import inside, robustness
from digitlab.export.snippets.names import IMPORTS, ORIGINS, imports, origins, taken, with_imports
from digitlab.specs import ARTICLE, PRESETS, PrepSpec, RunSpec, TrainSpec
from digitlab.specs.search import SearchSpec

STACK = stack_of(PRESETS["Small CNN"].network)
CHANGING = RunSpec(
    training=TrainSpec(rate_changes=((1, 0.3),)), preparation=PrepSpec(label_noise=0.2)
)
PIECES = {
    "look": snippets.LOAD + snippets.look("train", 8),
    "prepare": snippets.prepare(CHANGING),
    "train": snippets.train(CHANGING),
    "evaluate": snippets.evaluate(ARTICLE),
    "predict": snippets.predict(11),
    "drawing": snippets.read_drawing(ARTICLE.network),
    "replay": snippets.replay(ARTICLE, 1),
    "seeds": snippets.several_seeds(CHANGING, [1, 2]),
    "search": snippets.search(SearchSpec(ARTICLE, (("units", (4, 10)),), (3,))),
    "weights": inside.weights(STACK),
    "activations": inside.activations(STACK, 3),
    "last step": inside.last_step(STACK, 3),
    "attribution": inside.attribution(STACK, 3, None),
    "neighbours": inside.neighbours(STACK, 3, 1000, True),
    "map": inside.digit_map(STACK, 300, True),
    "spoil": robustness.spoil(),
    "calibrate": robustness.calibrate(),
}


@pytest.mark.parametrize("name", PIECES)
def test_each_name_is_imported_or_comes_from_a_page(name: str) -> None:
    assert set(taken(PIECES[name])) <= {*IMPORTS, *ORIGINS}
    assert not set(taken(with_imports(PIECES[name]))) & set(IMPORTS)


def test_first_page_imports_what_it_uses_and_no_more() -> None:
    assert imports(PIECES["look"]) == "import keras\nimport matplotlib.pyplot as plt\n"
    assert imports(snippets.CAST) == ""
    assert with_imports(snippets.CAST) == snippets.CAST


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x_test /= 255", ("x_test",)),
        ("x_train = x_train[:5]", ("x_train",)),
        ("for n in (1, 2):\n    print(n, k)", ("k",)),
        ("def f(a):\n    b = a\n    return np.sum(b) + seed\n", ("np", "seed")),
        ("squares = [n * n for n in numbers]", ("numbers",)),
        ("import keras\nmodel = keras.Sequential()\nmodel.fit(x)", ("x",)),
    ],
)
def test_taken_is_what_is_used_before_it_is_made(code: str, expected: tuple[str, ...]) -> None:
    assert taken(code) == expected


def test_origins_are_the_pages_whose_code_makes_the_names() -> None:
    made_by = {
        "Data": snippets.LOAD,
        "Prepare": PIECES["prepare"],
        "Train": PIECES["train"],
        "Evaluate": PIECES["evaluate"],
    }
    for code in PIECES.values():
        for page, names in origins(code).items():
            for name in names:
                before = [*made_by.values()][: [*made_by].index(page) + 1]
                assert name not in taken("\n".join([*before, f"print({name})"]))
                assert name in made_by[page]
    assert origins(PIECES["prepare"]) == {"Data": ("x_train", "y_train", "x_test", "y_test")}
    assert origins(PIECES["look"]) == {}
    assert origins(snippets.predict(3)) == {"Evaluate": ("predictions",)}
