"""What a careful client holds: an answer, and every event since applied to it as docs/wire.md says."""


class Held:
    """
    Args:
        person: whose client it is.
        rooms: the answer to ``rooms``.
    """

    def __init__(self, person, rooms):
        self.key = person.key
        self.rooms = {each["id"]: dict(each) for each in rooms}
        self.messages = {}
        self.saved = set()

    def apply(self, event):
        getattr(self, f"_{event['type']}")(event)

    def unread(self):
        """What the list of rooms shows."""
        return {
            room_id: (
                room["position"] - room["read_position"] - len(room["deleted"]),
                tuple(room["mentions"]),
                room["draft"],
            )
            for room_id, room in self.rooms.items()
        }

    def _message(self, event):
        message = event["message"]
        held = self.messages.get(message["id"])
        if held is None or held["version"] < message["version"]:
            self.messages[message["id"]] = message
        self._spoken(event["room"], message["position"], message["author"]["id"], message["mentions"])
        if message["deleted"]:
            self._deleted(event["room"], message["position"])

    def _activity(self, event):
        for each in sorted(event["messages"], key=lambda each: each["position"]):
            self._spoken(event["room"], each["position"], each["author"], each["mentions"])
        room = self.rooms[event["room"]]
        room["position"] = max(room["position"], event["position"])
        for position in event["deleted"]:
            self._deleted(event["room"], position)

    def _deleted(self, room_id, position):
        room = self.rooms[room_id]
        if position > room["read_position"]:
            room["deleted"] = sorted({*room["deleted"], position})

    def _spoken(self, room_id, position, author, mentions):
        room = self.rooms[room_id]
        if author == self.key and position > max(room["position"], room.get("head", 0)):
            room["read_position"] = position
            room["mentions"] = []
            room["deleted"] = []
        room["position"] = max(room["position"], position)
        left = {each for each in room["mentions"] if each != position}
        if {self.key, "room"} & set(mentions) and position > room["read_position"]:
            left.add(position)
        room["mentions"] = sorted(left)

    def _read_state(self, event):
        if event["thread"] is None:
            room = self.rooms[event["room"]]
            room["read_position"], room["mentions"], room["head"] = (
                event["position"],
                event["mentions"],
                event["head"],
            )
            room["position"] = max(room["position"], event["head"])
            later = {each for each in room["deleted"] if each > event["position"]}
            room["deleted"] = sorted({*event["deleted"], *later})

    def _draft(self, event):
        self.rooms[event["room"]]["draft"] = event["body"]

    def _room(self, event):
        room_id = event["room"]["id"]
        self.rooms[room_id] = {**self.rooms[room_id], **event["room"]}

    def _message_saved(self, event):
        (self.saved.add if event["on"] else self.saved.discard)(event["message"])

    def _rooms_changed(self, event):
        pass  # ask again

    def _resync(self, event):
        if event["limited"]:
            self.messages = {}

    def _unsubscribed(self, event):
        del self.rooms[event["room"]]

    def _permissions(self, event):
        self.rooms[event["room"]]["permissions"] = event["permissions"]

    def _typing(self, event):
        pass

    def _presence(self, event):
        pass
