"""From a text frame to a command, and from answers and events to frames."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec
from msgspec import Struct

from zashiki.errors import Invalid, Malformed, UnknownCommand, ZashikiError
from zashiki.wire.command import Ref
from zashiki.wire.registry import COMMANDS, AnyCommand


class _Envelope(Struct):
    type: str | None = None
    ref: Ref = None


_decoder: msgspec.json.Decoder[AnyCommand] = msgspec.json.Decoder(AnyCommand)
_envelopes = msgspec.json.Decoder(_Envelope)
# As JSON has to write it. An escaped backslash in front of u0000 is harmless.
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_names = {command.__struct_config__.tag for command in COMMANDS}
encode = msgspec.json.Encoder().encode


class CommandError(Exception):
    """A frame that is no command; carries the error to answer with, and the `ref` if one could be read."""

    def __init__(self, error: ZashikiError, ref: Any) -> None:
        super().__init__(str(error))
        self.error = error
        self.ref = ref


def decode(text: str | bytes) -> AnyCommand:
    """The command in a text frame.

    Raises:
        Refused: not JSON (RFC 8259), no such command, a field with a wrong value, or NUL in any text, which PostgreSQL cannot hold.
    """
    if _has_nul(text):
        raise _refusal(text, Invalid("A text contains NUL."))
    try:
        return _decoder.decode(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as fault:
        raise _refusal(text, fault) from None


def _has_nul(text: str | bytes) -> bool:
    if isinstance(text, str):
        return "\\u0000" in text and _has_nul(text.encode("utf-8", "surrogatepass"))
    return _NUL.search(text) is not None


def _refusal(text: str | bytes, fault: Exception) -> CommandError:
    try:
        envelope = _envelopes.decode(text)
    except msgspec.ValidationError:
        return CommandError(
            Malformed() if not str(text).lstrip().startswith("{") else Invalid(str(fault)), None
        )
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return _refusal_of_surrogates(text)
    if envelope.type not in _names:
        return CommandError(UnknownCommand(), envelope.ref)
    return CommandError(Invalid(str(fault)), envelope.ref)


def _refusal_of_surrogates(text: str | bytes) -> CommandError:
    """JSON may hold half of a surrogate pair (RFC 8259, 8.2), which is no text: the frame is refused, and answered by its `ref`."""
    try:
        envelope = msgspec.convert(json.loads(text, parse_constant=_refuse_constant), _Envelope)
        encode(envelope.ref)
    except (ValueError, RecursionError):
        return CommandError(Malformed(), None)
    if envelope.type not in _names:
        return CommandError(UnknownCommand(), envelope.ref)
    return CommandError(Invalid("A text contains half of a surrogate pair."), envelope.ref)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON.")


def ok(ref: Ref, **fields: Any) -> bytes:
    return encode({"type": "ok", "ref": ref, **fields})


def error(ref: Ref, fault: ZashikiError) -> bytes:
    answer: dict[str, Any] = {"type": "error", "ref": ref, "code": fault.code, "detail": str(fault)}
    if fault.retry_after is not None:
        answer["retry_after"] = round(fault.retry_after, 3)
    return encode(answer)


def event(kind: str, **fields: Any) -> bytes:
    return encode({"type": kind, **fields})
