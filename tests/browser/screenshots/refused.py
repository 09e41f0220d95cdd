"""What is said where there is nothing, where one may not, and where something broke."""

from tests.browser.screenshots.view import page, view

page("not-a-room", "/chat/%07/", None)
page("not-found", "/chat/room/999/", None)
page("not-understood", "/chat/rooms/all/?q=%00")


@view("not-allowed", "ken")
def not_allowed(viewer):
    viewer.open(f"/chat/room/{viewer.room_id('tea')}/invitations/")


@view("too-old", "ben")
def too_old(viewer):
    viewer.open("/chat/people/u1/")
    viewer.page.locator('main [name="csrfmiddlewaretoken"]').evaluate("token => token.remove()")
    viewer.click("main .z-button")


@view("broken", "ben")
def broken(viewer):
    with viewer.chat_server.without_table():
        viewer.open(f"/chat/{viewer.room}/")
