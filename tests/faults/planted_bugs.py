"""A server with a bug, for the check of the checker: ``PLANTED_BUG=name python -m tests.faults.planted_bugs --port ... --data ...``.

Each bug is one that somebody might make in earnest; `test_checker.py` says which fault brings it to light.
"""

import os
import random
import sys
import time

import django

BUGS = {}


def bug(plant):
    BUGS[plant.__name__] = plant
    return plant


@bug
def none():
    """The server as it is."""


@bug
def dies_after_a_commit():
    """Not a bug but a fate, when SIGUSR1 says so: the answers are lost with the process, what was stored is not."""
    import signal

    from zashiki.writer import writer as writer_module

    store, doomed = writer_module.store, []
    signal.signal(signal.SIGUSR1, lambda *_: doomed.append(True))

    def store_and_die(changes):
        stored = store(changes)
        if doomed and stored[1]:
            os.kill(os.getpid(), signal.SIGKILL)
        return stored

    writer_module.store = store_and_die


@bug
def gaps_are_not_filled():
    from zashiki.streams.stream import RoomStream

    def hear(stream, events, head=0):
        for event in events:
            if event.version > stream.version:
                stream._publish(event)

    RoomStream.on_events = hear


@bug
def answers_come_before_the_commit():
    from django.db import transaction

    from zashiki.writer import writer as writer_module

    store = writer_module.store

    async def in_hand(writer):
        import asyncio

        together, loop = writer._in_flight, asyncio.get_running_loop()

        def in_thread():
            with transaction.atomic():
                outcomes, news = store([each.change for each in together])
                loop.call_soon_threadsafe(writer_module._answer, together, outcomes)
                time.sleep(0.3)
            return news

        writer._publish_changed(await loop.run_in_executor(writer._thread, in_thread))

    writer_module.Writer._store = in_hand


@bug
def the_cursor_is_an_id():
    from zashiki.models import Message, Room
    from zashiki.streams import queries
    from zashiki.streams.recent_events import RecentEvents

    def changes_since(room_id, version, limit):
        room = Room.objects.get(pk=room_id)
        seen = (
            Message.objects.filter(room_id=room_id, version__lte=version)
            .order_by("-pk")
            .values_list("pk", flat=True)
            .first()
        )
        messages = list(Message.objects.filter(room_id=room_id, pk__gt=seen or 0).order_by("version")[:limit])
        return queries.LoadedEvents(
            [queries.event_for(each) for each in messages], room.version, room.position, True
        )

    queries.changes_since = changes_since
    RecentEvents.since = lambda window, version: (
        None if version < window.complete_after + len(window._events) - 1 else []
    )


@bug
def nine_rings_of_ten_are_lost_and_the_heart_does_not_beat():
    from zashiki.realtime.runtime import Runtime
    from zashiki.streams import streams

    ring = streams.notify
    streams.notify = lambda *said: ring(*said) if random.random() < 0.1 else None

    async def heartbeat(process):
        pass

    Runtime.heartbeat = heartbeat


@bug
def one_ring_in_500_is_lost():
    """Not a bug either: what is lost is made up for."""
    from zashiki.streams import streams

    ring, left = streams.notify, iter(range(480, 10**9))  # the first is lost soon
    streams.notify = lambda *said: ring(*said) if next(left) % 500 else None


@bug
def one_ring_in_500_is_lost_and_nothing_makes_up_for_it():
    from zashiki.realtime.runtime import Runtime

    async def heartbeat(process):
        pass

    one_ring_in_500_is_lost()
    gaps_are_not_filled()
    Runtime.heartbeat = heartbeat


@bug
def leases_are_short():
    """Not a bug: those who sit in a process that is killed are forgotten soon."""
    from zashiki.realtime import presence as presence_module

    presence_module.LEASE, presence_module.RENEWAL = 4.0, 1.0


@bug
def nonces_are_not_unique():
    from django.db import connection

    from zashiki.models import Message
    from zashiki.writer.transaction import WriteTransaction

    WriteTransaction._known_nonces = lambda transaction, changes: {}
    constraint = next(each for each in Message._meta.constraints if "nonce" in each.name)
    Message._meta.constraints = [each for each in Message._meta.constraints if each is not constraint]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Message, constraint)


@bug
def who_comes_back_is_not_asked_again():
    from zashiki.consumers import session
    from zashiki.rooms import access

    def open_room(person, wanted, pay_for_room=None):
        room = access.Room.objects.get(pk=wanted)
        return access.OpenedRoom(room.pk, access.room_state(room), access.RoomAccess(True, True))

    session.open_room = open_room


@bug
def ended_rights_are_not_heeded():
    from zashiki.realtime.subscriptions import Subscriptions

    async def heed(subscriptions, number):
        subscriptions.latest_permissions_version = max(number, subscriptions.latest_permissions_version)

    Subscriptions.apply_changes_up_to = heed


@bug
def who_sits_down_misses_what_comes_meanwhile():
    from zashiki.streams.stream import RoomStream

    arrive = RoomStream.load_catch_up

    async def slowly(stream, *wanted):
        import asyncio

        page = await arrive(stream, *wanted)
        await asyncio.sleep(0.2)
        return page

    async def settle(stream, page):
        page.version = stream.version
        return True

    RoomStream.load_catch_up, RoomStream.bring_to_head = slowly, settle


@bug
def who_was_slow_goes_on_at_the_end():
    from zashiki.consumers.session import ChatSession

    catch_up = ChatSession._try_to_catch_up

    async def from_the_end(conversation, subscription):
        subscription.late = subscription.stream.version
        await catch_up(conversation, subscription)

    ChatSession._try_to_catch_up = from_the_end


@bug
def deletions_are_not_told():
    from zashiki.streams.stream import RoomStream

    show = RoomStream._publish

    def without_tombstones(stream, event):
        if b'"deleted":true' in event.payload:
            stream.version = event.version
        else:
            show(stream, event)

    RoomStream._publish = without_tombstones


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "zashiki.server.settings"
    django.setup()
    BUGS[os.environ.get("PLANTED_BUG") or "none"]()

    from zashiki.server.cli import main as serve

    sys.exit(serve(["serve", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
