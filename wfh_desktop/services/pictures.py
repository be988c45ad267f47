"""Foreign pictures, decoded within limits and drawn anew, so that nothing hidden comes along."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from wfh_desktop.domain.errors import Unreadable

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

FORMATS = ("PNG", "JPEG")
EVIDENCE_SIDE = 2_000  # pixels: a page photographed is still read well
QUALITY = 85  # of a JPEG
WHITE = (255, 255, 255)


def opened(content: bytes, side: int, most_pixels: int) -> Picture:
    """Return a picture turned upright, of at most *side* pixels a side, in plain colours.

    Raises `Unreadable` for anything but a PNG or JPEG of at most *most_pixels*. Only its pixels
    are kept: no EXIF, profile, text, thumbnail, second frame or what stands behind its end.
    """
    from PIL import Image, ImageOps  # a tenth of a second, and few ever need it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # judged below
            picture: Picture = Image.open(BytesIO(content), formats=FORMATS)
        if picture.width * picture.height > most_pixels:
            raise Unreadable("picture_pixels", most_pixels // 1_000_000)
        picture.draft(None, (side, side))  # a JPEG is decoded no larger than needed
        picture.thumbnail((side, side))
        upright = ImageOps.exif_transpose(picture)
        seen = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
        drawn = Image.new(seen.mode, seen.size)
        drawn.paste(seen)
    except Image.DecompressionBombError as error:
        raise Unreadable("picture_pixels", most_pixels // 1_000_000) from error
    except Unreadable:
        raise
    except Exception as error:  # a damaged picture makes a decoder raise anything
        raise Unreadable("picture_damaged") from error
    return drawn


def as_png(picture: Picture) -> bytes:
    """Return a picture as PNG."""
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def as_jpeg(picture: Picture) -> bytes:
    """Return a picture as JPEG, on white where one could see through it."""
    from PIL import Image

    out, paper = BytesIO(), Image.new("RGB", picture.size, WHITE)
    paper.paste(picture, mask=picture if picture.mode == "RGBA" else None)
    paper.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
