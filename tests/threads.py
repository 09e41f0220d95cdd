"""The database, from asynchronous tests."""

import asyncio

from django.db import connections


async def in_thread(function, *args, **more):
    """The result of a synchronous function that may use the database; its connection is closed afterwards."""

    def run():
        try:
            return function(*args, **more)
        finally:
            connections.close_all()

    return await asyncio.to_thread(run)
