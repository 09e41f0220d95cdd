"""Aiko and Ben drink tea together; Dan lives in the chat_server and is not invited."""

import pytest

from tests.messages.server import LiveServer


@pytest.fixture
async def chat_server(transactional_db):
    chat_server = await LiveServer().open()
    yield chat_server
    await chat_server.close()


@pytest.fixture
async def aiko(chat_server):
    return await chat_server.person("Aiko Tanaka")


@pytest.fixture
async def ben(chat_server):
    return await chat_server.person("Ben")


@pytest.fixture
async def dan(chat_server):
    return await chat_server.person("Dan")


@pytest.fixture
async def tea(chat_server, aiko, ben):
    return await chat_server.room("tea", aiko, ben)
