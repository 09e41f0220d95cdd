"""What is true. Synchronous Django; nothing here knows sockets."""

from zashiki.models.changed import Changed, clock_of
from zashiki.models.following import Following
from zashiki.models.house import House, Revocation
from zashiki.models.invitation import Invitation
from zashiki.models.membership import Involvement, Membership, Role
from zashiki.models.mention import EVERYBODY, Mention
from zashiki.models.message import SPEAKERS_SHOWN, Message
from zashiki.models.picture import Picture
from zashiki.models.profile import STATUS_LIMIT, Profile
from zashiki.models.removal import Removal
from zashiki.models.revision import Revision
from zashiki.models.room import (
    DESCRIPTION_LIMIT,
    NAME_KEYS,
    NAME_LIMIT,
    STATE_FIELDS,
    Kind,
    Posting,
    Room,
    clean_room_name,
)
from zashiki.models.saved import Saved

__all__ = [
    "DESCRIPTION_LIMIT",
    "NAME_LIMIT",
    "NAME_KEYS",
    "STATE_FIELDS",
    "STATUS_LIMIT",
    "EVERYBODY",
    "Following",
    "Changed",
    "House",
    "Invitation",
    "Involvement",
    "Kind",
    "Membership",
    "Mention",
    "Message",
    "Picture",
    "Posting",
    "Profile",
    "Removal",
    "Revision",
    "Revocation",
    "Role",
    "Room",
    "SPEAKERS_SHOWN",
    "Saved",
    "clean_room_name",
    "clock_of",
]
