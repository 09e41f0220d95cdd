"""A named place, and its clock."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import connections, models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zashiki.errors import Invalid
from zashiki.models.membership import Involvement, Membership
from zashiki.models.name_key import NameKey, name_keys
from zashiki.models.primary import KEY_LIMIT, PrimaryManager, PrimaryModel
from zashiki.text.confusables import same_name
from zashiki.text.names import clean_line, has_letter, has_misplaced, shown_name

NAME_LIMIT = 100  # characters, after normalisation
LABEL_LIMIT = 200  # characters
DESCRIPTION_LIMIT = 500  # characters
STATE_FIELDS = (
    "name",
    "description",
    "kind",
    "posting",
    "archived_at",
)  # a change of these takes a version of the room's clock
NAME_KEYS = ("name_small", "name_shape")  # saved with the name


class Kind(models.TextChoices):
    PUBLIC = "public", gettext_lazy("Public")
    PRIVATE = "private", gettext_lazy("Private")
    DIRECT = "direct", gettext_lazy("Direct message")


class PostingRule(models.TextChoices):
    """Who may post in a room."""

    EVERYBODY = "everybody", gettext_lazy("Everyone")
    MODERATORS = "moderators", gettext_lazy("Owners and moderators")


class RoomQuerySet(models.QuerySet["Room"]):
    def named(self, name: str) -> Room:
        """The open room at this address, or a new, unsaved one. Capitals and widths make no difference.

        The name of a private room is no address: `entry.room_called`.

        Raises:
            Invalid: this is no name of a room.
        """
        name = clean_room_name(name)
        found = self.filter(name=name, kind=Kind.PUBLIC).first()
        if found is None:
            found = next((room for room in self.alike(name) if same_name(str(room.name), name)), None)
        return found or Room(name=name)

    def alike(self, name: str) -> RoomQuerySet:
        """The open rooms whose names can be taken for this one."""
        small, shape = name_keys(name)
        return self.filter(models.Q(name_small=small) | models.Q(name_shape=shape))

    def of(self, subject: models.Model) -> Room:
        """The room that belongs to an object of the site, made on first use. Who may enter is for the policy to say."""
        kind = ContentType.objects.get_for_model(subject)
        return self.get_or_create(
            subject_type=kind,
            subject_id=str(subject.pk),
            defaults={"kind": Kind.PRIVATE, "label": shown_name(str(subject), LABEL_LIMIT)},
        )[0]

    def listed(self) -> RoomQuerySet:
        """The open rooms with an address that are in use."""
        return self.filter(kind=Kind.PUBLIC, name__isnull=False, archived_at__isnull=True)

    def mine(self, user: Any) -> RoomQuerySet:
        """The rooms in use of which this user is a member and that they have not hidden."""
        mine = Membership.objects.filter(user=user).exclude(involvement=Involvement.HIDDEN)
        return self.filter(pk__in=mine.values("room"), archived_at__isnull=True)

    def locked(self, ids: set[int]) -> list[Room]:
        """These rooms, each row locked until the transaction ends, in the one order that cannot deadlock."""
        ordered = self.filter(pk__in=ids).order_by("pk")
        features = connections[self.db].features
        if not _locks(self.db):
            ordered.order_by().update(
                version=models.F("version")
            )  # SQLite: a write takes the one lock there is
        # Without the key, so that rows which refer to a room can be added meanwhile, by whoever is about to wait for it.
        return list(ordered.select_for_update(no_key=features.has_select_for_no_key_update))


class RoomDisplay:
    """How a room is shown, made of its columns: for the model, and for rows that are read without it."""

    pk: int
    name: str | None
    label: str
    kind: str
    description: str
    posting: str
    participant_keys: str | None
    archived_at: datetime | None

    __slots__ = ()

    @property
    def title(self) -> str:
        return self.name or self.label or _("Room %(id)s") % {"id": self.pk}

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    def state(self) -> dict[str, Any]:
        """The room itself as everybody in it is shown it; the same for everybody."""
        return {
            "id": self.pk,
            "name": self.name,
            "title": self.title,
            "kind": self.kind,
            "description": self.description,
            "posting": self.posting,
            "archived": self.is_archived,
        }


RoomManager = PrimaryManager.from_queryset(RoomQuerySet)


class Room(RoomDisplay, PrimaryModel):
    """A place where people talk.

    Every durable change in it takes the next `version` under the row's lock, inside the transaction that stores it.

    Attributes:
        name: of an open room its address, unique among these; a private room is found by its id, and may be called as another is, so that
            nobody learns from a name that is taken what they may not see. ``None`` for a direct room and for the room of an object.
        name_small, name_shape: by which an open room is found whose name looks like another; unique, and ``None`` for others.
        label: what a room without a name is called.
        subject: the object of the site that this room belongs to, or ``None``.
        people: for a direct room, the keys of its fixed set of people, sorted and joined (`directs.joined`); else ``None``.
        people_digest: SHA-256 of `people`, so that the same set has one room however long its keys are.
        version: of the newest change.
        position: of the newest message.
        state_version: the version at which the room itself (name, kind, ...) last changed; 0 while it is as it was made.
        archived_at: an archived room can be read, and nothing in it changes any more.
    """

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PUBLIC)
    name = models.CharField(max_length=NAME_LIMIT, db_index=True, null=True, blank=True)
    name_small = NameKey(which=0, unique=True)
    name_shape = NameKey(which=1, unique=True)
    label = models.CharField(max_length=LABEL_LIMIT, blank=True)
    description = models.CharField(max_length=DESCRIPTION_LIMIT, blank=True)
    posting = models.CharField(max_length=10, choices=PostingRule.choices, default=PostingRule.EVERYBODY)
    subject_type = models.ForeignKey(
        ContentType, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    subject_id = models.CharField(max_length=KEY_LIMIT, null=True, blank=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    participant_keys = models.TextField(null=True, blank=True)
    people_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    version = models.BigIntegerField(default=0)
    position = models.BigIntegerField(default=0)
    state_version = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[RoomManager[Self]] = RoomManager()

    _membership_cache: dict[Any, Membership | None] | None = (
        None  # by the user's key, within `cache_memberships`
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"], name="zashiki_one_room_per_subject"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @contextmanager
    def cache_memberships(self, users: Collection[Any] = ()) -> Iterator[None]:
        """Within it, each person's membership is asked of the table once.

        Args:
            users: whose memberships are asked for together, beforehand.
        """
        self._membership_cache = self._memberships_of(users)
        try:
            yield
        finally:
            self._membership_cache = None

    def _memberships_of(self, users: Collection[Any]) -> dict[Any, Membership | None]:
        known: dict[Any, Membership | None] = {user.pk: None for user in users}
        if known:
            found = Membership.objects.filter(room=self, user__in=list(known))
            known.update((membership.user_id, membership) for membership in found)
        return known

    def or_created_meanwhile(self) -> Room:
        """This new, unsaved room, or the one that was saved under its name since it was looked up.

        Raises:
            Invalid: another room has a name that can be taken for this one.
        """
        alike = list(Room.objects.alike(str(self.name)))
        same = next((room for room in alike if same_name(str(room.name), str(self.name))), None)
        if same is None and alike:
            raise name_is_taken(str(alike[0].name), str(self.name))
        return same or self

    def check_name(self) -> None:
        """Raises `Invalid` when this is an open room and another has its name, or one that can be taken for it."""
        if not self.name or self.kind != Kind.PUBLIC:
            return
        alike = Room.objects.alike(self.name).exclude(pk=self.pk).first()
        if alike is not None:
            raise name_is_taken(str(alike.name), str(self.name))

    def take_version(self) -> int:
        """The next version. The row is locked by the caller, who also saves it."""
        self.version += 1
        return self.version

    def take_position(self) -> int:
        """The next place for a message. The row is locked by the caller, who also saves it."""
        self.position += 1
        return self.position


def clean_room_name(text: str) -> str:
    """A room's name as it is kept: NFC, single spaces and none around it, 1 to 100 characters of any script.

    Raises:
        Invalid: nothing of it can be seen, too long, a slash, or a character that cannot be seen where it stands.
    """
    name = clean_line(text)
    if not has_letter(name):
        raise Invalid(_("Enter a name for the room."))
    if len(name) > NAME_LIMIT:
        raise Invalid(_("Room names can have at most %(limit)d characters.") % {"limit": NAME_LIMIT})
    if "/" in name or name in {".", ".."}:
        raise Invalid(_("Room names cannot contain a slash or consist only of dots."))
    if has_misplaced(name):
        raise Invalid(_("Room names cannot contain invisible characters."))
    return name


def name_is_taken(held: str, wanted: str) -> Invalid:
    """The refusal of a name, because another room's is the same or looks the same."""
    if same_name(held, wanted):
        return Invalid(_("A room with this name already exists."))
    return Invalid(_("A room whose name looks like this one already exists."))


def _locks(using: str) -> bool:
    """Whether reading for update locks the rows, or the transaction has taken SQLite's one lock when it began."""
    connection = connections[using]
    return (
        connection.features.has_select_for_update
        or getattr(connection, "transaction_mode", None) == "IMMEDIATE"
    )
