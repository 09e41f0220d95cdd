"""What uvicorn serves for the journeys."""

from django.core.asgi import get_asgi_application

site = get_asgi_application()  # before anything that has models

from zashiki.asgi import with_rooms  # noqa: E402

application = with_rooms(site)
