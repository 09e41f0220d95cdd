"""One process, many sockets: what is shown to a topic is encoded once and written once for each who sits there.

Of use to any Channels project; docs/hub.md begins with ten lines that work.
"""

from zashiki.hub.api import broadcast, notify
from zashiki.hub.connection import Connection
from zashiki.hub.consumer import HubConsumer
from zashiki.hub.current import get_hub
from zashiki.hub.hub import Hub
from zashiki.hub.options import Options, configure, options

__all__ = [
    "Options",
    "Connection",
    "HubConsumer",
    "Hub",
    "broadcast",
    "configure",
    "get_hub",
    "options",
    "notify",
]
