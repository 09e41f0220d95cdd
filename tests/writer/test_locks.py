"""What several processes hold and wait for; SQLite has one lock and no such questions."""

import asyncio
import threading
from contextlib import suppress

import pytest
from django.db import connection, transaction

from tests.support.database_threads import in_thread
from zashiki.models import Membership, PermissionChange, Room
from zashiki.writer import MarkRead
from zashiki.writer.membership_writes import MembershipWrites
from zashiki.writer.store import store

pytestmark = pytest.mark.django_db(transaction=True)


async def test_two_processes_do_not_wait_for_each_other_in_a_circle(tea, garden, member, monkeypatch):
    met = threading.Barrier(2, timeout=1)
    execute = MembershipWrites._execute

    def execute_when_both_are_here(memberships, columns, rows, **more):
        met_here = 0
        for row in rows:
            met_here += execute(memberships, columns, [row], **more)
            wait(met)
        return met_here

    monkeypatch.setattr(MembershipWrites, "_execute", execute_when_both_are_here)
    there = [MarkRead(room_id=room.pk, person=member, position=5) for room in (tea, garden)]
    back = [MarkRead(room_id=room.pk, person=member, position=6) for room in (garden, tea)]
    await asyncio.gather(in_thread(store, there), in_thread(store, back))
    assert await in_thread(read_positions, member) in ([5, 5], [6, 6])


def read_positions(member):
    return list(Membership.objects.filter(user=member.user).values_list("read_position", flat=True))


def wait(barrier):
    with suppress(threading.BrokenBarrierError):
        barrier.wait()


async def test_who_ends_a_right_does_not_wait_for_who_posts(tea):
    def end(number):
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")
        PermissionChange.objects.create(version=number, room=tea)

    def hold():
        with transaction.atomic():
            Room.objects.locked({tea.pk})
            holding.set()
            assert ended.wait(10)

    holding, ended = threading.Event(), threading.Event()
    held = asyncio.create_task(in_thread(hold))
    await asyncio.to_thread(holding.wait, 10)
    try:
        await in_thread(end, 1)
    finally:
        ended.set()
    await held
