"""What is true. Synchronous Django; nothing here knows sockets."""

from zashiki.models.house import House, Revocation
from zashiki.models.membership import Involvement, Membership, Role
from zashiki.models.message import Message
from zashiki.models.room import Kind, Room, clean_room_name

__all__ = [
    "House",
    "Involvement",
    "Kind",
    "Membership",
    "Message",
    "Revocation",
    "Role",
    "Room",
    "clean_room_name",
]
