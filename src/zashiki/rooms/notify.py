"""Telling people that their list of rooms has changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from zashiki import hub
from zashiki.models import Membership, Room
from zashiki.models.primary import primary
from zashiki.person import user_key


def room_list_changed(user_pks: Iterable[Any]) -> None:
    """After the commit, have every open page of these users ask for its list of rooms again."""
    topics = [f"user.{user_key(pk)}" for pk in user_pks]
    # What is stored stays stored, rung or not.
    transaction.on_commit(lambda: _notify(topics), using=primary(), robust=True)


def room_list_changed_for_members(room: Room) -> None:
    """The same for everybody who is a member of a room."""
    room_list_changed(Membership.objects.filter(room=room).values_list("user_id", flat=True))


def _notify(topics: Iterable[str]) -> None:
    for topic in topics:
        hub.broadcast(topic, {"type": "rooms_changed"})
