"""A room as a client holds it, by the rules of docs/wire.md."""

from __future__ import annotations

from typing import Any


class RoomState:
    """What one client has seen of one room.

    Attributes:
        room_id: ``None`` until the room was sat in for the first time.
        since: everything up to this version has been seen; ``None`` for nothing yet.
        epoch: the word that goes with it.
        messages: by id, each in the newest state that was seen.
        state: of the room itself.
        more: there are older messages than the first of these.
        can: what this client may do, as the server last sent it.
        left: why the right to the room ended; ``None`` while it stands.
    """

    def __init__(self, wanted: int | str) -> None:
        self.wanted = wanted
        self.room_id: int | None = wanted if isinstance(wanted, int) else None
        self.since: int | None = None
        self.epoch: str | None = None
        self.messages: dict[int, dict[str, Any]] = {}
        self.state: dict[str, Any] = {}
        self.more_before = False
        self.permissions: dict[str, bool] = {}
        self.lost_access: str | None = None
        self._page: tuple[int, int] | None = (
            None  # position and version at which the newest page ends that is arriving
        )

    @property
    def timeline(self) -> list[dict[str, Any]]:
        """The messages in their order."""
        return sorted(self.messages.values(), key=lambda message: message["position"])

    def on_subscribed(self, answer: dict[str, Any]) -> None:
        """What `subscribe` was answered, or the event ``resync``."""
        room = answer["room"]
        self.room_id, self.epoch, self.lost_access = room["id"], answer["epoch"], None
        self.permissions = answer["permissions"]
        self.state = room
        self._page = None
        if answer["limited"]:
            self.since = None
            self.more_before = answer["more_before"]
            self.messages.clear()
            self._page = room["position"], room["version"]
            self._end_page(0)

    def apply(self, event: dict[str, Any]) -> bool:
        """An event of this room. False for one that has been seen before or is not needed."""
        if event["type"] == "message":
            return self._apply_message(event["version"], event["message"])
        if event["type"] == "room":
            self.state = event["room"]
            self._saw(event["version"])
        elif event["type"] == "permissions":
            self.permissions = event["permissions"]
        elif event["type"] == "unsubscribed":
            self.lost_access = event["code"]
        return True

    def _apply_message(self, version: int, message: dict[str, Any]) -> bool:
        held = self.messages.get(message["id"])
        is_newer = held is None or held["version"] < message["version"]
        if is_newer and (held is not None or not self._is_older(message)):
            self.messages[message["id"]] = message
        self._saw(version)
        self._end_page(message["position"])
        return is_newer

    def _is_older(self, message: dict[str, Any]) -> bool:
        """Whether it belongs to the past that this client has not asked for."""
        return (
            self.more_before
            and self._page is None
            and message["position"] < min((held["position"] for held in self.messages.values()), default=0)
        )

    def _saw(self, version: int) -> None:
        if self._page is None:
            self.since = max(self.since or 0, version)

    def _end_page(self, position: int) -> None:
        if self._page is not None and position >= self._page[0]:
            self.since = self._page[1]
            self._page = None
