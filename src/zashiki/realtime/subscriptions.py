"""Who sits in which room in this process, and taking connections away when a right ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from zashiki import permissions
from zashiki.hub import Connection, Hub
from zashiki.models import PermissionChange
from zashiki.people import sessions
from zashiki.person import Person
from zashiki.realtime.presence import Presence
from zashiki.rooms.access import RoomAccess, SessionKey, access_for_many, ended_sessions, missing_sessions
from zashiki.streams import RoomStream, queries

log = logging.getLogger("zashiki.realtime.subscriptions")


class SubscriptionOwner(Protocol):
    """One open socket, as far as its rights are concerned."""

    person: Person
    session_key: str | None

    @property
    def activity_rooms(self) -> Collection[int]:
        """The rooms to which it is not subscribed and whose activity it receives."""

    def on_access_lost(self, subscription: Subscription, code: str) -> None:
        """The right to sit in this room has ended."""

    def on_activity_access_lost(self, room_id: int) -> None:
        """The right to hear of this room has ended."""

    def on_permissions_changed(self, subscription: Subscription) -> None:
        """What may be done in this room has changed; the subscription says how."""

    def on_signed_out(self) -> None:
        """Whoever opened this socket is not signed in any more."""

    def come_again(self) -> None:
        """Whoever opened this socket has to show anew that they are signed in."""

    def on_reset(self, subscription: Subscription) -> None:
        """The room's clock was set back; what is shown must be replaced."""


@dataclass(slots=True, eq=False)
class Subscription:
    """One connection in one room.

    Attributes:
        rights: the house's clock of rights when the policy was last asked for it.
        late: the version after which a connection that fell behind must be caught up; ``None`` while it is live.
    """

    owner: SubscriptionOwner
    connection: Connection
    stream: RoomStream
    permissions_version: int
    access: RoomAccess
    room: dict[str, Any] = field(default_factory=dict)
    late: int | None = None

    @property
    def room_id(self) -> int:
        return self.stream.room_id

    @property
    def can_post(self) -> bool:
        return self.access.can_post


