"""Pages of accounts: signing in and out, and what belongs to it."""

from tests.browser.people.residents import PASSWORD
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
def sign_in_refused(looker):
    looker.opens("/accounts/login/")
    looker.page.locator("#id_login").fill("aiko")
    looker.page.locator("#id_password").fill("not this one")
    looker.clicks("main .z-form button")


@view("sign-up", None)
def sign_up(looker):
    looker.page.goto(looker.chat_server.invitation)
    looker.opens("/accounts/signup/")


@view("confirm-password", "ben")
def confirm_password(looker):
    looker.opens("/accounts/2fa/webauthn/add/")


@view("passkey", "marta")
def passkey(looker):
    _confirmed(looker, "/accounts/2fa/webauthn/add/")


@view("passkeys", "marta")
def passkeys(looker):
    _confirmed(looker, "/accounts/2fa/webauthn/")


@view("authenticator", "marta")
def authenticator(looker):
    _confirmed(looker, "/accounts/2fa/totp/activate/")


def _confirmed(looker, path):
    """Some pages ask for the password once more."""
    looker.opens(path)
    if "reauthenticate" in looker.page.url:
        looker.page.locator("#id_password").fill(PASSWORD)
        looker.clicks("main .z-form button")
