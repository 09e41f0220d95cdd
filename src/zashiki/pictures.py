"""Drawing people's pictures anew: whatever was sent, a small square WebP without anything hidden in it comes out."""

from __future__ import annotations

import io
import warnings
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from zashiki.errors import Invalid, TooLong

SIDE = 256  # pixels of the square that is kept
BYTES_LIMIT = 8 * 1024 * 1024  # of what is sent
PIXELS_LIMIT = 24_000_000  # of what is sent, before anything is decoded
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
QUALITY = 82


def redraw(file: IO[bytes], size: int) -> bytes:
    """A picture as it is kept.

    Args:
        size: of the file, in bytes.

    Raises:
        TooLong: too many bytes or pixels.
        Invalid: not a picture of a kind that is taken, or a broken one.
    """
    if size > BYTES_LIMIT:
        raise TooLong(_("A picture has at most %(limit)d MB.") % {"limit": BYTES_LIMIT // 1024**2})
    try:
        with warnings.catch_warnings(), Image.open(file, formats=FORMATS) as image:
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is checked below
            if image.width * image.height > PIXELS_LIMIT:
                raise TooLong(_("This picture has too many pixels."))
            return _encoded(image)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError):
        raise Invalid(_("This is not a picture that can be read: send JPEG, PNG, WebP or GIF.")) from None


def _encoded(image: Image.Image) -> bytes:
    image.draft("RGB", (2 * SIDE, 2 * SIDE))  # a JPEG is decoded no larger than needed
    square = ImageOps.fit(ImageOps.exif_transpose(image).convert("RGBA"), (SIDE, SIDE))
    kept = io.BytesIO()
    square.save(kept, "WEBP", quality=QUALITY)
    return kept.getvalue()
