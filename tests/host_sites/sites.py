"""The matrix: host sites by name, each with the settings in which it differs from `tests.host_sites.settings`.

What is written in small letters is no setting of Django: ``alias`` names the only database, ``mount`` is the ``root_path`` under which the
ASGI server has the site.
"""

from __future__ import annotations

COOKIES = {"SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies"}
CACHE = {"CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}}
CACHED = {"SESSION_ENGINE": "django.contrib.sessions.backends.cache", **CACHE}
CACHED_DATABASE = {"SESSION_ENGINE": "django.contrib.sessions.backends.cached_db", **CACHE}
OWN_SESSIONS = {"SESSION_ENGINE": "tests.host_sites.own_sessions", "SESSION_COOKIE_NAME": "who"}
SEPARATORS = {"USE_THOUSAND_SEPARATOR": True, "LANGUAGE_CODE": "de"}
NO_TIME_ZONES = {"USE_TZ": False, "TIME_ZONE": "Asia/Tokyo"}
OWN_CSRF_COOKIE = {
    "CSRF_COOKIE_NAME": "proof",
    "CSRF_COOKIE_HTTPONLY": True,
    "CSRF_HEADER_NAME": "HTTP_X_PROOF",
}
CSRF_IN_SESSION = {"CSRF_USE_SESSIONS": True}
LANGUAGES_IN_PATHS = {"ROOT_URLCONF": "tests.host_sites.urls_by_language", "LANGUAGE_CODE": "ja"}
ALIAS = {"alias": "rooms", "DATABASE_ROUTERS": ["tests.host_sites.routers.OnlyRooms"]}
REPLICA = {"DATABASE_ROUTERS": ["tests.host_sites.routers.LaggingReads"]}

# What has nothing to do with each other shares a site, since each takes seconds.
SITES = {
    "email_key": {"AUTH_USER_MODEL": "host_sites.Mailed", "APPEND_SLASH": False, **OWN_CSRF_COOKIE},
    "uuid_key_and_computed_active": {
        "AUTH_USER_MODEL": "host_sites.Closable",
        **LANGUAGES_IN_PATHS,
        **CSRF_IN_SESSION,
    },
    "big_key_and_long_names": {"AUTH_USER_MODEL": "host_sites.Great", "mount": "/help", **CACHED_DATABASE},
    "inherited_key_and_no_time_zones": {
        "AUTH_USER_MODEL": "host_sites.Employee",
        "DEBUG": True,
        **NO_TIME_ZONES,
    },
    "hidden_people_and_another_alias": {"AUTH_USER_MODEL": "host_sites.Kept", **ALIAS, **OWN_SESSIONS},
    "separators_and_cached_sessions_and_atomic_requests": {"ATOMIC_REQUESTS": True, **SEPARATORS, **CACHED},
    "signed_cookies_and_script_name": {"FORCE_SCRIPT_NAME": "/help", **CSRF_IN_SESSION, **COOKIES},
    "replica": REPLICA,
}

# These on PostgreSQL too, through PgBouncer in transaction mode.
POOLED = (
    "email_key",
    "big_key_and_long_names",
    "inherited_key_and_no_time_zones",
    "hidden_people_and_another_alias",
)
