"""Every option of the stand-alone server once: name, default, one sentence.

An option is read from the environment under ``ZASHIKI_<NAME>``; those with a flag can be given to ``zashiki serve`` as well, which
puts them into the environment, where its workers find them. The settings of the app (`zashiki.conf`) are read the same way.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from zashiki import conf


@dataclass(frozen=True, slots=True)
class Option:
    """One row of the table.

    Attributes:
        name: without the prefix ``ZASHIKI_``.
        default: used when the environment does not have it; its type is the type that is read.
        sentence: what it does.
        flag: what ``zashiki serve`` calls it; empty for what comes by environment only.
        word: stands for the value in the flag's help.
    """

    name: str
    default: Any
    help: str
    flag: str = ""
    metavar: str = ""


OPTIONS = (
    Option(
        "HOST",
        "127.0.0.1",
        "Address to listen on; 0.0.0.0 for every network of the machine.",
        "--host",
        "ADDRESS",
    ),
    Option("PORT", 8000, "Port to listen on.", "--port", "NUMBER"),
    Option("WORKERS", 1, "Processes; more than one need Redis, to hear each other.", "--workers", "NUMBER"),
    Option(
        "DATA_DIR",
        "data",
        "Folder for the secret key, the embedded database and collected files.",
        "--data",
        "DIR",
    ),
    Option(
        "DATABASE_URL",
        "",
        "Address of the database, postgresql:// or sqlite://; empty: SQLite in the data folder.",
        "--database",
        "PUBLIC_URL",
    ),
    Option(
        "REDIS_URL",
        "",
        "Address of Redis or Valkey, redis://, redis+sentinel:// or redis+cluster:// (see deployment.md); empty: no other process is told of anything.",
        "--redis",
        "PUBLIC_URL",
    ),
    Option(
        "PUBLIC_URL",
        "",
        "Where people reach the server, such as https://chat.example.org; links begin with it, and with https nothing is served over plain http.",
        "--url",
        "PUBLIC_URL",
    ),
    Option(
        "ALLOWED_HOSTS",
        (),
        "Names by which the server may be called beside the one in URL and those of this machine.",
    ),
    Option(
        "TRUSTED_PROXIES",
        ("127.0.0.1",),
        "Addresses or networks of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.",
    ),
    Option(
        "SECRET_KEY",
        "",
        "Signs cookies; the same for all servers that share a database. Empty: made once, kept in the data folder.",
    ),
    Option("ALLOW_SIGNUP", False, "Whether people may make accounts without an invitation."),
    Option(
        "OIDC_ISSUER",
        "",
        "Address of an OpenID Connect provider through which people sign in; empty: by password and passkey alone.",
    ),
    Option("OIDC_CLIENT_ID", "", "The name under which that provider knows this server."),
    Option("OIDC_CLIENT_SECRET", "", "The secret that goes with it."),
    Option("OIDC_PROVIDER_NAME", "OpenID Connect", "What people call that provider."),
    Option(
        "SMTP_URL",
        "",
        "Mail server for forgotten passwords, smtp://user:password@host:587; empty: no mail is sent.",
    ),
    Option("EMAIL_FROM", "zashiki@localhost", "Sender of that mail."),
    Option("HEADER_LIMIT", 32_768, "Largest address and header fields of a request together, in bytes."),
    Option("HEADER_PATIENCE", 20, "Seconds that the address and the header fields may take to arrive."),
    Option(
        "HTTP_CONNECTIONS",
        1000,
        "Connections of one process that are no sockets; one more takes the place of the one that has been silent longest, of the network that has the most. 0 for no limit.",
    ),
    Option("LANGUAGE_CODE", "en", "Language for people whose browser asks for one that is not there."),
    Option("TIME_ZONE", "UTC", "Time zone of the log."),
    Option("LOG_LEVEL", "info", "What is logged: debug, info (each request and socket), warning or error."),
)

# What differs from the app's own defaults: a site is careful, a chat server is hospitable.
SERVER_DEFAULTS = {"ALLOW_VISITORS": True, "TUTORIAL_SOCKETS": True}

_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


class ConfigurationError(ValueError):
    """An option has a value that cannot be used; the sentence says what would be."""


def option(name: str) -> Any:
    """The value of a server's option, from the environment.

    Raises:
        Unusable: the environment has it, and it cannot be read.
    """
    return _read(name, next(row.default for row in OPTIONS if row.name == name))


def app_settings() -> dict[str, Any]:
    """Those settings of the app that are not as in `zashiki.conf`, by their name in Django's settings."""
    defaults = {row.name: row.default for row in conf.SETTINGS}
    values = {name: _read(name, SERVER_DEFAULTS.get(name, default)) for name, default in defaults.items()}
    return {conf.PREFIX + name: value for name, value in values.items() if value != defaults[name]}


def unknown_names() -> dict[str, str]:
    """Names in the environment that mean nothing but resemble one that does, each with the one it resembles."""
    known = [conf.PREFIX + row.name for row in (*OPTIONS, *conf.SETTINGS)]
    strange = [name for name in os.environ if name.startswith(conf.PREFIX) and name not in known]
    return {name: near[0] for name in strange if (near := get_close_matches(name, known, 1, 0.85))}


def _read(name: str, default: Any) -> Any:
    text = os.environ.get(conf.PREFIX + name, "").strip()
    if not text:
        return default
    if isinstance(default, bool):
        return _truth(name, text)
    if isinstance(default, tuple):
        return tuple(word.strip() for word in text.split(",") if word.strip())
    if isinstance(default, int | float):
        return _number(name, text, type(default))
    return text


def _truth(name: str, text: str) -> bool:
    if text.lower() not in _TRUE | _FALSE:
        raise ConfigurationError(f"{conf.PREFIX}{name} is {text!r}; it must be yes or no.")
    return text.lower() in _TRUE


def _number(name: str, text: str, kind: type) -> int | float:
    try:
        number: int | float = kind(text)
    except ValueError:
        raise ConfigurationError(f"{conf.PREFIX}{name} is {text!r}; it must be a number.") from None
    return number
