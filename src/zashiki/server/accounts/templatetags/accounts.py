"""For the pages of accounts."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django import template
from django.template import Context

from zashiki.server.accounts.user_agents import browser_name

register = template.Library()
register.filter(browser_name)


@register.simple_tag(takes_context=True)
def may_sign_up(context: Context) -> bool:
    """Whether whoever looks at the page may make an account."""
    return bool(get_adapter().is_open_for_signup(context["request"]))
