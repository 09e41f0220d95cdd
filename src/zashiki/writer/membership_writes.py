"""What a transaction writes of memberships: how far people have read, where they posted last, their drafts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connections

from zashiki.models import Kind, Membership, Room
from zashiki.writer.changes import Change, MarkRead, MarkUnread, SaveDraft

MembershipKey = tuple[int, Any]  # a room's id and a user's primary key

_OWN = (SaveDraft, MarkRead, MarkUnread)  # changes that look at their author's membership first


class MembershipWrites:
    """One statement for each kind of writing, however many people there are in the transaction.

    Who posts in an open room becomes a member of it. Otherwise nothing is kept for somebody who is not a member.
    """

    def __init__(self, using: str, rooms: Mapping[int, Room], changes: Sequence[Change]) -> None:
        self._using = using
        self._rooms = rooms
        self._known = self._load([each for each in changes if isinstance(each, _OWN)])
        self._posted: dict[MembershipKey, int] = {}
        self._read: dict[MembershipKey, int] = {}
        self._backward: set[MembershipKey] = set()  # where it was said that it may go back
        self._drafts: dict[MembershipKey, str] = {}

    def record_post(self, room_id: int, user_pk: Any, position: int) -> None:
        """Whoever posts has read what was said before."""
        self._posted[room_id, user_pk] = position
        self._read.pop((room_id, user_pk), None)

    def record_read(self, change: Change, position: int, *, allow_backward: bool = False) -> int:
        """Returns how far the person of the change has read now.

        Args:
            back: whether the place may go back; else it only goes on.
        """
        if change.person is None or change.person.user is None:
            return position
        place = change.room_id, change.person.user.pk
        if not allow_backward:
            known = self._known[place].read_position if place in self._known else 0
            position = max(position, self._read.get(place, known), self._posted.get(place, 0))
        else:
            self._backward.add(place)
        self._read[place] = position
        return position

    def record_draft(self, change: Change, text: str) -> None:
        if change.person is not None and change.person.user is not None:
            self._drafts[change.room_id, change.person.user.pk] = text

    def write(self) -> None:
        self._lock()
        # Who posts is a member as a rule: only a count that falls short says otherwise.
        if self._write_posted() < len(self._posted):
            self._make(self._posted)
            self._write_posted()
        read = [(position, *place) for place, position in self._read.items()]
        self._execute(["read_position"], [row for row in read if row[1:] in self._backward])
        onward = [row for row in read if row[1:] not in self._backward]
        self._execute(["read_position"], onward, only_forward=True)
        self._execute(["draft"], [(text, *place) for place, text in self._drafts.items()])

    # Private

    def _lock(self) -> None:
        """All rows in one order, so that two processes which write of the same people do not wait for each other in a circle.

        Those of who posts alone are in rooms that are locked, and written in the same order.
        """
        connection = connections[self._using]
        places = {*self._read, *self._drafts} | self._posted.keys()
        if len(places) < 2 or places == self._posted.keys() or not connection.features.has_select_for_update:
            return
        rows = [self._key(place) for place in places]
        how = connection.ops.for_update_sql(no_key=connection.features.has_select_for_no_key_update)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM {Membership._meta.db_table} WHERE (room_id, user_id) IN ({', '.join(['(%s, %s)'] * len(rows))}) "
                f"ORDER BY room_id, user_id {how}",
                [value for row in rows for value in row],
            )

    def _write_posted(self) -> int:
        rows = [(position, position, *place) for place, position in sorted(self._posted.items())]
        return self._execute(["read_position", "posted_position"], rows)

    def _execute(
        self, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], *, only_forward: bool = False
    ) -> int:
        """One UPDATE for many rows of values, room and user; returns how many memberships it met.

        Args:
            only_onward: leave those alone whose value is larger, since another process has written it meanwhile.
        """
        if not rows:
            return 0
        connection = connections[self._using]
        quote = connection.ops.quote_name
        values = ", ".join(f"{quote(column)} = %s" for column in columns)
        where = f"{quote('room_id')} = %s AND {quote('user_id')} = %s"
        prepared = [(*row[:-2], *self._key((row[-2], row[-1]))) for row in rows]
        if only_forward:
            where += f" AND {quote(columns[0])} < %s"
            prepared = [(*row, row[0]) for row in prepared]
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {quote(Membership._meta.db_table)} SET {values} WHERE {where}", prepared
            )
            return int(cursor.rowcount)

    def _key(self, place: MembershipKey) -> MembershipKey:
        user = Membership._meta.get_field("user")
        return place[0], user.get_db_prep_value(place[1], connections[self._using])

    def _make(self, places: Iterable[MembershipKey]) -> None:
        made = [
            Membership(room_id=room_id, user_id=user_pk)
            for room_id, user_pk in places
            if self._rooms[room_id].kind == Kind.PUBLIC
        ]
        if made:
            Membership.objects.using(self._using).bulk_create(made, ignore_conflicts=True)

    def _load(self, changes: Sequence[Change]) -> dict[MembershipKey, Membership]:
        people = [each for each in changes if each.person is not None and each.person.user is not None]
        if not people:
            return {}
        rooms = {each.room_id for each in people}
        users = {each.person.user.pk for each in people if each.person is not None}
        found = Membership.objects.using(self._using).filter(room__in=rooms, user__in=users)
        return {(member.room_id, member.user_id): member for member in found}
