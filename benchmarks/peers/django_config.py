"""The one Django configuration of the Python peers.

Environment: ``BENCH_LAYER`` (``core``, ``pubsub`` or ``memory``), ``BENCH_REDIS`` (address),
``BENCH_DATABASE`` (a path for SQLite, a ``postgresql://`` address, or nothing).
"""

import os
from urllib.parse import urlsplit

import django
from django.conf import settings

REDIS = os.environ.get("BENCH_REDIS", "")
DATABASE = os.environ.get("BENCH_DATABASE", "")
LAYERS = {
    "memory": {"BACKEND": "channels.layers.InMemoryChannelLayer"},
    "pubsub": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS]}},
    # With redis-py 8 the core layer's blocking read fails after five idle seconds unless it is told not to.
    "core": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {"hosts": [{"address": REDIS, "socket_timeout": None}]},
    },
}


def configure(*apps: str, **more: object) -> None:
    """Makes Django ready with these apps beside Channels, and further settings."""
    settings.configure(
        SECRET_KEY="only for the benchmark",
        ALLOWED_HOSTS=["*"],
        INSTALLED_APPS=["channels", *apps],
        CHANNEL_LAYERS={"default": LAYERS[os.environ.get("BENCH_LAYER", "memory")]},
        DATABASES={"default": _database()} if DATABASE else {},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        **more,
    )
    django.setup()


def _database() -> dict:
    if DATABASE.startswith("postgresql:"):
        parts = urlsplit(DATABASE)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": parts.hostname,
            "PORT": parts.port,
            "USER": parts.username,
            "NAME": parts.path.lstrip("/"),
            "CONN_MAX_AGE": None,
        }
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    options = {"transaction_mode": "IMMEDIATE", "init_command": pragmas}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATABASE,
        "OPTIONS": options,
        "CONN_MAX_AGE": None,
    }
