"""Draws pictures anew as small squares, with Pillow; runs in a confined process where one can be started."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

SIDE = 256  # pixels of the square
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
PIXELS_LIMIT = 16_000_000  # of what is sent, asked before anything is decoded: 4 bytes each
JPEG_PIXELS_LIMIT = 24_000_000  # a JPEG is decoded no larger than needed
QUALITY = 82

DRAWN, TOO_LARGE, BROKEN = b"D", b"L", b"B"  # how an answer begins


def answer(picture: bytes) -> bytes:
    """`DRAWN` and a WebP, or one of `TOO_LARGE` (more pixels than are taken) and `BROKEN` (no picture of a kind that is taken)."""
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(picture), formats=FORMATS) as image:
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is checked below
            limit = JPEG_PIXELS_LIMIT if image.format == "JPEG" else PIXELS_LIMIT
            if image.width * image.height > limit:
                return TOO_LARGE
            return DRAWN + _encoded(image)
    except MemoryError:
        return TOO_LARGE
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError):
        return BROKEN


def _encoded(image: Image.Image) -> bytes:
    image.draft("RGB", (2 * SIDE, 2 * SIDE))
    small = _reduced(image)
    square = ImageOps.fit(ImageOps.exif_transpose(small).convert("RGBA"), (SIDE, SIDE))
    encoded = io.BytesIO()
    square.save(encoded, "WEBP", quality=QUALITY)
    return encoded.getvalue()


def _reduced(image: Image.Image) -> Image.Image:
    """The picture with its shorter side no longer than four times `SIDE`, so that what follows does not copy all of its pixels."""
    factor = min(image.size) // (2 * SIDE)
    if factor < 2:
        return image
    size = (image.width // factor, image.height // factor)
    image.load()
    small = image.resize(size, Image.Resampling.NEAREST if image.mode in ("1", "P") else Image.Resampling.BOX)
    small.info = image.info
    small.getexif().update(image.getexif())
    return small
