"""A picture for the kop surat, drawn anew within limits."""

from __future__ import annotations

from wfh_desktop.domain.errors import Unreadable
from wfh_desktop.services import pictures

LARGEST = 5 * 1024 * 1024  # bytes of the file
MOST_PIXELS = 25_000_000
SIDE = 600  # pixels: 24 mm at 600 dpi


def small_png(content: bytes) -> bytes:
    """Return the picture as a PNG of at most 600 pixels a side, without what came along with it.

    Raises `Unreadable` for anything but a PNG or JPEG of bearable size.
    """
    if len(content) > LARGEST:
        raise Unreadable("picture_size", LARGEST // 1024**2)
    return pictures.as_png(pictures.opened(content, SIDE, MOST_PIXELS))
