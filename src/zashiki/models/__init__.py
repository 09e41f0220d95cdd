"""What is true. Synchronous Django; nothing here knows sockets."""

from zashiki.models.house import House, Revocation
from zashiki.models.invitation import Invitation
from zashiki.models.membership import Involvement, Membership, Role
from zashiki.models.message import Message
from zashiki.models.picture import Picture
from zashiki.models.profile import STATUS_LIMIT, Profile
from zashiki.models.room import NAME_LIMIT, Kind, Posting, Room, clean_room_name

__all__ = [
    "NAME_LIMIT",
    "STATUS_LIMIT",
    "House",
    "Invitation",
    "Involvement",
    "Kind",
    "Membership",
    "Message",
    "Picture",
    "Posting",
    "Profile",
    "Revocation",
    "Role",
    "Room",
    "clean_room_name",
]
