"""Where Django learns of Zashiki."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ZashikiConfig(AppConfig):
    name = "zashiki"
    verbose_name = _("Chat rooms")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from zashiki import checks, conf, hub, permissions
        from zashiki.people import taken_names

        checks.register_all()
        permissions.connect_signals()
        taken_names.watch_names()
        hub.configure(
            send_buffer_high=conf.get("SEND_BUFFER_HIGH"),
            send_buffer_low=conf.get("SEND_BUFFER_LOW"),
            slow_client_timeout=conf.get("SLOW_CLIENT_TIMEOUT"),
            max_frame_size=conf.get("MAX_FRAME_SIZE"),
            shutdown_jitter=conf.get("SHUTDOWN_JITTER"),
            max_connections_per_user=conf.get("MAX_CONNECTIONS_PER_USER"),
            max_connections_per_ip=conf.get("MAX_CONNECTIONS_PER_IP"),
            compression=conf.get("COMPRESSION"),
            layer_renewal_interval=conf.get("HEARTBEAT_INTERVAL"),
        )
