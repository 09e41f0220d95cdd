"""Old state plus events is the fresh state, whatever was done and whoever was away meanwhile."""

import asyncio
import random

import pytest

from tests.messages.client_model import Held
from tests.messages.server import SILENCE, in_thread
from zashiki import wire

STEPS = 60


class Doings:
    """Things that people do in a room, one after the other, at random."""

    def __init__(self, seed, room, devices):
        self._random = random.Random(seed)
        self._room = room
        self._devices = devices
        self._posted = []

    async def some(self, steps):
        verbs = [
            self.post,
            self.post,
            self.answer,
            self.reply,
            self.edit,
            self.delete,
            self.react,
            self.pin,
            self.save,
        ]
        for _ in range(steps):
            await self._random.choice([*verbs, self.read, self.unread, self.draft])()

    async def post(self, **more):
        device = self._one(self._devices)
        body = self._one(["tea?", "@aiko tea?", "@room tea!", "@ben :tea:"])
        self._posted.append((device, await device.says(self._room, body, **more)))

    async def answer(self):
        await self._with_message(lambda _, message: self.post(reply_to=message["id"]))

    async def reply(self):
        roots = [message for _, message in self._posted if message["thread"] is None]
        if roots:
            await self.post(thread=self._one(roots)["id"], in_room=self._random.random() < 0.5)

    async def edit(self):
        body = self._one(["cold tea", "@aiko cold tea", "@room cold tea"])
        await self._with_message(
            lambda author, message: author._ask("edit", {"message": message["id"], "body": body})
        )

    async def delete(self):
        if self._random.random() < 0.5:
            await self._with_message(
                lambda author, message: author._ask("delete", {"message": message["id"]})
            )

    async def react(self):
        fields = {"emoji": self._one("🍵🍶"), "on": self._random.random() < 0.7}
        await self._with_message(lambda _, message: self._anybody("react", message=message["id"], **fields))

    async def pin(self):
        on = self._random.random() < 0.7
        await self._with_message(lambda _, message: self._anybody("pin", message=message["id"], on=on))

    async def save(self):
        on = self._random.random() < 0.7
        await self._with_message(lambda _, message: self._anybody("save", message=message["id"], on=on))

    async def read(self):
        await self._anybody(
            "read", room=self._room.pk, position=self._random.randint(0, len(self._posted) + 1)
        )

    async def unread(self):
        if self._random.random() < 0.2:
            await self._anybody(
                "unread", room=self._room.pk, position=self._random.randint(1, len(self._posted) + 1)
            )

    async def draft(self):
        await self._anybody("draft", room=self._room.pk, body=self._one(["", "so", "so I thought"]))

    def _one(self, things):
        return self._random.choice(things)

    async def _anybody(self, command, **fields):
        await self._one(self._devices)._ask(command, fields)

    async def _with_message(self, do):
        if self._posted:
            await do(*self._one(self._posted))


async def everything(device, room):
    """Every message of a room as it is stored."""
    ids = await in_thread(lambda: list(room.messages.values_list("pk", flat=True)))()
    return {each["id"]: each for each in (await device.ask("messages", room=room.pk, ids=ids))["messages"]}


def test_a_careful_client_knows_every_event():
    assert all(hasattr(Held, f"_{event}") for event in wire.EVENTS)


@pytest.mark.parametrize("seed", range(3))
async def test_whoever_sits_holds_what_is_stored(aiko, ben, tea, seed):
    hers, his, watching = await aiko.device(tea), await ben.device(tea), await aiko.device(tea)
    held = Held(aiko, (await watching.ask("rooms"))["rooms"])
    await Doings(seed, tea, [hers, his]).some(STEPS)
    await asyncio.sleep(SILENCE)
    for event in watching._events:
        held.apply(event)
    assert held.messages == await everything(watching, tea)


@pytest.mark.parametrize("seed", range(3))
async def test_whoever_was_away_gets_what_was_changed(aiko, ben, tea, seed):
    hers, his, away = await aiko.device(tea), await ben.device(tea), await aiko.device()
    doings = Doings(seed, tea, [hers, his])
    held = Held(aiko, (await away.ask("rooms"))["rooms"])
    connection = await away.sits(tea)
    await doings.some(STEPS // 2)
    await asyncio.sleep(SILENCE)
    last = max(
        (event["version"] for event in away._events if "version" in event),
        default=connection["room"]["version"],
    )
    for event in away._events:
        held.apply(event)
    await away.close()
    await doings.some(STEPS // 2)
    back = await aiko.device()
    assert not (await back.sits(tea, since=last, epoch=connection["epoch"]))["limited"]
    stored = await everything(back, tea)
    for event in back._events:
        held.apply(event)
    assert held.messages == stored


@pytest.mark.parametrize("seed", range(3))
async def test_the_list_of_rooms_stays_right_by_bells(aiko, ben, tea, seed):
    hers, his, watching = await aiko.device(tea), await ben.device(tea), await aiko.device()
    held = Held(aiko, (await watching.ask("rooms"))["rooms"])
    await Doings(seed, tea, [hers, his]).some(STEPS)
    await asyncio.sleep(SILENCE)
    for event in watching._events:
        held.apply(event)
    assert held.unread() == Held(aiko, (await watching.ask("rooms"))["rooms"]).unread()
