"""The database, from asynchronous tests."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.db import connections


async def in_thread(function, *args, **more):
    """The result of a synchronous function that may use the database; its connection is closed afterwards."""

    def run():
        try:
            return function(*args, **more)
        finally:
            connections.close_all()

    return await asyncio.to_thread(run)


class OneThread:
    """A thread that keeps its connection, for tests that ask very often; to be closed."""

    def __init__(self):
        self._thread = ThreadPoolExecutor(1)

    async def __call__(self, function, *args, **more):
        return await asyncio.get_running_loop().run_in_executor(
            self._thread, partial(function, *args, **more)
        )

    def close(self):
        self._thread.submit(connections.close_all).result()
        self._thread.shutdown()
