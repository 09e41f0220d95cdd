"""The one way to ask the policy: answers are True or False, and no right outlives the right that it depends on."""

import pytest
from django.contrib.auth import get_user_model

from zashiki import strict_policy, writer
from zashiki.checks import settings as settings_checks
from zashiki.models import Kind, Room
from zashiki.people.identity import person_for_user
from zashiki.people.visitors import new_visitor
from zashiki.policy import Policy, Rules, policy
from zashiki.rooms import actions as room_actions

pytestmark = pytest.mark.django_db

RIGHTS = sorted(strict_policy.rights_of(Policy))
ABOUT_ROOMS = {
    "can_read",
    "can_post",
    "can_react",
    "can_pin",
    "can_join",
    "can_leave",
    "can_moderate",
    "can_manage",
}
ABOUT_MESSAGES = {"can_edit", "can_delete"}
OTHERS = {
    "can_access",
    "can_invite",
    "is_admin",
    "can_list_people",
    "can_create_room",
    "can_create_room_by_address",
}
WRONG = [None, 1, 0, "", "yes", [], [1], object(), Room.objects.none()]


def granting(**answers):
    """A policy that says yes to everything but these."""
    methods = {name: _answering(answers.get(name, True)) for name in RIGHTS}
    return Rules(type("Granting", (Policy,), methods))


def _answering(answer):
    return lambda self, *args: answer


@pytest.fixture
def stage():
    aiko = get_user_model().objects.create_user("aiko", is_superuser=True)
    room = room_actions.create(aiko, "garden", kind=Kind.PRIVATE)
    return person_for_user(aiko), room, writer.post(room, "one", author=aiko)


def ask(rules, right, stage):
    person, room, message = stage
    if right in ABOUT_ROOMS:
        return getattr(rules, right)(person, room)
    if right in ABOUT_MESSAGES:
        return getattr(rules, right)(person, message)
    return getattr(rules, right)(person, *(["x"] if right == "can_create_room_by_address" else []))


def test_every_right_is_known_here():
    assert set(RIGHTS) == ABOUT_ROOMS | ABOUT_MESSAGES | OTHERS


def test_every_right_is_asked_through_the_rules():
    assert {name for name in vars(Rules) if strict_policy.is_right(name)} == set(RIGHTS)


@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.parametrize("wrong", WRONG, ids=lambda value: type(value).__name__)
def test_a_right_that_is_neither_true_nor_false_raises(right, wrong, stage):
    with pytest.raises(strict_policy.PolicyError, match=right):
        ask(granting(**{right: wrong}), right, stage)


@pytest.mark.parametrize("right", RIGHTS)
def test_a_coroutine_is_no_right(right, stage):
    async def method(self, *args):
        return True

    with pytest.raises(strict_policy.PolicyError, match=f"{right} returned coroutine"):
        ask(Rules(type("Awaited", (Policy,), {right: method})), right, stage)


def test_a_policy_that_calls_its_own_methods_is_held_to_it_too(stage):
    class Keeps(Policy):
        def is_admin(self, person):
            return "yes"

    with pytest.raises(strict_policy.PolicyError, match="is_admin"):
        Rules(Keeps).can_moderate(*stage[:2])


def test_a_right_that_an_instance_was_given_is_held_to_it_too(stage):
    class Cached(Policy):
        def __init__(self):
            self.can_read = lambda person, room: None

    with pytest.raises(strict_policy.PolicyError, match="can_read"):
        Rules(Cached).can_read(*stage[:2])


@pytest.mark.parametrize("right", sorted(set(RIGHTS) - {"can_access"}))
def test_nobody_has_a_right_who_may_not_visit(right, stage):
    assert ask(granting(), right, stage) is True
    assert ask(granting(can_access=False), right, stage) is False


@pytest.mark.parametrize("right", sorted(ABOUT_ROOMS | ABOUT_MESSAGES))
def test_nobody_has_a_right_in_a_room_that_they_may_not_read(right, stage):
    assert ask(granting(can_read=False), right, stage) is False


def test_nobody_invites_into_a_room_that_they_may_not_read(stage):
    person, room, _ = stage
    rules = granting(can_read=False)
    assert rules.can_invite(person, room) is False and rules.can_invite(person) is True


def test_an_administrator_has_no_rights_in_a_room_that_is_closed_to_them(stage):
    keeper = person_for_user(get_user_model().objects.create_user("keeper", is_superuser=True))
    assert policy().is_admin(keeper)
    assert not policy().can_invite(keeper, stage[1]) and not policy().can_manage(keeper, stage[1])


def test_what_is_asked_for_is_the_rules_and_never_the_policy_itself(settings):
    settings.ZASHIKI_POLICY = f"{__name__}.Own"
    assert type(policy()) is Rules
    assert policy().can_sell(None) is True
    with pytest.raises(strict_policy.PolicyError):
        policy().can_buy(None)
    assert policy().overrides("can_read") and not policy().overrides("can_post")


class Own(Policy):
    def can_read(self, person, room):
        return person is not None and super().can_read(person, room)

    def can_sell(self, person):
        return True

    def can_buy(self, person):
        return None


class Asynchronous(Policy):
    async def can_read(self, person, room):
        return True

    async def display_name(self, user):
        return "Aiko"


def test_an_asynchronous_policy_is_found_at_start(settings):
    settings.ZASHIKI_POLICY = f"{__name__}.Asynchronous"
    found = settings_checks.check_policy()
    assert [each.id for each in found] == ["zashiki.E014"] * 2
    assert "can_read" in found[0].msg and "display_name" in found[1].msg
    settings.ZASHIKI_POLICY = f"{__name__}.Own"
    assert settings_checks.check_policy() == []


def test_a_visitor_pins_nothing(stage):
    room, vera = room_actions.make_public(stage[1]), new_visitor("Vera")
    assert policy().can_post(vera, room) and not policy().can_pin(vera, room)
    assert policy().can_pin(stage[0], room)
