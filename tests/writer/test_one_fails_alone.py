"""Whatever one change raises, wherever, is its own trouble: the others of its batch are stored."""

from functools import partial

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.test import override_settings

from tests.support.database_threads import in_thread
from tests.writer.conftest import outcomes, post, stored
from zashiki.errors import Unavailable, ZashikiError
from zashiki.messages import mentions
from zashiki.messages.mention_marker import MentionMarker
from zashiki.models import Membership, Message, Room
from zashiki.people.identity import person_for_user
from zashiki.policy import Policy
from zashiki.writer import (
    DeleteMessage,
    EditMessage,
    MarkRead,
    MarkUnread,
    PinMessage,
    PostMessage,
    ReactToMessage,
    SaveDraft,
    SaveMessage,
)
from zashiki.writer.changes import Change, body
from zashiki.writer.store import store
from zashiki.writer.transaction import WriteTransaction

HOOKS = [name for name in vars(Policy) if not name.startswith("_")]
# What the writer asks at all, of the hooks of today: a test that reaches nothing proves nothing.
ASKED = {"can_read", "can_post", "can_react", "can_edit", "can_delete", "membership", "display_name"}


class Trouble:
    """What the policy below raises, and where: for one person, in one method."""

    hook = fault = username = None
    reached = 0


class Troubled(Policy):
    """A site's policy with a fault that shows for one person only."""


def _troubled(name):
    sound = getattr(Policy, name)

    def method(self, *args, **kwargs):
        if name == Trouble.hook and any(_name(each) == Trouble.username for each in args):
            Trouble.reached += 1
            raise Trouble.fault
        return sound(self, *args, **kwargs)

    return method


def _name(thing):
    """The account's name of a user, or of a person's user."""
    user = getattr(thing, "user", thing)
    return getattr(user, "username", None)


for _hook in HOOKS:
    setattr(Troubled, _hook, _troubled(_hook))


@pytest.fixture
def people(tea, django_user_model):
    """Ann, Bob and Carl, members of the tea room."""
    Room.objects.filter(pk=tea.pk).update(kind="private")
    found = []
    for name in ("ann", "bob", "carl"):
        user = django_user_model.objects.create_user(name)
        Membership.objects.create(room=tea, user=user)
        found.append(person_for_user(user))
    return found


def everything(room, author, message, other, word):
    """A change of each kind by somebody.

    Args:
        message: one of their own.
        word: that makes their posts differ from those of another round.
    """
    mine = {"room_id": room.pk, "person": author, "message_id": message}
    return [
        post(room, author, f"{word} {author.key} says"),
        post(room, author, f"{word} {author.key} speaks to @{other}"),
        EditMessage(body=f"{author.key} edits", **mine),
        ReactToMessage(emoji="🍵", on=True, **mine),
        PinMessage(on=True, **mine),
        SaveDraft(room_id=room.pk, person=author, body="begun"),
        MarkRead(room_id=room.pk, person=author, position=1),
        MarkUnread(room_id=room.pk, person=author, position=1),
        SaveMessage(on=True, **mine),
        DeleteMessage(**mine),
    ]


@pytest.mark.parametrize("hook", HOOKS)
async def test_a_hook_that_raises_for_one_person_fails_their_changes_alone(
    writer, tea, people, hook, monkeypatch
):
    ann, bob, carl = people
    monkeypatch.setattr(Trouble, "hook", hook)
    monkeypatch.setattr(Trouble, "username", "bob")
    monkeypatch.setattr(Trouble, "reached", 0)
    for fault in (
        ValueError("a bug"),
        IntegrityError("a constraint"),
        OperationalError("its database is away"),
    ):
        word = type(fault).__name__
        monkeypatch.setattr(Trouble, "fault", fault)
        first = [await writer.submit(post(tea, each, f"{word} first of {each.key}")) for each in people]
        with override_settings(ZASHIKI_POLICY="tests.writer.test_one_fails_alone.Troubled"):
            changes = [
                everything(tea, each, message.pk, other, word)
                for each, message, other in zip(people, first, ("carl", "bob", "ann"), strict=True)
            ]
            mixed = [change for three in zip(*changes, strict=True) for change in three]
            found = await outcomes([writer.submit(change) for change in mixed])
        for change, outcome in zip(mixed, found, strict=True):
            if change.person.key == bob.key:
                assert isinstance(outcome, ZashikiError) or not isinstance(outcome, Exception)
            else:
                assert not isinstance(outcome, Exception), (change, outcome)
        bodies = {body for _, _, body in await stored(tea)}
        assert {
            f"{word} {ann.key} says",
            f"{word} {carl.key} says",
            f"{word} {carl.key} speaks to @ann",
        } <= bodies
    assert Trouble.reached or hook not in ASKED


