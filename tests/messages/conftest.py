"""Aiko and Ben drink tea together; Dan lives in the house and is not invited."""

import pytest

from tests.messages.house import House


@pytest.fixture
async def house(transactional_db):
    house = await House().open()
    yield house
    await house.close()


@pytest.fixture
async def aiko(house):
    return await house.person("Aiko Tanaka")


@pytest.fixture
async def ben(house):
    return await house.person("Ben")


@pytest.fixture
async def dan(house):
    return await house.person("Dan")


@pytest.fixture
async def tea(house, aiko, ben):
    return await house.room("tea", aiko, ben)
