"""Who is measured: each peer's command, its dialect, and what it lacks when it cannot run here."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .load import BUILD, Dialect, built
from .process import ROOT, Server, free_port, serving

PLACE = ROOT / "benchmarks" / "peers"
INSTALLED = ROOT / "benchmarks" / ".peers"
GORILLA = Path("/usr/share/gocode")  # where Debian keeps the libraries of Go
NCHAN = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
HUB_PROTOCOL = "zashiki.hub.uvicorn:HubProtocol"


@dataclass(frozen=True)
class Peer:
    """A server that can be measured.

    Attributes:
        key: what the command line calls it.
        name: what the tables call it.
        command: makes the words of its command from a port.
        missing: says why it cannot run here, or None.
        dialect: how one talks to it.
        env: environment of its process.
        crowds: numbers of people that make sense with it, in a bounded time.
    """

    key: str
    name: str
    command: Callable[[int], list[str]]
    missing: Callable[[], str | None]
    dialect: Dialect = Dialect()
    env: dict[str, str] = field(default_factory=dict)
    crowds: tuple[int, ...] = (100, 1000)


@contextmanager
def serve(peer: Peer, redis: str = "", core: int | None = None) -> Iterator[Server]:
    """Runs a peer until the block ends.

    Args:
        redis: address for peers that need one.
        core: to pin it to; None: the server's.
    """
    port = free_port()
    env = {
        "PYTHONPATH": python_path(),
        "BENCH_REDIS": redis,
        "NODE_PATH": str(INSTALLED / "node_modules"),
        **peer.env,
    }
    at = {} if core is None else {"core": core}
    with serving(peer.key, peer.command(port), port, env=env, **at) as server:
        yield server


def python_path() -> str:
    """Where the Python peers are imported from: Zashiki, the peers, and the tutorial's consumers."""
    return ":".join(str(place) for place in (ROOT / "src", PLACE, ROOT / "examples" / "tutorial"))


def uvicorn(module: str, protocol: str = "websockets-sansio") -> Callable[[int], list[str]]:
    quiet = "--lifespan off --no-access-log --log-level warning"
    options = f"--loop uvloop --http httptools --backlog 4096 --ws {protocol} {quiet}"
    return lambda port: [
        sys.executable,
        "-m",
        "uvicorn",
        f"{module}:application",
        "--port",
        str(port),
        *options.split(),
    ]


def _daphne(module: str) -> Callable[[int], list[str]]:
    return lambda port: [
        sys.executable,
        "-m",
        "daphne",
        "-v",
        "0",
        "-b",
        "127.0.0.1",
        "-p",
        str(port),
        f"{module}:application",
    ]


def _node(script: str) -> Callable[[int], list[str]]:
    return lambda port: ["node", str(PLACE / script), str(port)]


def _nchan(port: int) -> list[str]:
    place = BUILD / "nchan"
    place.mkdir(parents=True, exist_ok=True)
    text = (PLACE / "nchan.conf").read_text()
    for word, value in {"@PORT@": port, "@PLACE@": place, "@MODULE@": NCHAN}.items():
        text = text.replace(word, str(value))
    (place / "nginx.conf").write_text(text)
    return ["nginx", "-p", str(place), "-c", str(place / "nginx.conf")]


