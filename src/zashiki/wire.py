"""The wire, zashiki.v1: the table of commands and events, decoding with limits, encoding.

JSON text frames. A command is an object with ``type`` and, if it wants an answer, ``ref``; it is answered exactly once by ``ok`` or ``error``
with that ``ref``. What a command may hold is its class below. Unknown extra fields are ignored, so that a newer client
can talk to an older server.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from zashiki.errors import Invalid, Malformed, UnknownCommand, ZashikiError

PROTOCOL = "zashiki.v1"
HISTORY_LIMIT = 200  # messages in one answer

Ref = Annotated[int, Meta(ge=-(2**53), le=2**53)] | Annotated[str, Meta(max_length=64)] | None
Id = Annotated[int, Meta(ge=1, le=2**53)]
Clock = Annotated[int, Meta(ge=0, le=2**53)]
Nonce = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[\x21-\x7e]+$")]
Emoji = Annotated[str, Meta(min_length=1, max_length=16)]


class Command(Struct, tag_field="type", tag=str.lower, kw_only=True):
    """What a client may ask for.

    Attributes:
        ref: the client's own mark for the answer; ``None`` when it wants none.
    """

    ref: Ref = None


class Sit(Command):
    """Sit down in a room: answered with the room, then what changed `since`, then live.

    Attributes:
        room: id, or name; unset: the room of the socket's address.
        since: the last version that was seen; ``None`` for nothing yet.
        epoch: the word that came with that version.
    """

    room: Id | Annotated[str, Meta(max_length=400)] | UnsetType = UNSET
    since: Clock | None = None
    epoch: Annotated[str, Meta(max_length=32)] | None = None


class Leave(Command):
    room: Id


class Post(Command):
    room: Id
    body: str
    nonce: Nonce
    reply_to: Id | None = None


class Edit(Command):
    message: Id
    body: str


class Delete(Command):
    message: Id


class React(Command):
    message: Id
    emoji: Emoji
    on: bool = True


class History(Command):
    """Messages of a room in which one sits, ascending; one of `before`, `after` and `around`, or none for the newest."""

    room: Id
    before: Clock | None = None
    after: Clock | None = None
    around: Clock | None = None
    limit: Annotated[int, Meta(ge=1, le=HISTORY_LIMIT)] = 50


class Read(Command):
    room: Id
    position: Clock


class Typing(Command):
    room: Id


class _Envelope(Struct):
    type: str | None = None
    ref: Ref = None


AnyCommand = Sit | Leave | Post | Edit | Delete | React | History | Read | Typing
COMMANDS: tuple[type[Command], ...] = (Sit, Leave, Post, Edit, Delete, React, History, Read, Typing)

_decoder = msgspec.json.Decoder(AnyCommand)
_envelopes = msgspec.json.Decoder(_Envelope)
_names = {command.__name__.lower() for command in COMMANDS}
encode = msgspec.json.Encoder().encode


class Refused(Exception):
    """A frame that is no command; carries the error to answer with, and the `ref` if one could be read."""

    def __init__(self, error: ZashikiError, ref: Any) -> None:
        super().__init__(str(error))
        self.error = error
        self.ref = ref


def decode(text: str | bytes) -> AnyCommand:
    """The command in a text frame.

    Raises:
        Refused: not JSON (RFC 8259), no such command, or a field with a wrong value.
    """
    try:
        return _decoder.decode(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as fault:
        raise _refusal(text, fault) from None


def _refusal(text: str | bytes, fault: Exception) -> Refused:
    try:
        envelope = _envelopes.decode(text)
    except msgspec.ValidationError:
        return Refused(Malformed() if not str(text).lstrip().startswith("{") else Invalid(str(fault)), None)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return Refused(Malformed(), None)
    if envelope.type not in _names:
        return Refused(UnknownCommand(), envelope.ref)
    return Refused(Invalid(str(fault)), envelope.ref)


def ok(ref: Ref, **fields: Any) -> bytes:
    return encode({"type": "ok", "ref": ref, **fields})


def error(ref: Ref, fault: ZashikiError) -> bytes:
    answer = {"type": "error", "ref": ref, "code": fault.code, "detail": str(fault)}
    if fault.retry_after is not None:
        answer["retry_after"] = round(fault.retry_after, 3)
    return encode(answer)


def event(kind: str, **fields: Any) -> bytes:
    return encode({"type": kind, **fields})