@pytest.mark.parametrize(
    "stored_too",
    [True, False],
    ids=["a name that fails", "a lookup that fails"],
)
async def test_one_who_cannot_be_looked_up_fails_at_most_who_speaks_to_them(
    writer, tea, people, monkeypatch, stored_too
):
    ann, bob, _ = people
    monkeypatch.setattr(Trouble, "hook", "display_name")
    monkeypatch.setattr(Trouble, "fault", ValueError("no name"))
    monkeypatch.setattr(Trouble, "username", "carl")
    if not stored_too:
        sound = mentions.resolve_mentions

        def people_called(called):
            wanted = set(called)
            return 1 / 0 if any(name == "@carl" for _, name in wanted) else sound(wanted)

        monkeypatch.setattr("zashiki.writer.store.resolve_mentions", people_called)
    with override_settings(ZASHIKI_POLICY="tests.writer.test_one_fails_alone.Troubled"):
        bodies = [f"{n} @bob" for n in range(11)] + ["to @carl"]
        found = await outcomes([writer.submit(post(tea, ann, each)) for each in bodies])
    assert [message.mentions for message in found[:11]] == [[bob.key]] * 11
    assert isinstance(found[11], Message if stored_too else ZashikiError)
    assert [each for _, _, each in await stored(tea)] == (bodies if stored_too else bodies[:11])


BAD = "the bad one, @nobody"  # with a mention, since a text without one is not marked
STEPS = {  # what is made to raise, and which of its arguments says that it is for the bad one
    "mention_candidates": (PostMessage, "mention_candidates", lambda change: change.body),
    "prepare": (PostMessage, "prepare", lambda change, people: change.body),
    "render": (body, "render", lambda text, *_, **__: text),
    "mark": (MentionMarker, "mark", lambda speech, html: BAD if BAD in html else ""),
    "message_ids": (PostMessage, "message_ids", lambda change: change.body),
    "apply": (PostMessage, "apply", lambda change, transaction: change.body),
    "add": (WriteTransaction, "add", lambda transaction, change, *_: change.body),
}


@pytest.mark.parametrize("step", STEPS)
async def test_a_step_that_raises_for_one_of_twelve_posts_fails_that_one(
    writer, tea, aiko, monkeypatch, step
):
    target, name, body_of = STEPS[step]
    sound = getattr(target, name)

    def raising(fault, *args, **kwargs):
        if body_of(*args, **kwargs) == BAD:
            raise fault
        return sound(*args, **kwargs)

    said = []
    for fault in (RecursionError(), MemoryError(), OperationalError("away"), UnicodeError()):
        monkeypatch.setattr(target, name, _function(partial(raising, fault)))
        bodies = [f"{type(fault).__name__} {n}" for n in range(11)]
        found = await outcomes(
            [writer.submit(post(tea, aiko, each)) for each in [*bodies[:5], BAD, *bodies[5:]]]
        )
        assert [type(each) for each in found[:5] + found[6:]] == [Message] * 11
        assert isinstance(found[5], Unavailable if isinstance(fault, OperationalError) else ZashikiError)
        said += bodies
        assert await stored(tea) == [(n, n, each) for n, each in enumerate(said, 1)]


def _function(called):
    """A function, which Python binds to its instance, unlike a partial."""
    return lambda *args, **kwargs: called(*args, **kwargs)


async def test_what_one_has_half_done_is_undone(writer, tea, aiko, monkeypatch):
    """A fault after the room's clock was moved leaves no gap."""
    sound = WriteTransaction.add

    def add(transaction, change, *more):
        message = sound(transaction, change, *more)
        if change.body == "half":
            raise ValueError
        return message

    monkeypatch.setattr(WriteTransaction, "add", add)
    found = await outcomes([writer.submit(post(tea, aiko, body)) for body in ("one", "half", "two")])
    assert [type(each) for each in found] == [Message, ZashikiError, Message]
    assert await stored(tea) == [(1, 1, "one"), (2, 2, "two")]


def test_every_kind_of_change_is_in_the_matrix(tea, people):
    kinds = {type(change) for change in everything(tea, people[0], 1, "carl", "")}
    others = {"ChangeRoom", "MarkThreadRead"}  # from pages; the same as MarkRead
    assert {kind.__name__ for kind in _leaves(Change)} - {kind.__name__ for kind in kinds} <= others


def _leaves(kind):
    below = kind.__subclasses__()
    return {leaf for each in below for leaf in _leaves(each)} if below else {kind}


async def test_it_is_so_within_the_transaction_of_a_caller(tea, aiko, monkeypatch):
    monkeypatch.setattr(
        "zashiki.writer.changes.body.render", lambda body, *_, **__: 1 / 0 if body == "bad" else body
    )

    def together():
        with transaction.atomic():
            return store([post(tea, aiko, body) for body in ("one", "bad", "two")])[0]

    found = await in_thread(together)
    assert [type(each) for each in found] == [Message, ZeroDivisionError, Message]
