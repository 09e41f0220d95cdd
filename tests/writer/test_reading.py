"""How far people have read, written also by several processes at once."""

import pytest

from zashiki.models import Membership
from zashiki.writer import MarkRead, MarkUnread
from zashiki.writer.membership_writes import MembershipWrites
from zashiki.writer.store import store

pytestmark = pytest.mark.django_db(transaction=True)


def read_position(room):
    return Membership.objects.get(room=room).read_position


def test_what_another_process_has_read_meanwhile_is_not_unread(tea, member, monkeypatch):
    def read_elsewhere_first(memberships):
        Membership.objects.update(read_position=50)
        write(memberships)

    write = MembershipWrites.write
    monkeypatch.setattr(MembershipWrites, "write", read_elsewhere_first)
    store([MarkRead(room_id=tea.pk, person=member, position=20)])
    assert read_position(tea) == 50
    store([MarkUnread(room_id=tea.pk, person=member, position=20)])
    assert read_position(tea) == 19


def test_unread_and_read_again_together(tea, member):
    store([MarkRead(room_id=tea.pk, person=member, position=50)])
    again = [
        MarkUnread(room_id=tea.pk, person=member, position=10),
        MarkRead(room_id=tea.pk, person=member, position=20),
    ]
    store(again)
    assert read_position(tea) == 20
