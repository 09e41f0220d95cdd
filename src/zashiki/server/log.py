"""How the server's log is written: one line per fact, on standard error."""

from __future__ import annotations

from typing import Any

from zashiki.server.options import Unusable

LEVELS = ("debug", "info", "warning", "error")


def logging_settings(level: str) -> dict[str, Any]:
    """
    Raises:
        Unusable: there is no such level.
    """
    if level not in LEVELS:
        raise Unusable(f"ZASHIKI_LOG_LEVEL is {level!r}; it must be one of {', '.join(LEVELS)}.")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "zashiki.redaction.RedactingFormatter",
                "fmt": "{asctime} {levelname:<7} {message}",
                "style": "{",
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "zashiki": {"level": level.upper()},
            # Each request has its line from the access log; these would say it again.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.request": {"level": "ERROR"},
            "uvicorn": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }
