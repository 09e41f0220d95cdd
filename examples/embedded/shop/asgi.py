import os

from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
application = ASGIStaticFilesHandler(get_asgi_application())  # files too, whatever server this runs on

from zashiki.asgi import with_rooms  # noqa: E402

application = with_rooms(application)  # rooms
