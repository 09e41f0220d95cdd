"""What somebody has not read: positions, so that every client counts in the same way, live and late. Synchronous.

The number of unread messages of a room is its position minus how far somebody has read, minus the deleted messages between: deletions are
few and have an index of their own, so that nothing has to be counted which is still there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import connections

from zashiki.models import Membership, Mention, Message
from zashiki.models.primary import primary

DELETED_LIMIT = 1000  # positions of deleted messages that are told of one room, the newest

_MEMBERSHIP, _MENTION, _MESSAGE = (model._meta.db_table for model in (Membership, Mention, Message))
_DELETED = f"FROM {_MESSAGE} d WHERE d.room_id = m.room_id AND d.deleted_at IS NOT NULL AND d.position > m.read_position"
DELETED_COUNT = f"CASE WHEN r.position > m.read_position THEN (SELECT COUNT(*) {_DELETED}) ELSE 0 END"
"""A column for a query of rooms ``r`` with memberships ``m``: how many messages were deleted before they were read."""
_MENTIONS_OF_MEMBER = f"""
    SELECT n.room_id, n.position
    FROM {_MENTION} n JOIN {_MEMBERSHIP} m ON m.room_id = n.room_id
    WHERE m.user_id = %s AND n.key IN (%s, %s) AND n.position > m.read_position
"""
_DELETED_OF_MEMBER = f"""
    SELECT d.room_id, d.position
    FROM {_MESSAGE} d JOIN {_MEMBERSHIP} m ON m.room_id = d.room_id
    WHERE m.user_id = %s AND m.room_id IN ({{rooms}}) AND d.deleted_at IS NOT NULL AND d.position > m.read_position
    ORDER BY d.position
"""


def mentions_of_member(user_pk: Any, keys: tuple[str, str]) -> dict[int, list[int]]:
    """The positions of unread messages that speak to a user, ascending, in every room of which they are a member, by the room's id.

    Args:
        user_pk: as the database holds it.
        keys: under which the user is spoken to.
    """
    found: dict[int, set[int]] = defaultdict(set)
    for room_id, position in _ask(_MENTIONS_OF_MEMBER, user_pk, *keys):
        found[room_id].add(position)
    return {room_id: sorted(positions) for room_id, positions in found.items()}


def deleted_of_member(user_pk: Any, room_ids: Sequence[int]) -> dict[int, list[int]]:
    """The positions of messages that were deleted before a user read them, ascending, by the room's id; in one query.

    Args:
        room_ids: rooms of which the user is a member, and where few messages were deleted.
    """
    found: dict[int, list[int]] = defaultdict(list)
    question = _DELETED_OF_MEMBER.format(rooms=", ".join(["%s"] * len(room_ids)))
    for room_id, position in _ask(question, user_pk, *room_ids):
        found[room_id].append(position)
    return found


def deleted_after(room_id: int, position: int) -> list[int]:
    """The positions of a room's deleted messages after this one, ascending: the newest `DELETED_LIMIT` of them."""
    question = (
        f"SELECT position FROM {_MESSAGE} WHERE room_id = %s AND position > %s AND deleted_at IS NOT NULL "
        "ORDER BY position DESC LIMIT %s"
    )
    return [row[0] for row in reversed(_ask(question, room_id, position, DELETED_LIMIT))]


def newest(positions: set[int]) -> list[int]:
    """As many of these positions as are told, ascending."""
    return sorted(positions)[-DELETED_LIMIT:]


def _ask(question: str, *params: Any) -> list[tuple[Any, ...]]:
    with connections[primary()].cursor() as cursor:
        cursor.execute(question, params)
        return list(cursor.fetchall())
