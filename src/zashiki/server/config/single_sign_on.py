"""Signing in through another house: OpenID Connect."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from zashiki.server.config.options import ConfigurationError

APPS = ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]


def providers(url: str, client_id: str, secret: str, name: str) -> dict[str, Any]:
    """django-allauth's providers.

    Args:
        url: of the provider, under which its ``/.well-known/openid-configuration`` is; empty: there is none.

    Raises:
        Unusable: it is no address, or half of it is missing.
    """
    if not url:
        return {}
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc:
        raise ConfigurationError(
            "ZASHIKI_OIDC_ISSUER must be an address such as https://login.example.org/realms/team."
        )
    if not client_id or not secret:
        raise ConfigurationError(
            "ZASHIKI_OIDC_ISSUER needs ZASHIKI_OIDC_CLIENT_ID and ZASHIKI_OIDC_CLIENT_SECRET, as the provider gave them."
        )
    app = {
        "provider_id": "oidc",
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": url},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def origin(url: str) -> str:
    """Where the browser is sent to sign in, as a source for the content security policy; empty without a provider."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if url else ""
