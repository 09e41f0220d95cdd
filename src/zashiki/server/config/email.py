"""The mail server by its address."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from zashiki.server.config.options import ConfigurationError

TIMEOUT = 10  # seconds that the mail server may take


def mail_settings(url: str) -> dict[str, Any]:
    """Django's mail settings.

    Args:
        url: ``smtp://user:password@host:587`` (the connection turns to TLS), ``smtps://`` (it begins with TLS); empty: mail goes nowhere,
            and above all not into a log, since it carries links that open accounts.

    Raises:
        Unusable: it is neither.
    """
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ConfigurationError(
            "ZASHIKI_SMTP_URL must be an address such as smtp://user:password@mail.example.org:587."
        )
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.username is not None,
        "EMAIL_TIMEOUT": TIMEOUT,
    }
