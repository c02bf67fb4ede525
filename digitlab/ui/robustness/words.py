"""How the views of Robustness say a share."""


def hundredths(share: float) -> str:
    """A share in parts of 100, rounded; what is less than all is never called 100.

    >>> hundredths(0.714), hundredths(0.9996), hundredths(1.0)
    ('71', 'over 99', '100')
    """
    return f"{100 * share:.0f}" if share < 0.995 or share >= 1 else "over 99"
