"""Whether the site's ZASHIKI settings can work."""

from __future__ import annotations

import math
from difflib import get_close_matches
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.utils.module_loading import import_string

from zashiki import conf, strict_policy
from zashiki.policy import Policy

BYTES_PER_CHARACTER = (
    12  # in JSON at worst: two escapes for one outside of the Basic Multilingual Plane (RFC 8259, 7)
)
ENVELOPE = 1024  # bytes of a command without its body, at most


def check_options(**kwargs: Any) -> list[CheckMessage]:
    return [*_check_values(), *_check_marks(), *_check_limits(), *_check_names()]


def check_policy(**kwargs: Any) -> list[CheckMessage]:
    path = conf.get("POLICY")
    try:
        policy = import_string(path)
    except (ImportError, TypeError, AttributeError) as fault:
        return [_policy_error(f"The policy {path} cannot be loaded: {fault}")]
    if not isinstance(policy, type) or not issubclass(policy, Policy):
        return [_policy_error(f"{path} is not a policy.")]
    return [
        Error(
            f"{path}.{name} is asynchronous; a policy is asked without being awaited.",
            hint="Make it an ordinary method that returns True or False; it may query the database.",
            id="zashiki.E014",
        )
        for name in strict_policy.asynchronous(policy)
    ]


def _check_values() -> list[CheckMessage]:
    return [
        Error(
            f"{conf.PREFIX}{setting.name} has a value that cannot work: {conf.get(setting.name)!r}.",
            hint=f"{sentence} {setting.help}",
            id="zashiki.E007",
        )
        for setting, sentence in conf.problems()
    ]


def _check_marks() -> list[CheckMessage]:
    high, low = conf.get("SEND_BUFFER_HIGH"), conf.get("SEND_BUFFER_LOW")
    if not all(isinstance(mark, int | float) for mark in (high, low)) or low <= high:
        return []
    return [
        Error(
            "ZASHIKI_SEND_BUFFER_LOW is above ZASHIKI_SEND_BUFFER_HIGH, so a reader that fell behind would count as drained at once.",
            hint="Make the low mark a quarter of the high one.",
            id="zashiki.E009",
        )
    ]


def _check_limits() -> list[CheckMessage]:
    """A message of the longest body must fit into one frame, however its client writes JSON."""
    body, frame = conf.get("MAX_MESSAGE_LENGTH"), conf.get("MAX_FRAME_SIZE")
    if not all(isinstance(limit, int | float) for limit in (body, frame)):
        return []
    needed = math.ceil(body * BYTES_PER_CHARACTER) + ENVELOPE
    if frame >= needed:
        return []
    return [
        Error(
            "ZASHIKI_MAX_FRAME_SIZE is too small for ZASHIKI_MAX_MESSAGE_LENGTH: a message of the longest body may not fit into a frame.",
            hint=f"Set ZASHIKI_MAX_FRAME_SIZE to {needed} or more, or ZASHIKI_MAX_MESSAGE_LENGTH to {max(1, math.floor((frame - ENVELOPE) / BYTES_PER_CHARACTER))} or less.",
            id="zashiki.E009",
        )
    ]


def _check_names() -> list[CheckMessage]:
    known = [conf.PREFIX + setting.name for setting in conf.SETTINGS]
    return [
        Warning(
            f"There is no setting {name}.",
            hint=f"Did you mean {near[0]}?"
            if (near := get_close_matches(name, known, 1))
            else "docs/settings.md lists all.",
            id="zashiki.W011",
        )
        for name in dir(settings)
        if name.startswith(conf.PREFIX) and name not in known
    ]


def _policy_error(sentence: str) -> Error:
    return Error(
        sentence,
        hint="Set ZASHIKI_POLICY to the dotted path of a subclass of zashiki.policy.Policy.",
        id="zashiki.E008",
    )
