"""Each consumer of the example on each layer: real sockets, real processes, a real Redis."""

import uuid
from contextlib import nullcontext

import pytest
from websockets.exceptions import InvalidStatus

from tests.tutorial.talker import talkers

LAYERS = ["memory", "pubsub", "core"]
SHARED_LAYERS = ["pubsub", "core"]
ORDINARY_CONSUMERS = ["sync", "async"]
ROOM_CONSUMERS = [*ORDINARY_CONSUMERS, "hub", "chat"]  # the last is Zashiki's own


@pytest.fixture
def room():
    """A room that no other test is in."""
    return uuid.uuid4().hex


@pytest.mark.parametrize("layer", LAYERS)
def test_an_echo_answers_whoever_speaks_and_nobody_else(projects, layer):
    host = projects[layer].hosts[0]
    with talkers(host, host, path="/ws/echo/") as (aiko, bela):
        aiko.says("hello")
        aiko.hears("hello")
        bela.hears_nothing()


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("consumer", ROOM_CONSUMERS)
class TestRoom:
    def test_everybody_in_the_room_hears_it_the_sender_too(self, projects, layer, consumer, room):
        host = projects[layer].hosts[0]
        with talkers(host, host, host, path=f"/ws/{consumer}/{room}/") as everybody:
            everybody[1].says("hello")
            for talker in everybody:
                talker.hears("hello")

    def test_messages_keep_their_order(self, projects, layer, consumer, room):
        host = projects[layer].hosts[0]
        said = [f"message {number}" for number in range(30)]
        with talkers(host, host, path=f"/ws/{consumer}/{room}/") as (aiko, bela):
            for text in said:
                aiko.says(text)
            bela.hears(*said)
            aiko.hears(*said)

    def test_who_has_left_hears_nothing_more_and_the_others_go_on(self, projects, layer, consumer, room):
        host = projects[layer].hosts[0]
        with talkers(host, host, host, path=f"/ws/{consumer}/{room}/") as (aiko, bela, chidi):
            aiko.says("all here")
            for talker in (aiko, bela, chidi):
                talker.hears("all here")
            chidi.leaves()
            aiko.says("chidi has left")
            aiko.hears("chidi has left")
            bela.hears("chidi has left")

    def test_rooms_do_not_hear_each_other(self, projects, layer, consumer, room):
        host = projects[layer].hosts[0]
        with (
            talkers(host, path=f"/ws/{consumer}/{room}/") as (aiko,),
            talkers(host, path=f"/ws/{consumer}/{room}_next_door/") as (bela,),
        ):
            aiko.says("in here")
            bela.says("in there")
            aiko.hears("in here")
            bela.hears("in there")
            aiko.hears_nothing()
            bela.hears_nothing()


@pytest.mark.parametrize("layer", SHARED_LAYERS)
@pytest.mark.parametrize("consumer", ROOM_CONSUMERS)
def test_people_on_different_processes_share_a_room(projects, layer, consumer, room):
    with talkers(*projects[layer].hosts, path=f"/ws/{consumer}/{room}/") as (aiko, bela):
        aiko.says("from here")
        aiko.hears("from here")
        bela.hears("from here")
        bela.says("from there")
        aiko.hears("from there")
        bela.hears("from there")


@pytest.mark.parametrize("layer", LAYERS)
def test_the_synchronous_and_the_asynchronous_consumer_share_a_group(projects, layer, room):
    host = projects[layer].hosts[0]
    with (
        talkers(host, path=f"/ws/sync/{room}/") as (aiko,),
        talkers(host, path=f"/ws/async/{room}/") as (bela,),
    ):
        aiko.says("hello")
        aiko.hears("hello")
        bela.hears("hello")


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("consumer", ORDINARY_CONSUMERS)
def test_a_name_in_another_script_breaks_the_ordinary_consumer(projects, layer, consumer):
    """Group names are ASCII. The page of documentation that grows this room says so."""
    host = projects[layer].hosts[0]
    expected = (
        nullcontext() if layer == "pubsub" else pytest.raises(InvalidStatus)
    )  # pub/sub does not look at names
    with expected, talkers(host, path=f"/ws/{consumer}/%E9%9B%91%E8%AB%87/") as (aiko,):
        aiko.says("hello")
        aiko.hears("hello")


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("consumer", ["hub", "chat"])
def test_a_seat_takes_a_name_in_any_script(projects, layer, consumer):
    """Written with one letter or with two, café is one room."""
    host = projects[layer].hosts[-1]
    with (
        talkers(host, path=f"/ws/{consumer}/caf%C3%A9/") as (aiko,),
        talkers(host, path=f"/ws/{consumer}/cafe%CC%81/") as (bela,),
        talkers(host, path=f"/ws/{consumer}/%E9%9B%91%E8%AB%87%20%F0%9F%8D%B5/") as (chidi,),
    ):
        aiko.says("hello")
        aiko.hears("hello")
        bela.hears("hello")
        chidi.says("今日は")
        chidi.hears("今日は")
        aiko.hears_nothing()
