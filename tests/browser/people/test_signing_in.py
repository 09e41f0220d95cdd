"""Signing in by passkey, and out of every browser."""

from playwright.sync_api import expect

from tests.browser.people.seed_accounts import PASSWORD


def virtual_authenticator(resident):
    """Chromium's own, which says yes to everything."""
    devtools = resident.context.new_cdp_session(resident.page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_signs_in_without_a_password(account_pages):
    aiko = account_pages("aiko")
    aiko.chat_server.url = aiko.chat_server.url.replace(
        "127.0.0.1", "localhost"
    )  # a passkey belongs to a name, not to an address
    aiko.sign_in("aiko")
    virtual_authenticator(aiko)
    aiko.open("/accounts/2fa/webauthn/add/")
    if aiko.page.get_by_label("Password").count():
        aiko.page.get_by_label("Password").fill(PASSWORD)
        aiko.press("Confirm")
    aiko.page.get_by_label("Passwordless").check()
    aiko.press("Add")
    expect(aiko.page.get_by_text("recovery codes").first).to_be_visible()
    aiko.context.clear_cookies()
    aiko.open("/accounts/login/")
    aiko.press("Sign in with a passkey")
    expect(aiko.page).to_have_url(aiko.chat_server.url + "/chat/")
    aiko.open("/chat/me/profile/")
    aiko.expect_text("Your profile")


def test_signing_out_of_a_browser_closes_its_rooms(account_pages):
    here, there = account_pages("ben", "ben")
    where = here.create_room("desk", "private")
    there.open(where)
    expect(there.field).to_be_visible()
    here.open("/accounts/sessions/")
    other = here.page.locator("li").filter(has_not_text="this browser")
    expect(other).to_have_count(1)
    other.get_by_role("button", name="Sign out").click()
    expect(there.page.locator('[data-status="signed-out"]')).to_be_visible(timeout=5000)
    here.open(where)
    expect(here.field).to_be_visible()


def test_signing_out_everywhere_closes_all_of_them(account_pages):
    here, there = account_pages("mori", "mori")
    where = there.create_room("bench", "private")
    here.open("/accounts/sessions/")
    here.press("Sign out everywhere")
    expect(there.page.locator('[data-status="signed-out"]')).to_be_visible(timeout=5000)
    assert here.page.goto(here.chat_server.url + where).status == 404
    here.faults.clear()  # the browser says that there was no such page
