"""Rooms, and what opens in them."""

from playwright.sync_api import expect

from tests.browser.screenshots.view import view

SHORT = 3  # the position of a message that leaves room for what opens at it


@view("room", is_main=True)
def room(looker):
    looker.sits_down()


@view("room-unread")
def room_unread(looker):
    looker.sits_down("release 1.0")


@view("room-empty")
def room_empty(looker):
    looker.sits_down("garden")


@view("room-announcements", "ben")
def room_announcements(looker):
    looker.sits_down("server news")


@view("room-archived")
def room_archived(looker):
    looker.sits_down("attic")


@view("room-direct")
def room_direct(looker):
    looker.opens("/chat/people/u2/")
    looker.clicks("main .z-button")
    looker.arrives()


@view("name", None)
def name(looker):
    looker.opens(f"/chat/{looker.room}/")


@view("me")
def me(looker):
    looker.sits_down()
    if looker.page.locator(".z-drawer").is_visible():
        _open_drawer(looker)
    looker.clicks(".z-user-menu summary")


@view("drawer", is_narrow=True)
def drawer(looker):
    looker.sits_down()
    _open_drawer(looker)


def _open_drawer(looker):
    looker.clicks(".z-drawer")
    looker.waits_for(".z-sidebar:popover-open")


@view("thread")
def thread(looker):
    looker.sits_down()
    looker.clicks(".z-replies")
    looker.waits_for(".z-panel .z-message:nth-of-type(3)")


def _panel(action, holds):
    def come(looker):
        looker.sits_down()
        looker.opens_panel(action)
        looker.waits_for(f".z-panel {holds}")

    view(action)(come)


_panel("threads", ".z-message")
_panel("pins", ".z-message")
_panel("saved-list", ".z-message")


@view("pins-none")
def pins_none(looker):
    looker.sits_down("garden")
    looker.opens_panel("pins")
    looker.waits_for('[data-empty="pins"]')


@view("revisions")
def revisions(looker):
    looker.sits_down()
    looker.clicks(".z-edited")
    looker.waits_for(".z-revision")


@view("message-menu")
def message_menu(looker):
    looker.sits_down()
    looker.opens_menu_of(SHORT)


@view("room-menu")
def room_menu(looker):
    looker.sits_down()
    looker.clicks('[data-action="room-menu"]')
    looker.waits_for('[data-part="room-menu"]')


@view("emoji")
def emoji(looker):
    looker.sits_down()
    looker.chooses_of(SHORT, "pick-emoji")
    looker.waits_for('[data-part="picker"] button')


@view("dates")
def dates(looker):
    looker.sits_down()
    looker.opens_panel("dates")
    looker.waits_for('[data-part="dates"]')


@view("mention")
def mention(looker):
    looker.sits_down()
    looker.field.press_sequentially("@")
    looker.waits_for('[data-part="choices"] [role="option"]')


@view("emoji-by-name")
def emoji_by_name(looker):
    looker.sits_down()
    looker.field.press_sequentially(":tea")
    looker.waits_for('[data-part="choices"] [role="option"]')


@view("preview")
def preview(looker):
    looker.sits_down()
    looker.field.fill("**Tea** at `18:30`\n\n- cups\n- leaves")
    looker.clicks('[data-action="preview"]')
    looker.waits_for('[data-part="preview"] li')


@view("answering")
def answering(looker):
    looker.sits_down()
    looker.chooses_of(SHORT, "reply")
    looker.waits_for(".z-task")


@view("here")
def here(looker):
    looker.sits_down()
    looker.clicks('[data-part="participants"]')
    looker.waits_for('[data-part="participants-list"]')


@view("switcher")
def switcher(looker):
    looker.sits_down()
    looker.page.keyboard.press("Control+k")
    looker.waits_for('[data-part="switcher"]')
    looker.page.keyboard.type("a")
    looker.waits_for('[data-part="switcher"] small:visible')


@view("shortcuts")
def shortcuts(looker):
    looker.sits_down()
    looker.messages.last.focus()
    looker.page.keyboard.press("?")
    looker.waits_for('[data-part="shortcuts"]')


@view("deleting")
def deleting(looker):
    looker.sits_down("reading group")
    looker.says_all("A slip of the brush")
    looker.chooses_of(-1, "delete")
    looker.waits_for(".z-undo")


@view("waiting")
def waiting(looker):
    looker.sits_down()
    with looker.chat_server.without_table():
        looker.says("🍡?")
        looker.sees_waiting("🍡?")


@view("failed", "mio")
def failed(looker):
    looker.sits_down("reading group")
    looker.context.set_offline(True)
    looker.says("🍡?")
    with looker.chat_server.without_posting("reading group"):
        looker.context.set_offline(False)
        looker.sees_failed("🍡?")


@view("offline")
def offline(looker):
    looker.sits_down()
    looker.context.set_offline(True)
    looker.page.evaluate("dispatchEvent(new Event('offline'))")
    expect(looker.page.locator('[data-status="offline"]')).to_be_visible()
