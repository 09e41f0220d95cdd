"""What the container files ask for exists and works, as far as that can be told without a container."""

import json
import os
import re
import shlex
import subprocess
import sys
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
import yaml

from tests.server.talking import subscription, talk
from zashiki import conf
from zashiki.server.config.hosts import trusted_proxies
from zashiki.server.config.options import OPTIONS

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
NAMES = {conf.PREFIX + row.name for row in (*OPTIONS, *conf.SETTINGS)}


def lines(instruction):
    return [
        line.removeprefix(instruction).strip()
        for line in DOCKERFILE.splitlines()
        if line.startswith(instruction + " ")
    ]


def environment():
    """As the image sets it."""
    return dict(word.split("=", 1) for line in lines("ENV") for word in shlex.split(line))


def test_everything_that_is_copied_is_there_and_not_ignored():
    ignored = (ROOT / ".dockerignore").read_text()
    for line in lines("COPY"):
        if "--from" not in line:
            for source in line.split()[:-1]:
                assert (ROOT / source).exists()
                assert f"!{source.split('/')[0]}\n" in ignored


def test_every_variable_means_something():
    used = {name for name in environment() if name.startswith(conf.PREFIX)}
    used |= set(COMPOSE["services"]["zashiki"]["environment"])
    assert used <= NAMES


def test_the_commands_are_the_programs_own():
    (command,) = lines("CMD")
    assert json.loads(command) == ["zashiki", "serve"]
    assert json.loads(lines("HEALTHCHECK")[0].split("CMD", 1)[1]) == ["zashiki", "health"]
    assert COMPOSE["services"]["zashiki"]["healthcheck"]["test"] == ["CMD", "zashiki", "health"]


def test_the_image_is_built_with_the_locked_builder(tmp_path):
    """The last step of the build, with nothing but what the lock names and what the image copies."""
    step = next(line for line in lines("RUN") if line.endswith("."))
    assert step == "/zashiki/bin/pip install --no-cache-dir --no-deps --no-index --no-build-isolation ."
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--target",
        tmp_path / "built",
        *step.split()[2:],
    ]
    subprocess.run(command, cwd=ROOT, check=True, stdin=subprocess.DEVNULL)
    assert (tmp_path / "built" / "zashiki" / "templates" / "zashiki" / "room.html").exists()
    assert (tmp_path / "built" / "zashiki" / "static" / "zashiki" / "zashiki.js").exists()


def test_every_service_is_waited_for_and_has_a_health_check():
    services = COMPOSE["services"]
    assert set(services["zashiki"]["depends_on"]) == {"postgres", "redis"}
    assert all("healthcheck" in service for service in services.values())
    named = {volume.split(":")[0] for service in services.values() for volume in service.get("volumes", [])}
    assert named == set(COMPOSE["volumes"])


@pytest.fixture
def composed(postgres_url, redis_url):
    """The environment of the service, with the names of the other services replaced by where those run here."""
    told = {
        name: re.sub(r"\$\{\w+:-(.*?)\}", r"\1", str(value))
        for name, value in COMPOSE["services"]["zashiki"]["environment"].items()
    }
    assert "@postgres:5432/" in told["ZASHIKI_DATABASE_URL"] and told["ZASHIKI_REDIS_URL"].startswith(
        "redis://redis:6379/"
    )
    image = {
        name: value
        for name, value in environment().items()
        if name.startswith(conf.PREFIX) and name != "ZASHIKI_DATA_DIR"
    }
    return {**image, **told, "ZASHIKI_DATABASE_URL": postgres_url, "ZASHIKI_REDIS_URL": redis_url}


def test_the_settings_serve(serve, composed):
    server = serve(env=composed)
    with subscription(server, "雑談") as aiko, subscription(server, "雑談") as bela:
        talk(aiko, bela)
    health = [str(Path(sys.executable).parent / "zashiki"), "health", "--port", str(server.port)]
    subprocess.run(health, check=True, env={**os.environ, **composed})
    server.terminate()
    assert "Traceback" not in server.output


def test_only_the_gateway_of_its_own_network_is_believed_and_the_port_is_closed_to_others():
    service = COMPOSE["services"]["zashiki"]
    believed = re.fullmatch(
        r"\$\{ZASHIKI_TRUSTED_PROXIES:-(.+)\}", service["environment"]["ZASHIKI_TRUSTED_PROXIES"]
    )[1]
    (network,) = COMPOSE["networks"]["default"]["ipam"]["config"]
    assert believed == network["gateway"] and ip_address(believed) in ip_network(network["subnet"])
    assert trusted_proxies((believed,)) == believed
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
