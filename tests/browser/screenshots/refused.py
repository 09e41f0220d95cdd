"""What is said where there is nothing, where one may not, and where something broke."""

from tests.browser.screenshots.view import page, view

page("not-a-room", "/chat/%07/", None)
page("not-found", "/chat/room/999/", None)
page("not-understood", "/chat/rooms/all/?q=%00")


@view("not-allowed", "ken")
def not_allowed(looker):
    looker.opens(f"/chat/room/{looker.room_id('tea')}/invitations/")


@view("too-old", "ben")
def too_old(looker):
    looker.opens("/chat/people/u1/")
    looker.page.locator('main [name="csrfmiddlewaretoken"]').evaluate("token => token.remove()")
    looker.clicks("main .z-button")


@view("broken", "ben")
def broken(looker):
    with looker.chat_server.without_table():
        looker.opens(f"/chat/{looker.room}/")
