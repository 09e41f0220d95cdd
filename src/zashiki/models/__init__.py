"""What is true. Synchronous Django; nothing here knows sockets."""

from zashiki.models.avatar import Avatar
from zashiki.models.invitation import Invitation
from zashiki.models.membership import Involvement, Membership, Role
from zashiki.models.mention import Mention
from zashiki.models.message import REPLIERS_SHOWN, Message
from zashiki.models.profile import STATUS_LIMIT, Profile
from zashiki.models.removal import Removal
from zashiki.models.revision import Revision
from zashiki.models.room import (
    DESCRIPTION_LIMIT,
    NAME_KEYS,
    NAME_LIMIT,
    STATE_FIELDS,
    Kind,
    PostingRule,
    Room,
    clean_room_name,
)
from zashiki.models.saved_message import SavedMessage
from zashiki.models.system_state import PermissionChange, SystemState
from zashiki.models.thread_follow import ThreadFollow
from zashiki.models.versioned import Versioned, room_version_of

__all__ = [
    "DESCRIPTION_LIMIT",
    "NAME_LIMIT",
    "NAME_KEYS",
    "STATE_FIELDS",
    "STATUS_LIMIT",
    "ThreadFollow",
    "Versioned",
    "SystemState",
    "Invitation",
    "Involvement",
    "Kind",
    "Membership",
    "Mention",
    "Message",
    "Avatar",
    "PostingRule",
    "Profile",
    "Removal",
    "Revision",
    "PermissionChange",
    "Role",
    "Room",
    "REPLIERS_SHOWN",
    "SavedMessage",
    "clean_room_name",
    "room_version_of",
]
