"""The stand-alone server's application, from the outside in: the log, the limits of bodies, the health, the scheme, the files, then the site with its rooms."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zashiki.server.settings")
django.setup(set_prefix=False)

from zashiki.asgi import with_rooms  # noqa: E402  models exist only now
from zashiki.limits.request_bodies import BoundedBodies, limit_of_other  # noqa: E402
from zashiki.server.http.access_log import AccessLog  # noqa: E402
from zashiki.server.http.health import HealthEndpoint  # noqa: E402
from zashiki.server.http.https_only import HttpsOnly  # noqa: E402
from zashiki.server.http.page_handler import ThreadPoolHandler  # noqa: E402
from zashiki.server.http.static_files import StaticFiles  # noqa: E402

application = AccessLog(
    BoundedBodies(HealthEndpoint(HttpsOnly(StaticFiles(with_rooms(ThreadPoolHandler())))), limit_of_other)
)
