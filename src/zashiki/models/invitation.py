"""A link that lets somebody in."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone

from zashiki.models.primary import PrimaryManager, PrimaryModel

_SALT = "zashiki.invitation"


def new_secret() -> str:
    return secrets.token_hex(8)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def active(self) -> InvitationQuerySet:
        """Those that were neither revoked nor used up, and have not expired."""
        unused = models.Q(max_uses__isnull=True) | models.Q(use_count__lt=models.F("max_uses"))
        unexpired = models.Q(expires_at__isnull=True) | models.Q(expires_at__gt=timezone.now())
        return self.filter(unused, unexpired, revoked_at__isnull=True)

    def with_token(self, token: str) -> Invitation | None:
        """The invitation of a link, whether it stands or not; ``None`` for a link that is not ours."""
        try:
            secret = signing.Signer(salt=_SALT).unsign(token)
        except signing.BadSignature:
            return None
        return self.select_related("room", "created_by").filter(secret=secret).first()


InvitationManager = PrimaryManager.from_queryset(InvitationQuerySet)


class Invitation(PrimaryModel):
    """Whoever holds the link may come in, until it is revoked, used up or expired.

    The link is this row's secret under the site's signature: the table alone opens no door.

    Attributes:
        room: which room they join; ``None`` for the house alone.
        uses: how often it can be used; ``None`` for any number.
        expires_at: ``None`` for never.
    """

    secret = models.CharField(max_length=32, unique=True, default=new_secret)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    room = models.ForeignKey(
        "zashiki.Room", on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    max_uses = models.PositiveIntegerField(null=True, blank=True)
    use_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[InvitationManager[Self]] = InvitationManager()

    def __str__(self) -> str:
        return f"{self.room or 'house'} {self.secret[:4]}"

    @property
    def token(self) -> str:
        """What the link carries."""
        return signing.Signer(salt=_SALT).sign(self.secret)

    def is_active(self, now: datetime | None = None) -> bool:
        """Whether it can be used at this moment, as far as the row knows."""
        now = now or timezone.now()
        is_unused = self.max_uses is None or self.use_count < self.max_uses
        return is_unused and self.revoked_at is None and (self.expires_at is None or self.expires_at > now)

    def use(self) -> bool:
        """Count one use. False: somebody else took the last one, or it does not stand any more."""
        found = Invitation.objects.active().filter(pk=self.pk)
        return bool(found.update(use_count=models.F("use_count") + 1))

    def revoke(self) -> None:
        """The link opens nothing from now on."""
        Invitation.objects.filter(pk=self.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
