"""Rooms are made, changed under the eyes of those in them, left, and closed to whoever does not belong."""

import re

from playwright.sync_api import expect

PATIENCE = 20_000  # milliseconds


def test_a_room_is_renamed_and_described_before_the_eyes_of_those_in_it(account_pages):
    aiko, ben = account_pages("aiko", "ben")
    where = aiko.create_room("garden")
    ben.open(where)
    aiko.open(where + "about/")
    aiko.fill(Name="orchard", Description="Trees and their fruit")
    aiko.press("Save changes")
    expect(ben.page.locator(".z-room-title")).to_have_text("orchard")
    expect(ben.page.locator(".z-room-about")).to_have_text("Trees and their fruit")
    expect(ben.page).to_have_title(re.compile("^orchard"))


def test_who_was_away_comes_back_to_the_room_as_it_is(account_pages):
    aiko, ben = account_pages("aiko", "ben")
    where = aiko.create_room("pond")
    ben.open(where)
    expect(ben.page.locator("html")).to_have_attribute("data-layout-ready", "")
    ben.context.set_offline(True)
    aiko.open(where + "about/")
    aiko.fill(Name="lake")
    aiko.press("Save changes")
    ben.context.set_offline(False)
    expect(ben.page.locator(".z-room-title")).to_have_text("lake", timeout=PATIENCE)


def test_what_could_not_be_fetched_comes_when_the_connection_is_back(account_pages):
    aiko, ben = account_pages("aiko", "ben")
    where = aiko.create_room("ford")
    ben.page.route(re.compile(r"/(layout|participants)\b[^/]*\.js"), lambda route: route.abort())
    ben.open(where)
    expect(ben.page.locator("zashiki-room[data-ready]")).to_be_visible()
    expect(ben.page.get_by_role("button", name="Who is here")).to_be_hidden()
    ben.page.unroute_all()
    ben.drop_connection()
    expect(ben.page.locator("html")).to_have_attribute("data-layout-ready", "", timeout=PATIENCE)
    expect(ben.page.get_by_role("button", name="Who is here")).to_be_visible(timeout=PATIENCE)
    ben.forget_error("Failed to load resource: net::ERR_FAILED")


def test_an_archived_room_can_be_read_and_not_written_in(account_pages):
    aiko, ben = account_pages("aiko", "ben")
    where = aiko.create_room("attic")
    ben.open(where)
    ben.send("Anybody here?")
    ben.expect_message("Anybody here?")
    aiko.open(where + "about/")
    aiko.press("Archive room")
    expect(ben.field).to_be_hidden()
    ben.expect_text("You can read this room, but you cannot post in it.")
    ben.expect_message("Anybody here?")
    aiko.press("Restore room")
    expect(ben.field).to_be_visible()
    ben.send("Hello again")
    ben.expect_message("Hello again")


def test_in_a_room_for_announcements_only_some_write(account_pages):
    aiko, ben = account_pages("aiko", "ben")
    where = aiko.create_room("news")
    ben.open(where)
    aiko.open(where + "about/")
    aiko.choose("Who can post", "moderators")
    aiko.press("Save changes")
    expect(ben.field).to_be_hidden()
    aiko.open(where)
    aiko.send("Tea at four")
    ben.expect_message("Tea at four")


def test_a_private_room_does_not_exist_for_others(account_pages):
    aiko, olga = account_pages("aiko", "olga")
    where = aiko.create_room("secret", "private")
    aiko.send("Only we know")
    aiko.expect_message("Only we know")
    for path in (where, where + "about/"):
        assert olga.page.goto(olga.chat_server.url + path).status == 404
        olga.expect_no_text("Only we know")
    olga.open("/chat/rooms/all/")
    olga.expect_no_text("secret")
    # The name is taken from nobody: at its address another room begins, as at any other where visitors are welcome.
    assert olga.page.goto(olga.chat_server.url + "/chat/secret/").status == 200
    olga.expect_no_text("Only we know")
    olga.faults.clear()  # the browser says that there was no such page


def test_a_room_is_closed_before_the_eyes_of_those_in_it_and_opened_again(account_pages):
    aiko, ben = account_pages("aiko", "ben")
    where = aiko.create_room("meadow")
    ben.open(where)
    expect(ben.field).to_be_visible()
    aiko.open(where + "about/")
    aiko.choose("Who can read it", "private")
    aiko.press("Save changes")
    expect(ben.page.locator('[data-status="ended"]')).to_be_visible(timeout=PATIENCE)
    aiko.choose("Who can read it", "public")
    aiko.press("Save changes")
    ben.press("Reload the page")
    expect(ben.field).to_be_visible()


def test_who_is_taken_out_of_a_private_room_loses_it_at_once(account_pages):
    aiko, ben = account_pages("aiko", "ben")
    where = aiko.create_room("cellar", "private")
    aiko.add_person(where, "Ben")
    ben.open(where)
    aiko.press("Remove Ben")
    expect(ben.page.locator('[data-status="ended"]')).to_be_visible(timeout=5000)


def test_a_room_is_found_joined_and_left(account_pages):
    aiko, ben = account_pages("aiko", "ben")
    aiko.create_room("kitchen")
    ben.open("/chat/rooms/all/?q=kitch")
    ben.press("Join kitchen")
    ben.follow_link("Room details")
    ben.expect_text("Ben")
    ben.follow_link("Leave room")
    ben.expect_text("This room is public. You can join it again at any time.")
    ben.press("Leave")
    ben.open("/chat/rooms/all/?q=kitch")
    expect(ben.page.get_by_role("button", name="Join kitchen")).to_be_visible()


def test_an_owner_hands_the_room_over_and_leaves(account_pages):
    aiko, mori = account_pages("aiko", "mori")
    where = aiko.create_room("shed", "private")
    aiko.add_person(where, "Mori")
    aiko.follow_link("Leave room")
    aiko.choose("You are the last owner. Choose the next owner.", "Mori")
    aiko.press("Leave")
    mori.open(where + "about/")
    mori.expect_text("Room settings")


def test_roles_change_what_one_may_do(account_pages):
    aiko, ben = account_pages("aiko", "ben")
    where = aiko.create_room("stable")
    aiko.add_person(where, "Ben")
    ben.open(where + "about/")
    ben.expect_no_text("Add people")
    aiko.choose("Role of Ben", "moderator")
    aiko.press("Save role of Ben")
    ben.reload()
    ben.expect_text("Add people")
    ben.expect_no_text("Room settings")
