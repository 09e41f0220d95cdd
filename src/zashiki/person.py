"""A person who chats: a user of the site, or a visitor under a name of their own choice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from zashiki.errors import Empty, Invalid, TooLong
from zashiki.text.names import clean_line, has_letter, has_misplaced

NAME_LIMIT = 50  # characters


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who talks.

    Attributes:
        key: ``u<primary key>`` for a user, ``v<hex>`` for a visitor; the author's id on the wire.
        name: what others see.
        user: the site's user; ``None`` for a visitor.
        has_chosen_name: whether a visitor has chosen the name; always true for a user.
    """

    key: str
    name: str
    user: Any = field(default=None, compare=False)
    has_chosen_name: bool = True

    @property
    def is_visitor(self) -> bool:
        return self.user is None


def user_key(pk: Any) -> str:
    return f"u{pk}"


def clean_name(text: str) -> str:
    """A person's name as it is kept: NFC, one line, single spaces.

    Raises:
        Empty: nothing of it can be seen.
        TooLong: over `NAME_LIMIT` characters.
        Invalid: a character that cannot be seen, or that no script needs where it stands; too many marks on one letter.
    """
    name = clean_line(text)
    if not has_letter(name):
        raise Empty(_("Enter a name with at least one visible character."))
    if len(name) > NAME_LIMIT:
        raise TooLong(_("Names can have at most %(limit)d characters.") % {"limit": NAME_LIMIT})
    if has_misplaced(name):
        raise Invalid(_("Names cannot contain invisible characters."))
    return name
