"""A picture for the kop surat: decoded within limits and drawn anew, so that nothing else stays."""

from __future__ import annotations

import warnings
from io import BytesIO

from wfh_desktop.domain.errors import Unreadable

LARGEST = 5 * 1024 * 1024  # bytes of the file
MOST_PIXELS = 25_000_000
SIDE = 600  # pixels: 24 mm at 600 dpi
FORMATS = ("PNG", "JPEG")


def small_png(content: bytes) -> bytes:
    """Return the picture as a PNG of at most 600 pixels a side, without what came along with it.

    Raises `Unreadable` for anything but a PNG or JPEG of bearable size.
    """
    from PIL import Image  # a tenth of a second, and few ever set a logo

    if len(content) > LARGEST:
        raise Unreadable("picture_size", LARGEST // 1024**2)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # judged below
            picture = Image.open(BytesIO(content), formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise Unreadable("picture_pixels", MOST_PIXELS // 1_000_000)
        picture.thumbnail((SIDE, SIDE))
        drawn = Image.new("RGBA", picture.size)
        drawn.paste(picture.convert("RGBA"))
    except Image.DecompressionBombError as error:
        raise Unreadable("picture_pixels", MOST_PIXELS // 1_000_000) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise Unreadable("picture_damaged") from error
    out = BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue()
