"""Every page of rooms and people, looked at by somebody who may do everything there, and the forms on them."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from zashiki.models import Avatar, Invitation, Involvement, Kind, Membership, PostingRule, Profile, Role, Room
from zashiki.rooms import actions as room_actions
from zashiki.rooms import direct, invitations, members


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def url(name, *args):
    return reverse(f"zashiki:{name}", args=args)


def picture_file(kind="PNG", size=(300, 200), name="me.png"):
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, kind)
    file.seek(0)
    file.name = name
    return file


def test_making_a_room_goes_there(as_user, aiko):
    answer = as_user(aiko).post(
        url("create_room"), {"name": "tea", "kind": "private", "posting": "everybody"}
    )
    room = Room.objects.get(name="tea")
    assert answer.url == url("room_by_id", room.pk)
    assert room.kind == Kind.PRIVATE


def test_a_name_that_is_taken_is_said_at_the_field(as_user, aiko, tea):
    answer = as_user(aiko).post(url("create_room"), {"name": "tea", "kind": "public", "posting": "everybody"})
    assert answer.status_code == 400 and "already" in answer.content.decode()


def test_an_owner_changes_everything_in_one_form(as_user, aiko, garden):
    wanted = {"name": "orchard", "description": "Trees", "kind": "public", "posting": "moderators"}
    assert as_user(aiko).post(url("edit_room", garden.pk), wanted).status_code == 302
    garden.refresh_from_db()
    assert [garden.name, garden.description, garden.kind, garden.posting] == list(wanted.values())
    assert garden.posting == PostingRule.MODERATORS


def test_archiving_and_back(as_user, aiko, garden):
    client = as_user(aiko)
    client.post(url("archive_room", garden.pk))
    assert "Archived" in client.get(url("room_details", garden.pk)).content.decode()
    client.post(url("unarchive_room", garden.pk))
    assert "Archived" not in client.get(url("room_details", garden.pk)).content.decode()


def test_the_about_page_shows_who_belongs(as_user, ben, garden):
    shown = as_user(ben).get(url("room_details", garden.pk)).content.decode()
    assert all(name in shown for name in ("aiko", "mori", "ben"))
    assert "Room settings" not in shown and "Add people" not in shown


def test_browsing_and_joining(as_user, ben, tea, garden):
    client = as_user(ben)
    shown = client.get(url("directory")).content.decode()
    assert "tea" in shown and "garden" not in shown
    assert client.post(url("join", tea.pk)).status_code == 302
    assert Membership.objects.filter(room=tea, user=ben).exists()
    assert "No matching rooms." in client.get(url("directory") + "?q=zzz").content.decode()


def test_leaving_asks_first(as_user, ben, garden):
    client = as_user(ben)
    assert "you have to be added again" in client.get(url("leave", garden.pk)).content.decode()
    assert Membership.objects.filter(room=garden, user=ben).exists()
    client.post(url("leave", garden.pk))
    assert client.get(url("room_details", garden.pk)).status_code == 404


def test_the_last_owner_is_asked_for_a_successor(as_user, aiko, mori, garden):
    client = as_user(aiko)
    assert "Choose the next owner" in client.get(url("leave", garden.pk)).content.decode()
    assert client.post(url("leave", garden.pk)).status_code == 400
    assert client.post(url("leave", garden.pk), {"successor": f"u{mori.pk}"}).status_code == 302
    assert Membership.objects.get(room=garden, user=mori).role == Role.OWNER


def test_a_role_that_would_leave_no_owner_is_refused_with_a_sentence(as_user, aiko, garden):
    answer = as_user(aiko).post(url("change_role", garden.pk, f"u{aiko.pk}"), {"role": "member"})
    assert answer.status_code == 400 and "needs an owner" in answer.content.decode()


def test_a_moderator_cannot_take_out_the_owner(as_user, aiko, mori, ben, garden):
    client = as_user(mori)
    assert client.post(url("remove_member", garden.pk, f"u{aiko.pk}")).status_code == 403
    assert client.post(url("remove_member", garden.pk, f"u{ben.pk}")).status_code == 302
    assert not Membership.objects.filter(room=garden, user=ben).exists()


def test_involvement_is_kept(as_user, ben, garden):
    as_user(ben).post(url("set_involvement", garden.pk), {"involvement": "mentions"})
    assert Membership.objects.get(room=garden, user=ben).involvement == Involvement.MENTIONS


def test_talking_to_somebody_goes_to_the_same_room_from_both_sides(as_user, aiko, ben):
    there = as_user(aiko).post(url("start_direct_room"), {"person": f"u{ben.pk}"}).url
    assert as_user(ben).post(url("start_direct_room"), {"person": f"u{aiko.pk}"}).url == there
    shown = as_user(ben).get(there).content.decode()
    assert "aiko" in shown


def test_talking_to_nobody_is_refused_with_a_sentence(as_user, aiko):
    answer = as_user(aiko).post(url("start_direct_room"), {"person": "u999"})
    assert answer.status_code == 400 and "at least one person to message" in answer.content.decode()


def test_others_are_offered_by_a_part_of_their_name(as_user, client, aiko, ben):
    Profile.objects.create(user=ben, name="Ben Bitdiddle")
    assert client.get(url("people_search")).status_code == 302
    found = as_user(aiko).get(url("people_search"), {"q": "BITD"}).json()
    assert found == {"people": [{"id": f"u{ben.pk}", "name": "Ben Bitdiddle"}]}
    assert as_user(aiko).get(url("people_search"), {"q": "aiko"}).json() == {"people": []}


def test_people_are_found_by_name_and_status(as_user, aiko, ben):
    Profile.objects.create(user=ben, name="Ben Bitdiddle", status="In the garden")
    client = as_user(aiko)
    for wanted in ("bitd", "garden"):
        shown = client.get(url("people"), {"q": wanted}).content.decode()
        assert "Ben Bitdiddle" in shown and "aiko</b>" not in shown
    assert "In the garden" in client.get(url("person", f"u{ben.pk}")).content.decode()


@pytest.mark.parametrize("key", ["u0", "u999999", "v12", "x", "u1e5"])
def test_nobody_has_no_page(as_user, aiko, key):
    assert as_user(aiko).get(url("person", key)).status_code == 404


def test_a_profile_is_kept_and_shown(as_user, aiko):
    client = as_user(aiko)
    sent = {"name": " Aiko  Tanaka ", "status": "away", "picture": picture_file()}
    assert client.post(url("profile"), sent).status_code == 302
    mine = Profile.objects.get(user=aiko)
    assert (mine.name, mine.status) == ("Aiko Tanaka", "away")
    answer = client.get(url("avatar", mine.avatar.digest))
    assert answer["Content-Type"] == "image/webp" and answer["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer["Cache-Control"]
    assert Image.open(io.BytesIO(answer.content)).size == (256, 256)
    assert client.get(url("avatars")).json() == {f"u{aiko.pk}": url("avatar", mine.avatar.digest)}
    client.post(url("profile"), {"name": "", "status": "", "remove_picture": "on"})
    assert not Avatar.objects.exists() and Profile.objects.get(user=aiko).avatar is None


def test_what_is_no_picture_is_refused_at_the_field(as_user, aiko):
    file = io.BytesIO(b"<svg onload=alert(1)>")
    file.name = "me.png"
    answer = as_user(aiko).post(url("profile"), {"picture": file})
    assert answer.status_code == 400 and "This picture cannot be read" in answer.content.decode()


def test_inviting_into_a_room_by_link(as_user, mori, olga, garden):
    client = as_user(mori)
    assert client.post(url("room_invitations", garden.pk), {"uses": "1", "days": "1"}).status_code == 302
    [held] = invitations.active(garden)
    assert held.token in client.get(url("room_invitations", garden.pk)).content.decode()
    assert client.get(url("invitation_code", held.pk)).content.startswith(b"<svg")
    guest = as_user(olga)
    assert "garden" in guest.get(url("invitation", held.token)).content.decode()
    assert guest.post(url("invitation", held.token)).url == url("room_by_id", garden.pk)
    assert Membership.objects.filter(room=garden, user=olga).exists()
    assert guest.get(url("invitation", held.token)).url == url("room_by_id", garden.pk)
    assert not invitations.active(garden)


def test_a_link_that_was_taken_back_opens_nothing(as_user, mori, olga, garden):
    held = invitations.create(mori, garden)
    as_user(mori).post(url("revoke_invitation", held.pk))
    answer = as_user(olga).post(url("invitation", held.token))
    assert answer.status_code == 404 and "no longer works" in answer.content.decode()
    assert not Membership.objects.filter(room=garden, user=olga).exists()


def test_only_who_may_invite_takes_links_back(as_user, mori, ben, garden):
    held = invitations.create(mori, garden)
    for client in (as_user(ben),):
        assert client.post(url("revoke_invitation", held.pk)).status_code == 404
        assert client.get(url("invitation_code", held.pk)).status_code == 404
    assert Invitation.objects.get().is_active()


def test_a_direct_room_has_a_page_without_forms(as_user, aiko, ben):
    room = direct.get_or_create([aiko, ben])
    shown = as_user(aiko).get(url("room_details", room.pk)).content.decode()
    assert "Direct" in shown and "Leave room" not in shown and "Room settings" not in shown


def test_a_room_of_an_object_can_be_described(as_user, aiko):
    room = Room.objects.of(aiko)
    members.add(room, aiko, Role.OWNER)
    answer = as_user(aiko).post(url("edit_room", room.pk), {"description": "Hers", "posting": "everybody"})
    assert answer.status_code == 302
    assert Room.objects.get(pk=room.pk).description == "Hers"


def test_the_name_of_an_archived_open_room_is_taken(as_user, aiko, tea):
    room_actions.archive(room_actions.create(aiko, "cellar"))
    answer = as_user(aiko).post(
        url("edit_room", tea.pk), {"name": "cellar", "kind": "public", "posting": "everybody"}
    )
    assert answer.status_code == 400
