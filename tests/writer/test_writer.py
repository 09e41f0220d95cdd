"""The writer of a process: what waits together is stored together, and answered after the commit."""

import asyncio

import pytest
from django.db import OperationalError, transaction

from tests.support.database_threads import in_thread
from tests.writer.conftest import outcomes, post, stored
from zashiki import permissions
from zashiki.errors import Busy, Conflict, Forbidden, NotFound, Unavailable, ZashikiError
from zashiki.handshake.request import session_store
from zashiki.models import Message, Room
from zashiki.people.identity import person_for_user
from zashiki.testing import signed_in
from zashiki.writer import DeleteMessage, EditMessage, ReactToMessage
from zashiki.writer import writer as writer_module


async def test_positions_and_versions_follow_each_other(writer, tea, aiko):
    await outcomes([writer.submit(post(tea, aiko, f"{n}")) for n in range(1, 31)])
    assert await stored(tea) == [(n, n, f"{n}") for n in range(1, 31)]


async def test_what_waits_together_is_one_transaction(writer, announced, tea, garden, aiko):
    await outcomes([writer.submit(post([tea, garden][n % 2], aiko, f"{n}")) for n in range(40)])
    assert len(announced) <= 2, "the first may go alone, the others share the next"
    assert sum(map(len, announced)) == 40
    assert await stored(garden) == [(n, n, f"{2 * n - 1}") for n in range(1, 21)]


async def test_no_more_are_stored_together_than_allowed(make_writer, announced, tea, aiko):
    writer = make_writer(batch=8)
    await outcomes([writer.submit(post(tea, aiko, f"{n}")) for n in range(40)])
    assert max(map(len, announced)) <= 8


async def test_the_answer_comes_after_the_commit_and_the_announcement(writer, announced, tea, aiko):
    message = await writer.submit(post(tea, aiko, "first"))
    assert announced == [[message]]
    assert await stored(tea) == [(1, 1, "first")]


async def test_the_same_nonce_is_the_same_message(writer, announced, tea, aiko):
    first = await writer.submit(post(tea, aiko, "tea", "n"))
    again = await writer.submit(post(tea, aiko, "tea", "n"))
    assert (again.pk, again.position, again.version) == (first.pk, first.position, first.version)
    assert sum(map(len, announced)) == 1


async def test_the_same_nonce_fifty_times_at_once_is_one_message(writer, tea, aiko):
    messages = await outcomes([writer.submit(post(tea, aiko, "tea", "n")) for _ in range(50)])
    assert len({message.pk for message in messages}) == 1
    assert await stored(tea) == [(1, 1, "tea")]


async def test_the_same_nonce_by_two_writers_is_one_message(make_writer, tea, aiko):
    writers = [make_writer(), make_writer()]
    messages = await outcomes([writers[n % 2].submit(post(tea, aiko, "tea", "n")) for n in range(20)])
    assert len({(message.pk, message.position, message.version) for message in messages}) == 1


async def test_the_same_nonce_of_another_author_or_room_is_another_message(writer, tea, garden, aiko, ben):
    posts = [post(tea, aiko, "tea", "n"), post(tea, ben, "tea", "n"), post(garden, aiko, "tea", "n")]
    messages = await outcomes([writer.submit(each) for each in posts])
    assert len({message.pk for message in messages}) == 3


async def test_the_same_nonce_with_another_body_conflicts(writer, tea, aiko):
    await writer.submit(post(tea, aiko, "tea", "n"))
    with pytest.raises(Conflict):
        await writer.submit(post(tea, aiko, "coffee", "n"))
    assert await stored(tea) == [(1, 1, "tea")]


async def test_a_retry_after_an_edit_gets_the_message_that_was_stored(writer, tea, aiko):
    first = await writer.submit(post(tea, aiko, "tea", "n"))
    await writer.submit(EditMessage(room_id=tea.pk, person=aiko, message_id=first.pk, body="green tea"))
    again = await writer.submit(post(tea, aiko, "tea", "n"))
    assert (again.pk, again.position, again.body) == (first.pk, 1, "green tea")


