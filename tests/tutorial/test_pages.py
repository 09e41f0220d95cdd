"""The pages of the example in a real browser: one asks for a room's name, the other is the room."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def host(projects):
    project = projects["pubsub"]
    yield project.hosts[0]
    print(project.output)  # shown when the test fails


@pytest.fixture
def pages(chromium):
    """Pages in two browsers."""
    contexts = [chromium.new_context() for _ in range(2)]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


@pytest.mark.parametrize("consumer", ["sync", "async", "hub"])
def test_a_name_leads_to_a_room_in_which_two_people_talk(host, pages, consumer):
    for page in pages:
        page.goto(f"http://{host}/{consumer}/")
        page.get_by_label("Name of a room").fill(f"lobby_{consumer}")
        page.get_by_role("button", name="Enter").click()
        expect(page.get_by_role("heading")).to_have_text(f"lobby_{consumer}")
        expect(page.get_by_role("button", name="Send")).to_be_enabled()
    aiko, bela = pages
    aiko.get_by_label("What do you say?").fill("hello")
    aiko.get_by_role("button", name="Send").click()
    for page in pages:
        expect(page.get_by_role("listitem")).to_have_text(["hello"])
    bela.get_by_label("What do you say?").fill("good morning")
    bela.get_by_label("What do you say?").press("Enter")
    for page in pages:
        expect(page.get_by_role("listitem")).to_have_text(["hello", "good morning"])


def test_the_first_page_leads_to_the_rooms_of_zashiki(host, pages):
    aiko, _ = pages
    aiko.goto(f"http://{host}/")
    aiko.get_by_role("link", name="the rooms of Zashiki").click()
    expect(aiko).to_have_url(f"http://{host}/chat/")
    assert aiko.goto(f"http://{host}/chat/lobby/").status == 200
