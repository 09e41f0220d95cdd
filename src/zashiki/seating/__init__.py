"""One process, many sockets: what is shown to a topic is encoded once and written once for each who sits there.

Of use to any Channels project; docs/seating.md begins with ten lines that work.
"""

from zashiki.seating.anywhere import broadcast, ring
from zashiki.seating.consumer import SeatedConsumer
from zashiki.seating.current import current
from zashiki.seating.options import Options, configure, options
from zashiki.seating.seat import Seat
from zashiki.seating.seating import Seating

__all__ = [
    "Options",
    "Seat",
    "SeatedConsumer",
    "Seating",
    "broadcast",
    "configure",
    "current",
    "options",
    "ring",
]
