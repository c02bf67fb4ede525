"""An address as a QR picture, which a telephone's camera reads."""

import io
from functools import lru_cache

BORDER = 4
"""White modules around it: the standard asks for so many, and readers need them."""


@lru_cache(maxsize=64)
def qr_svg(text: str) -> str:
    """The QR code of a text as an SVG file: dark on light whatever is around it, of any size.

    A camera in the last row sees a few large squares better than many small ones: of the picture
    a sixth may be lost (level M), and only more where that makes it no larger.

    Args:
        text: an address; of a usual one each side has 29 to 37 modules.
    """
    import segno  # not before somebody asks for one

    file = io.BytesIO()
    segno.make_qr(text, error="m").save(
        file, kind="svg", xmldecl=False, omitsize=True, border=BORDER, dark="#000", light="#fff"
    )
    return file.getvalue().decode()
