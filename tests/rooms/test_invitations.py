"""Links that let somebody in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from zashiki.errors import NotFound
from zashiki.models import Invitation, Membership, Role
from zashiki.rooms import invitations, members


@pytest.fixture
def keeper(make_user):
    return make_user("Keeper", is_superuser=True)


def test_a_link_opens_until_it_is_taken_back(mori, garden):
    held = invitations.create(mori, garden)
    assert invitations.find_valid(held.token) == held
    invitations.revoke(held)
    assert invitations.find_valid(held.token) is None


@pytest.mark.parametrize("token", ["", "x", "x:y", "a" * 500])
def test_a_link_that_is_not_ours_opens_nothing(db, token):
    assert invitations.find_valid(token) is None


def test_the_table_alone_opens_no_door(mori, garden):
    held = invitations.create(mori, garden)
    assert invitations.find_valid(held.secret) is None


def test_a_link_expires(mori, garden):
    held = invitations.create(mori, garden, days=1)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert invitations.find_valid(held.token) is None
    assert invitations.active(garden) == []


def test_a_link_is_used_as_often_as_it_says(mori, ben, olga, garden):
    held = invitations.create(mori, garden, uses=1)
    again = Invitation.objects.get()
    invitations.accept(held, olga)
    with pytest.raises(NotFound):
        invitations.accept(again, ben)
    assert Invitation.objects.get().use_count == 1
    assert Membership.objects.get(room=garden, user=olga).role == Role.MEMBER


def test_a_link_ends_with_the_right_of_whoever_made_it(mori, garden):
    held = invitations.create(mori, garden)
    members.change_role(garden, mori, Role.MEMBER)
    assert invitations.find_valid(held.token) is None


def test_a_link_ends_with_the_account_of_whoever_made_it(keeper, garden):
    held = invitations.create(keeper)
    assert invitations.find_valid(held.token) == held
    keeper.is_active = False
    keeper.save()
    assert invitations.find_valid(held.token) is None


def test_a_moderator_invites_into_a_room_and_not_into_the_house(mori, keeper, garden):
    assert not invitations.allows_signup(invitations.create(mori, garden))
    assert invitations.allows_signup(invitations.create(keeper))
