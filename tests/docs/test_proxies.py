"""The blocks for proxies, in a real nginx: pages, sockets, uploads, the scheme and the client's address go through them."""

import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import pytest
from websockets.sync.client import connect

from tests.docs.blocks import ROOT, block
from tests.server.talking import Voice, talk
from tests.support.servers import AsgiServer, Process, ZashikiServer, free_port
from tests.support.servers.nginx import HOST, NginxServer, certificate

BACKEND = "127.0.0.1:8000"
CERTIFICATES = "/etc/letsencrypt/live/chat.example.org"


class Secure(http.client.HTTPSConnection):
    """To whatever name, at this machine."""

    def __init__(self, port, context):
        super().__init__(HOST, context=context, timeout=20)
        self._port = port

    def connect(self):
        plain = socket.create_connection(("127.0.0.1", self._port), timeout=20)
        self.sock = self._context.wrap_socket(plain, server_hostname=HOST)


@pytest.fixture(scope="module")
def folder():
    """One that nginx's workers can enter, who are another account when the tests are root's."""
    with tempfile.TemporaryDirectory(prefix="zashiki-proxy-") as path:
        os.chmod(path, 0o755)
        yield Path(path)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    server = ZashikiServer(tmp_path_factory.mktemp("house"), "--url", f"https://{HOST}").start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def proxy(house, folder):
    certificate(folder)
    text = block("docs/deployment.md", "map $http_upgrade")
    assert BACKEND in text and CERTIFICATES in text and "listen 443 ssl" in text
    text = text.replace(BACKEND, house.host).replace(CERTIFICATES, str(folder))
    server = NginxServer(folder, text.replace("listen 443 ssl", "listen 127.0.0.1:{port} ssl"))
    yield server.start()
    server.stop()
    assert "[emerg]" not in server.output and "[alert]" not in server.output, server.output


@pytest.fixture(scope="module")
def trusted(folder, proxy):
    return ssl.create_default_context(cafile=str(folder / "fullchain.pem"))


def ask(proxy, trusted, method, path, body=None, **headers):
    connection = Secure(proxy.port, trusted)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.text = answer.read().decode(errors="replace")
    connection.close()
    return answer


def test_pages_and_files_come_through(proxy, trusted):
    page = ask(proxy, trusted, "GET", "/chat/lobby/")
    assert page.status == 200 and "secure" in page.headers["Set-Cookie"].lower()
    for name in set(re.findall(r'"(/static/[^"]+\.(?:js|css))"', page.text)):
        assert ask(proxy, trusted, "GET", name).status == 200


def test_it_speaks_http_2(proxy, trusted):
    context = ssl.create_default_context(cafile=str(proxy.folder / "fullchain.pem"))
    context.set_alpn_protocols(["h2", "http/1.1"])
    plain = socket.create_connection(("127.0.0.1", proxy.port))
    with context.wrap_socket(plain, server_hostname=HOST) as secure:
        assert secure.selected_alpn_protocol() == "h2"


def test_people_talk_through_it_and_are_known_by_their_own_address(proxy, trusted, house):
    def open_socket():
        plain = socket.create_connection(("127.0.0.1", proxy.port))
        return connect(
            f"wss://{HOST}/ws/chat/tea/",
            sock=plain,
            ssl=trusted,
            proxy=None,
            origin=f"https://{HOST}",
            open_timeout=20,
        )

    with open_socket() as aiko, open_socket() as bela:
        talk(Voice(aiko), Voice(bela))
    ask(proxy, trusted, "GET", "/chat/known/", **{"X-Forwarded-For": "192.0.2.66"})
    house.wait_until(lambda: "GET /chat/known/" in house.output, 5)
    (line,) = [line for line in house.output.splitlines() if "GET /chat/known/" in line]
    assert line.endswith("127.0.0.1") and "192.0.2.66" not in house.output


def test_a_large_picture_comes_through_and_a_larger_body_is_stopped_before_the_server(proxy, trusted, house):
    allowed = ask(proxy, trusted, "POST", "/chat/me/profile/", b"x" * (8 * 1024 * 1024 + 1000))
    assert allowed.status != 413
    refused = ask(proxy, trusted, "POST", "/chat/too-much/", b"x" * 9_500_000)
    assert refused.status == 413
    assert "too-much" not in house.output


