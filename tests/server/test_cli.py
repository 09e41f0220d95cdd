"""The command says what it can do, and what it cannot."""

import subprocess
import sys

import pytest

from tests.support.servers import Process


def run(*words, **env):
    command = [sys.executable, "-m", "zashiki.server.cli", *words]
    done = subprocess.run(
        command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stdout, done.stderr


def test_alone_it_says_what_it_can_do():
    status, said, _ = run()
    assert status == 0
    assert "zashiki serve" in said and "zashiki manage" in said and "zashiki health" in said


@pytest.mark.parametrize("flag", ["--host", "--port", "--workers", "--data", "--database", "--redis"])
def test_help_names_every_option(flag):
    status, said, _ = run("serve", "--help")
    assert status == 0 and flag in said


def test_workers_that_cannot_hear_each_other_are_refused(tmp_path):
    status, _, complaint = run("serve", "--workers", "2", "--data", str(tmp_path))
    assert status == 2
    assert "--redis" in complaint and "ZASHIKI_REDIS_URL" in complaint and complaint.count("\n") == 1


@pytest.mark.parametrize(
    "env, word",
    [
        ({"ZASHIKI_PORT": "many"}, "ZASHIKI_PORT"),
        ({"ZASHIKI_ALLOW_VISITORS": "perhaps"}, "ZASHIKI_ALLOW_VISITORS"),
        ({"ZASHIKI_REDIS_URL": "localhost:6379"}, "redis://"),
        ({"ZASHIKI_DATABASE_URL": "mysql://localhost/rooms"}, "postgresql://"),
        ({"ZASHIKI_PUBLIC_URL": "chat.example.org"}, "https://"),
        ({"ZASHIKI_SMTP_URL": "mail.example.org"}, "smtp://"),
        ({"ZASHIKI_LOG_LEVEL": "loud"}, "warning"),
        ({"ZASHIKI_WORKERS": "0"}, "1 or more"),
        ({"ZASHIKI_POLICY": "nowhere.Policy"}, "nowhere.Policy"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(tmp_path, env, word):
    status, _, complaint = run("serve", ZASHIKI_DATA_DIR=str(tmp_path), **env)
    assert status == 2
    assert word in complaint and "Traceback" not in complaint


def test_a_misspelt_name_is_pointed_out(tmp_path):
    _, _, complaint = run("manage", "version", ZASHIKI_DATA_DIR=str(tmp_path), ZASHIKI_DATABSE="x")
    assert "is ZASHIKI_DATABASE_URL meant?" in complaint


def test_a_port_that_is_taken_is_said(serve, folder):
    first = serve()
    (folder / "other").mkdir()
    second = Process([*first.command[:-1], folder / "other"], folder / "second.log")
    second.spawn()
    assert second.wait(30) != 0
    assert "address already in use" in second.output.lower()


def test_the_secret_key_is_made_once_and_for_the_owner_alone(tmp_path):
    for _ in range(2):
        assert run("manage", "check", ZASHIKI_DATA_DIR=str(tmp_path))[0] == 0
        keys = {path.read_text() for path in tmp_path.glob("secret_key*")}
        assert len(keys) == 1
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert len((tmp_path / "secret_key").read_text()) > 50


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--database", "postgresql://zashiki:s3cr3tW0rd@127.0.0.1:9/x?connect_timeout=1"], "database"),
        (["--database", "sqlite:////nowhere/at/all.sqlite3"], "database"),
        (["--data", "/dev/null"], "/dev/null"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence_without_a_secret(tmp_path, options, word):
    status, _, complaint = run("serve", *options, ZASHIKI_DATA_DIR=str(tmp_path / "data"))
    assert status == 2
    assert word in complaint and "Traceback" not in complaint and "s3cr3tW0rd" not in complaint