async def test_a_refusal_fails_alone(writer, tea, aiko, ben):
    first = await writer.submit(post(tea, aiko, "first"))
    found = await outcomes(
        [
            writer.submit(post(tea, aiko, "second")),
            writer.submit(EditMessage(room_id=tea.pk, person=ben, message_id=first.pk, body="mine")),
            writer.submit(post(tea, aiko, "other", "n-first")),
            writer.submit(DeleteMessage(room_id=tea.pk, person=aiko, message_id=10**9)),
            writer.submit(post(Room(pk=10**9), aiko, "nowhere")),
            writer.submit(post(tea, aiko, "third")),
        ]
    )
    assert [type(each) for each in found] == [Message, Forbidden, Conflict, NotFound, NotFound, Message]
    assert [body for _, _, body in await stored(tea)] == ["first", "second", "third"]


async def test_what_the_database_refuses_fails_alone(writer, tea, garden, aiko):
    posts = [post(tea, aiko, "one"), post(garden, aiko, "two"), post(tea, aiko, "three")]
    posts[1].author_name = None
    found = await outcomes([writer.submit(each) for each in posts])
    assert [type(each) for each in found] == [Message, ZashikiError, Message]
    assert await stored(tea) == [(1, 1, "one"), (2, 2, "three")] and await stored(garden) == []


async def test_whoever_may_not_post_is_refused_by_the_policy(writer, tea, aiko):
    await in_thread(Room.objects.filter(pk=tea.pk).update, kind="private")
    with pytest.raises(NotFound):
        await writer.submit(post(tea, aiko, "let me in"))
    with pytest.raises(NotFound):
        await writer.submit(post(tea, aiko, "let me in", "m", permissions_version=-1))


async def test_a_retry_gets_what_was_stored_whatever_became_of_the_right_to_post(writer, tea, aiko):
    first = await writer.submit(post(tea, aiko, "tea", "n"))
    await in_thread(Room.objects.filter(pk=tea.pk).update, posting="moderators")
    assert (await writer.submit(post(tea, aiko, "tea", "n"))).pk == first.pk
    await in_thread(Room.objects.filter(pk=tea.pk).update, archived_at=first.posted_at)
    assert (await writer.submit(post(tea, aiko, "tea", "n"))).pk == first.pk
    with pytest.raises(Forbidden):
        await writer.submit(post(tea, aiko, "more", "m"))
    await in_thread(Room.objects.filter(pk=tea.pk).update, kind="private")
    with pytest.raises(NotFound):
        await writer.submit(post(tea, aiko, "tea", "n"))


@pytest.mark.parametrize("end", ["close", "delete", "sign_out"])
async def test_whoever_is_not_signed_in_any_more_posts_no_more_even_where_the_news_has_not_arrived(
    writer, tea, django_user_model, end
):
    def close():
        if end == "delete":
            return user.delete()
        if end == "sign_out":
            session_store()(session_key).flush()
            return permissions.invalidate(user=user)
        user.is_active = False
        user.save()

    user = await in_thread(django_user_model.objects.create_user, "carla")
    carla = await in_thread(lambda: person_for_user(django_user_model.objects.get(pk=user.pk)))
    [session_key] = (await in_thread(signed_in, user)).values()
    known = {"permissions_version": 0, "session_key": session_key}
    await writer.submit(post(tea, carla, "one", **known))
    await in_thread(permissions.invalidate)
    await writer.submit(post(tea, carla, "two", **known))
    await in_thread(close)
    with pytest.raises(NotFound):
        await writer.submit(post(tea, carla, "three", **known))


async def test_the_policy_is_not_asked_while_no_right_has_ended(writer, tea, aiko):
    await in_thread(Room.objects.filter(pk=tea.pk).update, kind="private")
    await writer.submit(post(tea, aiko, "seated under a right that is known", permissions_version=0))


async def test_an_edit_a_reaction_and_a_deletion_take_the_next_versions(writer, tea, aiko):
    message = await writer.submit(post(tea, aiko, "teh"))
    about = {"room_id": tea.pk, "person": aiko, "message_id": message.pk}
    edited = await writer.submit(EditMessage(body="the", **about))
    liked = await writer.submit(ReactToMessage(emoji="🍵", on=True, **about))
    gone = await writer.submit(DeleteMessage(**about))
    assert [each.version for each in (message, edited, liked, gone)] == [1, 2, 3, 4]
    assert await stored(tea) == [(1, 4, "")]
    with pytest.raises(NotFound):
        await writer.submit(EditMessage(body="again", **about))


