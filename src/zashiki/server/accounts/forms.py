from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.forms import BaseUserCreationForm
from django.utils.translation import gettext_lazy as _

from zashiki.errors import ZashikiError
from zashiki.person import NAME_LIMIT, clean_name
from zashiki.server.accounts.models import Account

if TYPE_CHECKING:  # Django's own class takes no arguments in brackets
    _AccountForm = BaseUserCreationForm[Account]
else:
    _AccountForm = BaseUserCreationForm


class OwnerForm(_AccountForm):
    class Meta(BaseUserCreationForm.Meta):
        model = Account
        fields = ("username", "name", "email")
        labels = {"name": _("Display name")}

    def clean_username(self) -> str:
        typed: str = self.cleaned_data["username"]
        _cleaned(typed[:NAME_LIMIT])
        return typed

    def clean_name(self) -> str:
        typed: str = self.cleaned_data["name"]
        return _cleaned(typed) if typed else ""


def _cleaned(name: str) -> str:
    try:
        return clean_name(name)
    except ZashikiError as fault:
        raise forms.ValidationError(str(fault)) from fault
