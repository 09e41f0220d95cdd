"""Static files: answered before the site is asked, as HTTP wants it; style sheets are one with those they import."""

import gzip
import http.client
import re

import pytest
from django.core.files.base import ContentFile

from tests.support.servers import ZashikiServer
from zashiki.server.http.static_storage import BundledCssStorage


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    server = ZashikiServer(tmp_path_factory.mktemp("house")).start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def sheet(house):
    """The address of the style sheet that every page names first."""
    return re.search(r"/static/zashiki/css/zashiki\.\w+\.css", house.get("/chat/lobby/")[2])[0]


def ask(house, path, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=10)
    connection.request(
        method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body


def test_a_file_comes_as_it_was_compressed_and_is_kept_for_ever(house, sheet):
    status, headers, plain = ask(house, sheet)
    assert (status, headers["Content-Length"]) == (200, str(len(plain)))
    assert "immutable" in headers["Cache-Control"] and headers["Vary"] == "Accept-Encoding"
    _, headers, packed = ask(house, sheet, Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert len(packed) < len(plain) / 2
    assert gzip.decompress(packed) == plain


def test_only_the_head_is_sent_to_who_asks_for_the_head(house, sheet):
    status, headers, body = ask(house, sheet, "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 10_000


def test_what_a_browser_has_is_not_sent_again(house, sheet):
    tag = ask(house, sheet)[1]["ETag"]
    status, headers, body = ask(house, sheet, If_None_Match=tag)
    assert (status, body, headers["ETag"]) == (304, b"", tag)


def test_a_part_of_a_file_is_sent(house, sheet):
    whole = ask(house, sheet)[2]
    status, headers, body = ask(house, sheet, Range="bytes=10-19")
    assert (status, body) == (206, whole[10:20])
    assert headers["Content-Range"] == f"bytes 10-19/{len(whole)}"
    assert ask(house, sheet, Range=f"bytes={len(whole)}-")[0] == 416


def test_a_file_cannot_be_changed(house, sheet):
    status, headers, _ = ask(house, sheet, "POST")
    assert (status, headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/zashiki/",
        "/static/../zashiki.sqlite3",
        "/static/%2e%2e/secret_key",
        "/static//etc/passwd",
        "/static/staticfiles.json%00",
        "/static/.collected/",
    ],
)
def test_nothing_else_is_a_file(house, path):
    assert ask(house, path)[0] in {400, 404}


def test_a_picture_runs_nothing(house):
    path = re.search(r"/static/zashiki/mark\.\w+\.svg", house.get("/chat/lobby/")[2])[0]
    headers = ask(house, path)[1]
    assert "script-src 'self'" in headers["Content-Security-Policy"]


def test_a_sheet_is_one_with_those_it_imports(house, sheet):
    text = ask(house, sheet)[2].decode()
    assert "@import" not in text
    assert text.index("@layer zashiki.tokens") < text.index(".z-timeline") < text.index(".z-composer")


class Sheets(dict):
    def open(self, path):
        return ContentFile(self[path])


def test_imports_may_import():
    sheets = Sheets(
        {
            "css/a.css": b'@import url("b.css");\na {}\n',
            "css/b.css": b'@import url("c.css");\nb {}',
            "css/c.css": b"c {}",
        }
    )
    assert BundledCssStorage(sheets).open("css/a.css").read() == b"c {}\nb {}\na {}\n"


def test_a_sheet_from_elsewhere_is_refused():
    with pytest.raises(ValueError, match=r"css/a\.css imports \.\./b\.css"):
        BundledCssStorage(Sheets({"css/a.css": b'@import url("../b.css");'})).open("css/a.css")
