"""Two people talk, and nothing they said gets lost."""

from playwright.sync_api import expect


def test_two_people_talk_both_ways(aiko_and_ben):
    aiko, ben = aiko_and_ben
    aiko.says("Shall we have **tea**?")
    ben.sees("Shall we have tea?")
    ben.says("Yes, please.")
    aiko.sees("Yes, please.")
    aiko.sees("Shall we have tea?")


def test_what_was_said_is_there_after_a_reload(guests):
    aiko = guests().enters("kept", "Aiko")
    aiko.says("Write this down.")
    aiko.sees("Write this down.")
    aiko.reloads()
    aiko.sees_in_order("Write this down.")
    guests().enters("kept").sees_in_order("Write this down.")


def test_both_catch_up_when_the_server_was_killed(chat_server, guests):
    aiko, ben = guests().enters("storm", "Aiko"), guests().enters("storm", "Ben")
    aiko.says("before")
    ben.sees("before")
    chat_server.kill()
    aiko.sees_status("Connection lost.")
    aiko.says("while it was away, from Aiko")
    aiko.sees_pale("while it was away, from Aiko")
    chat_server.start()
    aiko.sees("while it was away, from Aiko")
    ben.sees("while it was away, from Aiko")
    ben.says("after")
    aiko.sees("after")
    expect(aiko.page.get_by_text("Connection lost.")).to_be_hidden()
    for guest in (aiko, ben):
        guest.sees_in_order("before", "while it was away, from Aiko", "after")


def test_what_was_said_while_one_was_away_arrives_without_a_reload(chat_server, guests):
    aiko, ben = guests().enters("away", "Aiko"), guests().enters("away", "Ben")
    aiko.says("one")
    ben.sees("one")
    ben.context.set_offline(True)
    ben.page.evaluate("dispatchEvent(new Event('offline'))")
    ben.sees_status("You are offline.")
    for text in ("two", "three", "four"):
        aiko.says(text)
        aiko.sees(text)
    ben.context.set_offline(False)
    ben.sees_in_order("one", "two", "three", "four")


def test_one_author_is_named_once_and_a_day_begins_with_its_line(guests):
    aiko = guests().enters("groups", "Aiko")
    for text in ("first", "second"):
        aiko.says(text)
        aiko.sees(text)
    expect(aiko.message("first").locator(".z-author")).to_be_visible()
    expect(aiko.message("second").locator(".z-author")).to_be_hidden()
    expect(aiko.page.locator(".z-day")).to_have_text(["today"])
