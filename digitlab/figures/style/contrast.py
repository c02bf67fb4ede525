"""How well a colour can be read on another, by the Web Content Accessibility Guidelines 2."""

READABLE = 4.5
"""What the guidelines ask of text: success criterion 1.4.3."""

_STEP = 0.05  # of the way to black or white


def contrast(first: str, second: str) -> float:
    """The ratio of two colours' light, from 1 to 21.

    >>> contrast("#ffffff", "#000000")
    21.0
    >>> round(contrast("#767676", "#ffffff"), 2)
    4.54
    """
    darker, lighter = sorted((_luminance(channels(first)), _luminance(channels(second))))
    return round((lighter + 0.05) / (darker + 0.05), 4)


def readable(color: str, ground: str) -> str:
    """The colour, made darker or lighter until text of it can be read on the ground.

    >>> readable("#2d3587", "#ffffff")
    '#2d3587'
    >>> readable("#8a8f9c", "#ffffff"), readable("#8a8f9c", "#000000")
    ('#6e727d', '#8a8f9c')
    """
    end = max("#000000", "#ffffff", key=lambda end: contrast(end, ground))
    mixed, steps = color, 0
    while contrast(mixed, ground) < READABLE:
        steps += 1
        mixed = _mixed(color, end, steps * _STEP)
    return mixed


def _luminance(channels: tuple[int, ...]) -> float:
    """Relative luminance of an sRGB colour, 0 to 1."""
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in channels)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _mixed(color: str, end: str, share: float) -> str:
    mixed = (
        round((1 - share) * a + share * b)
        for a, b in zip(channels(color), channels(end), strict=True)
    )
    return f"#{bytes(mixed).hex()}"


def channels(color: str) -> tuple[int, ...]:
    """Red, green and blue of a colour, each from 0 to 255.

    >>> channels("#5f6ee0")
    (95, 110, 224)
    """
    return tuple(bytes.fromhex(color.removeprefix("#")))
