"""What is the same in both dialects: subscription down, falling behind, catching up, losing a right."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from zashiki import conf
from zashiki.errors import NotFound
from zashiki.hub.connection import GOING_AWAY_FOR_NOW
from zashiki.limits.rate_limits import Payer
from zashiki.person import Person
from zashiki.realtime.runtime import Runtime
from zashiki.realtime.subscriptions import Subscription
from zashiki.rooms.access import OpenedRoom, access_now, open_room
from zashiki.streams import CatchUp, RoomStream

if TYPE_CHECKING:
    from zashiki.hub import Connection

log = logging.getLogger("zashiki.session")

NOTHING = -1  # the version before which somebody must be caught up whose whole view of the room is void
RETRY_PAUSE = 1.0  # seconds between two tries to catch up while the database is away

OnSubscribed = Callable[[Subscription, CatchUp], None]


class ChatSession(ABC):
    """One socket's session with the house, whatever its dialect.

    Args:
        connection: the socket's outgoing side.
        close: closes the socket with a code and a reason.
        network: where it comes from, as `network_of` has it.
    """

    def __init__(
        self,
        runtime: Runtime,
        person: Person,
        session_key: str | None,
        connection: Connection,
        close: Callable[[int, str], None],
        network: str | None = None,
    ) -> None:
        self.runtime = runtime
        self.person = person
        self.session_key = session_key
        self.connection = connection
        self.payer = Payer(person, network)
        self._close_socket = close
        self.activity_rooms: dict[int, int] = {}
        self._subscriptions: dict[int, Subscription] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._catching: set[Subscription] = set()
        connection.on_behind = self._fell_behind
        connection.on_drained = self._drained
        runtime.subscriptions.connect(self)

    @abstractmethod
    async def start(self, room_name: str | None) -> None:
        """The socket has been accepted."""

    @abstractmethod
    async def receive(self, text: str) -> None:
        """The client says something."""

    def close(self) -> None:
        """The socket is gone: everything is left."""
        self.runtime.subscriptions.disconnect(self)
        for task in self._tasks:
            task.cancel()
        for subscription in list(self._subscriptions.values()):
            self.unsubscribe(subscription)

    # Subscription down and getting up

    async def subscribe(self, wanted: int | str, since: int | None, answer: OnSubscribed) -> Subscription:
        """Take a connection in a room: `answer` is called with what the client missed, and from there on it is live.

        Raises:
            ZashikiError: there is no such room, or none for this person.
        """
        rights, epoch = self.runtime.subscriptions.latest_permissions_version, self.runtime.epoch
        entry: OpenedRoom = await self.runtime.run_in_thread(
            open_room, self.person, wanted, self.payer.pay_for_room
        )
        if entry.room_id in self._subscriptions:
            self.unsubscribe(self._subscriptions[entry.room_id])
        try:
            stream = await self.runtime.streams.acquire(entry.room_id)
            subscription = Subscription(self, self.connection, stream, rights, entry.access, entry.room)
            page = await self._load_catch_up(subscription, since, epoch)
        except BaseException:
            self.runtime.streams.release(entry.room_id)
            raise
        self._go_live(subscription, page, answer)
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        if self._subscriptions.get(subscription.room_id) is not subscription:
            return
        del self._subscriptions[subscription.room_id]
        self.runtime.subscriptions.remove(subscription)
        self.runtime.hub.unsubscribe(self.topic(subscription.stream), self.connection)
        self.runtime.streams.release(subscription.room_id)

    @abstractmethod
    def topic(self, stream: RoomStream) -> str:
        """What this dialect listens to."""

    @abstractmethod
    def send_catch_up(self, subscription: Subscription, page: CatchUp) -> None:
        """Say what was missed by a connection that was behind."""

    # What the process tells

    def on_access_lost(self, subscription: Subscription, code: str) -> None:
        self.unsubscribe(subscription)

    def on_activity_access_lost(self, room_id: int) -> None:
        """A dialect that has bells overrides this."""
        return None

    def on_permissions_changed(self, subscription: Subscription) -> None:
        """A dialect that tells its client so overrides this."""
        return None

    def on_signed_out(self) -> None:
        self.close()
        self._close_socket(4408, "signed out")

    def come_again(self) -> None:
        self.close()
        self._close_socket(GOING_AWAY_FOR_NOW, "sign in again")

    def on_reset(self, subscription: Subscription) -> None:
        self.runtime.hub.unsubscribe(self.topic(subscription.stream), self.connection)
        subscription.late = NOTHING
        self._catch_up_soon(subscription)

    # Private

    async def _load_catch_up(self, subscription: Subscription, since: int | None, epoch: str) -> CatchUp:
        """What somebody who saw everything up to `since` in an epoch must see before they are live. True for as long as nothing is awaited."""
        stream, subscriptions = subscription.stream, self.runtime.subscriptions
        while True:
            if epoch != self.runtime.epoch:
                since, epoch = None, self.runtime.epoch
            page: CatchUp = await stream.load_catch_up(
                since, conf.get("HISTORY_PAGE_SIZE"), conf.get("CATCH_UP_LIMIT")
            )
            if not await stream.bring_to_head(page) or epoch != self.runtime.epoch:
                continue
            if subscription.permissions_version == subscriptions.latest_permissions_version:
                return page
            await self._recheck_access(subscription)

    def _go_live(self, subscription: Subscription, page: CatchUp, answer: OnSubscribed) -> None:
        self.runtime.hub.flush()
        if page.truncate(conf.get("SEND_BUFFER_HIGH")) and not self.connection.behind:
            subscription.late = None
            self.runtime.hub.add(self.topic(subscription.stream), self.connection)
        else:
            subscription.late = page.version
        self._subscriptions[subscription.room_id] = subscription
        self.runtime.subscriptions.add(subscription)
        answer(subscription, page)
        if subscription.late is not None and not self.connection.behind:
            self._catch_up_soon(subscription)

    async def _recheck_access(self, subscription: Subscription) -> None:
        subscription.permissions_version = self.runtime.subscriptions.latest_permissions_version
        access = await self.runtime.run_in_thread(access_now, self.person, subscription.room_id)
        if not access.can_read:
            raise NotFound
        subscription.access = access

    def _fell_behind(self, connection: Connection) -> None:
        for subscription in self._subscriptions.values():
            if subscription.late is None:
                subscription.late = subscription.stream.version
                self.runtime.hub.unsubscribe(self.topic(subscription.stream), connection)

    def _drained(self, connection: Connection) -> None:
        for subscription in self._subscriptions.values():
            if subscription.late is not None:
                self._catch_up_soon(subscription)

    def _catch_up_soon(self, subscription: Subscription) -> None:
        """One at a time for a subscription: a second would show what is newer before the first has shown what is older."""
        if subscription not in self._catching:
            self._catching.add(subscription)
            self._start(self._catch_up(subscription))

    async def _catch_up(self, subscription: Subscription) -> None:
        try:
            while (
                subscription.late is not None
                and not self.connection.behind
                and self._is_current(subscription)
            ):
                await self._try_to_catch_up(subscription)
        finally:
            self._catching.discard(subscription)

    async def _try_to_catch_up(self, subscription: Subscription) -> None:
        since = None if subscription.late == NOTHING else subscription.late
        try:
            subscription.permissions_version = self.runtime.subscriptions.permissions_version
            page = await self._load_catch_up(subscription, since, self.runtime.epoch)
            is_set_back = since is not None and subscription.late == NOTHING
            if self._is_current(subscription) and not is_set_back:
                self._go_live(subscription, page, self.send_catch_up)
        except NotFound:
            self.on_access_lost(subscription, NotFound.code)
        except Exception:
            log.exception("could not catch up in room %d; trying again", subscription.room_id)
            await asyncio.sleep(RETRY_PAUSE)

    def _is_current(self, subscription: Subscription) -> bool:
        return self._subscriptions.get(subscription.room_id) is subscription

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
