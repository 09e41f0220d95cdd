"""Who a session belongs to."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model

from zashiki.models import Profile
from zashiki.models.rows import row_of


class AccountBackend(AuthenticationBackend):
    """django-allauth's, but the account comes with its profile: both are needed at every page and every connection."""

    def get_user(self, user_id: Any) -> Any:
        user = row_of(get_user_model(), id=user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        user._state.fields_cache["zashiki_profile"] = row_of(Profile, user=user.pk)  # as select_related does
        return user
