"""Text that is composed, as Japanese, Chinese and Korean are: what one says by keys means nothing until it is composed."""

import pytest
from playwright.sync_api import expect

from tests.browser.room_page import PATIENCE

SAFARI = """field => {
  const press = (more) => field.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true, ...more}));
  field.dispatchEvent(new CompositionEvent("compositionstart", {bubbles: true}));
  field.dispatchEvent(new CompositionEvent("compositionend", {bubbles: true}));
  press({keyCode: 229});
}"""
PRESS_WHILE_COMPOSING = """(field, key) => {
  field.dispatchEvent(new KeyboardEvent("keydown", {key, isComposing: true, keyCode: 229, bubbles: true, cancelable: true}));
}"""


class InputMethod:
    """Chromium's own way to be told what an input method does."""

    def __init__(self, page):
        self._page = page
        self._devtools = page.context.new_cdp_session(page)

    def composes(self, text):
        self._devtools.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )

    def writes(self, text):
        """What was composed becomes this."""
        self._devtools.send("Input.insertText", {"text": text})


@pytest.fixture(scope="module", autouse=True)
def lived_in(server_with_accounts):
    server_with_accounts.run("tests.browser.people.seed_accounts", "田中", "鈴木")


@pytest.fixture
def aiko(open_as, request):
    """In a room in which 鈴木 spoke last, 田中 before, and Ben before that."""
    room_name = request.node.name
    for person in ("ben", "田中", "鈴木"):
        open_as(room_name, person).send_all(f"{person} here")
    return open_as(room_name, "aiko")


def offers_of(writer):
    return writer.page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def is_offered(writer, name):
    """This and nothing else."""
    expect(offers_of(writer)).to_have_count(1)
    expect(offers_of(writer)).to_have_accessible_name(name)


def test_a_name_that_is_composed_is_the_one_that_is_taken(aiko):
    method = InputMethod(aiko.page)
    aiko.field.press_sequentially("@")
    expect(offers_of(aiko).first).to_have_accessible_name("鈴木")
    for text in ("t", "た", "たな", "たなか"):
        method.composes(text)
        expect(offers_of(aiko)).to_have_count(0)
    aiko.field.evaluate(PRESS_WHILE_COMPOSING, "Enter")
    method.composes("田中")
    expect(offers_of(aiko)).to_have_count(0)
    method.writes("田中")
    is_offered(aiko, "田中")
    aiko.field.press("Enter")
    expect(aiko.field).to_have_value("@田中 ")
    method.composes("すず")
    method.writes("。")
    aiko.field.press("Enter")
    aiko.expect_message("@田中 。")
    expect(aiko.message("@田中 。").locator(".mention")).to_have_text("@田中")


def test_a_name_begins_behind_what_writes_no_spaces(aiko):
    method = InputMethod(aiko.page)
    for text in ("＠", "確認お願いします@", "ありがとー＠", "안녕@", "สวัสดี@", "(@", "「＠", "🍵@"):
        aiko.field.fill("")
        method.composes(text)
        method.writes(text)
        method.composes("すず")
        method.writes("鈴")
        is_offered(aiko, "鈴木")
        aiko.field.press("Tab")
        expect(aiko.field).to_have_value(f"{text[:-1]}@鈴木 ")


def test_an_address_is_no_name(aiko):
    for text in ("me@be", "é@be", "5@be", "https://example.org/@be", "я@be"):
        aiko.field.fill("")
        aiko.field.press_sequentially("@be")
        is_offered(aiko, "Ben")
        aiko.field.fill("")
        aiko.field.press_sequentially(text)
        expect(offers_of(aiko)).to_have_count(0)


def test_a_name_is_looked_up_where_the_caret_is(aiko):
    aiko.field.press_sequentially("@be")
    is_offered(aiko, "Ben")
    aiko.field.press("Home")
    expect(offers_of(aiko)).to_have_count(0)
    aiko.field.press("Enter")
    expect(aiko.field).to_have_value("")
    aiko.expect_message("@be")


