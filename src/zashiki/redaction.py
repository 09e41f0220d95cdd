"""Keeps secrets out of logs: links that open accounts or rooms, queries, signed values, cookies and passwords in addresses.

A site that embeds the rooms uses the same formatter for its own log::

    LOGGING = {"formatters": {"line": {"()": "zashiki.redaction.RedactingFormatter"}}, ...}
"""

from __future__ import annotations

import logging
import re

SHOWN = "..."

_SLASH = "(?:/|%2F)"
_COLON = "(?::|%3A)"
# What ends an address inside of a sentence.
_REST = r"[^\s\"'<>]+"

# Every expression takes time that is linear in the length of the text: strangers choose the paths that are logged.
_RULES = (
    # Paths whose rest is a secret: invitations, and the links that django-allauth sends by mail.
    (rf"({_SLASH}(?:invitation|password{_SLASH}reset{_SLASH}key|confirm-email){_SLASH}){_REST}", r"\1"),
    # Queries: codes of OpenID Connect, tokens, what somebody has searched for.
    (r"(?<=[\w/%.~-])(\?)" + _REST, r"\1"),
    # What django.core.signing has signed (43 characters of signature), wherever it stands.
    (rf"(?<![\w=.:-])[\w=.-]*(?:{_COLON}[\w-]*){{0,3}}{_COLON}[\w-]{{43}}(?![\w-])", ""),
    # The key of a reset link by itself: user, time, hash.
    (r"(?<![\w-])[0-9a-z]{1,13}-[0-9a-z]{6,8}-[0-9a-f]{32}(?![\w-])", ""),
    # Cookies, and passwords in addresses of databases and Redis.
    (r"\b((?:sessionid|csrftoken|zashiki_visitor)=)[^;\s\"']+", r"\1"),
    (r"(://[^\s/:@\"']{0,100}:)[^\s/@\"']{1,200}(?=@)", r"\1"),
)
_COMPILED = tuple((re.compile(rule, re.IGNORECASE), kept + SHOWN) for rule, kept in _RULES)


def redact(text: str) -> str:
    """The text with ``...`` in place of each secret that can be told by its form or its place in an address."""
    for rule, shown in _COMPILED:
        text = rule.sub(shown, text)
    return text


def has_secret(path: str, query: str = "") -> bool:
    """Whether the address of a page must not be passed on, such as in a ``Referer`` header."""
    return bool(query) or redact(path) != path


class RedactingFormatter(logging.Formatter):
    """Formats a record with its traceback, and redacts the whole of it."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))
