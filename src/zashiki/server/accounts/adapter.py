"""Who may make an account."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from zashiki.server.accounts.owner import has_owner


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody moves in before the owner."""
        return settings.SIGN_UP and has_owner()
