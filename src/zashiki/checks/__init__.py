"""What a site forgot, said at start: Django's system checks, each one sentence with a hint.

===== ==============================================================================
id    found
===== ==============================================================================
E001  no channel layer
E002  a channel layer that cannot be loaded
E003  the core layer of channels_redis, whose idle consumers die with redis-py 8
E004  a layer that stays in one process, with several of them
E005  an app that rooms need is not installed
E006  a middleware that rooms need is not installed
E007  a setting with a value that cannot work
E008  a policy that cannot be loaded, or is none
E009  two settings that contradict each other
E010  a dependency that is too old
W010  a dependency that is too old for Zashiki's own WebSocket protocol
W011  a setting that does not exist
W012  the ASGI application is not known, or cannot be loaded
W013  the ASGI application leaves out the sockets of the rooms
E014  a policy with an asynchronous method
W015  a consumer of the site that the sockets of the rooms hide
W016  sessions that the server cannot end
E017  a user model whose keys are too long
===== ==============================================================================
"""

from __future__ import annotations

from django.core.checks import register

from zashiki.checks import accounts, application, channel_layer, installed, settings, versions

CHECKS = (
    channel_layer.check_layer,
    installed.check_apps,
    installed.check_middleware,
    accounts.check_sessions,
    accounts.check_user_model,
    settings.check_options,
    settings.check_policy,
    versions.check_versions,
    application.check_application,
    application.check_paths,
)


def register_all() -> None:
    """Make them known to Django; they run with ``manage.py check`` and before every command that asks for it."""
    for check in CHECKS:
        register(check, "zashiki")
