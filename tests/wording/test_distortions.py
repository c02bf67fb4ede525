"""What was done to distorted digits, in words."""

from digitlab.preprocess.distortions import DISTORTIONS
from digitlab.wording.distortions import distortion_words


def test_words_name_the_strength() -> None:
    words = {
        kind: [
            distortion_words(kind, strength)
            for strength in (distortion.strengths[1], distortion.highest)
        ]
        for kind, distortion in DISTORTIONS.items()
    }
    assert words == {
        "shift": ["shifted by 1 pixel", "shifted by 10 pixels"],
        "turn": ["turned by 15°", "turned by 180°"],
        "thickness": ["1 pixel thinner", "4 pixels thicker"],
        "noise": ["noisy (10\N{NO-BREAK SPACE}%)", "noisy (100\N{NO-BREAK SPACE}%)"],
    }
