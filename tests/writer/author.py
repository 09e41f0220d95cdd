"""A process that posts in several rooms by a writer of its own: ``python -m tests.writer.author NAME POSTS SEED ROOM...``.

Batches mix the rooms in every order. Each post is sent twice under the same nonce. Prints ``position`` and ``nonce`` of what was acknowledged, by room.
"""

import asyncio
import json
import os
import random
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from zashiki.person import Person  # noqa: E402
from zashiki.writer import PostMessage, Writer  # noqa: E402


async def main(name, posts, seed, rooms):
    choose = random.Random(seed)
    writer = Writer(lambda news: None, batch=16, timeout=60)
    author = Person(f"v{name}", name)
    sent = [(choose.choice(rooms), f"{name}-{n}") for n in range(posts)]

    async def post(room_id, nonce):
        await asyncio.sleep(choose.random())
        change = PostMessage(
            room_id=room_id,
            person=author,
            permissions_version=0,
            body=nonce,
            nonce=nonce,
            author_key=author.key,
            author_name=author.name,
        )
        return await writer.submit(change)

    messages = await asyncio.gather(*(post(*each) for each in sent + sent))
    await writer.close()
    print(
        json.dumps([[message.room_id, message.position, message.pk, message.nonce] for message in messages])
    )


asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), [int(word) for word in sys.argv[4:]]))
