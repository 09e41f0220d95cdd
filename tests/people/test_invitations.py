"""Links that let somebody in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from zashiki import invitations, members
from zashiki.errors import NotFound
from zashiki.models import Invitation, Membership, Role


@pytest.fixture
def keeper(make_user):
    return make_user("Keeper", is_superuser=True)


def test_a_link_opens_until_it_is_taken_back(mori, garden):
    held = invitations.make(mori, garden)
    assert invitations.found(held.token) == held
    invitations.revoke(held)
    assert invitations.found(held.token) is None


@pytest.mark.parametrize("token", ["", "x", "x:y", "a" * 500])
def test_a_link_that_is_not_ours_opens_nothing(db, token):
    assert invitations.found(token) is None


def test_the_table_alone_opens_no_door(mori, garden):
    held = invitations.make(mori, garden)
    assert invitations.found(held.word) is None


def test_a_link_expires(mori, garden):
    held = invitations.make(mori, garden, days=1)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert invitations.found(held.token) is None
    assert invitations.standing_for(garden) == []


def test_a_link_is_used_as_often_as_it_says(mori, ben, olga, garden):
    held = invitations.make(mori, garden, uses=1)
    again = Invitation.objects.get()
    invitations.accept(held, olga)
    with pytest.raises(NotFound):
        invitations.accept(again, ben)
    assert Invitation.objects.get().used == 1
    assert Membership.objects.get(room=garden, user=olga).role == Role.MEMBER


def test_a_link_ends_with_the_right_of_whoever_made_it(mori, garden):
    held = invitations.make(mori, garden)
    members.change_role(garden, mori, Role.MEMBER)
    assert invitations.found(held.token) is None


def test_a_link_ends_with_the_account_of_whoever_made_it(keeper, garden):
    held = invitations.make(keeper)
    assert invitations.found(held.token) == held
    keeper.is_active = False
    keeper.save()
    assert invitations.found(held.token) is None


def test_a_moderator_invites_into_a_room_and_not_into_the_house(mori, keeper, garden):
    assert not invitations.opens_house(invitations.make(mori, garden))
    assert invitations.opens_house(invitations.make(keeper))
