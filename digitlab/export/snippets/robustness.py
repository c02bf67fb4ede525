"""Spoil the test digits, give the network a reject option, and look at its calibration."""

from digitlab import limits
from digitlab.export.snippets.preprocessing import code
from digitlab.specs import Preprocessing

_OWN_DIGITS = f"""\
pictures = x_test.reshape(-1, 28, 28)[:{limits.SPOILED_DIGITS}]


def accuracy(pictures):
    answers = model.predict(pictures.reshape(-1, *x_test.shape[1:]), verbose=0)
"""

_OTHER_DIGITS = """\
# First the pictures change. Then they become the numbers that your network takes.
pictures = keras.datasets.mnist.load_data()[1][0][:{digits}].astype("float32")


def accuracy(pictures):
    x = {code}
    answers = model.predict(x.reshape(-1, *x_test.shape[1:]), verbose=0)
"""

_SHIFT = """\
    return np.mean(np.argmax(answers, axis=1) == true_labels[: len(pictures)])


for pixels in (0, 1, 2, 3, 4, 6, 8, 10):
    shifted = np.pad(pictures, ((0, 0), (0, 0), (pixels, 0)))[:, :, :28]
    print("Shifted by", pixels, "pixels:", accuracy(shifted))
"""

SHIFT = _OWN_DIGITS + _SHIFT

NOISE = """\
ink = pictures.max()
for percent in (0, 10, 20, 30, 40, 50, 70, 100):
    noise = np.random.default_rng(0).normal(0, percent / 100 * 255, pictures.shape)
    grey = np.clip(np.rint(pictures / ink * 255 + noise), 0, 255)
    print("Noise of", percent, "%:", accuracy(np.float32(grey) / 255 * ink))
"""

DOUBT = """\
confidence = np.max(predictions, axis=1)
right = np.argmax(predictions, axis=1) == true_labels
for percent in (0, 50, 60, 70, 80, 90, 95):
    answered = confidence >= percent / 100
    answered_right = right & answered
    print(percent, "%:", np.sum(answered), "answered,", np.sum(answered_right), "right")
"""

CALIBRATION = """\
bins = np.digitize(confidence, np.arange(1, 10) / 10, right=True)
for bin_ in np.unique(bins):
    said, hits = confidence[bins == bin_], right[bins == bin_]
    print(len(said), "answers: says", np.mean(said), "and is right in", np.mean(hits))
"""


def spoil(preprocessing: Preprocessing = Preprocessing.ZERO_TO_ONE) -> str:
    """Shift the test digits, then add noise to them: accuracy at each strength.

    Args:
        preprocessing: in which numbers the network takes the pixels.
    """
    own = preprocessing in (Preprocessing.ZERO_TO_ONE, Preprocessing.ZERO_TO_255)
    other = _OTHER_DIGITS.format(
        digits=limits.SPOILED_DIGITS, code=code(preprocessing, "np.float32(pictures)")
    )
    return "\n".join((SHIFT if own else other + _SHIFT, NOISE))


def calibrate() -> str:
    """The reject option at some thresholds, then the reliability diagram's ten bins."""
    return "\n".join((DOUBT, CALIBRATION))
