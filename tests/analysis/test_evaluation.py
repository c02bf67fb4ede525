import numpy as np
import pytest
from sklearn import metrics

from digitlab.analysis import evaluation


@pytest.fixture(scope="module")
def answers() -> tuple[np.ndarray, np.ndarray]:
    """Labels and probabilities of a network that is right about two times in three."""
    random = np.random.default_rng(3)
    labels = random.integers(0, 10, 600).astype(np.uint8)
    scores = random.random((600, 10)) + 0.8 * np.eye(10)[labels]
    scores[:, 7] = 0  # it never says 7
    return labels, (scores / scores.sum(axis=1, keepdims=True)).astype(np.float32)


def test_confusion_matrix_counts_true_down_predicted_across(
    answers: tuple[np.ndarray, np.ndarray],
) -> None:
    labels, probabilities = answers
    matrix = evaluation.confusion_matrix(labels, probabilities)
    expected = np.zeros((10, 10), int)
    for true, predicted in zip(labels, probabilities.argmax(axis=1), strict=True):
        expected[true, predicted] += 1
    np.testing.assert_array_equal(matrix, expected)
    assert matrix[:, 7].sum() == 0
    assert np.trace(matrix) / matrix.sum() == np.mean(probabilities.argmax(axis=1) == labels)


@pytest.mark.parametrize("digit", range(10))
def test_one_against_rest_equals_scikit_learn(
    answers: tuple[np.ndarray, np.ndarray], digit: int
) -> None:
    labels, probabilities = answers
    true, predicted = labels == digit, probabilities.argmax(axis=1) == digit
    counts = evaluation.one_against_rest(labels, probabilities, digit)
    assert counts.true_positives == np.sum(true & predicted)
    assert counts.false_negatives == np.sum(true & ~predicted)
    assert counts.false_positives == np.sum(~true & predicted)
    assert counts.true_negatives == np.sum(~true & ~predicted)
    assert counts.total == 600
    assert counts.accuracy == pytest.approx(metrics.accuracy_score(true, predicted))
    assert counts.recall == pytest.approx(metrics.recall_score(true, predicted))
    assert counts.precision == pytest.approx(
        metrics.precision_score(true, predicted, zero_division=0)
    )
    assert counts.f1 == pytest.approx(metrics.f1_score(true, predicted))


def test_table_of_digits_agrees_with_one_against_rest(
    answers: tuple[np.ndarray, np.ndarray],
) -> None:
    table = evaluation.scores_per_digit(*answers)
    assert table["Test images"] == np.bincount(answers[0], minlength=10).tolist()
    for digit in range(10):
        counts = evaluation.one_against_rest(*answers, digit)
        assert table["Recall"][digit] == pytest.approx(counts.recall)
        assert table["Precision"][digit] == pytest.approx(counts.precision)
        assert table["F1"][digit] == pytest.approx(counts.f1)


def test_mistakes_are_wrong_and_surest_first(answers: tuple[np.ndarray, np.ndarray]) -> None:
    labels, probabilities = answers
    indices = evaluation.confident_mistakes(labels, probabilities, most=12)
    assert len(indices) == 12
    assert np.all(probabilities[indices].argmax(axis=1) != labels[indices])
    surest = probabilities.max(axis=1)
    assert np.all(np.diff(surest[indices]) <= 0)
    others = np.setdiff1d(np.flatnonzero(probabilities.argmax(axis=1) != labels), indices)
    assert surest[others].max() <= surest[indices].min()


def test_no_mistakes_is_an_empty_answer(answers: tuple[np.ndarray, np.ndarray]) -> None:
    labels, _ = answers
    perfect = np.eye(10, dtype=np.float32)[labels]
    assert len(evaluation.confident_mistakes(labels, perfect, most=12)) == 0


def test_a_cell_holds_the_images_that_the_matrix_counts(
    answers: tuple[np.ndarray, np.ndarray],
) -> None:
    matrix = evaluation.confusion_matrix(*answers)
    labels, probabilities = answers
    for true, predicted in ((3, 3), (4, 9), (0, 7)):
        indices = evaluation.in_cell(labels, probabilities, true, predicted)
        assert len(indices) == matrix[true, predicted]
        assert set(labels[indices]) <= {true}
        assert set(probabilities[indices].argmax(axis=1)) <= {predicted}


def test_sorting_by_confidence_goes_both_ways() -> None:
    probabilities = np.array([[0.6, 0.4], [0.1, 0.9], [0.3, 0.7], [0.5, 0.5], [0.6, 0.4]])
    indices = np.array([0, 2, 3, 4])  # the surest is not among them
    assert evaluation.by_confidence(indices, probabilities).tolist() == [2, 0, 4, 3]
    assert evaluation.by_confidence(indices, probabilities, False).tolist() == [3, 0, 4, 2]


def test_mistakes_are_all_that_is_off_the_diagonal(answers: tuple[np.ndarray, np.ndarray]) -> None:
    matrix = evaluation.confusion_matrix(*answers)
    assert len(evaluation.mistakes(*answers)) == matrix.sum() - np.trace(matrix)


def test_confused_pairs_count_both_directions() -> None:
    matrix = np.zeros((10, 10), int)
    np.fill_diagonal(matrix, 500)
    matrix[4, 9], matrix[9, 4] = 170, 225
    matrix[5, 3] = 236
    matrix[7, 2], matrix[2, 7] = 1, 1
    pairs = [
        (pair.digit, pair.other, pair.digit_as_other, pair.other_as_digit)
        for pair in evaluation.confused_pairs(matrix, most=5)
    ]
    assert pairs == [(9, 4, 225, 170), (5, 3, 236, 0), (2, 7, 1, 1)]
    assert len(evaluation.confused_pairs(matrix, most=2)) == 2
    assert evaluation.confused_pairs(np.eye(10, dtype=int), most=5) == []
