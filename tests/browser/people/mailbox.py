"""A mail server that takes everything and keeps it.

SMTP, RFC 5321, as far as a sender without a password asks.
"""

import email
import queue
import threading
from email import policy
from socketserver import StreamRequestHandler, ThreadingTCPServer

PATIENCE = 20  # seconds for a letter


class Mailbox:
    def __init__(self):
        self._letters = queue.Queue()
        self._server = ThreadingTCPServer(("127.0.0.1", 0), _handler(self._letters))
        self._server.daemon_threads = True
        self.url = f"smtp://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def mail(self):
        """The next one, as an `email.message.EmailMessage`."""
        return self._letters.get(timeout=PATIENCE)

    def stop(self):
        self._server.shutdown()
        self._server.server_close()


def _handler(letters):
    class Handler(StreamRequestHandler):
        def handle(self):
            self._say("220 here")
            while words := self.rfile.readline().split():
                self._obey(words[0].upper())
                if words[0].upper() == b"QUIT":
                    return

        def _obey(self, command):
            if command == b"DATA":
                self._say("354 go on")
                letters.put(email.message_from_bytes(self._text(), policy=policy.default))
            self._say("221 goodbye" if command == b"QUIT" else "250 well")

        def _text(self):
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line.removeprefix(b"."))
            return b"".join(lines)

        def _say(self, line):
            self.wfile.write(f"{line}\r\n".encode())

    return Handler
