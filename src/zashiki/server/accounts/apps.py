from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete, pre_save


class AccountsConfig(AppConfig):
    name = "zashiki.server.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.usersessions.models import UserSession

        post_delete.connect(_session_ended, sender=UserSession, dispatch_uid="zashiki.user_model")
        pre_save.connect(_keep_what_is_shown, sender=UserSession, dispatch_uid="zashiki.user_model.browser")


def _keep_what_is_shown(sender: Any, instance: Any, **_: Any) -> None:
    """Of a browser its name is kept and no more: the whole header tells one person from another."""
    from zashiki.server.accounts.user_agents import browser_name

    instance.user_agent = browser_name(instance.user_agent)


def _session_ended(sender: Any, instance: Any, **_: Any) -> None:
    """Whoever ends a session, its sockets are closed with it."""
    from zashiki import permissions
    from zashiki.person import user_key

    permissions.invalidate(person_key=user_key(instance.user_id))
