"""Pages travel compressed, to those who can read that."""

import gzip
import urllib.error
import urllib.request

import pytest

from tests.servers import ZashikiServer


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    server = ZashikiServer(tmp_path_factory.mktemp("house")).start()
    yield server
    server.stop()


def ask(house, path, encoding, **headers):
    request = urllib.request.Request(house.url + path, headers={"Accept-Encoding": encoding, **headers})
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
    lengths = {len(ask(house, "/chat/lobby/", "gzip")[1]) for _ in range(20)}
    assert len(lengths) > 5


def test_a_list_of_names_is_compressed_and_still_found_in_the_browsers_own_keeping(house):
    headers, _ = ask(house, "/chat/emoji/names.json", "gzip")
    assert headers["Content-Encoding"] == "gzip"
    with pytest.raises(urllib.error.HTTPError) as answer:
        ask(house, "/chat/emoji/names.json", "gzip", **{"If-None-Match": headers["ETag"]})
    assert answer.value.code == 304