class Subscriptions:
    """All subscriptions of a process.

    Attributes:
        rights: every revocation up to this version has been heeded here.
        latest: the largest version that is known: access granted before it must be checked again.
    """

    def __init__(self, hub: Hub, in_thread: Callable[..., Awaitable[Any]], presence: Presence) -> None:
        self.permissions_version = self.latest_permissions_version = 0
        self._hub = hub
        self._run_in_thread = in_thread
        self._presence = presence
        self._subscriptions: set[Subscription] = set()
        self._owners: set[SubscriptionOwner] = set()
        self._applying = asyncio.Lock()
        self._resets = 0
        self._tasks: set[asyncio.Task[None]] = set()  # a loop holds its tasks weakly
        self._loop = asyncio.get_running_loop()
        hub.on_notification(permissions.TOPIC, self._on_notification)
        hub.watch(permissions.TOPIC)
        permissions.register(self)

    def start_at(self, version: int) -> None:
        """Nobody sat here before this version of the clock of rights."""
        self.permissions_version = max(self.permissions_version, version)
        self.latest_permissions_version = max(self.latest_permissions_version, version)

    def connect(self, owner: SubscriptionOwner) -> None:
        self._owners.add(owner)

    def disconnect(self, owner: SubscriptionOwner) -> None:
        self._owners.discard(owner)

    def add(self, subscription: Subscription) -> None:
        if subscription not in self._subscriptions:
            self._subscriptions.add(subscription)
            self._presence.arrived(subscription.room_id, subscription.owner.person)

    def remove(self, subscription: Subscription) -> None:
        if subscription in self._subscriptions:
            self._subscriptions.discard(subscription)
            self._presence.departed(subscription.room_id, subscription.owner.person)

    async def reset(self, version: int) -> None:
        """The clock of rights was set back: look at everybody, and heed what comes after this version."""
        async with self._applying:
            await self._recheck("", None)
            self._resets += 1
            self.permissions_version = self.latest_permissions_version = version

    def reset_all(self) -> None:
        for subscription in list(self._subscriptions):
            subscription.owner.on_reset(subscription)

    async def apply_changes_up_to(self, version: int) -> None:
        """Look at all connections that are concerned by revocations up to this version."""
        self.latest_permissions_version = max(
            self.latest_permissions_version, version
        )  # first: somebody may subscribe while the table is read
        resets = self._resets
        async with self._applying:
            if resets != self._resets:  # a version of before the reset says nothing about the table
                _, version = await self._run_in_thread(queries.system_state)
            if version <= self.permissions_version:
                return
            revoked = await self._run_in_thread(_permission_changes, self.permissions_version)
            for person_key, room_id in revoked:
                await self._recheck(person_key, room_id)
            self.permissions_version = max(version, self.permissions_version)

    def apply_changes_threadsafe(self, version: int) -> None:
        """As `heed`, soon, from any thread of this process."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._on_notification, permissions.TOPIC, {"version": version})

    async def close_ended_sessions(self) -> None:
        """Find accounts and sessions that ended without a word (deleted in the database, expired)."""
        owners = [owner for owner in self._owners if not owner.person.is_visitor]
        if owners:
            await self._close_ended(owners, missing_sessions)

    # Private

    def _on_notification(self, topic: str, message: dict[str, Any]) -> None:
        task = self._loop.create_task(self._apply_and_log(message["version"]))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _apply_and_log(self, version: int) -> None:
        try:
            await self.apply_changes_up_to(version)
        except Exception:
            log.exception("could not heed revocation %d; the next heartbeat will", version)

    async def _recheck(self, person_key: str, room_id: int | None) -> None:
        owners = [owner for owner in self._owners if person_key in ("", owner.person.key)]
        if room_id is None:
            await self._close_ended(owners, ended_sessions)
            if person_key and not sessions.can_be_ended():
                # Nobody can tell from a session in a cookie that it was signed out of: each comes back with the cookie that it has now.
                for owner in owners:
                    if owner in self._owners and owner.session_key is not None:
                        owner.come_again()
        subscriptions = [
            subscription
            for subscription in self._subscriptions
            if person_key in ("", subscription.owner.person.key) and room_id in (None, subscription.room_id)
        ]
        await self._recheck_subscriptions(subscriptions)
        await self._recheck_activity(owners, room_id)

    async def _close_ended(
        self, owners: Iterable[SubscriptionOwner], gone_of: Callable[[set[SessionKey]], set[SessionKey]]
    ) -> None:
        known_sessions = {owner: (owner.person, owner.session_key) for owner in owners}
        gone = await self._run_in_thread(gone_of, set(known_sessions.values()))
        for owner, known in known_sessions.items():
            if known in gone:
                owner.on_signed_out()

    async def _recheck_subscriptions(self, subscriptions: list[Subscription]) -> None:
        asked = {(subscription.owner.person, subscription.room_id) for subscription in subscriptions}
        answers: dict[tuple[str, int], RoomAccess] = await self._run_in_thread(access_for_many, asked)
        for subscription in subscriptions:
            access = answers[subscription.owner.person.key, subscription.room_id]
            if not access.can_read:
                subscription.access = access
                subscription.owner.on_access_lost(subscription, "forbidden")
                continue
            known, subscription.access = subscription.access, access
            if access.to_wire() != known.to_wire():
                subscription.owner.on_permissions_changed(subscription)

    async def _recheck_activity(self, owners: Iterable[SubscriptionOwner], room_id: int | None) -> None:
        watching = [
            (owner, watched_id)
            for owner in owners
            for watched_id in list(owner.activity_rooms)
            if room_id in (None, watched_id)
        ]
        if not watching:
            return
        asked = {(owner.person, watched_id) for owner, watched_id in watching}
        answers: dict[tuple[str, int], RoomAccess] = await self._run_in_thread(access_for_many, asked)
        for owner, watched_id in watching:
            if not answers[owner.person.key, watched_id].can_read:
                owner.on_activity_access_lost(watched_id)


def _permission_changes(after: int) -> list[tuple[str, int | None]]:
    return list(
        PermissionChange.objects.filter(version__gt=after).values_list("person_key", "room_id").distinct()
    )
