"""A site with Zashiki in it, as small as it goes. Run as a program it makes the tables. Environment: that of ``house``."""

import house

house.configure(
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "zashiki",
    ZASHIKI_VISITORS=True,
    ZASHIKI_POST_RATE=0,
)

from django.core.asgi import get_asgi_application  # noqa: E402
from django.core.management import call_command  # noqa: E402

from zashiki.asgi import with_rooms  # noqa: E402

application = with_rooms(get_asgi_application())

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
