"""The settings of the site of the matrix that ``ZASHIKI_TEST_SITE`` names."""

import os

from tests.host_sites.sites import SITES
from tests.settings import *  # noqa: F403
from tests.settings import DATABASES, FOLDER, INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "tests.host_sites"]
MIDDLEWARE = [  # as `startproject` has them
    "django.middleware.security.SecurityMiddleware",
    *MIDDLEWARE[:2],
    "django.middleware.common.CommonMiddleware",
    *MIDDLEWARE[2:],
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
LOGIN_URL = "/login/"
ROOT_URLCONF = "tests.host_sites.urls"
ZASHIKI_HEARTBEAT_INTERVAL = 0.2  # so that some come while the site is used
site = SITES[os.environ["ZASHIKI_TEST_SITE"]]
globals().update(
    {name: value for name, value in site.items() if name.isupper() and name != "ATOMIC_REQUESTS"}
)
ALIAS, MOUNT = site.get("alias", "default"), site.get("mount", "")
if "ATOMIC_REQUESTS" in site:
    DATABASES["default"]["ATOMIC_REQUESTS"] = True
if ALIAS != "default":
    # Whatever asks the default one fails.
    DATABASES = {ALIAS: DATABASES["default"], "default": {}}
elif "DATABASE_ROUTERS" in site:
    # The same file until the site is furnished; from then on a copy of it, as a replica that has stopped to follow.
    DATABASES["replica"] = {**DATABASES["default"], "NAME": FOLDER / "replica.sqlite3"}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},  # a page that is refused with 403 is no fault
}
