"""How the server's log is written: one line per fact, on standard error."""

from __future__ import annotations

import logging
from typing import Any

from zashiki.server.config.options import ConfigurationError

LEVELS = ("debug", "info", "warning", "error")


class OneLine(logging.Filter):
    """Makes one warning of what Django logs about a request that it refuses, such as one with a wrong host or too many fields.

    Django logs an error with a traceback. Nothing is wrong with the server, and strangers could fill the log.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security"):
            record.exc_info = record.exc_text = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


def logging_settings(level: str) -> dict[str, Any]:
    """
    Raises:
        Unusable: there is no such level.
    """
    if level not in LEVELS:
        raise ConfigurationError(f"ZASHIKI_LOG_LEVEL is {level!r}; it must be one of {', '.join(LEVELS)}.")
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
        "filters": {"one_line": {"()": "zashiki.server.config.logging.OneLine"}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["one_line"]}
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "zashiki": {"level": level.upper()},
            # Each request has its line from the access log; these would say it again.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.request": {"level": "ERROR"},
            "uvicorn": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }
