"""Pages travel compressed, to those who can read that."""

import gzip
import urllib.request

import pytest

from tests.support.servers import ZashikiServer
from zashiki.server.http.compression import PADDING, compressed


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    server = ZashikiServer(tmp_path_factory.mktemp("house")).start()
    yield server
    server.stop()


def ask(house, path, encoding):
    request = urllib.request.Request(house.url + path, headers={"Accept-Encoding": encoding})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return answer.headers, answer.read()


def test_a_page_is_compressed_for_a_browser(house):
    headers, content = ask(house, "/chat/lobby/", "gzip, deflate, br")
    assert headers["Content-Encoding"] == "gzip"
    assert int(headers["Content-Length"]) == len(content)
    assert "Accept-Encoding" in headers["Vary"]
    assert "</html>" in gzip.decompress(content).decode()


def test_a_page_is_sent_as_it_is_to_others(house):
    headers, content = ask(house, "/chat/lobby/", "identity")
    assert headers["Content-Encoding"] is None
    assert "Accept-Encoding" in headers["Vary"]
    assert "</html>" in content.decode()


def test_the_length_tells_nothing(house):
    page = b"<p>secret</p>" * 100
    found = [compressed(page) for _ in range(50)]
    assert {gzip.decompress(each) for each in found} == {page}
    lengths = {len(each) for each in found}
    assert len(lengths) > 10 and max(lengths) - min(lengths) < PADDING
