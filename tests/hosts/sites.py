"""The matrix: host sites by name, each with the settings in which it differs from `tests.settings`."""

from __future__ import annotations

COOKIES = {"SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies"}
CACHED = {
    "SESSION_ENGINE": "django.contrib.sessions.backends.cache",
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
}
SEPARATORS = {"USE_THOUSAND_SEPARATOR": True, "LANGUAGE_CODE": "de"}
NO_TIME_ZONES = {"USE_TZ": False, "TIME_ZONE": "Asia/Tokyo"}

# What has nothing to do with each other shares a site, since each takes seconds.
SITES = {
    "email_key": {"AUTH_USER_MODEL": "hosts.Mailed"},
    "uuid_key_and_computed_active": {"AUTH_USER_MODEL": "hosts.Closable"},
    "big_key_and_long_names": {"AUTH_USER_MODEL": "hosts.Great"},
    "inherited_key_and_no_time_zones": {"AUTH_USER_MODEL": "hosts.Employee", **NO_TIME_ZONES},
    "separators_and_cached_sessions_and_atomic_requests": {"ATOMIC_REQUESTS": True, **SEPARATORS, **CACHED},
    "signed_cookies_and_script_name": {"FORCE_SCRIPT_NAME": "/help", **COOKIES},
    "replica": {"DATABASE_ROUTERS": ["tests.hosts.replica.LaggingReads"]},
}

# These on PostgreSQL too, through PgBouncer in transaction mode.
POOLED = ("email_key", "big_key_and_long_names", "inherited_key_and_no_time_zones")
