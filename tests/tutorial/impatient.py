"""The example's settings as somebody writes them who has not been warned: the host of Redis without a time-out."""

from tutorial.settings import *  # noqa: F403
from tutorial.settings import CHANNEL_LAYERS

CHANNEL_LAYERS["default"]["CONFIG"]["hosts"] = [
    host["address"] for host in CHANNEL_LAYERS["default"]["CONFIG"]["hosts"]
]
