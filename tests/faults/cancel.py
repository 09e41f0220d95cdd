"""The end of tasks, in any case."""

import asyncio

TRIES = 5


async def end(tasks, patience=0):
    """Give them so many seconds to end by themselves, then cancel them, again and again: one that catches everything goes on at first."""
    left = set(tasks)
    if left and patience:
        _, left = await asyncio.wait(left, timeout=patience)
    for _ in range(TRIES):
        for task in left:
            task.cancel()
        if left:
            _, left = await asyncio.wait(left, timeout=1)
    assert not left, f"they do not end: {left}"
