"""Lists of people have pages: each is small, however many there are, and everybody is on one of them."""

import itertools
import re

import pytest
from django.contrib.auth import get_user_model

from tests.people.test_pages import url
from zashiki.models import Membership

MANY = 1_500
BYTES = 150_000  # of a page, also for whoever may change roles
NAME = re.compile(r"Member \d{4}")


@pytest.fixture
def crowd(garden):
    users = get_user_model().objects.bulk_create(
        get_user_model()(username=f"m{number}", first_name="Member", last_name=f"{number:04}")
        for number in range(MANY)
    )
    Membership.objects.bulk_create(Membership(room=garden, user=user) for user in users)
    return {f"Member {number:04}" for number in range(MANY)}


@pytest.mark.parametrize("name", ["room_details", "people"])
def test_every_page_is_small_and_together_they_hold_everybody(client, aiko, garden, crowd, name):
    client.force_login(aiko)
    address, seen = url(name, *([garden.pk] if name == "room_details" else [])), set()
    for number in itertools.count(1):
        page = client.get(f"{address}?page={number}").content.decode()
        assert len(page.encode()) < BYTES
        shown = set(NAME.findall(re.search(r'<ul class="z-people">(.*?)</ul>', page, re.DOTALL)[1]))
        assert not seen & shown
        seen |= shown
        if f'href="?q=&amp;page={number + 1}"' not in page:
            break
    assert seen == crowd


@pytest.mark.parametrize("name", ["room_details", "people"])
def test_one_of_many_is_found_by_name(client, aiko, garden, crowd, name):
    client.force_login(aiko)
    address = url(name, *([garden.pk] if name == "room_details" else []))
    page = client.get(address, {"q": "member 0042"}).content.decode()
    shown = re.search(r'<ul class="z-people">(.*?)</ul>', page, re.DOTALL)[1]
    assert set(NAME.findall(shown)) == {"Member 0042"}
    assert "No matching people." in client.get(address, {"q": "nobody at all"}).content.decode()
