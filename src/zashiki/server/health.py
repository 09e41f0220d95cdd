"""``zashiki health``: for containers and for people in a hurry."""

from __future__ import annotations

import urllib.error
import urllib.request

from zashiki.server.addresses import EVERYWHERE
from zashiki.server.healthz import PATH
from zashiki.server.options import option

PATIENCE = 5  # seconds


def ask() -> int:
    """Print what the server on this machine says of itself.

    Returns:
        the exit status: 0 when it is well.
    """
    host = "127.0.0.1" if option("HOST") in EVERYWHERE else option("HOST")
    url = f"http://{f'[{host}]' if ':' in host else host}:{option('PORT')}{PATH}"
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            print(answer.read().decode().strip())
            return 0
    except urllib.error.HTTPError as refused:
        print(refused.read().decode().strip())
    except OSError as fault:
        print(f"{url} does not answer: {fault}")
    return 1
