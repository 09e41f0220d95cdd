"""What a browser is called by people, as far as it tells."""

from __future__ import annotations

import itertools
import re

LIMIT = 30  # characters of a program that is not a browser
_PRODUCT = re.compile(rf"[\w.-]{{1,{LIMIT}}}")

# Most claim to be others too: the first that fits is what it is.
_BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


_NAMES = {
    " · ".join(filter(None, pair))
    for pair in itertools.product(("", *_BROWSERS.values()), ("", *_SYSTEMS.values()))
}


def browser_name(user_agent: str) -> str:
    """Such as ``Firefox · Windows``; of another program its name, such as ``curl``, without a version. A name that was made here stays as it is."""
    if user_agent in _NAMES:
        return user_agent
    found = [_first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)]
    return " · ".join(filter(None, found)) or _product(user_agent)


def _product(user_agent: str) -> str:
    """The first product of the header (RFC 9110, 10.1.5)."""
    found = _PRODUCT.match(user_agent)
    return found[0] if found else ""


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for mark, name in names.items() if mark in user_agent), "")
