"""``zashiki health``: for containers and for people in a hurry."""

from __future__ import annotations

import urllib.error
import urllib.request

from zashiki.server.config.hosts import EVERYWHERE
from zashiki.server.config.options import option
from zashiki.server.http.health import PATH

TIMEOUT = 5  # seconds


def check_health() -> int:
    """Print what the server on this machine says of itself.

    Returns:
        the exit status: 0 when it is well.
    """
    host = "127.0.0.1" if option("HOST") in EVERYWHERE else option("HOST")
    url = f"http://{f'[{host}]' if ':' in host else host}:{option('PORT')}{PATH}"
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT) as answer:
            print(answer.read().decode().strip())
            return 0
    except urllib.error.HTTPError as refused:
        print(refused.read().decode().strip())
    except OSError as fault:
        print(f"{url} does not answer: {fault}")
    return 1
