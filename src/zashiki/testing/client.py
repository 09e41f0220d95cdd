"""A client that keeps its word: it comes back after every lost connection, and posts again until it is answered."""

from __future__ import annotations

import asyncio
import json
import random
import time
import uuid
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from zashiki.testing.room_state import RoomState

PROTOCOL = "zashiki.v1"
RETRYABLE = {"busy", "unavailable", "rate_limited"}  # refusals that say: the same once more, later


class CommandError(Exception):
    """The server answered with an error.

    Attributes:
        code: as in docs/wire.md.
    """

    def __init__(self, code: str, detail: str, retry_after: float | None = None) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.retry_after = retry_after


class AccessLost(CommandError):
    """The right to the room, or to be here at all, has ended."""


class ChatClient:
    """One socket that speaks zashiki.v1 for as long as it is open, over as many connections as it takes.

    Args:
        url: of the socket, such as ``ws://127.0.0.1:8000/ws/zashiki/``.
        cookies: who it is; without any it is a new visitor, and remains the same one.
        pause: seconds before it comes back for the first time; doubled up to `longest_pause`, each time with some chance in it.
        answer_limit: seconds for an answer, after which the connection counts as lost.
        heard: called with each event, and with each answer to a `subscribe`, before it is applied.
        queue: messages taken from the network ahead of `heard`; the network waits beyond that.
    """

    def __init__(
        self,
        url: str,
        *,
        cookies: dict[str, str] | None = None,
        pause: float = 0.2,
        longest_pause: float = 5.0,
        answer_limit: float = 20.0,
        on_event: Callable[[dict[str, Any]], None] | None = None,
        queue: int = 16,
    ) -> None:
        self.url = url
        self.views: list[RoomState] = []
        self.closed_with: int | None = None  # the code with which the server closed it for good
        self.connections = 0  # how often it has been connected
        self._cookies = dict(cookies or {})
        self._pause, self._longest_pause = pause, longest_pause
        self._answer_limit = answer_limit
        self._on_event = on_event or (lambda event: None)
        self._queue = queue
        self._socket: ClientConnection | None = None
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._refs = 0
        self._subscribing: dict[int, RoomState] = {}  # by the ref of the `subscribe` that is under way
        self._subscribed = asyncio.Event()  # connected, and subscription wherever it wants to sit
        self._may_read = asyncio.Event()
        self._may_read.set()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> ChatClient:
        self._task = asyncio.create_task(self._keep_connected())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._on_disconnect()

    async def subscribe(self, room: int | str | RoomState) -> RoomState:
        """Sit down, now and after every reconnection.

        Args:
            room: id or name; or a view that another client left off with.

        Raises:
            Refused: there is no such room, or not for this client.
        """
        view = room if isinstance(room, RoomState) else RoomState(room)
        while True:
            await self.connected()
            try:
                await self._subscribe(view)
            except ConnectionError:
                continue
            except CommandError as refusal:
                await self._wait_or_raise(refusal)
            else:
                return view

    async def post(
        self, view: RoomState, body: str, *, nonce: str | None = None, **more: Any
    ) -> dict[str, Any]:
        """Post until it is answered, under one nonce however often it takes.

        Returns:
            The message as it was stored.

        Raises:
            Refused: it will not be stored.
        """
        nonce = nonce or uuid.uuid4().hex
        message: dict[str, Any] = await self.send_until_answered(
            "post", view, room=view.room_id, body=body, nonce=nonce, **more
        )
        return message

    async def send_until_answered(self, type: str, view: RoomState, **fields: Any) -> Any:
        """A command that may be given again, until it is answered; the message in the answer."""
        while True:
            await self._is_subscribed(view)
            try:
                answer = await self.request(type, **fields)
            except ConnectionError:
                continue
            except CommandError as refusal:
                await self._wait_or_raise(refusal)
            else:
                return answer.get("message")

    async def request(self, type: str, **fields: Any) -> dict[str, Any]:
        """One command on the present connection.

        Raises:
            Refused: the answer is an error.
            ConnectionError: the connection was lost before the answer, or there is none.
        """
        self._refs += 1
        return await self._request(self._refs, {"type": type, "ref": self._refs, **fields})

    async def _request(self, ref: int, command: dict[str, Any]) -> dict[str, Any]:
        socket = self._socket
        if socket is None:
            raise ConnectionError("not connected")
        self._answers[ref] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(self._answer_limit):
                await socket.send(json.dumps(command))
                answer = await self._answers[ref]
        except (WebSocketException, TimeoutError) as lost:
            self._close(socket)
            raise ConnectionError("connection lost") from lost
        finally:
            del self._answers[ref]
        if answer["type"] == "error":
            raise CommandError(answer["code"], answer["detail"], answer.get("retry_after"))
        return answer

    async def connected(self) -> None:
        """Returns when it is connected and sits wherever it wants to sit.

        Raises:
            Left: it was turned away for good.
        """
        while self._socket is None or not self._subscribed.is_set():
            if self.closed_with is not None:
                raise AccessLost(str(self.closed_with), "the server has closed the socket for good")
            await asyncio.sleep(0.01)

    def stop_reading(self) -> None:
        """Take nothing from the network until `read_again`."""
        self._may_read.clear()

    def read_again(self) -> None:
        self._may_read.set()

    def drop_connection(self) -> None:
        """Lose the connection without a word."""
        if self._socket is not None:
            self._close(self._socket)

    # Private

    async def _keep_connected(self) -> None:
        pause = self._pause
        while self.closed_with is None:
            began = time.monotonic()
            await self._connect()
            if time.monotonic() - began > self._longest_pause:
                pause = self._pause
            await asyncio.sleep(pause * random.uniform(0.5, 1.5))
            pause = min(2 * pause, self._longest_pause)

    async def _connect(self) -> None:
        try:
            async with connect(
                self.url,
                subprotocols=[PROTOCOL],  # type: ignore[list-item]
                additional_headers={"Cookie": "; ".join("=".join(each) for each in self._cookies.items())},
                proxy=None,
                compression=None,
                max_size=None,
                max_queue=self._queue,
                open_timeout=self._answer_limit,
                close_timeout=1,
            ) as socket:
                self._keep_cookies(socket)
                self._socket = socket
                self.connections += 1
                hub = asyncio.create_task(self._subscribe_all())
                try:
                    await self._receive_loop(socket)
                finally:
                    hub.cancel()
                    await asyncio.gather(hub, return_exceptions=True)
        except (OSError, WebSocketException, TimeoutError):
            pass
        finally:
            self._on_disconnect()

    def _keep_cookies(self, socket: ClientConnection) -> None:
        given = SimpleCookie()
        for header in socket.response.headers.get_all("Set-Cookie") if socket.response else ():
            given.load(header)
        self._cookies |= {name: morsel.value for name, morsel in given.items()}

    async def _receive_loop(self, socket: ClientConnection) -> None:
        try:
            while True:
                await self._may_read.wait()
                self._on_frame(json.loads(await socket.recv()))
        except WebSocketException:
            if socket.close_code in {4403, 4404, 4408}:
                self.closed_with = socket.close_code
            raise

    def _on_frame(self, frame: dict[str, Any]) -> None:
        if frame["type"] in {"ok", "error"}:
            answer = self._answers.get(frame["ref"])
            if answer is not None and not answer.done():
                answer.set_result(frame)
                if frame["type"] == "ok" and (view := self._subscribing.get(frame["ref"])):
                    self._on_subscribed(view, frame)
            return
        self._on_event(frame)
        room = frame.get("room")
        room_id = room["id"] if isinstance(room, dict) else room
        for view in self.views:
            if view.room_id == room_id:
                view.on_subscribed(frame) if frame["type"] == "resync" else view.apply(frame)

    def _on_subscribed(self, view: RoomState, answer: dict[str, Any]) -> None:
        # At once: what follows the answer is for this view, and may be in the same packet.
        self._on_event(answer)
        view.on_subscribed(answer)
        if view not in self.views:
            self.views.append(view)

    async def _subscribe_all(self) -> None:
        try:
            for view in [view for view in self.views if view.lost_access is None]:
                await self._resubscribe(view)
            self._subscribed.set()
        except ConnectionError:
            pass  # the next connection tries again

    async def _resubscribe(self, view: RoomState) -> None:
        while True:
            try:
                return await self._subscribe(view)
            except CommandError as refusal:
                if refusal.code not in RETRYABLE:
                    view.lost_access = refusal.code
                    return
                await self._wait_or_raise(refusal)

    async def _subscribe(self, view: RoomState) -> None:
        self._refs += 1
        ref = self._refs
        self._subscribing[ref] = view
        wanted = view.wanted if view.room_id is None else view.room_id
        try:
            await self._request(
                ref,
                {"type": "subscribe", "ref": ref, "room": wanted, "since": view.since, "epoch": view.epoch},
            )
        finally:
            del self._subscribing[ref]

    async def _wait_or_raise(self, refusal: CommandError) -> None:
        if refusal.code not in RETRYABLE:
            raise refusal
        await asyncio.sleep((refusal.retry_after or 0.1) * random.uniform(0.5, 1.5))

    async def _is_subscribed(self, view: RoomState) -> None:
        await self.connected()
        if view.lost_access is not None:
            raise AccessLost(view.lost_access, "the right to this room has ended")

    def _close(self, socket: ClientConnection) -> None:
        socket.transport.abort()
        if socket is self._socket:  # the reading task would tell, but nothing lets it run before the next try
            self._on_disconnect()

    def _on_disconnect(self) -> None:
        self._socket = None
        self._subscribed.clear()
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(ConnectionError("connection lost"))
