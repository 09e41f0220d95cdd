"""The stand-alone server's settings for mypy, which learns the types of settings and models from them.

The server prepares its data directory when its settings are imported; mypy gives it one that is removed at once.
"""

import os
import tempfile

with tempfile.TemporaryDirectory(prefix="zashiki-typing-") as folder:
    os.environ["ZASHIKI_DATA_DIR"] = folder
    from zashiki.server.settings import *  # noqa: F403
