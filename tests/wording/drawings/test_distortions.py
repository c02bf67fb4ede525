"""What was done to distorted digits, in words."""

from digitlab.preprocess.distortions import DISTORTIONS
from digitlab.wording.drawings.distortions import distortion_words


def test_words_name_the_strength() -> None:
    words = {
        kind: [
            distortion_words(kind, strength)
            for strength in (distortion.strengths[1], distortion.highest)
        ]
        for kind, distortion in DISTORTIONS.items()
    }
    assert words == {
        "shift": ["shift by 1 pixel", "shift by 10 pixels"],
        "turn": ["turn by 15°", "turn by 180°"],
        "thickness": ["lines 1 pixel thinner", "lines 4 pixels thicker"],
        "noise": ["noise of 10\N{NO-BREAK SPACE}%", "noise of 100\N{NO-BREAK SPACE}%"],
    }
