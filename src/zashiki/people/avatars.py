"""Drawing people's pictures anew: whatever was sent, a small square WebP without anything hidden in it comes out."""

from __future__ import annotations

from typing import IO

from django.utils.translation import gettext as _

from zashiki.errors import Busy, Invalid, TooLong
from zashiki.sandbox import image_child, images
from zashiki.sandbox.pool import Lost, NoneFree

BYTES_LIMIT = 8 * 1024 * 1024  # of what is sent


def encode_avatar(file: IO[bytes], size: int) -> bytes:
    """A picture as it is kept.

    Args:
        size: of the file, in bytes.

    Raises:
        TooLong: too many bytes or pixels.
        Invalid: not a picture of a kind that is taken, or a broken one.
        Busy: too many pictures are being drawn.
    """
    if size > BYTES_LIMIT:
        raise TooLong(_("Pictures can have at most %(limit)d MB.") % {"limit": BYTES_LIMIT // 1024**2})
    try:
        answer = images.draw(file.read(BYTES_LIMIT))
    except Lost:
        answer = image_child.TOO_LARGE
    except NoneFree:
        raise Busy(
            _("Too many pictures are being processed. Try again in a moment."), retry_after=10
        ) from None
    if answer[:1] == image_child.TOO_LARGE:
        raise TooLong(_("This picture has too many pixels."))
    if answer[:1] == image_child.BROKEN:
        raise Invalid(_("This picture cannot be read. Use JPEG, PNG, WebP or GIF."))
    return answer[1:]
