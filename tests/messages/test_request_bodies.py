"""A site around the rooms: bodies that are sent to our pages have an end, those sent to its own are its own affair."""

import asyncio

import pytest

from zashiki.limits import request_bodies

OURS, SOMEBODY_ELSES = "/chat/visitor/name/", "/nothing/of/ours/"


async def status_of(chat_server, path, *parts):
    """The status of the answer to a form of these parts; a number is so many bytes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", chat_server.port)
    try:
        writer.write(f"POST {path} HTTP/1.1\r\nHost: localhost\r\n".encode())
        for part in parts:
            writer.write(part.encode() if isinstance(part, str) else b"a" * part)
        async with asyncio.timeout(10):
            return int((await reader.readline()).split()[1])
    finally:
        writer.close()


async def test_a_body_for_our_pages_has_an_end(settings, chat_server):
    settings.ZASHIKI_REQUEST_LIMIT = 100_000
    assert await status_of(chat_server, OURS, "Content-Length: 100001\r\n\r\n") == 413
    assert await status_of(chat_server, OURS, "Transfer-Encoding: chunked\r\n\r\n20000\r\n", 0x20000) == 413
    assert await status_of(chat_server, OURS, "Content-Length: 90000\r\n\r\n", 90_000) == 403


async def test_the_sites_own_pages_are_its_own_affair(settings, chat_server):
    settings.ZASHIKI_REQUEST_LIMIT = 1024
    assert await status_of(chat_server, SOMEBODY_ELSES, "Content-Length: 50000\r\n\r\n", 50_000) == 404


async def test_a_body_that_stops_arriving_is_given_up(monkeypatch, chat_server):
    monkeypatch.setattr(request_bodies, "GRACE", 0.3)
    assert await status_of(chat_server, OURS, "Content-Length: 1000\r\n\r\n", 500) == 408
    assert request_bodies._Body._held.total() == 0


async def test_all_bodies_together_have_an_end(monkeypatch, chat_server):
    monkeypatch.setattr(request_bodies, "HELD", 10_000)
    assert await status_of(chat_server, OURS, "Content-Length: 20000\r\n\r\n", 15_000) == 503
    assert await status_of(chat_server, OURS, "Content-Length: 5000\r\n\r\n", 5_000) == 403


@pytest.mark.parametrize("path", [OURS, SOMEBODY_ELSES])
async def test_what_has_no_body_is_not_looked_at(monkeypatch, chat_server, path):
    monkeypatch.setattr(request_bodies, "GRACE", -1)
    assert await status_of(chat_server, path, "Content-Length: 0\r\n\r\n") in {403, 404}
