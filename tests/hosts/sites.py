"""The matrix: host sites by name, each with the settings in which it differs from `tests.settings`."""

from __future__ import annotations

APP = "tests.hosts"
LANGUAGE = {"USE_THOUSAND_SEPARATOR": True, "LANGUAGE_CODE": "de"}
COOKIES = {"SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies"}
CACHED = {
    "SESSION_ENGINE": "django.contrib.sessions.backends.cache",
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
}

SITES = {
    "plain": {},
    "email_key": {"AUTH_USER_MODEL": "hosts.Mailed"},
    "uuid_key_and_computed_active": {"AUTH_USER_MODEL": "hosts.Closable"},
    "big_key_and_long_names": {"AUTH_USER_MODEL": "hosts.Great"},
    "inherited_key": {"AUTH_USER_MODEL": "hosts.Employee"},
    "no_time_zones": {"USE_TZ": False, "TIME_ZONE": "Asia/Tokyo"},
    "thousand_separators": LANGUAGE,
    "signed_cookies": COOKIES,
    "cache_sessions": CACHED,
    "atomic_requests": {"ATOMIC_REQUESTS": True},
    "script_name": {"FORCE_SCRIPT_NAME": "/help"},
    "replica": {"DATABASE_ROUTERS": ["tests.hosts.replica.LaggingReads"]},
}
