"""How many revisions of a message are kept: enough to see what was changed, and no more than one answer can carry."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models.functions import Length

from zashiki.models import Revision

REVISIONS_LIMIT = 50  # of one message
SIZE_LIMIT = 512 * 1024  # characters of text and HTML in all revisions of one message


def forget_excess(using: str, message_ids: Iterable[int]) -> None:
    """Delete revisions of these messages that are over a limit.

    The first text is kept always, and of the others the newest, so that nobody can hide what they posted by editing it often.
    """
    revisions = Revision.objects.using(using)
    size = Length("body") + Length("html")
    found = revisions.filter(message__in=set(message_ids)).order_by("message_id", "pk")
    by_message: dict[int, list[tuple[int, int]]] = {}
    for message_id, pk, characters in found.values_list("message_id", "pk", size):
        by_message.setdefault(message_id, []).append((pk, characters))
    excess = [pk for kept in by_message.values() for pk in _excess(kept)]
    if excess:
        revisions.filter(pk__in=excess).delete()


def _excess(revisions: list[tuple[int, int]]) -> list[int]:
    """Of one message's revisions, each its key and size, oldest first, the keys of those to be deleted."""
    first, *others = revisions
    left_size, left_count = SIZE_LIMIT - first[1], REVISIONS_LIMIT - 1
    for index, (_, size) in enumerate(reversed(others)):
        left_size, left_count = left_size - size, left_count - 1
        if left_size < 0 or left_count < 0:
            return [pk for pk, _ in others[: len(others) - index]]
    return []
