"""A small project for one machine and one afternoon. Three variables choose what it talks through:

TUTORIAL_LAYER     ``memory`` (one process only), ``pubsub`` or ``core`` (both over Redis); see ``layers.py``
TUTORIAL_REDIS     address of the Redis; the default is the one that ``compose.yaml`` brings
TUTORIAL_DATABASE  file of the SQLite database
"""

import os
from pathlib import Path

from tutorial.layers import layer

HERE = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ.get("TUTORIAL_SECRET", "only-for-trying-it-out")
DEBUG = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "channels",
    "chat",
    "zashiki",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ]
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("TUTORIAL_DATABASE", HERE / "tutorial.sqlite3"),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "tutorial.urls"
ASGI_APPLICATION = "tutorial.asgi.application"
STATIC_URL = "static/"
USE_TZ = True

# The rooms of Zashiki at /chat/: like those of the tutorial they are for everybody, without an account.
ZASHIKI_ALLOW_VISITORS = True
ZASHIKI_TUTORIAL_SOCKETS = True  # at ws/chat/<room>/, as the tutorial has it

CHANNEL_LAYERS = {
    "default": layer(
        os.environ.get("TUTORIAL_LAYER", "memory"),
        redis=os.environ.get("TUTORIAL_REDIS", "redis://redis:6379/0"),
    )
}
