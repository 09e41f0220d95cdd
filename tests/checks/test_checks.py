"""A site that forgot something is told so in one sentence."""

import re

import pytest
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.testing import WebsocketCommunicator
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.asgi import get_asgi_application
from django.urls import path, re_path
from django.utils.module_loading import import_string

from zashiki.asgi import with_rooms
from zashiki.checks import accounts, application, channel_layer, installed, versions
from zashiki.checks import settings as settings_checks
from zashiki.policy import Policy
from zashiki.requirements import Requirement

MEMORY = {"BACKEND": "channels.layers.InMemoryChannelLayer"}
CORE = "channels_redis.core.RedisChannelLayer"
PUBSUB = "channels_redis.pubsub.RedisPubSubChannelLayer"
REDIS = "redis://redis:6379/0"


def ids(found):
    assert all(message.msg and message.hint for message in found), "each says what is wrong and what to do"
    return [message.id.removeprefix("zashiki.") for message in found]


def layer_of(backend, **config):
    return {"default": {"BACKEND": backend, "CONFIG": config}}


class TestLayer:
    @pytest.fixture(autouse=True)
    def one_process(self, monkeypatch):
        for variable in channel_layer.WORKER_VARIABLES:
            monkeypatch.delenv(variable, raising=False)

    def test_a_layer_in_memory_serves_one_process(self, settings):
        settings.CHANNEL_LAYERS = {"default": MEMORY}
        assert ids(channel_layer.check_layer()) == []

    @pytest.mark.parametrize("layers", [{}, {"other": MEMORY}, {"default": {}}])
    def test_no_layer(self, settings, layers):
        settings.CHANNEL_LAYERS = layers
        assert ids(channel_layer.check_layer()) == ["E001"]

    def test_a_layer_that_is_not_there(self, settings):
        settings.CHANNEL_LAYERS = layer_of("channels_radish.core.RadishChannelLayer")
        assert ids(channel_layer.check_layer()) == ["E002"]

    @pytest.mark.parametrize(
        "host", [REDIS, ("redis", 6379), {"address": REDIS}, {"address": REDIS, "socket_timeout": 5}]
    )
    def test_the_core_layer_dies_in_silence(self, settings, host):
        settings.CHANNEL_LAYERS = layer_of(CORE, hosts=[host])
        assert ids(channel_layer.check_layer()) == ["E003"]

    def test_the_core_layer_without_hosts_dies_in_silence(self, settings):
        settings.CHANNEL_LAYERS = layer_of(CORE)
        assert ids(channel_layer.check_layer()) == ["E003"]

    def test_every_host_counts(self, settings):
        settings.CHANNEL_LAYERS = layer_of(CORE, hosts=[{"address": REDIS, "socket_timeout": None}, REDIS])
        assert ids(channel_layer.check_layer()) == ["E003"]

    @pytest.mark.parametrize("patience", [None, 30])
    def test_the_core_layer_with_patience_holds(self, settings, patience):
        settings.CHANNEL_LAYERS = layer_of(CORE, hosts=[{"address": REDIS, "socket_timeout": patience}])
        assert ids(channel_layer.check_layer()) == []

    def test_the_core_layer_held_before_redis_py_8(self, settings, monkeypatch):
        monkeypatch.setattr(channel_layer, "_redis_major", lambda: 7)
        settings.CHANNEL_LAYERS = layer_of(CORE, hosts=[REDIS])
        assert ids(channel_layer.check_layer()) == []

    def test_the_pubsub_layer_holds(self, settings):
        settings.CHANNEL_LAYERS = layer_of(PUBSUB, hosts=[REDIS])
        assert ids(channel_layer.check_layer()) == []

    @pytest.mark.parametrize("variable", channel_layer.WORKER_VARIABLES)
    def test_processes_do_not_hear_each_other_in_memory(self, settings, monkeypatch, variable):
        monkeypatch.setenv(variable, "2")
        settings.CHANNEL_LAYERS = {"default": MEMORY}
        assert ids(channel_layer.check_layer()) == ["E004"]

    def test_processes_hear_each_other_over_redis(self, settings, monkeypatch):
        monkeypatch.setenv("WEB_CONCURRENCY", "4")
        settings.CHANNEL_LAYERS = layer_of(PUBSUB, hosts=[REDIS])
        assert ids(channel_layer.check_layer()) == []


