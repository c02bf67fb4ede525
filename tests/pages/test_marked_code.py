"""When a control moves, the line of the code that it changes is marked, and said."""

from streamlit.testing.v1 import AppTest

from digitlab.compute.service import TrainingQueue
from digitlab.specs import ARTICLE
from digitlab.ui.session.state import Lab
from digitlab.wording.code_words import NOTHING_CHANGED
from tests.pages.test_pages import open_page, words
from tests.reading import control, open_view


def marked(page: AppTest, key: str) -> list[str]:
    """The lines of the code that the page's style marks."""
    (style,) = (
        element.proto.body
        for element in page.get("html")
        if f".st-key-code_{key} " in element.proto.body
    )
    (code,) = (code.value for code in page.code if "import keras" in code.value)
    return [
        line
        for number, line in enumerate(code.splitlines())
        if f"var(--digitlab-mark) 0 0) 0 {number}lh / 100% 1lh" in style
    ]


def test_an_argument_is_marked_until_the_next_change(queue: TrainingQueue) -> None:
    page = open_page("pages/4_Train.py", Lab(spec=ARTICLE))
    assert marked(page, "train") == []
    assert NOTHING_CHANGED in words(page)
    control(page.slider, "Epochs").set_value(9).run()
    assert marked(page, "train") == ["    epochs=9,"]
    assert "You changed `epochs=5` to `epochs=9`. It is marked below." in words(page)
    page.run()  # the page runs again, and nothing was changed
    assert marked(page, "train") == ["    epochs=9,"]
    control(page.select_slider, "Batch size").set_value(64).run()
    assert marked(page, "train") == ["    batch_size=64,"]


def test_what_another_page_changed_is_marked_too(queue: TrainingQueue) -> None:
    lab = Lab(spec=ARTICLE)
    open_page("pages/4_Train.py", lab)
    network = open_view(open_page("pages/3_Network.py", lab), "keras")
    control(network.number_input, "Layer 1: units").set_value(20).run()
    line = '        keras.layers.Dense(20, activation="sigmoid"),'
    assert marked(network, "network") == [line]
    # A network of one's own begins with validation digits.
    assert marked(open_page("pages/4_Train.py", lab), "train") == [
        line,
        "    validation_split=0.1,",
    ]
