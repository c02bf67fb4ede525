"""A threshold and the calibration, against scikit-learn and an example worked out by hand."""

import numpy as np
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import accuracy_score

from digitlab.analysis import confidence
from digitlab.figures.robustness import (
    accuracy_over_coverage,
    accuracy_over_strength,
    reliability_bars,
)
from digitlab.preprocess.distortions import DISTORTIONS


def answers(*pairs: tuple[int, float]) -> np.ndarray:
    """One answer of ten probabilities for each pair: the digit that is said, and how surely."""
    probabilities = np.array([np.full(10, (1 - share) / 9) for _, share in pairs], np.float32)
    for row, (digit, share) in zip(probabilities, pairs, strict=True):
        row[digit] = share
    return probabilities


LABELS = np.array([3, 3, 7, 7, 0], np.uint8)
SAID = answers((3, 0.95), (8, 0.85), (7, 0.65), (7, 0.62), (0, 0.3))  # the second is wrong


@pytest.fixture(scope="module")
def random() -> tuple[np.ndarray, np.ndarray]:
    """Labels and answers of every sureness, some of them on the bins' edges."""
    numbers = np.random.default_rng(3)
    said = numbers.dirichlet(np.full(10, 0.3), 4000).astype(np.float32)
    said[:3] = answers((1, 0.5), (2, 1.0), (3, 0.7))
    labels = np.where(numbers.random(4000) < said.max(axis=1) ** 2, said.argmax(axis=1), 4)
    return labels.astype(np.uint8), said


def test_threshold_by_hand() -> None:
    chosen = confidence.reject_option(LABELS, SAID, 0.64)
    assert (chosen.answered, chosen.right, chosen.unanswered, chosen.right_unsaid) == (3, 2, 2, 2)
    assert (chosen.coverage, chosen.accuracy) == (0.6, pytest.approx(2 / 3))
    assert confidence.reject_option(LABELS, SAID, 0.99).accuracy is None
    assert confidence.reject_option(LABELS, answers(*[(1, 0.5)] * 5), 0.5).answered == 5  # at least


def test_threshold_agrees_with_scikit_learn(random: tuple[np.ndarray, np.ndarray]) -> None:
    labels, said = random
    everywhere = confidence.reject_options(labels, said)
    assert len(everywhere) == 100
    for option in (everywhere[0], everywhere[42], everywhere[80]):
        answered = said.max(axis=1) >= option.threshold
        assert option.coverage == answered.mean()
        assert option.accuracy == accuracy_score(labels[answered], said[answered].argmax(axis=1))
        assert option.right + option.right_unsaid == everywhere[0].right


@pytest.mark.parametrize(("share", "threshold"), [(0.36, 35), (0.62, 60), (0.97, 80)])
def test_usual_threshold_leaves_half_of_the_answers(share: float, threshold: int) -> None:
    said = answers((1, share), (2, share), (3, 0.2))
    assert confidence.usual_threshold(said) == threshold
    assert confidence.reject_option(LABELS[:3], said, threshold / 100).coverage >= 0.5


def test_bins_are_scikit_learns(random: tuple[np.ndarray, np.ndarray]) -> None:
    labels, said = random
    bins = confidence.reliability(labels, said)
    filled = [bin_ for bin_ in bins if bin_.count]
    right, sure = calibration_curve(
        said.argmax(axis=1) == labels, said.max(axis=1).astype(float), n_bins=10
    )
    np.testing.assert_allclose([bin_.accuracy for bin_ in filled], right)
    np.testing.assert_allclose([bin_.confidence for bin_ in filled], sure)
    assert sum(bin_.count for bin_ in bins) == len(labels)
    assert [bin_.low for bin_ in bins[1:]] == [bin_.high for bin_ in bins[:-1]]
    sure, right = confidence.means(bins)
    assert sure == pytest.approx(said.max(axis=1).mean(dtype=float))
    assert right == pytest.approx(accuracy_score(labels, said.argmax(axis=1)))


def test_calibration_error_by_hand() -> None:
    bins = confidence.reliability(LABELS, SAID)
    # 90-100: 0.95 against 1; 80-90: 0.85 against 0; 60-70: 0.635 against 1; 20-30: 0.3 against 1.
    expected = (0.05 + 0.85 + 2 * 0.365 + 0.7) / 5
    assert confidence.calibration_error(bins) == pytest.approx(expected, abs=1e-6)
    assert bins[8].gap == pytest.approx(0.85)
    assert bins[6].count == 2


def test_figures_show_these_numbers(random: tuple[np.ndarray, np.ndarray]) -> None:
    labels, said = random
    everywhere = confidence.reject_options(labels, said)
    curve, chosen = accuracy_over_coverage(everywhere, everywhere[40]).data
    assert [*curve.x] == [option.coverage for option in everywhere]
    assert [*curve.y] == [option.accuracy for option in everywhere]
    assert (chosen.x, chosen.y) == ((everywhere[40].coverage,), (everywhere[40].accuracy,))
    none = confidence.reject_option(labels, said, 1.5)
    (alone,) = accuracy_over_coverage([*everywhere, none], none).data
    assert len(alone.x) == len(everywhere)  # what answers nothing has no accuracy
    bins = confidence.reliability(labels, said)
    shares, counts, diagonal = reliability_bars(bins, 4).data
    assert [*shares.y] == [bin_.accuracy for bin_ in bins]
    assert [*counts.y] == [bin_.count for bin_ in bins]
    assert [*diagonal.x] == [*diagonal.y]
    colors = shares.marker.color
    assert [place for place in range(10) if colors.count(colors[place]) == 1] == [4]
    survey = {kind: [0.5] * len(distortion.strengths) for kind, distortion in DISTORTIONS.items()}
    panels = accuracy_over_strength(survey)
    assert [panel.x for panel in panels.data] == [
        distortion.strengths for distortion in DISTORTIONS.values()
    ]
    assert {panels.layout[f"yaxis{n}"].range for n in ("", 2, 3, 4)} == {(0, 1.05)}
    for number, distortion in zip(("", 2, 3, 4), DISTORTIONS.values(), strict=True):
        ticks = panels.layout[f"xaxis{number}"].tickvals
        assert set(ticks) <= set(distortion.strengths)
        apart = min(np.diff(ticks)) / (ticks[-1] - ticks[0])
        assert apart > 0.16, "labels have no room beside each other on a phone"