class TestParts:
    @pytest.mark.parametrize("name", installed.APPS)
    def test_a_missing_app(self, name):
        apps.set_available_apps({app.name for app in apps.get_app_configs()} - {name})
        try:
            assert ids(installed.check_apps()) == ["E005"]
        finally:
            apps.unset_available_apps()

    def test_all_apps(self):
        assert ids(installed.check_apps()) == []

    @pytest.mark.parametrize("path", installed.MIDDLEWARE)
    def test_a_missing_middleware(self, settings, path):
        settings.MIDDLEWARE = [other for other in installed.MIDDLEWARE if other != path]
        assert ids(installed.check_middleware()) == ["E006"]

    def test_a_middleware_of_the_site_serves_as_well(self, settings):
        own = [_own_middleware(path) for path in installed.MIDDLEWARE]
        settings.MIDDLEWARE = own
        assert ids(installed.check_middleware()) == []


class NotAPolicy:
    pass


class OwnPolicy(Policy):
    pass


class TestOptions:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("HISTORY_PAGE_SIZE", 0),
            ("HISTORY_PAGE_SIZE", "50"),
            ("ALLOW_VISITORS", "no"),
            ("ALLOWED_ORIGINS", "https://a.example"),
        ],
    )
    def test_a_value_that_cannot_work(self, settings, name, value):
        setattr(settings, f"ZASHIKI_{name}", value)
        assert ids(settings_checks.check_options()) == ["E007"]

    def test_the_low_mark_is_below_the_high_one(self, settings):
        settings.ZASHIKI_SEND_BUFFER_HIGH, settings.ZASHIKI_SEND_BUFFER_LOW = 2048, 4096
        assert ids(settings_checks.check_options()) == ["E009"]

    def test_the_longest_body_fits_into_a_frame(self, settings):
        settings.ZASHIKI_MAX_MESSAGE_LENGTH, settings.ZASHIKI_MAX_FRAME_SIZE = 10_000, 64 * 1024
        (found,) = settings_checks.check_options()
        assert found.id == "zashiki.E009"
        settings.ZASHIKI_MAX_FRAME_SIZE = int(re.search(r"MAX_FRAME_SIZE to (\d+)", found.hint)[1])
        assert settings_checks.check_options() == []
        settings.ZASHIKI_MAX_FRAME_SIZE = 64 * 1024
        settings.ZASHIKI_MAX_MESSAGE_LENGTH = int(re.search(r"MAX_MESSAGE_LENGTH to (\d+)", found.hint)[1])
        assert settings_checks.check_options() == []

    def test_a_misspelt_setting_is_named_with_the_right_one(self, settings):
        settings.ZASHIKI_PAGESIZE = 50
        (found,) = settings_checks.check_options()
        assert found.id == "zashiki.W011"
        assert "ZASHIKI_HISTORY_PAGE_SIZE" in found.hint

    @pytest.mark.parametrize(
        "path", ["nowhere.Policy", "zashiki.policy.Nobody", "Policy", f"{__name__}.NotAPolicy"]
    )
    def test_a_policy_that_is_none(self, settings, path):
        settings.ZASHIKI_POLICY = path
        assert ids(settings_checks.check_policy()) == ["E008"]

    def test_the_policy_of_the_site(self, settings):
        settings.ZASHIKI_POLICY = f"{__name__}.OwnPolicy"
        assert ids(settings_checks.check_policy()) == []


class TestVersions:
    def test_what_is_installed_here_is_new_enough(self):
        assert ids(versions.check_versions()) == []

    def test_too_old(self, monkeypatch):
        bounds = (Requirement("channels", (99, 1)), Requirement("websockets", (99,), "server"))
        monkeypatch.setattr(versions, "requirements", lambda: bounds)
        too_old, only_for_us = versions.check_versions()
        assert too_old.id == "zashiki.E010" and only_for_us.id == "zashiki.W010"
        assert "channels>=99.1" in too_old.hint

    def test_what_only_the_stand_alone_server_needs_is_no_sites_business(self, monkeypatch, settings):
        bounds = (Requirement("whitenoise", (99,), "server"),)
        monkeypatch.setattr(versions, "requirements", lambda: bounds)
        assert ids(versions.check_versions()) == []

    def test_what_is_not_installed_is_not_asked_for(self, monkeypatch):
        monkeypatch.setitem(versions.RELATED_PACKAGES, "no-such-package-anywhere", (1,))
        assert ids(versions.check_versions()) == []


