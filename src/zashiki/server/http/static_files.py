"""Static files are answered before the site is asked: no thread is crossed, no session opened, no middleware passed.

A first view of a room is some fifty small files over six connections; each of them took longer to go through Django than to be sent.
Which file it is, its headers, its compressed twin, ranges and what the browser has already: all that is WhiteNoise's.
"""

from __future__ import annotations

from typing import Any

from whitenoise.middleware import WhiteNoiseMiddleware

# What WhiteNoise asks a request about, as ASGI and as WSGI call it.
CONDITIONAL_HEADERS = {
    b"accept-encoding": "HTTP_ACCEPT_ENCODING",
    b"if-none-match": "HTTP_IF_NONE_MATCH",
    b"if-modified-since": "HTTP_IF_MODIFIED_SINCE",
    b"range": "HTTP_RANGE",
}


class StaticFiles:
    """Answers what `collectstatic` has collected; everything else goes on to the application."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self._files = WhiteNoiseMiddleware().files

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> Any:
        file = self._files.get(scope["path"]) if scope["type"] == "http" else None
        if file is None:
            return await self._application(scope, receive, send)
        asked = {
            CONDITIONAL_HEADERS[name]: value.decode("latin-1")
            for name, value in scope["headers"]
            if name in CONDITIONAL_HEADERS
        }
        answer = file.get_response(scope["method"], asked)
        headers = [(name.lower().encode(), value.encode()) for name, value in answer.headers]
        await send({"type": "http.response.start", "status": int(answer.status), "headers": headers})
        await send({"type": "http.response.body", "body": _read(answer.file)})


def _read(file: Any) -> bytes:
    """All of it at once: none is larger than a hundred kilobytes, and the system has it in memory."""
    if file is None:
        return b""
    with file:
        content: bytes = file.read()
        return content
