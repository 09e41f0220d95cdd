"""Where Django learns of Zashiki."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ZashikiConfig(AppConfig):
    name = "zashiki"
    verbose_name = _("Chat rooms")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zashiki import checks, conf, rights, seating, taken_names

        checks.register_all()
        rights.watch_accounts()
        taken_names.watch_names()
        seating.configure(
            high_mark=conf.get("HIGH_MARK"),
            low_mark=conf.get("LOW_MARK"),
            behind_limit=conf.get("BEHIND_LIMIT"),
            frame_limit=conf.get("FRAME_LIMIT"),
            close_spread=conf.get("CLOSE_SPREAD"),
            connections_per_person=conf.get("CONNECTIONS_PER_PERSON"),
            connections_per_address=conf.get("CONNECTIONS_PER_ADDRESS"),
            deflate=conf.get("DEFLATE"),
            layer_renewal=conf.get("HEARTBEAT"),
        )
