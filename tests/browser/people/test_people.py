"""People meet: by invitation, directly, with a face."""

import io

from PIL import Image
from playwright.sync_api import expect

from tests.browser.people.seed_accounts import PASSWORD


def picture():
    file = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(file, "PNG")
    return {"name": "me.png", "mimeType": "image/png", "buffer": file.getvalue()}


def test_somebody_new_comes_by_a_link_into_a_room(account_pages):
    kei, newcomer = account_pages("kei", None)
    where = kei.create_room("library", "private")
    kei.open(where + "invitations/")
    kei.press("Create link")
    code = kei.page.get_by_role("img", name="QR code of the link")
    assert code.evaluate("code => code.decode().then(() => code.naturalWidth)") > 0
    link = kei.page.get_by_label("Link", exact=True).input_value()
    newcomer.page.goto(link)
    newcomer.expect_text("invited you to join library")
    newcomer.follow_link("Create account")
    newcomer.page.get_by_label("Username").fill("nina")
    newcomer.page.get_by_label("Password", exact=True).fill(PASSWORD)
    newcomer.page.get_by_role("button", name="Sign Up").click()
    expect(newcomer.field).to_be_visible()
    newcomer.send("Thank you for the invitation")
    kei.open(where)
    kei.expect_message("Thank you for the invitation")


def test_nobody_signs_up_without_an_invitation(account_pages):
    stranger = account_pages(None)
    stranger.open("/accounts/signup/")
    expect(stranger.page.get_by_label("Username")).to_have_count(0)


def test_a_link_that_was_taken_back_opens_nothing(account_pages):
    kei, olga = account_pages("kei", "olga")
    where = kei.create_room("vault", "private")
    kei.open(where + "invitations/")
    kei.press("Create link")
    link = kei.page.get_by_label("Link", exact=True).input_value()
    kei.press("Revoke link")
    olga.page.goto(link)
    olga.expect_text("This invitation link no longer works")
    olga.faults.clear()


def test_a_link_lets_in_as_many_as_it_says(account_pages):
    kei, ben, olga = account_pages("kei", "ben", "olga")
    link = kei.create_invitation(kei.create_room("tower", "private"), Maximum_number_of_uses="1")
    ben.page.goto(link)
    ben.press("Accept invitation")
    expect(ben.page.locator(".z-room-title")).to_have_text("tower")
    kei.reload()
    kei.expect_text("There are no active links.")
    olga.page.goto(link)
    olga.expect_text("This invitation link no longer works")
    olga.forget_error("404")


def test_a_link_expires(account_pages):
    kei, olga = account_pages("kei", "olga")
    link = kei.create_invitation(kei.create_room("pier", "private"))
    olga.page.goto(link)
    olga.expect_text("invited you to join pier")
    olga.chat_server.lets_invitations_expire()
    olga.press("Accept invitation")
    olga.expect_text("This invitation link no longer works")
    olga.forget_error("404")


def test_the_same_people_have_the_same_room(account_pages):
    aiko, mori = account_pages("aiko", "mori")
    for one, others in ((aiko, ("Ben", "Mori")), (mori, ("Aiko", "Ben"))):
        one.open("/chat/people/all/")
        for name in others:
            one.page.get_by_label(f"Select {name}").check()
        one.press("Start conversation")
        expect(one.page.locator(".z-room-title")).to_have_text(", ".join(others))
    assert aiko.path == mori.path


def test_two_people_talk_directly_in_one_room(account_pages):
    aiko, ben = account_pages("aiko", "ben")
    aiko.open("/chat/people/all/")
    aiko.page.get_by_label("Select Ben").check()
    aiko.press("Start conversation")
    aiko.send("Between us")
    aiko.expect_message("Between us")
    ben.open("/chat/people/all/?q=aiko")
    ben.follow_link("Aiko")
    ben.press("Message Aiko")
    ben.expect_message("Between us")
    assert ben.path == aiko.path
    expect(ben.page.locator(".z-room-title")).to_have_text("Aiko")
    expect(aiko.page.locator(".z-room-title")).to_have_text("Ben")


def test_a_profile_shows_a_name_a_status_and_a_face(account_pages):
    mori, ben = account_pages("mori", "ben")
    mori.open("/chat/me/profile/")
    mori.page.get_by_label("Display name").fill("Mori 森")
    mori.page.get_by_label("Status").fill("in the garden")
    mori.page.get_by_label("Profile picture").set_input_files(picture())
    mori.press("Save")
    expect(mori.page.get_by_label("Remove picture")).to_be_visible()
    ben.open("/chat/people/all/?q=森")
    ben.expect_text("in the garden")
    where = mori.create_room("porch")
    mori.send("Here I am")
    ben.open(where)
    ben.expect_message("Here I am")
    drawn = "avatar => getComputedStyle(avatar).backgroundImage"
    assert ".webp" in ben.message("Here I am").locator(".z-avatar").evaluate(drawn)
    ben.open("/chat/people/all/?q=森")
    face = ben.page.locator("li", has_text="Mori 森").locator("img.z-profile-avatar")
    assert face.evaluate("face => face.decode().then(() => face.naturalWidth)") == 256
