import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
site = get_asgi_application()

from zashiki.asgi import with_rooms  # noqa: E402

application = with_rooms(site)
