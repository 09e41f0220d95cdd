"""An OpenID Connect provider: it knows one person, and vouches for them whenever they press a button.

OpenID Connect Core 1.0, the code flow (3.1), as far as a client asks.
"""

import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.support.servers import free_port

PERSON = {"sub": "0001", "preferred_username": "nina", "name": "Nina Nakamura", "email": "nina@example.org"}
CLIENT_ID, SECRET = "zashiki", "a secret between the two houses"


class Provider:
    def __init__(self):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.nonces = {}  # by code
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def start(self):
        self._thread.start()
        return self

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    # What is answered, by path

    def configuration(self, query):
        paths = {
            "authorization_endpoint": "/authorize",
            "token_endpoint": "/token",
            "userinfo_endpoint": "/person",
            "jwks_uri": "/keys",
        }
        return {"issuer": self.url, **{name: self.url + path for name, path in paths.items()}}

    def authorize(self, query):
        code = f"code{len(self.nonces)}"
        self.nonces[code] = query.get("nonce")
        back = f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"
        return f'<!doctype html><title>The other chat_server</title><link rel="icon" href="data:,"><a href="{back}">I am Nina</a>'.replace(
            "&", "&amp;"
        )

    def token(self, query):
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 60, **PERSON}
        if nonce := self.nonces.pop(query["code"]):
            claims["nonce"] = nonce
        id_token = jwt.encode(claims, self.key, "RS256", headers={"kid": "1"})
        return {"access_token": "hers", "token_type": "Bearer", "expires_in": 60, "id_token": id_token}

    def keys(self, query):
        numbers = self.key.public_key().public_numbers()
        return {
            "keys": [
                {"kty": "RSA", "alg": "RS256", "kid": "1", "n": _base64(numbers.n), "e": _base64(numbers.e)}
            ]
        }

    def person(self, query):
        return PERSON


def _handler(provider):
    answers = {
        "/.well-known/openid-configuration": provider.configuration,
        "/authorize": provider.authorize,
        "/token": provider.token,
        "/keys": provider.keys,
        "/person": provider.person,
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self._answer(urlsplit(self.path).query)

        def do_POST(self):
            self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def log_message(self, *words):
            pass

        def _answer(self, query):
            answer = answers.get(urlsplit(self.path).path)
            self.send_response(200 if answer else 404)
            said = answer({name: values[0] for name, values in parse_qs(query).items()}) if answer else ""
            self.send_header("Content-Type", "text/html" if isinstance(said, str) else "application/json")
            self.end_headers()
            self.wfile.write((said if isinstance(said, str) else json.dumps(said)).encode())

    return Handler


def _base64(number):
    return (
        base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()
    )
