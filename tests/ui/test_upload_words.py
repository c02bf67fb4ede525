"""What is said of the pixels that a network from a file takes."""

import numpy as np
import pytest

from digitlab.architecture.layers import Dense
from digitlab.architecture.stack import LayerStack
from digitlab.specs import Preprocessing
from digitlab.ui.runs.upload_words import pixels_sentence, tried_table
from digitlab.uploads.models.parsed import UploadedModel
from digitlab.wording.settings.descriptions import pixels_words

OWN = Preprocessing.ZERO_TO_ONE


def uploaded(
    tried: dict[Preprocessing, float], way: Preprocessing = OWN, accuracy: float = 0.9
) -> UploadedModel:
    stack = LayerStack((784,), (Dense(10, "softmax", True),))
    answers = np.full((10_000, 10), 0.1, np.float32)
    return UploadedModel("a.keras", stack, (), answers, accuracy, 1.0, way, tried)


@pytest.mark.parametrize("way", list(Preprocessing)[1:])
def test_it_says_which_way_is_taken_and_both_counts(way: Preprocessing) -> None:
    said = pixels_sentence(uploaded({OWN: 0.123, way: 0.912}, way))
    assert said.startswith(f"**It takes {pixels_words(way)}.**")
    assert "With these it reads 912 of the first 1,000 training digits." in said
    assert (
        "With the pixels of the lab's own networks, pixels from 0 (paper) to 1 (ink), it reads 123."
    ) in said
    axis = {Preprocessing.NORMALIZED_COLUMNS: "axis=1)", Preprocessing.NORMALIZED_ROWS: "axis=-1)"}
    assert axis.get(way, "") in said


def test_of_the_labs_own_way_it_claims_no_search() -> None:
    network = uploaded({OWN: 0.985})
    assert pixels_sentence(network) == (
        "It takes pixels from 0 (paper) to 1 (ink). The lab's own networks take them too."
    )
    assert tried_table(network) == ""


def test_without_the_labs_own_way_nothing_is_compared() -> None:
    tried = {Preprocessing.ZERO_TO_255: 0.9, Preprocessing.INVERTED_ZERO_TO_255: 0.1}
    said = pixels_sentence(uploaded(tried, Preprocessing.ZERO_TO_255))
    assert "With these it reads 900 of the first 1,000 training digits. So the lab" in said


def test_where_none_reads_half_it_says_what_was_tried() -> None:
    network = uploaded(dict.fromkeys(Preprocessing, 0.101), accuracy=0.1)
    assert "The lab tried 9 ways" in pixels_sentence(network)
    rows = tried_table(network).splitlines()[2:]
    assert len(rows) == 9
    assert all(row.endswith("| 101 |") for row in rows)
    assert [row for row in rows if "**" in row] == [
        "| **pixels from 0 (paper) to 1 (ink)** | 101 |"
    ]
