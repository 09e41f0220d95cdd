"""nginx in a folder of its own, with blocks that the documents show."""

import shutil
import socket
import subprocess
from pathlib import Path

from tests.support.servers.process import Process, free_port

HOST = "chat.example.org"
MAIN = """
daemon off;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 256; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {blocks}
}}
"""


def nginx_program():
    """Debian keeps it where only root's path leads."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    assert found, "nginx is not installed; bin/test installs it on Debian"
    return found


class NginxServer(Process):
    """
    Args:
        folder: for its files; empty.
        blocks: what stands inside of ``http {}``, in which ``{port}`` is the port to listen on.
    """

    def __init__(self, folder, blocks):
        self.folder, self.port = Path(folder), free_port()
        text = MAIN.format(folder=folder, blocks=blocks.replace("{port}", str(self.port)))
        (self.folder / "nginx.conf").write_text(text)
        command = [nginx_program(), "-e", "stderr", "-p", self.folder, "-c", self.folder / "nginx.conf"]
        super().__init__(command, self.folder / "nginx.log")

    def answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True


def certificate(folder):
    """Files of a certificate and a key for `HOST`, signed by itself."""
    made = [folder / "fullchain.pem", folder / "privkey.pem"]
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        f"/CN={HOST}",
    ]
    command += ["-addext", f"subjectAltName=DNS:{HOST}", "-out", str(made[0]), "-keyout", str(made[1])]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return made
