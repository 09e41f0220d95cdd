"""Addresses of pages and of mail in a text: where each begins and ends.

An address begins with ``http://``, ``https://`` or ``www.``, or is a mail address. It goes on as far as its letters do, in any script, and ends

- before a space, a quotation mark, an angle bracket, and the punctuation and brackets of Chinese and Japanese;
- before ``.,:;!?'*_~`` at its end, and before a bracket that it has not opened;
- before kana that stand directly behind a Latin letter or digit (``https://example.com/fooを見て``), and before a Korean particle there:
  a word of an address begins after one of its own signs (``https://ja.wikipedia.org/wiki/すし``);
- before any letter of a script without spaces behind a host that has a dot (``example.comを``, ``example.com参照``).
"""

from __future__ import annotations

import re
from html import escape
from typing import NamedTuple
from urllib.parse import urlsplit

import nh3

from zashiki.text.scripts import UNSPACED

LIMIT = 2_000  # characters of one address

_ENDS = r"\s<>\"`\\^{}|\u3000-\u3004\u3008-\u301f\u2018-\u201f\u2026\uff01-\uff03\uff08-\uff0c\uff0e\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
PAGE = (
    rf"(?<![A-Za-z0-9])(?i:https?)://[^{_ENDS}]{{1,{LIMIT}}}"
    rf"|(?<![A-Za-z0-9.@/:_-])(?i:www)\.[^{_ENDS}.]{{1,63}}\.[^{_ENDS}]{{1,{LIMIT}}}"
)
MAIL = r"(?<![A-Za-z0-9.+_/:@-])(?i:mailto:)?[A-Za-z0-9][A-Za-z0-9._+-]{0,63}+@[A-Za-z0-9-]{1,63}+(?:\.[A-Za-z0-9-]{1,63}+){1,8}+"
_SCHEME = re.compile("https?://", re.IGNORECASE)
_CLEANER = nh3.Cleaner(
    tags={"a"}, attributes={"a": {"href"}}
)  # it drops an address that browsers cannot read, such as one of port 99999
_BRACKET = re.compile(r"[\[\]()]")
_HOST = re.compile(r"[^/?#]*")
_BEHIND_A_HOST = re.compile(rf"(?<=[A-Za-z])[{UNSPACED}]")
_BEHIND_A_WORD = re.compile(
    "(?<=[A-Za-z0-9])[\u3041-\u309f]|/を"
    "|(?<=[A-Za-z0-9/])(?:을|를|은|는|이|가|에|에서|의|로|으로|와|과|도|입니다)(?![\uac00-\ud7ff])"
)


class Address(NamedTuple):
    """One address: as it was typed, and where it leads."""

    text: str
    href: str


def address_in(found: str, after: str) -> Address | None:
    """The address at the beginning of what `PAGE` or `MAIL` has found; None if it is none.

    Args:
        after: the text that follows.
    """
    scheme = _SCHEME.match(found)
    if scheme is None and found[:4].lower() != "www.":
        return _mail(found, after)
    begun = scheme.end() if scheme else 0
    found = _trimmed(_cut(found, begun))
    host = _host(found, begun)
    href = found if scheme else f"http://{found}"
    if not re.search(r"\w", host) or not host_of(href) or (scheme is None and host.count(".") < 2):
        return None
    return Address(found, href)


def host_of(href: str) -> str | None:
    """The host that a link leads to, in lower case; empty where it leads nowhere else, and None where it is no address one may link to."""
    if re.match(r"(?:/(?!/)|[#?]|mailto:|tel:)", href, re.IGNORECASE) and "\\" not in href:
        return ""
    if not _SCHEME.match(href) or "\\" in href:
        return None
    try:
        host = urlsplit(href).hostname
    except ValueError:
        return None
    return host if host and "href=" in _CLEANER.clean(f'<a href="{escape(href)}">') else None


def _host(text: str, start: int) -> str:
    return _HOST.match(text, start)[0]  # type: ignore[index]  # it matches nothing, too


def _mail(found: str, after: str) -> Address | None:
    if after[:1] == ":" and after[1:].strip():
        return None  # git@example.org:team/project.git
    found = found.rstrip(".-")
    return Address(found, found if found.lower().startswith("mailto:") else f"mailto:{found}")


def _cut(found: str, begun: int) -> str:
    """As much as belongs to the address, if what follows was written without a space."""
    end = begun + len(_host(found, begun))
    bracket = _BRACKET.search(found, begun + 1, end)
    if bracket and found[begun] != "[":
        return found[: bracket.start()]
    ends = _BEHIND_A_HOST.search(found, begun, end)
    if ends and "." in found[begun : ends.start()] and found[begun : ends.start()].isascii():
        return found[: ends.start()]
    ends = _BEHIND_A_WORD.search(found, end)
    return found[: ends.start() + ends[0].startswith("/")] if ends else found


def _trimmed(found: str) -> str:
    unopened = {")": found.count(")") - found.count("("), "]": found.count("]") - found.count("[")}
    end = len(found)
    while end and (found[end - 1] in ".,:;!?'*_~" or unopened.get(found[end - 1], 0) > 0):
        if found[end - 1] in unopened:
            unopened[found[end - 1]] -= 1
        end -= 1
    return found[:end]
