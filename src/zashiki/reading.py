"""How far somebody has read. Synchronous."""

from __future__ import annotations

from zashiki.models import Membership, Room
from zashiki.people import Person


def mark_read(person: Person, room_id: int, position: int) -> int:
    """Remember that a person has read up to a position; it never goes back.

    Returns:
        How far they have read now. A visitor's reading is not kept.
    """
    room = Room.objects.only("position").get(pk=room_id)
    position = min(position, room.position)
    if person.user is None:
        return position
    membership, _ = Membership.objects.get_or_create(room=room, user=person.user)
    Membership.objects.filter(pk=membership.pk, read_position__lt=position).update(read_position=position)
    return max(position, membership.read_position)
