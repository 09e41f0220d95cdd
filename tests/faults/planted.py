"""A server with a bug, for the check of the checker: ``PLANTED_BUG=name python -m tests.faults.planted --port ... --data ...``.

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

    from zashiki.writer import queue

    store, doomed = queue.store, []
    signal.signal(signal.SIGUSR1, lambda *_: doomed.append(True))

    def store_and_die(changes):
        stored = store(changes)
        if doomed and stored[1]:
            os.kill(os.getpid(), signal.SIGKILL)
        return stored

    queue.store = store_and_die


@bug
def gaps_are_not_filled():
    from zashiki.feed.feed import Feed

    def hear(feed, events, head=0):
        for event in events:
            if event.version > feed.version:
                feed._show(event)

    Feed.hear = hear


@bug
def answers_come_before_the_commit():
    from django.db import transaction

    from zashiki.writer import queue

    store = queue.store

    async def in_hand(writer):
        import asyncio

        together, loop = writer._together, asyncio.get_running_loop()

        def in_thread():
            with transaction.atomic():
                outcomes, news = store([each.change for each in together])
                loop.call_soon_threadsafe(queue._answer, together, outcomes)
                time.sleep(0.1)
            return news

        writer._announce(await loop.run_in_executor(writer._thread, in_thread))

    queue.Writer._store = in_hand


@bug
def the_cursor_is_an_id():
    from zashiki.feed import table
    from zashiki.feed.window import Window
    from zashiki.models import Message, Room

    def changes_since(room_id, version, limit):
        room = Room.objects.get(pk=room_id)
        seen = (
            Message.objects.filter(room_id=room_id, version__lte=version)
            .order_by("-pk")
            .values_list("pk", flat=True)
            .first()
        )
        messages = list(Message.objects.filter(room_id=room_id, pk__gt=seen or 0).order_by("version")[:limit])
        return table.Loaded([table.event_of(each) for each in messages], room.version, room.position, True)

    table.changes_since = changes_since
    Window.since = lambda window, version: None if version < window.floor + len(window._events) - 1 else []


@bug
def nine_rings_of_ten_are_lost_and_the_heart_does_not_beat():
    from zashiki.feed import feeds
    from zashiki.process import Process

    ring = feeds.ring
    feeds.ring = lambda *said: ring(*said) if random.random() < 0.1 else None

    async def heartbeat(process):
        pass

    Process.heartbeat = heartbeat


@bug
def one_ring_in_500_is_lost():
    """Not a bug either: what is lost is made up for."""
    from zashiki.feed import feeds

    ring, left = feeds.ring, iter(range(480, 10**9))  # the first is lost soon
    feeds.ring = lambda *said: ring(*said) if next(left) % 500 else None


@bug
def one_ring_in_500_is_lost_and_nothing_makes_up_for_it():
    from zashiki.process import Process

    async def heartbeat(process):
        pass

    one_ring_in_500_is_lost()
    gaps_are_not_filled()
    Process.heartbeat = heartbeat


@bug
def leases_are_short():
    """Not a bug: those who sit in a process that is killed are forgotten soon."""
    from zashiki import presence

    presence.LEASE, presence.RENEWAL = 4.0, 1.0


@bug
def nonces_are_not_unique():
    from django.db import connection

    from zashiki.models import Message
    from zashiki.writer.ledger import Ledger

    Ledger._known_nonces = lambda ledger, changes: {}
    constraint = next(each for each in Message._meta.constraints if "nonce" in each.name)
    Message._meta.constraints = [each for each in Message._meta.constraints if each is not constraint]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Message, constraint)


@bug
def who_comes_back_is_not_asked_again():
    from zashiki import entry
    from zashiki.consumers import conversation

    def enter(person, wanted, pay_for_room=None):
        room = entry.Room.objects.get(pk=wanted)
        return entry.Entry(room.pk, entry.room_state(room), entry.Standing(True, True, True, True))

    conversation.enter = enter


@bug
def ended_rights_are_not_heeded():
    from zashiki.sittings import Sittings

    async def heed(sittings, number):
        sittings.rights = sittings.latest = max(number, sittings.rights)

    Sittings.heed = heed


@bug
def who_sits_down_misses_what_comes_meanwhile():
    from zashiki.feed.feed import Feed

    arrive = Feed.arrive

    async def slowly(feed, *wanted):
        import asyncio

        page = await arrive(feed, *wanted)
        await asyncio.sleep(0.2)
        return page

    async def settle(feed, page):
        page.version = feed.version
        return True

    Feed.arrive, Feed.settle = slowly, settle


@bug
def who_was_slow_goes_on_at_the_end():
    from zashiki.consumers.conversation import Conversation

    catch_up = Conversation._try_to_catch_up

    async def from_the_end(conversation, sitting):
        sitting.late = sitting.feed.version
        await catch_up(conversation, sitting)

    Conversation._try_to_catch_up = from_the_end


@bug
def deletions_are_not_told():
    from zashiki.feed.feed import Feed

    show = Feed._show

    def without_tombstones(feed, event):
        if b'"deleted":true' in event.payload:
            feed.version = event.version
        else:
            show(feed, event)

    Feed._show = without_tombstones


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "zashiki.server.settings"
    django.setup()
    BUGS[os.environ.get("PLANTED_BUG") or "none"]()

    from zashiki.server.cli import main as serve

    sys.exit(serve(["serve", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
