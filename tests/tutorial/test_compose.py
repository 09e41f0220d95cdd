"""The compose file of the example, as far as it can be tried without containers."""

from urllib.parse import urlsplit

import yaml

from tests.tutorial.project import EXAMPLE


def test_it_brings_redis_under_the_name_that_the_settings_expect():
    services = yaml.safe_load((EXAMPLE / "compose.yaml").read_text())["services"]
    environment = services["web"]["environment"]
    settings = (EXAMPLE / "tutorial" / "settings.py").read_text()
    assert "redis" in services
    assert urlsplit(environment["TUTORIAL_REDIS"]).hostname == "redis"
    assert environment["TUTORIAL_REDIS"] in settings
    assert all(name in settings for name in environment)


def test_the_files_it_is_built_from_are_there():
    build = yaml.safe_load((EXAMPLE / "compose.yaml").read_text())["services"]["web"]["build"]
    context = (EXAMPLE / build["context"]).resolve()
    assert (context / "pyproject.toml").exists()
    assert (context / build["dockerfile"]).samefile(EXAMPLE / "Dockerfile")
