"""Whether the words of a link name another place than the one it leads to.

Such a link is shown with the place behind it in brackets. A name of a file or of a program may look like a host (``README.md``,
``node.js``); a link with such words has the place behind it, too.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from zashiki.messages.link_detection import MAIL

_SCHEME = re.compile(r"\w{2,12}:/{1,3}(?=[^\s/])([^/?#\s]*)")
_HOST = re.compile(
    r"(?<![\w.-])(?:www\.[\w.-]{1,200}|(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,63}(?![\w-])|(?:\d{1,3}\.){3}\d{1,3}(?![\w.]))"
)
_MAIL = re.compile(MAIL)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff*_~`\\\\]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_DOTS = re.compile("[\u3002\uff61]")


def place_behind(words: str, href: str, host: str) -> str | None:
    """What is to be shown behind a link with these words: the host, mail address, number or path that it leads to; None if nothing is.

    Args:
        words: as they were typed.
        host: see `zashiki.messages.link_detection.host_of`.
    """
    seen = _DOTS.sub(".", normalize("NFKC", _UNSEEN.sub("", words)))
    place = host or href.partition(":")[2].partition("?")[0] or href
    is_turned = _TURNING.search(words) is not None
    if href[:4].lower() == "tel:":
        named = [
            number
            for number in re.findall(r"\d[\d\s().-]{3,}", seen)
            if _digits(number)[-6:] not in _digits(href)
        ]
    elif href[:7].lower() == "mailto:":
        hosts = [name for name in _hosts(seen) if _bare(name) != _bare(place)]
        named = hosts + [name for name in _MAIL.findall(seen) if name.casefold() != place.casefold()]
    elif host:
        named = [name for name in _hosts(seen) if _bare(name) != _bare(host)]
    else:
        named = _SCHEME.findall(seen)
    return place if named or is_turned else None


def _hosts(seen: str) -> list[str]:
    """The hosts that these words name; what follows ``@`` is one as well."""
    return _SCHEME.findall(seen) + _HOST.findall(_SCHEME.sub(" ", seen.replace("@", " ")))


def _bare(host: str) -> str:
    host = host.strip().casefold().rpartition("@")[2]
    return re.sub(r":\d*$", "", host).removeprefix("www.").rstrip(".,:;!?)")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
