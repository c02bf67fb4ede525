"""A network is the same one if its spec and its epochs are, or its answers."""

import numpy as np

from digitlab.records.exam import exam_key, exam_key_of_answers
from digitlab.specs import ARTICLE, RunSpec


def test_trained_again_it_is_the_same_network() -> None:
    assert exam_key(ARTICLE.with_seed(3), range(5)) == exam_key(ARTICLE.with_seed(3), [()] * 5)


def test_another_seed_and_another_number_of_epochs_are_other_networks() -> None:
    keys = {exam_key(RunSpec().with_seed(seed), range(done)) for seed in (1, 2) for done in (4, 5)}
    assert len(keys) == 4
    assert {len(key) for key in keys} == {32}


def test_a_network_from_a_file_is_told_by_its_answers() -> None:
    answers = np.full((10, 10), 0.1, np.float32)
    other = answers.copy()
    other[9, 9] = np.nextafter(np.float32(0.1), np.float32(1))
    assert exam_key_of_answers(answers) == exam_key_of_answers(answers.copy())
    assert exam_key_of_answers(answers) != exam_key_of_answers(other)
