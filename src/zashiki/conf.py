"""Every setting of the app once: name, default, one sentence.

Read with ``conf.get("POSTS_PER_MINUTE")``; the value comes from Django's settings under ``ZASHIKI_POSTS_PER_MINUTE``. Modules below
the Django line never read settings: they are handed values as arguments.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PREFIX = "ZASHIKI_"


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table.

    Attributes:
        name: without the prefix ``ZASHIKI_``.
        default: used when the site does not set it; its type is the type that is accepted.
        sentence: what it does, with the unit.
        least: the smallest accepted number; ``None`` for what is not a number.
    """

    name: str
    default: Any
    help: str
    minimum: float | None = None


SETTINGS = (
    Setting("POLICY", "zashiki.policy.Policy", "Dotted path of the class that says who may do what."),
    Setting(
        "ALLOW_VISITORS",
        False,
        "Whether people who have not signed in may open rooms by address and talk under a name.",
    ),
    Setting("WEBSOCKET_PATH", "/ws/", "Path under which the sockets live, below the site's own prefix."),
    Setting(
        "TUTORIAL_SOCKETS",
        False,
        "Whether each room also has a socket at chat/<room>/ below that, where clients of the Channels tutorial look for it.",
    ),
    Setting(
        "ALLOWED_ORIGINS",
        (),
        "Exact origins, such as https://example.org, that may open sockets; empty: the site's own only.",
    ),
    Setting("MAX_MESSAGE_LENGTH", 10_000, "Longest message, in characters.", 1),
    Setting("HISTORY_PAGE_SIZE", 50, "Messages on a page of history.", 1),
    Setting(
        "CATCH_UP_LIMIT",
        500,
        "Changes that a returning client gets; who missed more gets the newest page.",
        1,
    ),
    Setting(
        "POSTS_PER_MINUTE",
        120,
        "Short posts of one person per minute, or what costs as much; 0 for no limit. See below.",
        0,
    ),
    Setting(
        "GUEST_RATE",
        240,
        "The same for all people without an account who share a network (an IPv4 address or an IPv6 /64); 0 for no limit.",
        0,
    ),
    Setting(
        "ROOM_RATE",
        60,
        "New rooms per hour of one person, and of all people without an account who share a network; 0 for no limit.",
        0,
    ),
    Setting(
        "LIMITS_FILE",
        "",
        "File by which the processes of a machine share these limits, 1 MiB; empty: each process has its own. The chat server has one in its data folder.",
    ),
    Setting(
        "HEARTBEAT_INTERVAL",
        3.0,
        "Seconds between two comparisons of what is shown with what is stored.",
        0.05,
    ),
    Setting("WRITE_BATCH_SIZE", 256, "Most commands that are stored in one transaction.", 1),
    Setting(
        "WRITE_QUEUE_SIZE",
        4096,
        "Commands that may wait for the writer of a process before it answers busy.",
        1,
    ),
    Setting(
        "WRITE_TIMEOUT",
        10.0,
        "Seconds that a command waits for a database that is away before it fails.",
        0.1,
    ),
    Setting(
        "REQUEST_LIMIT",
        1_048_576,
        "Largest body of a request to the pages, in bytes; a profile with its picture may have 16 MiB.",
        1024,
    ),
    Setting("MAX_FRAME_SIZE", 131_072, "Largest frame that a client may send, in bytes.", 1024),
    Setting("SEND_BUFFER_HIGH", 262_144, "Bytes waiting for one reader at which it falls behind.", 1024),
    Setting("SEND_BUFFER_LOW", 65_536, "Bytes waiting for one reader at which it counts as drained.", 0),
    Setting(
        "SLOW_CLIENT_TIMEOUT", 60.0, "Seconds a reader may stay behind before its socket is closed.", 0.1
    ),
    Setting("SHUTDOWN_JITTER", 5.0, "Seconds over which the sockets of a stopping process are closed.", 0),
    Setting("MAX_CONNECTIONS_PER_USER", 50, "Open sockets of one person in one process; 0 for no limit.", 0),
    Setting(
        "MAX_CONNECTIONS_PER_IP", 0, "Open sockets of one network address in one process; 0 for no limit.", 0
    ),
    Setting(
        "GUEST_CONNECTIONS",
        500,
        "Open sockets in one process of all people without an account who share a network; 0 for no limit.",
        0,
    ),
    Setting("COMPRESSION", False, "Whether frames are compressed, once for all who share a room."),
)

_BY_NAME = {setting.name: setting for setting in SETTINGS}


def get(name: str) -> Any:
    """The site's value of a setting, or its default.

    Args:
        name: without the prefix, one of ``SETTINGS``.

    Raises:
        KeyError: there is no such setting.
    """
    from django.conf import settings

    return getattr(settings, PREFIX + name, _BY_NAME[name].default)


def problems() -> list[tuple[Setting, str]]:
    """Settings whose value cannot work, each with a sentence that says why."""
    found = []
    for setting in SETTINGS:
        if sentence := _problem(setting, get(setting.name)):
            found.append((setting, sentence))
    return found


def _problem(setting: Setting, value: Any) -> str | None:
    if isinstance(setting.default, bool):
        return None if isinstance(value, bool) else "It must be True or False."
    if setting.minimum is not None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return "It must be a number."
        return f"It must be at least {setting.minimum:g}." if value < setting.minimum else None
    if isinstance(setting.default, tuple):
        return None if isinstance(value, tuple | list) else "It must be a list."
    return None if isinstance(value, str) and (value or not setting.default) else "It must be a string."
