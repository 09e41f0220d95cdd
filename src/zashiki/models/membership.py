"""A person in a room: role, involvement, how far they have read."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from zashiki.models.primary import PrimaryModel


class Role(models.TextChoices):
    OWNER = "owner", gettext_lazy("Owner")
    MODERATOR = "moderator", gettext_lazy("Moderator")
    MEMBER = "member", gettext_lazy("Member")


class Involvement(models.TextChoices):
    EVERYTHING = "everything", gettext_lazy("All messages")
    MENTIONS = "mentions", gettext_lazy("Only mentions")
    NOTHING = "nothing", gettext_lazy("Nothing")
    HIDDEN = "hidden", gettext_lazy("Hide this room")


class Membership(PrimaryModel):
    """A user in a room.

    Attributes:
        read_position: the newest message this person has read; the room's position minus this is the unread count.
        posted_position: the newest message this person has posted; who spoke last is the likeliest to be spoken to.
        draft: what they have begun to write here, on whatever device.
    """

    room = models.ForeignKey("zashiki.Room", on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="zashiki_memberships"
    )
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.MEMBER)
    involvement = models.CharField(max_length=10, choices=Involvement.choices, default=Involvement.EVERYTHING)
    read_position = models.BigIntegerField(default=0)
    posted_position = models.BigIntegerField(default=0)
    draft = models.TextField(blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "user"], name="zashiki_one_membership")]

    def __str__(self) -> str:
        return f"{self.user} in {self.room}"
