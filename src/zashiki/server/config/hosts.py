"""Which names this server answers to."""

from __future__ import annotations

import socket
from ipaddress import ip_network
from urllib.parse import urlsplit

from zashiki.server.config.options import ConfigurationError

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
EVERYWHERE = ("", "0.0.0.0", "::")


def public_origin(url: str) -> str:
    """The origin of the address people use; empty when none was given.

    Raises:
        Unusable: it is no address of a web server, or has a path.
    """
    if not url:
        return ""
    parts = urlsplit(url)
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or parts.path.strip("/")
        or parts.query
        or parts.username
    ):
        raise ConfigurationError(
            f"ZASHIKI_PUBLIC_URL is {url!r}; it must be scheme and host, such as https://chat.example.org."
        )
    return f"{parts.scheme}://{parts.netloc}".lower()


def trusted_proxies(values: tuple[str, ...]) -> str:
    """Addresses and networks of proxies, as uvicorn reads them.

    Raises:
        Unusable: one is neither, or is the whole internet: then anybody could choose the address that they come from.
    """
    for value in values:
        try:
            network = ip_network(value, strict=False)
        except ValueError:
            network = None
        if network is None or network.prefixlen == 0:
            raise ConfigurationError(
                f"ZASHIKI_TRUSTED_PROXIES has {value!r}; it must name the proxy's address or network, such as 10.0.0.7 or 172.18.0.0/16."
            )
    return ",".join(values)


def allowed_hosts(origin: str, host: str, more: tuple[str, ...]) -> list[str]:
    """
    Args:
        origin: of the address people use, or empty.
        host: address that the server listens on.
        more: names that the operator gave.
    """
    names = [*LOOPBACK, socket.gethostname().lower(), *more]
    if host not in EVERYWHERE:
        names.append(f"[{host}]" if ":" in host else host)
    if origin:
        names.append(
            urlsplit(origin).netloc.rpartition("@")[2].rsplit(":", 1)[0]
            if "[" not in origin
            else f"[{urlsplit(origin).hostname}]"
        )
    return sorted(set(names))
