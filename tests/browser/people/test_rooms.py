"""Rooms are made, changed under the eyes of those in them, left, and closed to whoever does not belong."""

import re

from playwright.sync_api import expect

PATIENCE = 20_000  # milliseconds


def test_a_room_is_renamed_and_described_before_the_eyes_of_those_in_it(residents):
    aiko, ben = residents("aiko", "ben")
    where = aiko.makes_room("garden")
    ben.opens(where)
    aiko.opens(where + "about/")
    aiko.fills(Name="orchard", Description="Trees and their fruit")
    aiko.presses("Save changes")
    expect(ben.page.locator(".z-room-title")).to_have_text("orchard")
    expect(ben.page.locator(".z-room-about")).to_have_text("Trees and their fruit")
    expect(ben.page).to_have_title(re.compile("^orchard"))


def test_who_was_away_comes_back_to_the_room_as_it_is(residents):
    aiko, ben = residents("aiko", "ben")
    where = aiko.makes_room("pond")
    ben.opens(where)
    expect(ben.page.locator("html")).to_have_attribute("data-layout-ready", "")
    ben.context.set_offline(True)
    aiko.opens(where + "about/")
    aiko.fills(Name="lake")
    aiko.presses("Save changes")
    ben.context.set_offline(False)
    expect(ben.page.locator(".z-room-title")).to_have_text("lake", timeout=PATIENCE)


def test_what_could_not_be_fetched_comes_when_the_connection_is_back(residents):
    aiko, ben = residents("aiko", "ben")
    where = aiko.makes_room("ford")
    ben.page.route(re.compile(r"/(layout|participants)\b[^/]*\.js"), lambda route: route.abort())
    ben.opens(where)
    expect(ben.page.locator("zashiki-room[data-ready]")).to_be_visible()
    expect(ben.page.get_by_role("button", name="Who is here")).to_be_hidden()
    ben.page.unroute_all()
    ben.breaks_off()
    expect(ben.page.locator("html")).to_have_attribute("data-layout-ready", "", timeout=PATIENCE)
    expect(ben.page.get_by_role("button", name="Who is here")).to_be_visible(timeout=PATIENCE)
    ben.forgets("Failed to load resource: net::ERR_FAILED")


def test_an_archived_room_can_be_read_and_not_written_in(residents):
    aiko, ben = residents("aiko", "ben")
    where = aiko.makes_room("attic")
    ben.opens(where)
    ben.says("Anybody here?")
    ben.sees("Anybody here?")
    aiko.opens(where + "about/")
    aiko.presses("Archive room")
    expect(ben.field).to_be_hidden()
    ben.reads("You can read this room, but you cannot post in it.")
    ben.sees("Anybody here?")
    aiko.presses("Restore room")
    expect(ben.field).to_be_visible()
    ben.says("Hello again")
    ben.sees("Hello again")


def test_in_a_room_for_announcements_only_some_write(residents):
    aiko, ben = residents("aiko", "ben")
    where = aiko.makes_room("news")
    ben.opens(where)
    aiko.opens(where + "about/")
    aiko.chooses("Who can post", "moderators")
    aiko.presses("Save changes")
    expect(ben.field).to_be_hidden()
    aiko.opens(where)
    aiko.says("Tea at four")
    ben.sees("Tea at four")


def test_a_private_room_does_not_exist_for_others(residents):
    aiko, olga = residents("aiko", "olga")
    where = aiko.makes_room("secret", "private")
    aiko.says("Only we know")
    aiko.sees("Only we know")
    for path in (where, where + "about/"):
        assert olga.page.goto(olga.chat_server.url + path).status == 404
        olga.reads_nothing_of("Only we know")
    olga.opens("/chat/rooms/all/")
    olga.reads_nothing_of("secret")
    # The name is taken from nobody: at its address another room begins, as at any other where visitors are welcome.
    assert olga.page.goto(olga.chat_server.url + "/chat/secret/").status == 200
    olga.reads_nothing_of("Only we know")
    olga.faults.clear()  # the browser says that there was no such page


def test_a_room_is_closed_before_the_eyes_of_those_in_it_and_opened_again(residents):
    aiko, ben = residents("aiko", "ben")
    where = aiko.makes_room("meadow")
    ben.opens(where)
    expect(ben.field).to_be_visible()
    aiko.opens(where + "about/")
    aiko.chooses("Who can read it", "private")
    aiko.presses("Save changes")
    expect(ben.page.locator('[data-status="ended"]')).to_be_visible(timeout=PATIENCE)
    aiko.chooses("Who can read it", "public")
    aiko.presses("Save changes")
    ben.presses("Reload the page")
    expect(ben.field).to_be_visible()


def test_who_is_taken_out_of_a_private_room_loses_it_at_once(residents):
    aiko, ben = residents("aiko", "ben")
    where = aiko.makes_room("cellar", "private")
    aiko.opens(where + "about/")
    aiko.chooses("Add people", "Ben")
    aiko.presses("Add")
    ben.opens(where)
    aiko.presses("Remove Ben")
    expect(ben.page.locator('[data-status="ended"]')).to_be_visible(timeout=5000)


def test_a_room_is_found_joined_and_left(residents):
    aiko, ben = residents("aiko", "ben")
    aiko.makes_room("kitchen")
    ben.opens("/chat/rooms/all/?q=kitch")
    ben.presses("Join kitchen")
    ben.follows("Room details")
    ben.reads("Ben")
    ben.follows("Leave room")
    ben.reads("This room is public. You can join it again at any time.")
    ben.presses("Leave")
    ben.opens("/chat/rooms/all/?q=kitch")
    expect(ben.page.get_by_role("button", name="Join kitchen")).to_be_visible()


def test_an_owner_hands_the_room_over_and_leaves(residents):
    aiko, mori = residents("aiko", "mori")
    where = aiko.makes_room("shed", "private")
    aiko.opens(where + "about/")
    aiko.chooses("Add people", "Mori")
    aiko.presses("Add")
    aiko.follows("Leave room")
    aiko.chooses("You are the last owner. Choose the next owner.", "Mori")
    aiko.presses("Leave")
    mori.opens(where + "about/")
    mori.reads("Room settings")


def test_roles_change_what_one_may_do(residents):
    aiko, ben = residents("aiko", "ben")
    where = aiko.makes_room("stable")
    aiko.opens(where + "about/")
    aiko.chooses("Add people", "Ben")
    aiko.presses("Add")
    ben.opens(where + "about/")
    ben.reads_nothing_of("Add people")
    aiko.chooses("Role of Ben", "moderator")
    aiko.presses("Save role of Ben")
    ben.reloads()
    ben.reads("Add people")
    ben.reads_nothing_of("Room settings")
