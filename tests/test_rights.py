"""Rights that end while something is read for somebody who had them."""

import asyncio

import pytest

from tests.houses import Client, separate_process
from tests.threads import in_thread
from zashiki import members
from zashiki.models import House, Kind, Room
from zashiki.people import person_of_user
from zashiki.sidebar import rooms_of

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
        return person_of_user(ben), dan, tea, garden

    def lose():
        members.remove(tea, ben.user)
        members.remove(garden, dan)
        return House.here().rights

    async def lose_meanwhile(function, *args):
        found = await in_thread(function, *args)
        if function is rooms_of and not heeding:
            heeding.append(asyncio.create_task(house.sittings.heed(await in_thread(lose))))
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
    look_again, house.sittings._look_again = house.sittings._look_again, look_at_one
    client = Client(tea.pk, ben)
    await client.connect(house)
    await client.say("rooms")
    await asyncio.gather(*heeding)
    assert set(client.talk.bells) == {garden.pk}
    client.cut()
    await house.close()
