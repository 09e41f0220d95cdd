"""The load: authors who post, edit, react and delete, readers who read, in several rooms at once; all of it goes into the record."""

import asyncio
import random
import time
from contextlib import suppress

from tests.faults.cancel import end
from tests.faults.history import Answer, Claim, Sight
from zashiki.testing import ChatClient, CommandError, RoomState

ANSWER_LIMIT = 4.0  # seconds; who waits longer counts the connection as lost
CLAIMED = 300  # newest messages that a claim tells of
TOO_LONG = 10_001  # characters


class Crowd:
    """
    Args:
        authors, readers, leavers: how many; every author has two tabs and reads as well. Leavers are members of the private rooms until
            they are taken out, and connect past the proxies, so that nothing can be held up on the way to them.
        pace: seconds between two commands of an author, on average.
        changes: whether what was posted is also edited, reacted to and deleted.
        again: which part of all posts is sent again after it was answered.
        seed: of everything that is left to chance here.
    """

    ROOMS = ("lobby", "garden", "cellar")

    def __init__(
        self, cluster, record, seed=1, authors=4, readers=4, leavers=4, pace=0.1, changes=True, again=0.3
    ):
        self.cluster = cluster
        self.record = record
        self.leavers = [f"leaver{n}" for n in range(leavers)]
        self.authors = [f"author{n}" for n in range(authors)]
        self.readers = [f"reader{n}" for n in range(readers)]
        self.clients = {}  # by the name that the record knows: a person's, or `name.tab`
        self.chance = random.Random(seed)
        self._pace = pace
        self._changes = changes
        self._again = again
        self._opened = []  # clients to close in the end
        self._tasks = []
        self._acts = set()  # begun and not answered
        self._counter = 0

    async def __aenter__(self):
        try:
            await self._gather()
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_):
        await end([*self._tasks, *self._acts])
        for client in self._opened:
            client.drop_connection()  # not politely: whoever is at the other end may have been stopped
        leaving = [asyncio.create_task(client.__aexit__()) for client in self._opened]
        await end(leaving, patience=5)

    async def come(self, label, name, number=0, views=None):
        """Somebody connects and sits in every room, or goes on with the views of an earlier client."""
        url = self.cluster.socket_url(number) if name not in self.leavers else self._direct_url(number)
        client = ChatClient(
            url,
            cookies=self.cookies[name],
            answer_limit=ANSWER_LIMIT,
            longest_pause=1.0,
            on_event=lambda said: self._heard(label, said),
        )
        self.clients[label] = client
        self._opened.append(await client.__aenter__())
        for view in views or [RoomState(room_id) for room_id in self.rooms.values()]:
            await client.subscribe(view)

    async def come_back_uninvited(self, name):
        """Somebody who was taken out opens another socket and sits down as if nothing had happened."""
        client = ChatClient(
            self._direct_url(0), cookies=self.cookies[name], on_event=lambda said: self._heard(name, said)
        )
        self._opened.append(await client.__aenter__())
        for room_id in self.rooms.values():
            with suppress(CommandError):
                await client.subscribe(room_id)

    async def go(self, label):
        """Somebody disconnects; returns the views, to come back with."""
        client = self.clients.pop(label)
        await client.__aexit__()
        return client.views

    def begin(self):
        """Everybody starts talking."""
        self._tasks += [asyncio.create_task(self._talk(name)) for name in self.authors]

    async def fall_silent(self, patience):
        """No more commands are begun; returns when those under way are answered, or after so many seconds."""
        talking, self._tasks = self._tasks, []
        for task in talking:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)
        if self._acts:
            await asyncio.wait(self._acts, timeout=patience)

    async def probe(self, patience):
        """Seconds until a post is answered; not much more than `patience` if it is not."""
        began = time.monotonic()
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._post(self.authors[0], "0", self._view(f"{self.authors[0]}.0"))
        return time.monotonic() - began

    @property
    def posts(self):
        return len({(answer.room, answer.author, answer.nonce) for answer in self.record.answers})

    async def _gather(self):
        people = [*self.authors, *self.readers, *self.leavers]
        cast = await self.cluster.ask("cast", people, {"lobby": [], "garden": people, "cellar": people})
        self.cookies, self.keys, self.rooms = cast["cookies"], cast["keys"], cast["rooms"]
        for number, name in enumerate(people):
            tabs = [f"{name}.0", f"{name}.1"] if name in self.authors else [name]
            for tab, label in enumerate(tabs):
                await self.come(label, name, number + tab)

    # What authors do

    async def _talk(self, name):
        while True:
            await asyncio.sleep(self.chance.uniform(0, 2 * self._pace))
            act = asyncio.create_task(self._act(name))
            self._acts.add(act)
            act.add_done_callback(self._acts.discard)
            with suppress(CommandError):  # as may be: somebody else has deleted the message meanwhile
                await asyncio.shield(act)

    async def _act(self, name):
        tab = self.chance.choice("01")
        view = self._view(f"{name}.{tab}")
        dice = self.chance.random()
        if dice < 0.75 or not self._changes:
            await self._post(name, tab, view)
        elif dice < 0.78:
            await self._post_too_much(name, tab, view)
        else:
            await self._change(name, tab, view, dice)

    async def _post(self, name, tab, view):
        nonce = f"{name}-{self._next()}"
        body = f"{nonce} {'x' * self.chance.choice((5, 50, 500))}"
        self.record.sent[view.room_id, self.keys[name], nonce] = body
        tabs = "01" if self.chance.random() < 0.15 else tab
        again = self.chance.random() < self._again
        await asyncio.gather(*(self._post_once(name, each, view.room_id, nonce, body) for each in tabs))
        if again:
            await self._post_once(name, self.chance.choice("01"), view.room_id, nonce, body)

    async def _post_once(self, name, tab, room_id, nonce, body):
        client = self.clients[f"{name}.{tab}"]
        view = next(view for view in client.views if view.room_id == room_id)
        asked_at = time.monotonic()
        message = await client.post(view, body, nonce=nonce)
        self.record.answers.append(
            Answer(
                room_id,
                self.keys[name],
                nonce,
                body,
                message["id"],
                message["position"],
                message["version"],
                asked_at,
                time.monotonic(),
            )
        )

    async def _post_too_much(self, name, tab, view):
        nonce = f"{name}-{self._next()}"
        try:
            await self.clients[f"{name}.{tab}"].post(view, "y" * TOO_LONG, nonce=nonce)
        except CommandError as refusal:
            self.record.refused[view.room_id, self.keys[name], nonce] = refusal.code

    async def _change(self, name, tab, view, dice):
        client = self.clients[f"{name}.{tab}"]
        mine = [
            each
            for each in view.timeline[-40:]
            if each["author"]["id"] == self.keys[name] and not each["deleted"]
        ]
        anybodys = [each for each in view.timeline[-40:] if not each["deleted"]]
        if dice < 0.86 and mine:
            chosen = self.chance.choice(mine)
            await client.send_until_answered(
                "edit", view, message=chosen["id"], body=f"{chosen['body'][:600]} edited"
            )
        elif dice < 0.96 and anybodys:
            await client.send_until_answered(
                "react",
                view,
                message=self.chance.choice(anybodys)["id"],
                emoji="🍵",
                on=self.chance.random() < 0.7,
            )
        elif mine:
            await client.send_until_answered("delete", view, message=self.chance.choice(mine)["id"])

    def _view(self, label):
        return self.chance.choice(self.clients[label].views)

    def _next(self):
        self._counter += 1
        return self._counter

    # What goes into the record

    def _heard(self, label, said):
        if said["type"] == "message":
            sight = Sight(time.monotonic(), said["message"]["position"], said["version"])
            self.record.sights.setdefault((label, said["room"]), []).append(sight)
        elif "limited" in said:
            for view in self.clients[label].views:
                if view.room_id == said["room"]["id"]:
                    self.claim(label, view)

    def claim(self, label, view):
        if view.since is None:
            return
        newest = view.timeline[-CLAIMED:]
        is_all = len(newest) == len(view.messages) and not view.more_before
        floor = 1 if is_all or not newest else newest[0]["position"]
        held = {message["id"]: message["version"] for message in newest}
        self.record.claims.append(Claim(label, view.room_id, view.since, floor, held))

    def _direct_url(self, number):
        servers = self.cluster.servers
        return servers[number % len(servers)].socket_url("/ws/zashiki/")