class OwnWrapper:
    def __init__(self, application):
        self._inside = application

    async def __call__(self, scope, receive, send):
        return await self._inside(scope, receive, send)


def wrapped_in_a_function(application):
    async def wrapper(scope, receive, send):
        return await application(scope, receive, send)

    return wrapper


bare = ProtocolTypeRouter({"http": get_asgi_application()})
routed = with_rooms(get_asgi_application())


class OwnConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        await self.accept("own")


def beside(*routes):
    return with_rooms(ProtocolTypeRouter({"websocket": OwnWrapper(URLRouter(routes))}))


chat = re_path(r"^ws/chat/(?P<room_name>\w+)/$", OwnConsumer.as_asgi())
beside_the_tutorial = beside(chat)
beside_a_nested_router = beside(path("ws/", URLRouter([path("chat/<str:room>/", OwnConsumer.as_asgi())])))
beside_another_prefix = beside(path("shop/ws/chat/<str:room>/", OwnConsumer.as_asgi()))
beside_everything = beside(re_path("^ws/.*$", OwnConsumer.as_asgi()))
beside_catching_all = beside(re_path("", OwnConsumer.as_asgi()))
routed_deep = OwnWrapper(wrapped_in_a_function(ProtocolTypeRouter({"websocket": OwnWrapper(routed)})))


class TestApplication:
    @pytest.mark.parametrize("name", ["routed", "routed_deep"])
    def test_rooms_are_found_wherever_they_are_wrapped(self, settings, name):
        settings.ASGI_APPLICATION = f"{__name__}.{name}"
        assert ids(application.check_application()) == []

    def test_the_line_is_missing(self, settings):
        settings.ASGI_APPLICATION = f"{__name__}.bare"
        assert ids(application.check_application()) == ["W013"]

    def test_the_application_cannot_be_loaded(self, settings):
        settings.ASGI_APPLICATION = "nowhere.asgi.application"
        assert ids(application.check_application()) == ["W012"]

    def test_the_application_is_not_named(self, settings):
        settings.ASGI_APPLICATION = None
        settings.ROOT_URLCONF = "urls"
        assert ids(application.check_application()) == ["W012"]

    @pytest.mark.parametrize(
        ("name", "asked_for", "hidden"),
        [
            ("beside_the_tutorial", False, 0),
            ("beside_the_tutorial", True, 1),
            ("beside_a_nested_router", True, 1),
            ("beside_another_prefix", True, 0),
            ("beside_everything", False, 2),
            ("routed_deep", True, 0),
            ("bare", True, 0),
        ],
    )
    def test_a_consumer_of_the_site_that_our_sockets_hide(self, settings, name, asked_for, hidden):
        settings.ASGI_APPLICATION = f"{__name__}.{name}"
        settings.ZASHIKI_TUTORIAL_SOCKETS = asked_for
        assert ids(application.check_paths()) == ["W015"] * hidden

    async def test_a_consumer_of_the_site_has_its_address(self, settings):
        settings.ZASHIKI_TUTORIAL_SOCKETS = False
        for address in ("/ws/chat/lobby/", "/shop/ws/zashiki/", "/ws/zashiki", "/ws/zashiki/chat/lobby"):
            client = WebsocketCommunicator(beside_catching_all, address)
            assert await client.connect() == (True, "own")


class TestAccounts:
    @pytest.mark.parametrize(
        ("engine", "found"), [("signed_cookies", ["W016"]), ("db", []), ("cached_db", []), ("cache", [])]
    )
    def test_sessions_that_the_server_cannot_end(self, settings, engine, found):
        settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{engine}"
        assert ids(accounts.check_sessions()) == found

    @pytest.mark.parametrize(("length", "found"), [(None, []), (399, []), (400, ["E017"])])
    def test_a_user_model_whose_keys_are_too_long(self, monkeypatch, length, found):
        monkeypatch.setattr(get_user_model()._meta.pk, "max_length", length)
        assert ids(accounts.check_user_model()) == found


def _own_middleware(path):
    own = type("Own" + path.rpartition(".")[2], (import_string(path),), {"__module__": __name__})
    globals()[own.__name__] = own
    return f"{__name__}.{own.__name__}"
