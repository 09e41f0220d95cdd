"""Pages before the rooms, and those on which rooms are kept."""

from tests.browser.screenshots.view import View, page, view

WELCOME = View("welcome", None, lambda viewer: viewer.open("/"))  # before anybody lives there

page("index", "/chat/", is_main=True)
page("entrance", "/chat/", None)
page("directory", "/chat/rooms/all/", is_main=True)
page("directory-none", "/chat/rooms/all/?q=zzz")
page("make-room", "/chat/room/new/")
page("about", "/chat/room/{room}/about/", is_main=True)
page("about-member", "/chat/room/{room}/about/", "marta")
page("leave", "/chat/room/{room}/leave/")
page("invitations", "/chat/room/{room}/invitations/")
page("people", "/chat/people/all/", is_main=True)
page("people-none", "/chat/people/all/?q=zzz")
page("person", "/chat/people/u2/")
page("profile", "/chat/me/profile/")


@view("about-archived")
def about_archived(viewer):
    viewer.open(f"/chat/room/{viewer.room_id('attic')}/about/")


@view("make-room-refused")
def make_room_refused(viewer):
    viewer.open("/chat/room/new/")
    viewer.page.locator("#id_name").fill(viewer.room)
    viewer.click("main .z-form button")


@view("invitation", None)
def invitation(viewer):
    viewer.page.goto(viewer.chat_server.invitation)


@view("invitation-accept", "ken")
def invitation_accept(viewer):
    viewer.page.goto(viewer.chat_server.invitation)


page("invitation-gone", "/chat/invitation/nothing/", None)
