"""People meet: by invitation, directly, with a face."""

import io

from PIL import Image
from playwright.sync_api import expect

from tests.browser.people.residents import PASSWORD


def picture():
    file = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(file, "PNG")
    return {"name": "me.png", "mimeType": "image/png", "buffer": file.getvalue()}


def test_somebody_new_comes_by_a_link_into_a_room(residents):
    kei, newcomer = residents("kei", None)
    where = kei.makes_room("library", "private")
    kei.opens(where + "invitations/")
    kei.presses("Create link")
    code = kei.page.get_by_role("img", name="QR code of the link")
    assert code.evaluate("code => code.decode().then(() => code.naturalWidth)") > 0
    link = kei.page.get_by_label("Link", exact=True).input_value()
    newcomer.page.goto(link)
    newcomer.reads("invited you to join library")
    newcomer.follows("Create account")
    newcomer.page.get_by_label("Username").fill("nina")
    newcomer.page.get_by_label("Password", exact=True).fill(PASSWORD)
    newcomer.page.get_by_role("button", name="Sign Up").click()
    expect(newcomer.field).to_be_visible()
    newcomer.says("Thank you for the invitation")
    kei.opens(where)
    kei.sees("Thank you for the invitation")


def test_nobody_signs_up_without_an_invitation(residents):
    stranger = residents(None)
    stranger.opens("/accounts/signup/")
    expect(stranger.page.get_by_label("Username")).to_have_count(0)


def test_a_link_that_was_taken_back_opens_nothing(residents):
    kei, olga = residents("kei", "olga")
    where = kei.makes_room("vault", "private")
    kei.opens(where + "invitations/")
    kei.presses("Create link")
    link = kei.page.get_by_label("Link", exact=True).input_value()
    kei.presses("Revoke link")
    olga.page.goto(link)
    olga.reads("This invitation link no longer works")
    olga.faults.clear()


def test_a_link_lets_in_as_many_as_it_says(residents):
    kei, ben, olga = residents("kei", "ben", "olga")
    link = kei.makes_link(kei.makes_room("tower", "private"), Maximum_number_of_uses="1")
    ben.page.goto(link)
    ben.presses("Accept invitation")
    expect(ben.page.locator(".z-room-title")).to_have_text("tower")
    kei.reloads()
    kei.reads("There are no active links.")
    olga.page.goto(link)
    olga.reads("This invitation link no longer works")
    olga.forgets("404")


def test_a_link_expires(residents):
    kei, olga = residents("kei", "olga")
    link = kei.makes_link(kei.makes_room("pier", "private"))
    olga.page.goto(link)
    olga.reads("invited you to join pier")
    olga.chat_server.lets_invitations_expire()
    olga.presses("Accept invitation")
    olga.reads("This invitation link no longer works")
    olga.forgets("404")


def test_the_same_people_have_the_same_room(residents):
    aiko, mori = residents("aiko", "mori")
    for one, others in ((aiko, ("Ben", "Mori")), (mori, ("Aiko", "Ben"))):
        one.opens("/chat/people/all/")
        for name in others:
            one.page.get_by_label(f"Select {name}").check()
        one.presses("Start conversation")
        expect(one.page.locator(".z-room-title")).to_have_text(", ".join(others))
    assert aiko.here == mori.here


def test_two_people_talk_directly_in_one_room(residents):
    aiko, ben = residents("aiko", "ben")
    aiko.opens("/chat/people/all/")
    aiko.page.get_by_label("Select Ben").check()
    aiko.presses("Start conversation")
    aiko.says("Between us")
    aiko.sees("Between us")
    ben.opens("/chat/people/all/?q=aiko")
    ben.follows("Aiko")
    ben.presses("Message Aiko")
    ben.sees("Between us")
    assert ben.here == aiko.here
    expect(ben.page.locator(".z-room-title")).to_have_text("Aiko")
    expect(aiko.page.locator(".z-room-title")).to_have_text("Ben")


def test_a_profile_shows_a_name_a_status_and_a_face(residents):
    mori, ben = residents("mori", "ben")
    mori.opens("/chat/me/profile/")
    mori.page.get_by_label("Display name").fill("Mori 森")
    mori.page.get_by_label("Status").fill("in the garden")
    mori.page.get_by_label("Profile picture").set_input_files(picture())
    mori.presses("Save")
    expect(mori.page.get_by_label("Remove picture")).to_be_visible()
    ben.opens("/chat/people/all/?q=森")
    ben.reads("in the garden")
    where = mori.makes_room("porch")
    mori.says("Here I am")
    ben.opens(where)
    ben.sees("Here I am")
    drawn = "avatar => getComputedStyle(avatar).backgroundImage"
    assert ".webp" in ben.message("Here I am").locator(".z-avatar").evaluate(drawn)
    ben.opens("/chat/people/all/?q=森")
    face = ben.page.locator("li", has_text="Mori 森").locator("img.z-profile-avatar")
    assert face.evaluate("face => face.decode().then(() => face.naturalWidth)") == 256
