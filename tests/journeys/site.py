"""The smallest site with rooms: settings of the server that the journeys visit."""

import os
from pathlib import Path

FOLDER = Path(os.environ["JOURNEYS_FOLDER"])

SECRET_KEY = "only for journeys"
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "zashiki",
]
MIDDLEWARE = [
    "tests.journeys.site.strict",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "tests.journeys.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FOLDER / "house.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            "timeout": 1,
        },
    }
}
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
LANGUAGES = [("en", "English"), ("ja", "日本語")]
USE_TZ = True
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ASGI_APPLICATION = "tests.journeys.application.application"
ZASHIKI_VISITORS = True
ZASHIKI_WRITE_PATIENCE = 1.0


def strict(get_response):
    """Middleware: the page has to work under a policy without anything inline."""

    def respond(request):
        response = get_response(request)
        response["Content-Security-Policy"] = "default-src 'self'; object-src 'none'; base-uri 'none'"
        return response

    return respond
