"""Who is here: felt, never true; nothing is stored.

Each process tells the others who sits in a room here, and tells it again long before the others would forget it: a lease. A process that
is killed is forgotten when its leases run out, without a janitor. Several tabs and devices are one person. Somebody who comes back within a
moment never seems to have left.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from zashiki import wire
from zashiki.hub import Hub
from zashiki.person import Person

LEASE = 45.0  # seconds that others believe what a process announced
RENEWAL = 15.0  # seconds between two times that it says so
DEBOUNCE = 1.0  # seconds in which comings and goings are gathered before they are shown
NAMES_LIMIT = 100  # people who are named; the rest is a number

Names = dict[str, str]  # person's key -> name


class Presence:
    """Who sits in the rooms of this process and of the others.

    Args:
        notify: tells the other processes of a room something.
        clock: seconds, monotonic.
    """

    def __init__(
        self,
        hub: Hub,
        notify: Callable[[int, dict[str, Any]], None],
        process_id: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._hub = hub
        self._notify = notify
        self._process_id = process_id
        self._clock = clock
        self._connection_counts: dict[int, Counter[str]] = {}
        self._names: Names = {}
        self._remote: dict[int, dict[str, tuple[float, Names]]] = {}
        self._last_published: dict[int, Names] = {}
        self._answers: dict[int, dict[str, Any]] = {}  # what newcomers are told, until something is shown
        self._timers: dict[int, asyncio.TimerHandle] = {}
        self._dirty: set[int] = set()  # rooms where somebody of ours came or went since the last announcement
        self._renew_at = clock() + RENEWAL

    def arrived(self, room_id: int, person: Person) -> None:
        if room_id not in self._connection_counts:
            self._connection_counts[room_id] = Counter()
            self._notify(room_id, {"asks": True})
        self._connection_counts[room_id][person.key] += 1
        self._names[person.key] = person.name
        if self._connection_counts[room_id][person.key] == 1:
            if len(self._connection_counts[room_id]) <= NAMES_LIMIT:
                self._answers.pop(room_id, None)
            self._dirty.add(room_id)
            self._changed(room_id)

    def departed(self, room_id: int, person: Person) -> None:
        connections = self._connection_counts[room_id]
        connections[person.key] -= 1
        if not connections[person.key]:
            del connections[person.key]
            self._dirty.add(room_id)
            self._changed(room_id)
        if not connections:
            del self._connection_counts[room_id]

    def on_peer_message(self, room_id: int, message: dict[str, Any]) -> None:
        """Another process says who sits there, or asks."""
        if message.get("asks"):
            if room_id in self._connection_counts:
                self._announce(room_id)
            return
        remote = self._remote.setdefault(room_id, {})
        remote[message["process"]] = (self._clock() + LEASE, dict(message["people"]))
        if room_id in self._connection_counts:
            self._changed(room_id)

    def heartbeat(self) -> None:
        """Say again who is here, and forget those of whom nobody speaks any more."""
        now = self._clock()
        self._forget(now)
        if now < self._renew_at:
            return
        self._renew_at = now + RENEWAL
        for room_id in self._connection_counts:
            self._announce(room_id)
            self._publish_all(room_id)

    def snapshot(self, room_id: int) -> dict[str, Any]:
        """Everybody in a room, for somebody who has just come.

        In a large room it is made once for all who come before the next difference is shown, which tells them the rest: a
        thousand people who return at once do not each have everybody counted.
        """
        if room_id not in self._answers:
            names = self._last_published.get(room_id, {}) | self._everybody(room_id)
            self._answers[room_id] = {"count": len(names), "people": _people(names), "timestamp": _now()}
        return self._answers[room_id]

    def close(self) -> None:
        for timer in self._timers.values():
            timer.cancel()

    # Private

    def _everybody(self, room_id: int) -> Names:
        names: Names = {}
        for until, remote in self._remote.get(room_id, {}).values():
            if until > self._clock():
                names |= remote
        return names | self._local(room_id)

    def _local(self, room_id: int) -> Names:
        return {key: self._names[key] for key in self._connection_counts.get(room_id, ())}

    def _changed(self, room_id: int) -> None:
        if room_id not in self._timers:
            self._timers[room_id] = asyncio.get_running_loop().call_later(DEBOUNCE, self._flush, room_id)

    def _flush(self, room_id: int) -> None:
        del self._timers[room_id]
        if room_id in self._dirty:
            self._dirty.discard(room_id)
            self._announce(room_id)
        self._publish_difference(room_id)

    def _announce(self, room_id: int) -> None:
        self._notify(room_id, {"process": self._process_id, "people": list(self._local(room_id).items())})

    def _publish_difference(self, room_id: int) -> None:
        self._answers.pop(room_id, None)
        now, before = self._everybody(room_id), self._last_published.get(room_id, {})
        if room_id not in self._connection_counts:
            self._last_published.pop(room_id, None)
            return
        self._last_published[room_id] = now
        came = {key: name for key, name in now.items() if key not in before}
        went = {key: name for key, name in before.items() if key not in now}
        if came or went:
            self._publish(room_id, count=len(now), joins=_people(came), leaves=_people(went))

    def _publish_all(self, room_id: int) -> None:
        self._answers.pop(room_id, None)
        names = self._last_published[room_id] = self._everybody(room_id)
        self._publish(room_id, count=len(names), people=_people(names))

    def _publish(self, room_id: int, **fields: Any) -> None:
        payload = wire.event("presence", room=room_id, timestamp=_now(), **fields)
        self._hub.publish(f"room.{room_id}", payload, ephemeral=True)

    def _forget(self, now: float) -> None:
        for room_id, remote in list(self._remote.items()):
            for process_id in [each for each, (until, _) in remote.items() if until <= now]:
                del remote[process_id]
                self._changed(room_id)
            if not remote:
                del self._remote[room_id]
        used = {key for connections in self._connection_counts.values() for key in connections}
        self._names = {key: name for key, name in self._names.items() if key in used}


def _people(names: Names) -> list[dict[str, str]]:
    return [{"id": key, "name": name} for key, name in list(names.items())[:NAMES_LIMIT]]


def _now() -> int:
    """Milliseconds since 1970 by this server's clock: how old it is, the client can tell."""
    return int(time.time() * 1000)
