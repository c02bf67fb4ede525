"""What was done to distorted digits, in words."""


def distortion_words(kind: str, strength: int) -> str:
    """How the digits were distorted.

    Args:
        kind: a name of `DISTORTIONS`.
        strength: other than 0.

    >>> distortion_words("thickness", -1)
    '1 pixel thinner'
    """
    pixels = f"{abs(strength)} pixel{'s' * (abs(strength) > 1)}"
    return {
        "shift": f"shifted by {pixels}",
        "turn": f"turned by {strength}°",
        "thickness": f"{pixels} {'thicker' if strength > 0 else 'thinner'}",
        "noise": f"noisy ({strength}\N{NO-BREAK SPACE}%)",
    }[kind]