def _go(port: int) -> list[str]:
    program, source = BUILD / "hub", PLACE / "gorilla.go"
    if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
        env = {**os.environ, "GO111MODULE": "off", "GOPATH": str(GORILLA), "GOFLAGS": "-buildvcs=false"}
        done = subprocess.run(["go", "build", "-o", program, source], env=env, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
    return [str(program), str(port)]


def _needs_go() -> str | None:
    there = shutil.which("go") and (GORILLA / "src/github.com/gorilla/websocket").exists()
    return None if there else "not installed: apt-get install golang-go golang-github-gorilla-websocket-dev"


def _needs(*modules: str) -> Callable[[], str | None]:
    def missing() -> str | None:
        lacking = [module for module in modules if not importlib.util.find_spec(module)]
        if "channels_redis" in modules and not shutil.which("redis-server"):
            lacking.append("redis-server")
        return f"{', '.join(lacking)} not installed" if lacking else None

    return missing


def _needs_node(package: str) -> Callable[[], str | None]:
    def missing() -> str | None:
        if not shutil.which("node"):
            return "node is not installed: apt-get install nodejs npm"
        there = (INSTALLED / "node_modules" / package).is_dir()
        return None if there else "not installed: bin/bench install"

    return missing


def _needs_nchan() -> str | None:
    there = shutil.which("nginx") and NCHAN.exists()
    return None if there else "not installed: apt-get install nginx libnginx-mod-nchan"


def _floor(key: str, name: str, joined: str) -> Peer:
    crowds = (100, 1000, 5000)
    return Peer(
        key, name, lambda port: [str(built("baseline")), str(port), joined], lambda: None, crowds=crowds
    )


def _tutorial(key: str, name: str, server: str, consumer: str, layer: str, **more: tuple[int, ...]) -> Peer:
    command = _daphne("channels_tutorial") if server == "daphne" else uvicorn("channels_tutorial")
    redis = layer != "memory"
    needed = _needs(server, "channels", "django", *(["channels_redis"] if redis else []))
    env = {"BENCH_CONSUMER": consumer, "BENCH_LAYER": layer}
    return Peer(key, name, command, needed, env=env, **more)


def _hub(key: str, name: str, command: Callable[[int], list[str]], layer: str = "memory") -> Peer:
    needed = _needs("channels", "django", "uvicorn", *(["channels_redis"] if layer != "memory" else []))
    crowds = (100, 1000, 5000) if key == "hub" else (100, 1000)
    return Peer(key, name, command, needed, env={"BENCH_LAYER": layer}, crowds=crowds)


PEERS = (
    _floor("floor", "floor: C, one write() per message", "0"),
    _floor("floor-joined", "floor: C, messages joined", "1"),
    _hub("hub", "HubConsumer, uvicorn", uvicorn("zashiki_hub", HUB_PROTOCOL)),
    _hub(
        "hub-pubsub",
        "HubConsumer, uvicorn, Redis pub/sub",
        uvicorn("zashiki_hub", HUB_PROTOCOL),
        "pubsub",
    ),
    _hub("hub-plain", "HubConsumer, uvicorn without our protocol", uvicorn("zashiki_hub")),
    _hub("hub-daphne", "HubConsumer, Daphne", _daphne("zashiki_hub")),
    Peer("nchan", "nchan (nginx, C)", _nchan, _needs_nchan, Dialect(path="/room")),
    Peer("go", "gorilla/websocket (Go)", _go, _needs_go, Dialect(path="/")),
    Peer("ws", "ws (Node)", _node("ws.js"), _needs_node("ws"), Dialect(path="/")),
    Peer(
        "socketio",
        "socket.io (Node)",
        _node("socketio.js"),
        _needs_node("socket.io"),
        Dialect("/socket.io/?EIO=4&transport=websocket", '42["message","', '"]', hello="40"),
    ),
    _tutorial(
        "pubsub", "tutorial async, pub/sub, uvicorn", "uvicorn", "async", "pubsub", crowds=(100, 1000, 5000)
    ),
    _tutorial("core", "tutorial async, core, uvicorn", "uvicorn", "async", "core"),
    _tutorial("memory", "tutorial async, in-memory, uvicorn", "uvicorn", "async", "memory"),
    _tutorial("pubsub-daphne", "tutorial async, pub/sub, Daphne", "daphne", "async", "pubsub"),
    _tutorial("core-daphne", "tutorial sync, core, Daphne", "daphne", "sync", "core", crowds=(100,)),
)
BY_KEY = {peer.key: peer for peer in PEERS}
