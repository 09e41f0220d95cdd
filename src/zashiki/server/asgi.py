"""The stand-alone server's application, from the outside in: the log, the health, then the site with its rooms."""

from __future__ import annotations

import os
import warnings

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zashiki.server.settings")
# WhiteNoise hands its files to Django in pieces, which Django reads in a thread: they are small, and there is nothing to gain.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
django.setup(set_prefix=False)

from zashiki.asgi import with_rooms  # noqa: E402  models exist only now
from zashiki.server.access_log import AccessLog  # noqa: E402
from zashiki.server.handler import PageHandler  # noqa: E402
from zashiki.server.healthz import Healthz  # noqa: E402

application = AccessLog(Healthz(with_rooms(PageHandler())))
