"""Rights that end while something is read for somebody who had them."""

import asyncio

import pytest

from tests.support.database_threads import in_thread
from tests.support.runtimes import Client, separate_process
from zashiki import permissions
from zashiki.models import Kind, Membership, PermissionChange, Room, SystemState
from zashiki.people.identity import person_for_user
from zashiki.rooms import members
from zashiki.rooms.listing import rooms_for

pytestmark = pytest.mark.django_db(transaction=True)


async def test_no_bell_is_heard_of_a_room_that_was_lost_while_the_list_was_read(
    monkeypatch, django_user_model
):
    def move_in():
        ben, dan = (django_user_model.objects.create_user(name) for name in ("ben", "dan"))
        tea, garden = (Room.objects.create(name=name, kind=Kind.PRIVATE) for name in ("tea", "garden"))
        for room in (tea, garden):
            members.add(room, ben)
            members.add(room, dan)
        return person_for_user(ben), dan, tea, garden

    def lose():
        members.remove(tea, ben.user)
        members.remove(garden, dan)
        return SystemState.load().permissions_version

    async def lose_meanwhile(function, *args):
        found = await in_thread(function, *args)
        if function is rooms_for and not heeding:
            heeding.append(
                asyncio.create_task(house.subscriptions.apply_changes_up_to(await in_thread(lose)))
            )
            await has_looked.wait()
        return found

    async def look_at_one(person_key, room_id):
        """The list is answered after one room was looked at and before the other is."""
        await look_again(person_key, room_id)
        has_looked.set()
        await asyncio.sleep(0.1)

    ben, dan, tea, garden = await in_thread(move_in)
    heeding, has_looked = [], asyncio.Event()
    house = separate_process(monkeypatch, lose_meanwhile)
    look_again, house.subscriptions._recheck = house.subscriptions._recheck, look_at_one
    client = Client(tea.pk, ben)
    await client.connect(house)
    await client.say("rooms")
    await asyncio.gather(*heeding)
    assert set(client.talk.activity_rooms) == {garden.pk}
    client.cut()
    await house.close()


async def test_rights_that_end_after_a_backup_was_restored_are_heeded(monkeypatch, django_user_model):
    def move_in():
        ben, dan = (django_user_model.objects.create_user(name) for name in ("ben", "dan"))
        tea, new = Room.objects.create(name="tea", kind=Kind.PRIVATE), Room.objects.create(name="new")
        for user in (ben, dan):
            members.add(tea, user)
        backup = SystemState.load().permissions_version
        for _ in range(5):
            permissions.invalidate(room=tea)
        return person_for_user(ben), person_for_user(dan), tea, new, backup

    def restore():
        SystemState.objects.update(permissions_version=backup)
        SystemState.load().renew_epoch()
        PermissionChange.objects.filter(version__gt=backup).delete()
        Membership.objects.filter(user=dan.user).delete()  # as it was in the backup
        Room.objects.filter(name="new").delete()

    ben, dan, tea, new, backup = await in_thread(move_in)
    house = separate_process(monkeypatch)
    clients = [Client(tea.pk, person) for person in (ben, dan)]
    for client in clients:
        await client.connect(house)
        await client.sit()
    await clients[0].say("subscribe", room=new.pk)
    await in_thread(restore)
    await house.heartbeat()
    assert not clients[0].talk.is_subscribed(new.pk)
    assert [client.talk.is_subscribed(tea.pk) for client in clients] == [True, False]
    await in_thread(members.remove, tea, ben.user)
    await house.heartbeat()
    assert not clients[0].talk.is_subscribed(tea.pk)
    for client in clients:
        client.cut()
    await house.close()
