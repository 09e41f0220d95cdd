"""Whether the sockets of the rooms can be reached."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.utils.module_loading import import_string

from zashiki.handshake import paths

REACH = 1000  # parts of an application that are looked at
LINE = "from zashiki.asgi import with_rooms; application = with_rooms(application)"


def check_application(**kwargs: Any) -> list[CheckMessage]:
    path = getattr(settings, "ASGI_APPLICATION", None) or _usual_path()
    if path is None:
        return [
            _unknown("ASGI_APPLICATION is not set, so nobody can tell whether the rooms have their sockets.")
        ]
    try:
        application = import_string(path)
    except Exception as fault:  # the module is the site's own: anything may happen in it
        return [_unknown(f"The ASGI application {path} cannot be loaded: {fault}")]
    if any(_has_rooms(part) for part in _parts(application)):
        return []
    return [
        Warning(
            f"The ASGI application {path} leaves out the sockets of the rooms.",
            hint=f"Add one line at its end: {LINE}",
            id="zashiki.W013",
        )
    ]


def check_paths(**kwargs: Any) -> list[CheckMessage]:
    """Routes of the site that nobody reaches, because `with_rooms` takes their addresses."""
    path = getattr(settings, "ASGI_APPLICATION", None) or _usual_path()
    try:
        application = import_string(path) if path else None
    except Exception:  # told by `check_application`
        return []
    ours = [part for part in _parts(application) if _has_rooms(part)]
    routes = [route for one in ours for route in _routes(one.application)]
    return [
        Warning(
            f"The site has a consumer of its own at {taken}, which the sockets of the rooms hide.",
            hint="Give it another address, or move those of the rooms: ZASHIKI_WEBSOCKET_PATH, ZASHIKI_TUTORIAL_SOCKETS.",
            id="zashiki.W015",
        )
        for taken in paths.examples()
        if any(_takes(route, taken) for route in routes)
    ]


def _routes(application: Any) -> Iterator[Any]:
    """Of all routers of Channels in an application."""
    for part in _parts(application):
        routes = getattr(part, "routes", None)
        yield from routes if isinstance(routes, list | tuple) else ()


def _takes(route: Any, path: str) -> bool:
    """Whether a route ends at this path; routers within routers take the rest of it."""
    match = route.pattern.match(path) if hasattr(route, "pattern") else None
    if match is None:
        return False
    rest, within = match[0], getattr(route.callback, "routes", None)
    if isinstance(within, list | tuple):
        return any(_takes(each, rest) for each in within)
    return not rest


def _usual_path() -> str | None:
    """Where ``startproject`` puts it."""
    package, _, _ = getattr(settings, "ROOT_URLCONF", "").rpartition(".")
    return f"{package}.asgi.application" if package else None


def _unknown(sentence: str) -> Warning:
    return Warning(sentence, hint='Set ASGI_APPLICATION = "project.asgi.application".', id="zashiki.W012")


def _has_rooms(part: Any) -> bool:
    # Imported here, so that a command that checks nothing does not load the sockets.
    from zashiki.asgi import WithRooms

    return isinstance(part, WithRooms)


def _parts(application: Any) -> Iterator[Any]:
    """An application and whatever it wraps, be it in an attribute, a closure or a table."""
    waiting, seen = deque([application]), set[int]()
    while waiting and len(seen) < REACH:
        part = waiting.popleft()
        if id(part) not in seen:
            seen.add(id(part))
            yield part
            waiting.extend(_wrapped(part))


def _wrapped(application: Any) -> Iterator[Any]:
    held = [*getattr(application, "__dict__", {}).values(), *_enclosed(application)]
    for value in held:
        values = value.values() if isinstance(value, dict) else [value]
        yield from (one for one in values if callable(one) and not isinstance(one, type))


def _enclosed(application: Any) -> Iterator[Any]:
    for cell in getattr(application, "__closure__", None) or ():
        with suppress(ValueError):  # a variable that has no value yet
            yield cell.cell_contents