def test_what_was_not_offered_for_this_is_never_taken(aiko):
    """A list of another moment is pointed at: what stands before the caret now counts."""
    aiko.field.press_sequentially("@be")
    is_offered(aiko, "Ben")
    aiko.field.evaluate("field => { field.value = 'something else'; }")
    offers_of(aiko).click()
    expect(aiko.field).to_have_value("something else")
    expect(offers_of(aiko)).to_have_count(0)


def test_an_emoji_is_not_offered_for_what_is_being_composed(aiko):
    method = InputMethod(aiko.page)
    aiko.field.press_sequentially(":te")
    expect(offers_of(aiko).first).to_be_visible()
    method.composes("あ")
    expect(offers_of(aiko)).to_have_count(0)
    method.composes("")
    method.writes("a")
    expect(offers_of(aiko).first).to_be_visible()


def test_the_enter_that_ends_a_composition_sends_nothing(aiko):
    aiko.send_all("begin")
    aiko.choose_action("Reply in thread", "begin")
    answer = aiko.panel.get_by_role("textbox")
    for field in (aiko.field, answer):
        field.fill("お茶")
        field.evaluate(SAFARI)
        field.evaluate(PRESS_WHILE_COMPOSING, "Enter")
        expect(field).to_have_value("お茶")
    for key in ("Escape", "Enter", "ArrowUp"):
        answer.evaluate(PRESS_WHILE_COMPOSING, key)
    expect(aiko.panel).to_be_visible()
    expect(aiko.in_panel("お茶")).to_have_count(0)


def test_an_edit_is_not_given_up_by_the_keys_of_an_input_method(aiko):
    aiko.send_all("お茶")
    aiko.field.press("ArrowUp")
    expect(aiko.page.get_by_text("Editing message")).to_be_visible()
    for key in ("Escape", "Enter"):
        aiko.field.evaluate(PRESS_WHILE_COMPOSING, key)
    expect(aiko.page.get_by_text("Editing message")).to_be_visible()
    aiko.field.press("Escape")
    expect(aiko.page.get_by_text("Editing message")).to_have_count(0)


def test_rooms_people_and_signs_are_searched_by_what_was_composed(aiko):
    method = InputMethod(aiko.page)
    here = aiko.page.url
    aiko.page.keyboard.press("Control+k")
    switcher = aiko.page.get_by_role("combobox")
    expect(switcher).to_be_focused()
    method.composes("すずき")
    for key in ("Enter", "Escape", "ArrowDown"):
        switcher.evaluate(PRESS_WHILE_COMPOSING, key)
    expect(switcher).to_be_focused()
    method.writes("鈴木")
    expect(aiko.page.get_by_role("option").filter(has_text="鈴木")).to_be_visible()
    aiko.page.keyboard.press("Escape")  # the browser empties the field first
    aiko.page.keyboard.press("Escape")
    expect(switcher).to_be_hidden()
    filter = aiko.sidebar.get_by_role("searchbox")
    filter.focus()
    method.composes("ちゃ")
    for key in ("Enter", "Escape"):
        filter.evaluate(PRESS_WHILE_COMPOSING, key)
    method.writes("茶室")
    expect(filter).to_have_value("茶室")
    aiko.choose_action("React", "ben here")
    search = aiko.page.get_by_label("Search emoji by name")
    expect(search).to_be_focused()
    method.composes("あ")
    for key in ("Enter", "Escape", "ArrowDown"):
        search.evaluate(PRESS_WHILE_COMPOSING, key)
    expect(search).to_be_focused()
    assert aiko.page.url == here


def test_a_draft_of_another_device_waits_until_one_has_composed(open_as):
    aiko, phone = open_as("composed here", "aiko"), open_as("composed here", "aiko")
    aiko.field.fill("Dear all, ")
    expect(phone.field).to_have_value("Dear all, ")
    method = InputMethod(aiko.page)
    method.composes("おちゃ")
    expect(phone.field).to_have_value("Dear all, おちゃ")
    phone.field.fill("from the phone")
    tablet = open_as("composed here", "aiko")
    expect(tablet.field).to_have_value("from the phone")  # so has she heard of it
    expect(aiko.field).to_have_value("Dear all, おちゃ")
    method.composes("お茶")
    method.writes("お茶")
    for device in (aiko, phone, tablet):
        expect(device.field).to_have_value("from the phone\n\nDear all, お茶", timeout=PATIENCE)
