"""What an ASGI server runs: pages and sockets on one port.

Django comes first: nothing that touches a model may be imported before it has set itself up.
"""

import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutorial.settings")
pages = ASGIStaticFilesHandler(get_asgi_application())  # files too, whatever server this runs on

from chat.routing import sockets  # noqa: E402

from zashiki.asgi import with_rooms  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": pages,
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(sockets))),
    }
)
# Takes ws/zashiki/, and ws/chat/<room name>/ because the settings say so.
# Everything else goes where it went before.
application = with_rooms(application)
