"""How many connections one person or one address may have in this process."""

from __future__ import annotations

from collections import Counter
from ipaddress import IPv6Address, ip_address


class ConnectionCounter:
    """Counts what is open by key."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    def acquire(self, key: str | None, limit: int) -> bool:
        """Count one more. False, and not counted, if there are already `limit`; 0 is no limit, and ``None`` is nobody."""
        if key is None:
            return True
        if limit and self._open[key] >= limit:
            return False
        self._open[key] += 1
        return True

    def release(self, key: str | None) -> None:
        """Count one less of a key that was taken."""
        if key is None:
            return
        self._open[key] -= 1
        if self._open[key] <= 0:
            del self._open[key]


def network_prefix(address: str) -> str:
    """The key for an address: for IPv6 the /64 that one household gets, otherwise the address itself."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address  # a Unix socket's peer, or a test's
    if not isinstance(ip, IPv6Address):
        return address
    if ip.ipv4_mapped is not None:
        return str(ip.ipv4_mapped)
    return f"{IPv6Address(int(ip) >> 64 << 64)}/64"