def test_its_log_holds_no_links(proxy, trusted):
    ask(proxy, trusted, "GET", "/chat/invitation/s3cr3tW0rd/")
    log = proxy.folder / "access.log"
    assert not log.exists() or "s3cr3tW0rd" not in log.read_text()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The shop of examples/embedded, started as the comment in the block says."""
    text = block("docs/embedding.md", "location /help/")
    started = re.search(r"uvicorn (--root-path \S+)", text)[1]
    folder = tmp_path_factory.mktemp("site")
    example = shutil.copytree(ROOT / "examples/embedded", folder / "example")
    env = {"DJANGO_SETTINGS_MODULE": "shop.settings", "SHOP_DATABASE": str(folder / "shop.sqlite3")}
    server = AsgiServer("shop.asgi:application", folder, env=env, cwd=example)
    server.command[-1:-1] = started.split()
    for words in (["migrate", "--verbosity", "0"], ["furnish"]):
        run_manage(example, env, words)
    yield server.start()
    server.stop()


def run_manage(example, env, words):
    subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=example,
        env={**os.environ, **env},
        check=True,
        capture_output=True,
        timeout=120,
    )


@pytest.fixture(scope="module")
def below_a_path(site, tmp_path_factory):
    text = block("docs/embedding.md", "location /help/").replace(BACKEND, site.host)
    folder = tmp_path_factory.mktemp("below")
    server = NginxServer(folder, f"server {{ listen 127.0.0.1:{{port}};\n{text}\n}}")
    yield server.start()
    server.stop()


def ask_plainly(port, method, path, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.text = answer.read().decode()
    connection.close()
    return answer


def test_a_site_below_a_path_finds_its_pages_and_its_sockets(below_a_path):
    get = partial(ask_plainly, below_a_path.port, "GET")
    answer = get("/help/")
    assert answer.status in {200, 302}
    sign_in = get("/help/sign-in/")
    assert sign_in.status == 200 and get("/sign-in/").status in {403, 404}
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', sign_in.text)[1]
    cookie = sign_in.headers["Set-Cookie"].partition(";")[0]
    fields = f"csrfmiddlewaretoken={token}&username=aiko@example.org&password=room"
    form = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    signed_in = ask_plainly(below_a_path.port, "POST", "/help/sign-in/", fields, **form)
    assert signed_in.status == 302 and signed_in.headers["Location"].startswith("/help/"), signed_in.text
    session = "; ".join(line.partition(";")[0] for line in signed_in.headers.get_all("Set-Cookie"))
    page = get(signed_in.headers["Location"], Cookie=session).text
    order = re.search(r'href="(/help/orders/\d+/)"', page)[1]
    page = get(order, Cookie=session).text
    assert "<zashiki-room" in page
    room = int(re.search(r'data-room="(\d+)"', page)[1])
    address = f"ws://127.0.0.1:{below_a_path.port}/help/ws/zashiki/"
    with connect(
        address, additional_headers={"Cookie": session}, subprotocols=["zashiki.v1"], proxy=None
    ) as socket:
        socket.send(json.dumps({"type": "subscribe", "ref": 1, "room": room}))
        assert json.loads(socket.recv(timeout=10))["type"] == "ok"


def test_caddy_understands_its_block(house, folder):
    """It proxies a page; its certificate is one that it signs itself, since nobody else would for this name."""
    text = block("docs/deployment.md", "reverse_proxy").replace(BACKEND, house.host)
    (folder / "Caddyfile").write_text(
        "{\n admin off\n local_certs\n skip_install_trust\n auto_https disable_redirects\n https_port {port}\n}\n".replace(
            "{port}", str(port := free_port())
        )
        + text
    )
    env = {"XDG_DATA_HOME": folder / "caddy", "XDG_CONFIG_HOME": folder / "caddy", "HOME": folder}
    command = [caddy_program(), "run", "--config", folder / "Caddyfile", "--adapter", "caddyfile"]
    server = Process(command, folder / "caddy.log", env, folder)
    root = folder / "caddy/caddy/pki/authorities/local/root.crt"
    server.answers = lambda: root.exists() and "certificate obtained successfully" in server.output
    server.start()
    try:
        server.port = port
        assert ask(server, ssl.create_default_context(cafile=str(root)), "GET", "/chat/lobby/").status == 200
    finally:
        server.stop()


def caddy_program():
    found = shutil.which("caddy")
    assert found, "Caddy is not installed; bin/test installs it on Debian"
    return found
