"""The ordinary way to keep what was said: one ``acreate`` per message. Run as a program it makes the
tables."""

import django_config

django_config.configure("storing")

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.urls import path  # noqa: E402
from storing.consumers import StoringConsumer  # noqa: E402

application = ProtocolTypeRouter(
    {"websocket": URLRouter([path("ws/chat/<str:room_name>/", StoringConsumer.as_asgi())])}
)

if __name__ == "__main__":
    call_command("migrate", run_syncdb=True, verbosity=0)
