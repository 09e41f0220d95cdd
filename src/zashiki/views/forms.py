"""What people fill in. The verbs check again; a form gives the refusal to the field that caused it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from zashiki import conf
from zashiki.errors import ZashikiError
from zashiki.models import DESCRIPTION_LIMIT, NAME_LIMIT, STATUS_LIMIT, Kind, PostingRule, clean_room_name
from zashiki.people.avatars import encode_avatar
from zashiki.person import NAME_LIMIT as PERSON_NAME_LIMIT
from zashiki.person import clean_name
from zashiki.text.names import clean_line
from zashiki.text.visible_text import has_visible_text

Cleaned = TypeVar("Cleaned")

USES_LIMIT = 1000
_DAYS = [("1", _("1 day")), ("7", _("1 week")), ("30", _("1 month")), ("", _("Never"))]


class RoomForm(forms.Form):
    """A room to be made, or to be changed."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LIMIT)
    description = forms.CharField(
        label=_("Description (optional)"), max_length=DESCRIPTION_LIMIT, required=False
    )
    kind = forms.ChoiceField(
        label=_("Who can read it"),
        choices=lambda: [(Kind.PUBLIC, _public_label()), (Kind.PRIVATE, _("Private: only members"))],
    )
    posting = forms.ChoiceField(label=_("Who can post"), choices=PostingRule.choices)

    def clean_name(self) -> str:
        return _as_validation_error(clean_room_name, self.cleaned_data["name"])


class DescriptionForm(forms.Form):
    """What can be changed of a room that belongs to an object of the site."""

    description = RoomForm.base_fields["description"]
    posting = RoomForm.base_fields["posting"]


class ProfileForm(forms.Form):
    """How one shows oneself."""

    name = forms.CharField(
        label=_("Display name"),
        max_length=PERSON_NAME_LIMIT,
        required=False,
        help_text=_("Leave empty to use your account name."),
    )
    status = forms.CharField(
        label=_("Status"),
        max_length=STATUS_LIMIT,
        required=False,
        help_text=_("For example: In a meeting, Away until Monday"),
    )
    picture = forms.FileField(
        label=_("Profile picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        return _as_validation_error(clean_name, name) if name else ""

    def clean_status(self) -> str:
        """One line; empty when nothing of it can be seen."""
        status = clean_line(self.cleaned_data["status"])
        return status if has_visible_text(status) else ""

    def clean_picture(self) -> bytes | None:
        """The picture as it is kept; ``None`` when none was sent."""
        file = self.cleaned_data["picture"]
        return None if file is None else _as_validation_error(encode_avatar, file, file.size)


class InvitationForm(forms.Form):
    """How long and how often a link can be used."""

    days = forms.TypedChoiceField(
        label=_("Expires after"),
        choices=_DAYS,
        coerce=int,
        empty_value=None,
        initial="7",
        required=False,
    )
    uses = forms.IntegerField(
        label=_("Maximum number of uses"),
        required=False,
        min_value=1,
        max_value=USES_LIMIT,
        help_text=_("Leave empty for no limit."),
    )


def _public_label() -> Any:
    if conf.get("ALLOW_VISITORS"):
        return _("Public: everyone on this server, and guests without an account")
    return _("Public: everyone on this server")


def _as_validation_error(clean: Callable[..., Cleaned], *args: Any) -> Cleaned:
    try:
        return clean(*args)
    except ZashikiError as fault:
        raise forms.ValidationError(str(fault)) from fault
