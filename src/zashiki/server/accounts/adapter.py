"""Who may make an account: whoever was invited, and everybody where signing up is open."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import filter_users_by_email, filter_users_by_username
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect

from zashiki.errors import NotFound, ZashikiError
from zashiki.people.taken_names import check_free
from zashiki.person import NAME_LIMIT, clean_name
from zashiki.server.accounts import signup_invitations
from zashiki.server.accounts.owner import has_owner
from zashiki.server.config.public_address import site_of
from zashiki.text.names import shown_name


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The mail calls the server by its public name, never by the host name of the request that asked for the mail."""
        site = site_of(self.request or allauth_context.request)
        super().send_mail(template_prefix, email, {**context, "current_site": site})

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody moves in before the owner."""
        return has_owner() and (settings.SIGN_UP or signup_invitations.invitation_of(request) is not None)

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """An account's name can be seen, and cannot be taken for another account's.

        Args:
            shallow: true while a free name is looked for, which asks whether it is taken by itself.
        """
        username = super().clean_username(username, shallow)
        try:
            clean_name(username[:NAME_LIMIT])
            if not shallow:
                check_free(username)
        except ZashikiError as fault:
            raise ValidationError(str(fault)) from fault
        return username

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Under what failed sign-ins are counted: the account, whether it was called by its name or by its address.

        django-allauth would count the name and the address apart, and each host name by which the server is called.
        """
        typed = str(credentials.get("email") or credentials.get("username") or "").strip()
        users = typed and (
            filter_users_by_email(typed, prefer_verified=True) or list(filter_users_by_username(typed))
        )
        return f"account:{users[0].pk}" if users else f"nobody:{typed.casefold()}"

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        try:
            with transaction.atomic():
                saved = super().save_user(request, user, form, commit)
                if commit:
                    signup_invitations.accept_invitation(request, saved)
        except NotFound:  # somebody else used it up in the meantime
            raise ImmediateHttpResponse(redirect("account_signup")) from None
        return saved


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """The same rule for those whom another house vouches for."""

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        user = super().populate_user(request, sociallogin, data)
        user.name = shown_name(data.get("name"), user._meta.get_field("name").max_length)
        return user

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Any:
        try:
            with transaction.atomic():
                saved = super().save_user(request, sociallogin, form)
                signup_invitations.accept_invitation(request, saved)
        except NotFound:
            raise ImmediateHttpResponse(redirect("account_signup")) from None
        return saved
