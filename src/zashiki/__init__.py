"""Zashiki: chat rooms for Django.

A chat server in one command, and an app in ``INSTALLED_APPS``. Rooms with history, people and permissions; what was
acknowledged is stored, and whoever was away is brought up to date. From any code of a Django site::

    from zashiki.models import Room
    from zashiki.writer import post

    post(Room.objects.of(order), author=request.user, body="Your parcel has left the house.")
"""

__version__ = "0.1.0"
