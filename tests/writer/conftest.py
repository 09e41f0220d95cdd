"""A writer that keeps what it announces, and posts to give it."""

import asyncio
import os

import pytest
import pytest_asyncio

from tests.support.database_threads import in_thread
from zashiki.models import Membership, Message, Room
from zashiki.people.identity import person_for_user
from zashiki.people.visitors import new_visitor
from zashiki.writer import PostMessage, Writer

# SQLite has one lock and no questions about it; test_postgresql.py asks them of PostgreSQL.
collect_ignore = [] if os.environ.get("ZASHIKI_TEST_DATABASE") else ["test_locks.py"]


@pytest.fixture
def tea(transactional_db):
    return Room.objects.create(name="tea")


@pytest.fixture
def garden(transactional_db):
    return Room.objects.create(name="garden")


@pytest.fixture
def aiko():
    return new_visitor("Aiko")


@pytest.fixture
def ben():
    return new_visitor("Ben")


@pytest.fixture
def member(tea, garden, django_user_model):
    """A user who belongs to both rooms, in which much was said."""
    user = django_user_model.objects.create_user("ben")
    for room in (tea, garden):
        room.position = 100
        room.save()
        Membership.objects.create(room=room, user=user)
    return person_for_user(user)


@pytest.fixture
def announced():
    """The lists that writers announced, one for each commit."""
    return []


@pytest_asyncio.fixture
async def make_writer(transactional_db, announced):
    made = []

    def make(**limits):
        writer = Writer(announced.append, **limits)
        made.append(writer)
        return writer

    yield make
    for writer in made:
        await writer.close()


@pytest.fixture
def writer(make_writer):
    return make_writer()


def post(room, author, body, nonce=None, **more):
    """A post of somebody whom the policy is asked about."""
    return PostMessage(
        room_id=room.pk,
        person=author,
        body=body,
        nonce=nonce or f"n-{body}",
        author_key=author.key,
        author_name=author.name,
        **more,
    )


async def outcomes(answers):
    """Messages and exceptions, in the order of the answers."""
    return await asyncio.gather(*answers, return_exceptions=True)


async def stored(room):
    """(position, version, body) of each message of a room."""
    messages = Message.objects.filter(room=room).order_by("position")
    return await in_thread(lambda: list(messages.values_list("position", "version", "body")))
