"""Messages are edited, taken back, answered and reacted to."""

from playwright.sync_api import expect


def test_an_edit_is_seen_by_others_and_marked(open_as):
    aiko, ben = open_as("edits", "aiko"), open_as("edits", "ben")
    aiko.send_all("Tee is ready")
    aiko.choose_action("Edit", "Tee is ready")
    expect(aiko.field).to_have_value("Tee is ready")
    aiko.send("Tea is ready")
    for one in (aiko, ben):
        one.expect_message("Tea is ready")
        expect(one.message("Tea is ready").get_by_role("button", name="edited")).to_be_visible()
        expect(one.messages).to_have_count(1)
    expect(aiko.field).to_have_value("")


def test_up_in_an_empty_field_edits_ones_last_and_escape_gives_it_up(open_as):
    aiko, ben = open_as("up", "aiko"), open_as("up", "ben")
    aiko.send_all("mine, first", "mine, last")
    ben.send_all("not hers")
    aiko.expect_message("not hers")
    aiko.field.press("ArrowUp")
    expect(aiko.field).to_have_value("mine, last")
    aiko.field.fill("nothing of this")
    aiko.field.press("Escape")
    expect(aiko.field).to_have_value("")
    aiko.expect_message("mine, last")


def test_an_edit_leaves_the_draft_alone(open_as):
    aiko = open_as("aside", "aiko")
    aiko.send_all("edit me")
    aiko.field.fill("begun")
    aiko.choose_action("Edit", "edit me")
    expect(aiko.field).to_have_value("edit me")
    aiko.send("edited text")
    aiko.expect_message("edited text")
    expect(aiko.field).to_have_value("begun")


def test_what_was_said_before_an_edit_can_be_read(open_as):
    aiko, ben = open_as("revisions", "aiko"), open_as("revisions", "ben")
    aiko.send_all("first version")
    for text in ("second version", "third version"):
        aiko.edit_last(text)
    ben.message("third version").get_by_role("button", name="edited").click()
    expect(ben.panel.locator(".z-revision .z-body")).to_have_text(["first version", "second version"])
    ben.page.keyboard.press("Escape")
    expect(ben.panel).to_be_hidden()
    expect(ben.message("third version").get_by_role("button", name="edited")).to_be_focused()


def test_a_deletion_can_be_undone_for_some_seconds(open_as):
    aiko, ben = open_as("undone", "aiko"), open_as("undone", "ben")
    aiko.send_all("stay")
    aiko.choose_action("Delete", "stay")
    aiko.message("stay").get_by_role("button", name="Undo").click()
    expect(aiko.message("stay")).not_to_have_attribute("data-state", "deleting")
    expect(aiko.message("stay")).to_be_focused()
    ben.expect_message("stay")


def test_a_deleted_message_leaves_a_tombstone_and_no_word(open_as):
    aiko, ben = open_as("gone", "aiko"), open_as("gone", "ben")
    aiko.send_all("a secret")
    aiko.choose_action("Delete", "a secret")
    expect(aiko.message("a secret")).to_have_attribute("data-state", "deleting")
    for one in (aiko, ben):
        expect(one.page.get_by_text("This message was deleted.")).to_be_visible(timeout=10_000)
        expect(one.page.locator("body")).not_to_contain_text("a secret")


def test_who_leaves_the_page_means_the_deletion(open_as):
    aiko, ben = open_as("leaving", "aiko"), open_as("leaving", "ben")
    aiko.send_all("away with it")
    aiko.choose_action("Delete", "away with it")
    aiko.page.goto(aiko.chat_server.address())
    expect(ben.page.get_by_text("This message was deleted.")).to_be_visible()


def test_only_ones_own_can_be_edited_and_deleted(open_as):
    aiko, ben = open_as("own", "aiko"), open_as("own", "ben")
    aiko.send_all("hers")
    ben.expect_message("hers")
    ben.open_menu("hers")
    expect(ben.page.get_by_role("menuitem", name="Copy text")).to_be_visible()
    for name in ("Edit", "Delete"):
        expect(ben.page.get_by_role("menuitem", name=name)).to_be_hidden()


def test_reactions_are_given_joined_and_taken_back(open_as):
    aiko, ben = open_as("reactions", "aiko"), open_as("reactions", "ben")
    aiko.send_all("cake!")
    ben.expect_message("cake!")
    ben.react("🎉", "cake!")
    expect(aiko.reaction("cake!")).to_have_text("🎉 1")
    aiko.reaction("cake!").click()
    for one in (aiko, ben):
        expect(one.reaction("cake!")).to_have_text("🎉 2")
        expect(one.reaction("cake!")).to_have_attribute("aria-pressed", "true")
        expect(one.reaction("cake!")).to_have_attribute("title", "Ben, Aiko")
    expect(aiko.reaction("cake!")).to_be_focused()
    aiko.reaction("cake!").click()
    expect(ben.reaction("cake!")).to_have_text("🎉 1")
    expect(aiko.reaction("cake!")).to_have_attribute("aria-pressed", "false")


def test_any_emoji_is_found_by_its_name(open_as):
    aiko = open_as("names of emoji", "aiko")
    aiko.send_all("where is the kettle?")
    aiko.choose_action("React", "where is the kettle?")
    aiko.page.get_by_label("Search emoji by name").fill("teapot")
    aiko.page.get_by_label("Search emoji by name").press("Enter")
    expect(aiko.reaction("kettle")).to_have_text("🫖 1")


def test_an_answer_quotes_what_it_answers_and_leads_there(open_as):
    aiko, ben = open_as("quotes", "aiko"), open_as("quotes", "ben")
    aiko.send("Who has the **key**?")
    aiko.expect_message("Who has the key?")
    ben.expect_message("Who has the key?")
    ben.choose_action("Reply", "Who has the key?")
    expect(ben.page.locator(".z-task")).to_contain_text("Replying to Aiko Who has the key?")
    ben.send("It hangs at the door.")
    for one in (aiko, ben):
        quote = one.message("It hangs at the door.").locator(".z-quote")
        expect(quote).to_contain_text("Aiko Who has the key?")
        expect(one.page.locator(".z-task")).to_have_count(0)
    aiko.reload()
    aiko.message("It hangs at the door.").locator(".z-quote").click()
    expect(aiko.message("Who has the").first).to_be_focused()


def test_a_deleted_message_is_quoted_no_more(open_as):
    aiko = open_as("unquoted", "aiko")
    aiko.send_all("a slip")
    aiko.choose_action("Reply", "a slip")
    aiko.send("answered")
    aiko.expect_message("answered")
    aiko.messages.first.hover()
    aiko.messages.first.get_by_role("button", name="More").click()
    aiko.page.get_by_role("menuitem", name="Delete").click()
    expect(aiko.page.get_by_text("This message was deleted.")).to_be_visible(timeout=10_000)
    expect(aiko.message("answered").locator(".z-quote")).to_have_text("Aiko …")
    aiko.reload()
    expect(aiko.message("answered").locator(".z-quote")).to_have_text("Aiko …")


def test_what_could_not_be_done_is_said(open_as):
    aiko = open_as("refused", "aiko")
    aiko.send_all("hello")
    aiko.message("hello").hover()
    expect(aiko.message("hello").get_by_role("toolbar")).to_be_visible()
    aiko.context.set_offline(True)
    aiko.drop_connection()
    aiko.react("👍", "hello")
    aiko.expect_toast("Not done: the connection was lost.")
    aiko.context.set_offline(False)