async def test_a_full_writer_is_busy(make_writer, tea, aiko):
    writer = make_writer(limit=10)
    answers = [writer.submit(post(tea, aiko, f"{n}")) for n in range(10)]
    with pytest.raises(Busy) as caught:
        writer.submit(post(tea, aiko, "one too many"))
    assert caught.value.retry_after
    await outcomes(answers)
    await writer.submit(post(tea, aiko, "now"))
    assert len(await stored(tea)) == 11


class Away:
    """A database that cannot be reached while `lasts`; and one whose answer to a commit is lost."""

    def __init__(self, monkeypatch):
        self.lasts = True
        self.loses_answers = False
        self.asked = 0
        self._store = writer_module.store
        monkeypatch.setattr(writer_module, "store", self.store)
        monkeypatch.setattr(writer_module, "_database_works", lambda: not self.lasts)

    def store(self, changes):
        self.asked += 1
        if self.lasts and not self.loses_answers:
            raise OperationalError("connection refused")
        found = self._store(changes)
        if self.lasts:
            self.lasts = False
            raise OperationalError("connection reset")
        return found


async def test_while_the_database_is_away_commands_wait_and_are_stored_when_it_is_back(
    make_writer, monkeypatch, tea, aiko
):
    away, writer = Away(monkeypatch), make_writer(timeout=20)
    answers = [writer.submit(post(tea, aiko, f"{n}")) for n in range(5)]
    await asyncio.sleep(0.3)
    assert not any(answer.done() for answer in answers) and away.asked > 1
    away.lasts = False
    assert [message.position for message in await outcomes(answers)] == [1, 2, 3, 4, 5]


async def test_whoever_waits_too_long_is_told_and_the_writer_recovers(make_writer, monkeypatch, tea, aiko):
    away, writer = Away(monkeypatch), make_writer(timeout=0.3)
    found = await outcomes([writer.submit(post(tea, aiko, f"{n}")) for n in range(5)])
    assert {type(each) for each in found} == {Unavailable} and found[0].retry_after
    away.lasts = False
    assert (await writer.submit(post(tea, aiko, "back"))).position == 1


async def test_a_lost_answer_of_the_database_stores_nothing_twice(make_writer, monkeypatch, tea, aiko):
    Away(monkeypatch).loses_answers = True
    message = await make_writer().submit(post(tea, aiko, "tea"))
    assert await stored(tea) == [(1, 1, "tea")] and message.position == 1


async def test_nobody_waits_longer_while_the_database_hangs(make_writer, tea, aiko):
    """A lock held from outside, or a stopped server: the thread hangs, those who wait are answered in time."""
    writer = make_writer(timeout=0.4)
    held, let_go = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def hold():
        with transaction.atomic():
            Room.objects.locked({tea.pk})
            loop.call_soon_threadsafe(held.set)
            asyncio.run_coroutine_threadsafe(let_go.wait(), loop).result(10)

    holding = asyncio.create_task(in_thread(hold))
    await held.wait()
    began = loop.time()
    first = writer.submit(post(tea, aiko, "in hand"))
    await asyncio.sleep(0.2)
    found = await outcomes([first, writer.submit(post(tea, aiko, "waiting"))])
    assert [type(each) for each in found] == [Unavailable, Unavailable]
    assert loop.time() - began < 2
    let_go.set()
    await holding
    again = await outcomes([writer.submit(post(tea, aiko, body)) for body in ("in hand", "waiting")])
    assert [message.position for message in again] == [1, 2]


async def test_a_fault_of_ours_answers_its_commands_and_the_writer_goes_on(
    make_writer, monkeypatch, tea, aiko
):
    writer = make_writer()
    with monkeypatch.context() as broken:
        broken.setattr(writer_module, "store", lambda changes: 1 / 0)
        with pytest.raises(ZashikiError):
            await writer.submit(post(tea, aiko, "lost"))
    assert (await writer.submit(post(tea, aiko, "kept"))).position == 1


async def test_a_fault_while_announcing_does_not_keep_the_answer_back(transactional_db, tea, aiko):
    writer = writer_module.Writer(lambda news: 1 / 0)
    assert (await writer.submit(post(tea, aiko, "tea"))).position == 1
    await writer.close()


async def test_closing_stores_what_waits(tea, aiko):
    writer = writer_module.Writer(lambda news: None, batch=2)
    answers = [writer.submit(post(tea, aiko, f"{n}")) for n in range(9)]
    await writer.close()
    assert all(answer.done() for answer in answers)
    assert len(await stored(tea)) == 9
