from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete


class AccountsConfig(AppConfig):
    name = "zashiki.server.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.usersessions.models import UserSession

        post_delete.connect(_session_ended, sender=UserSession, dispatch_uid="zashiki.accounts")


def _session_ended(sender: Any, instance: Any, **_: Any) -> None:
    """Whoever ends a session, its sockets are closed with it."""
    from zashiki import rights
    from zashiki.people import key_of_user

    rights.end(person_key=key_of_user(instance.user_id))
