"""The stand-alone server's application, from the outside in: the log, the limits of bodies, the health, the scheme, the files, then the site with its rooms."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zashiki.server.settings")
django.setup(set_prefix=False)

from zashiki.asgi import with_rooms  # noqa: E402  models exist only now
from zashiki.request_bodies import BoundedBodies, limit_of_other  # noqa: E402
from zashiki.server.access_log import AccessLog  # noqa: E402
from zashiki.server.files import Files  # noqa: E402
from zashiki.server.handler import PageHandler  # noqa: E402
from zashiki.server.healthz import Healthz  # noqa: E402
from zashiki.server.https_only import HttpsOnly  # noqa: E402

application = AccessLog(BoundedBodies(Healthz(HttpsOnly(Files(with_rooms(PageHandler())))), limit_of_other))
