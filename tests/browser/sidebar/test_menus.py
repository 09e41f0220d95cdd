"""What opens beside a button is closed by the same button."""

import pytest
from playwright.sync_api import expect


@pytest.fixture(scope="module", autouse=True)
def made(rooms):
    rooms("menus")


@pytest.fixture
def aiko(open_as):
    aiko = open_as("menus", "aiko")
    expect(aiko.page.get_by_role("button", name="Who is here")).to_be_visible()
    return aiko


@pytest.mark.parametrize(
    ("button", "role", "name"),
    [
        ("Threads, pins and saved", "menu", "Threads, pins and saved"),
        ("Who is here", "dialog", "Who is here"),
    ],
)
def test_a_second_click_closes_and_a_third_opens(aiko, button, role, name):
    button = aiko.page.get_by_role("button", name=button)
    opened = aiko.page.get_by_role(role, name=name)
    for _ in range(2):
        button.click()
        expect(opened).to_be_visible()
        button.click()
        expect(opened).to_be_hidden()


def test_a_second_click_closes_the_menu_of_a_message(aiko):
    aiko.send("what can be done with this?")
    aiko.message("what can").hover()
    more = aiko.message("what can").get_by_role("button", name="More")
    menu = aiko.page.get_by_role("menu", name="Message actions")
    for _ in range(2):
        more.click()
        expect(menu).to_be_visible()
        more.click()
        expect(menu).to_be_hidden()
