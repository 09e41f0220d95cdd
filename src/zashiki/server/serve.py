"""``zashiki serve``: get the house ready, then keep its doors open."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import zashiki
from zashiki.server.config.hosts import trusted_proxies
from zashiki.server.config.options import ConfigurationError, option

APPLICATION = "zashiki.server.asgi:application"
HTTP = "zashiki.server.http.http_protocol:BoundedHttpProtocol"
WEBSOCKET_PROTOCOL = "zashiki.hub.uvicorn:HubProtocol"
SHUTDOWN_TIMEOUT = 10  # seconds beyond which a stopping process waits for nobody


def serve() -> int:
    """Returns when the server was told to stop.

    Raises:
        Unusable: the options contradict each other.
    """
    workers = option("WORKERS")
    if workers < 1:
        raise ConfigurationError("--workers must be 1 or more.")
    if workers > 1 and not option("REDIS_URL"):
        raise ConfigurationError(
            f"{workers} workers cannot hear each other without Redis: set --redis redis://host:6379/0 (or ZASHIKI_REDIS_URL), or use one worker."
        )
    trusted_proxies(option("TRUSTED_PROXIES"))
    _prepare()
    _allow_more_files()
    _run(workers)
    return 0


def _prepare() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "zashiki.server.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError
    from django.db import connections

    from zashiki.server import migrate
    from zashiki.server.config import private_files
    from zashiki.server.http import static_storage

    static_storage.collect()  # before the checks, which load the application, which looks for its files once
    try:
        call_command("check", stdout=StringIO())
    except SystemCheckError as faults:
        raise ConfigurationError(str(faults)) from faults
    migrate.migrate()
    connections.close_all()
    for sentence in private_files.complaints(*_private_paths()):
        print(f"zashiki: {sentence}", file=sys.stderr)


def _private_paths() -> list[Path]:
    from django.conf import settings

    database = settings.DATABASES["default"]
    embedded = [Path(database["NAME"])] if database["ENGINE"].endswith("sqlite3") else []
    return [settings.DATA, *embedded]


def _run(workers: int) -> None:
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    config = uvicorn.Config(APPLICATION, **_uvicorn_options(workers))
    listening = config.bind_socket()
    _print_address()
    try:
        if workers == 1:
            uvicorn.Server(config).run(sockets=[listening])
        else:
            Multiprocess(config, sockets=[listening]).run()
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()


def _allow_more_files() -> None:
    """Each connection is an open file, and shells allow 1024 by default: as many as this account may have."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        with suppress(ValueError, OSError):  # macOS does not allow all that it names
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _uvicorn_options(workers: int) -> dict[str, Any]:
    return {
        "host": option("HOST"),
        "port": option("PORT"),
        "workers": workers,
        "loop": "uvloop",
        "http": HTTP,
        "ws": WEBSOCKET_PROTOCOL,
        "lifespan": "on",
        "log_config": None,  # Django's settings have it
        "access_log": False,  # zashiki.server.http.access_log writes it
        "server_header": False,
        "proxy_headers": True,
        "forwarded_allow_ips": trusted_proxies(option("TRUSTED_PROXIES")),
        "timeout_graceful_shutdown": SHUTDOWN_TIMEOUT,
    }


def _print_address() -> None:
    from django.conf import settings
    from django.db import connection

    layer = "Redis" if option("REDIS_URL") else "no Redis"
    processes = f"{option('WORKERS')} process{'es' if option('WORKERS') > 1 else ''}"
    print(
        f"Zashiki {zashiki.__version__} at {settings.ORIGIN or _address()}/ ({connection.display_name}, {layer}, {processes})",
        flush=True,
    )


def _address() -> str:
    host = option("HOST")
    return f"http://{f'[{host}]' if ':' in host else host}:{option('PORT')}"
