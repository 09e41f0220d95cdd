"""Who a session belongs to."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model


class AccountBackend(AuthenticationBackend):
    """django-allauth's, but the account comes with its profile: both are needed at every page and every connection."""

    def get_user(self, user_id: Any) -> Any:
        accounts = get_user_model()._default_manager.select_related("zashiki_profile")
        user = accounts.filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
