"""Pages of accounts: signing in and out, and what belongs to it."""

from tests.browser.people.seed_accounts import PASSWORD
from tests.browser.screenshots.view import page, view

page("sign-in", "/accounts/login/", None)
page("sign-up-closed", "/accounts/signup/", None)
page("reset", "/accounts/password/reset/", None)
page("reset-sent", "/accounts/password/reset/done/", None)
page("reset-wrong-link", "/accounts/password/reset/key/1-set-password/", None)
page("sign-out", "/accounts/logout/")
page("sessions", "/accounts/sessions/")
page("password", "/accounts/password/change/")
page("email", "/accounts/email/")
page("two-step", "/accounts/2fa/")


@view("sign-in-refused", None)
def sign_in_refused(viewer):
    viewer.open("/accounts/login/")
    viewer.page.locator("#id_login").fill("aiko")
    viewer.page.locator("#id_password").fill("not this one")
    viewer.click("main .z-form button")


@view("sign-up", None)
def sign_up(viewer):
    viewer.page.goto(viewer.chat_server.invitation)
    viewer.open("/accounts/signup/")


@view("confirm-password", "ben")
def confirm_password(viewer):
    viewer.open("/accounts/2fa/webauthn/add/")


@view("passkey", "marta")
def passkey(viewer):
    _confirmed(viewer, "/accounts/2fa/webauthn/add/")


@view("passkeys", "marta")
def passkeys(viewer):
    _confirmed(viewer, "/accounts/2fa/webauthn/")


@view("authenticator", "marta")
def authenticator(viewer):
    _confirmed(viewer, "/accounts/2fa/totp/activate/")


def _confirmed(viewer, path):
    """Some pages ask for the password once more."""
    viewer.open(path)
    if "reauthenticate" in viewer.page.url:
        viewer.page.locator("#id_password").fill(PASSWORD)
        viewer.click("main .z-form button")
