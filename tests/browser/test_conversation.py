"""Two people talk, and nothing they said gets lost."""

from playwright.sync_api import expect


def test_two_people_talk_both_ways(aiko_and_ben):
    aiko, ben = aiko_and_ben
    aiko.send("Shall we have **tea**?")
    ben.expect_message("Shall we have tea?")
    ben.send("Yes, please.")
    aiko.expect_message("Yes, please.")
    aiko.expect_message("Shall we have tea?")


def test_what_was_said_is_there_after_a_reload(browsers):
    aiko = browsers().enter("kept", "Aiko")
    aiko.send("Write this down.")
    aiko.expect_message("Write this down.")
    aiko.reload()
    aiko.expect_messages("Write this down.")
    browsers().enter("kept").expect_messages("Write this down.")


def test_both_catch_up_when_the_server_was_killed(chat_server, browsers):
    aiko, ben = browsers().enter("storm", "Aiko"), browsers().enter("storm", "Ben")
    aiko.send("before")
    ben.expect_message("before")
    chat_server.kill()
    aiko.expect_status("Connection lost.")
    aiko.send("while it was away, from Aiko")
    aiko.expect_pending("while it was away, from Aiko")
    chat_server.start()
    aiko.expect_message("while it was away, from Aiko")
    ben.expect_message("while it was away, from Aiko")
    ben.send("after")
    aiko.expect_message("after")
    expect(aiko.page.get_by_text("Connection lost.")).to_be_hidden()
    for guest in (aiko, ben):
        guest.expect_messages("before", "while it was away, from Aiko", "after")


def test_what_was_said_while_one_was_away_arrives_without_a_reload(chat_server, browsers):
    aiko, ben = browsers().enter("away", "Aiko"), browsers().enter("away", "Ben")
    aiko.send("one")
    ben.expect_message("one")
    ben.context.set_offline(True)
    ben.drop_connection()
    ben.expect_status("You are offline.")
    for text in ("two", "three", "four"):
        aiko.send(text)
        aiko.expect_message(text)
    ben.context.set_offline(False)
    ben.expect_messages("one", "two", "three", "four")


def test_one_author_is_named_once_and_a_day_begins_with_its_line(browsers):
    aiko = browsers().enter("groups", "Aiko")
    for text in ("first", "second"):
        aiko.send(text)
        aiko.expect_message(text)
    expect(aiko.message("first").locator(".z-author")).to_be_visible()
    expect(aiko.message("second").locator(".z-author")).to_be_hidden()
    expect(aiko.page.locator(".z-day")).to_have_text(["today"])
