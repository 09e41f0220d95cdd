"""What all commands have in common, and the types of their fields."""

from __future__ import annotations

import re
from typing import Annotated

from msgspec import Meta, Struct

HISTORY_LIMIT = 200  # messages in one answer

Ref = Annotated[int, Meta(ge=-(2**53), le=2**53)] | Annotated[str, Meta(max_length=64)] | None
Id = Annotated[int, Meta(ge=1, le=2**53)]
Clock = Annotated[int, Meta(ge=0, le=2**53)]
Nonce = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[\x21-\x7e]+$")]
Emoji = Annotated[str, Meta(min_length=1, max_length=16)]


def _snake_case(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class Command(Struct, tag_field="type", tag=_snake_case, kw_only=True):
    """What a client may ask for.

    Attributes:
        ref: the client's own mark for the answer; ``None`` when it wants none.
    """

    ref: Ref = None
