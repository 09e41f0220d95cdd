from __future__ import annotations

from django import forms
from django.contrib.auth.forms import BaseUserCreationForm
from django.utils.translation import gettext_lazy as _

from zashiki.errors import ZashikiError
from zashiki.people import clean_name
from zashiki.server.accounts.models import Account


class OwnerForm(BaseUserCreationForm):
    class Meta(BaseUserCreationForm.Meta):
        model = Account
        fields = ("username", "name", "email")
        labels = {"name": _("Your name, as others see it")}

    def clean_name(self) -> str:
        typed: str = self.cleaned_data["name"]
        try:
            return clean_name(typed) if typed else ""
        except ZashikiError as fault:
            raise forms.ValidationError(str(fault)) from fault
