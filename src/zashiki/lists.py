"""Telling people that their list of rooms has changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from zashiki import seating
from zashiki.models import Membership, Room
from zashiki.models.primary import primary
from zashiki.people import key_of_user


def refresh(user_pks: Iterable[Any]) -> None:
    """After the commit, have every open page of these users ask for its list of rooms again."""
    topics = [f"user.{key_of_user(pk)}" for pk in user_pks]
    # What is stored stays stored, rung or not.
    transaction.on_commit(lambda: _ring(topics), using=primary(), robust=True)


def refresh_members(room: Room) -> None:
    """The same for everybody who is a member of a room."""
    refresh(Membership.objects.filter(room=room).values_list("user_id", flat=True))


def _ring(topics: Iterable[str]) -> None:
    for topic in topics:
        seating.broadcast(topic, {"type": "rooms"})
