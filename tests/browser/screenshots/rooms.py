"""Rooms, and what opens in them."""

from playwright.sync_api import expect

from tests.browser.screenshots.view import view

SHORT = 3  # the position of a message that leaves room for what opens at it


@view("room", is_main=True)
def room(viewer):
    viewer.enter_room()


@view("room-unread")
def room_unread(viewer):
    viewer.enter_room("release 1.0")


@view("room-empty")
def room_empty(viewer):
    viewer.enter_room("garden")


@view("room-announcements", "ben")
def room_announcements(viewer):
    viewer.enter_room("server news")


@view("room-archived")
def room_archived(viewer):
    viewer.enter_room("attic")


@view("room-direct")
def room_direct(viewer):
    viewer.open("/chat/people/u2/")
    viewer.click("main .z-button")
    viewer.wait_until_ready()


@view("name", None)
def name(viewer):
    viewer.open(f"/chat/{viewer.room}/")


@view("me")
def me(viewer):
    viewer.enter_room()
    if viewer.page.locator(".z-drawer").is_visible():
        _open_drawer(viewer)
    viewer.click(".z-user-menu summary")


@view("drawer", is_narrow=True)
def drawer(viewer):
    viewer.enter_room()
    _open_drawer(viewer)


def _open_drawer(viewer):
    viewer.click(".z-drawer")
    viewer.wait_for(".z-sidebar:popover-open")


@view("thread")
def thread(viewer):
    viewer.enter_room()
    viewer.click(".z-replies")
    viewer.wait_for(".z-panel .z-message:nth-of-type(3)")


def _panel(action, holds):
    def come(viewer):
        viewer.enter_room()
        viewer.open_panel(action)
        viewer.wait_for(f".z-panel {holds}")

    view(action)(come)


_panel("threads", ".z-message")
_panel("pins", ".z-message")
_panel("saved-list", ".z-message")


@view("pins-none")
def pins_none(viewer):
    viewer.enter_room("garden")
    viewer.open_panel("pins")
    viewer.wait_for('[data-empty="pins"]')


@view("revisions")
def revisions(viewer):
    viewer.enter_room()
    viewer.click(".z-edited")
    viewer.wait_for(".z-revision")


@view("message-menu")
def message_menu(viewer):
    viewer.enter_room()
    viewer.open_menu_of(SHORT)


@view("room-menu")
def room_menu(viewer):
    viewer.enter_room()
    viewer.click('[data-action="room-menu"]')
    viewer.wait_for('[data-part="room-menu"]')


@view("emoji")
def emoji(viewer):
    viewer.enter_room()
    viewer.choose_from_menu_of(SHORT, "pick-emoji")
    viewer.wait_for('[data-part="picker"] button')


@view("dates")
def dates(viewer):
    viewer.enter_room()
    viewer.open_panel("dates")
    viewer.wait_for('[data-part="dates"]')


@view("mention")
def mention(viewer):
    viewer.enter_room()
    viewer.field.press_sequentially("@")
    viewer.wait_for('[data-part="choices"] [role="option"]')


@view("emoji-by-name")
def emoji_by_name(viewer):
    viewer.enter_room()
    viewer.field.press_sequentially(":tea")
    viewer.wait_for('[data-part="choices"] [role="option"]')


@view("preview")
def preview(viewer):
    viewer.enter_room()
    viewer.field.fill("**Tea** at `18:30`\n\n- cups\n- leaves")
    viewer.click('[data-action="preview"]')
    viewer.wait_for('[data-part="preview"] li')


@view("answering")
def answering(viewer):
    viewer.enter_room()
    viewer.choose_from_menu_of(SHORT, "reply")
    viewer.wait_for(".z-task")


@view("here")
def path(viewer):
    viewer.enter_room()
    viewer.click('[data-part="participants"]')
    viewer.wait_for('[data-part="participants-list"]')


@view("switcher")
def switcher(viewer):
    viewer.enter_room()
    viewer.page.keyboard.press("Control+k")
    viewer.wait_for('[data-part="switcher"]')
    viewer.page.keyboard.type("a")
    viewer.wait_for('[data-part="switcher"] small:visible')


@view("shortcuts")
def shortcuts(viewer):
    viewer.enter_room()
    viewer.messages.last.focus()
    viewer.page.keyboard.press("?")
    viewer.wait_for('[data-part="shortcuts"]')


@view("deleting")
def deleting(viewer):
    viewer.enter_room("reading group")
    viewer.send_all("A slip of the brush")
    viewer.choose_from_menu_of(-1, "delete")
    viewer.wait_for(".z-undo")


@view("waiting")
def waiting(viewer):
    viewer.enter_room()
    with viewer.chat_server.without_table():
        viewer.send("🍡?")
        viewer.expect_waiting("🍡?")


@view("failed", "mio")
def failed(viewer):
    viewer.enter_room("reading group")
    viewer.context.set_offline(True)
    viewer.send("🍡?")
    with viewer.chat_server.without_posting("reading group"):
        viewer.context.set_offline(False)
        viewer.expect_failed("🍡?")


@view("offline")
def offline(viewer):
    viewer.enter_room()
    viewer.context.set_offline(True)
    viewer.drop_connection()
    expect(viewer.page.locator('[data-status="offline"]')).to_be_visible()
