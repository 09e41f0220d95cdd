"""Who a session belongs to."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model

from zashiki.models.lookup import get_row_with


class AccountBackend(AuthenticationBackend):
    """django-allauth's, but the account comes with its profile: both are needed at every page and every connection."""

    def get_user(self, user_id: Any) -> Any:
        user = get_row_with(get_user_model(), "zashiki_profile", id=user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
