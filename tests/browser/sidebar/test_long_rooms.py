"""A hundred thousand messages, of which the page holds a few."""

import pytest
from playwright.sync_api import expect

COUNT = 100_000
BOUND = 340  # messages that a page may hold
PAGES = {"older": 12, "newer": 6}  # that are scrolled through

# Scrolls to an edge, page for page; tells for each how long it took until the next was there, and how many messages the page held.
SCROLL = """async ([edge, pages]) => {
    const timeline = document.querySelector(".z-timeline");
    const at = (end) => Number([...document.querySelectorAll(".z-messages > .z-message")].at(end).dataset.position);
    const end = edge === "older" ? 0 : -1;
    const times = [], held = [];
    for (let page = 0; page < pages; page++) {
        const before = at(end), began = performance.now();
        timeline.scrollBy(0, (end ? 1 : -1) * timeline.scrollHeight);
        while (at(end) === before) await new Promise(requestAnimationFrame);
        times.push(performance.now() - began);
        held.push(document.querySelectorAll(".z-message").length);
    }
    return { times, most: Math.max(...held), position: at(end) };
}"""
TWO_FRAMES = "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
# A picture of this height comes late into a message.
GROW = """(element, height) => {
    const picture = document.createElement("div");
    picture.style.height = `${height}px`;
    element.querySelector(".z-body").append(picture);
}"""


@pytest.fixture(scope="module", autouse=True)
def made(chat_server, rooms):
    rooms("archive")
    chat_server.run("tests.browser.sidebar.seed_long_room", "archive", str(COUNT), "aiko", str(COUNT))


def whole(positions):
    return positions == list(range(positions[0], positions[-1] + 1))


def test_scrolling_stays_smooth_and_the_page_small(open_as):
    aiko = open_as("archive", "aiko")
    reached = {}
    for edge, pages in PAGES.items():
        found = aiko.page.evaluate(SCROLL, [edge, pages])
        assert found["most"] <= BOUND
        assert whole(aiko.positions())
        reached[edge] = found["position"]
        times = sorted(found["times"])
        print(f"{edge}: {times[pages // 2]:.0f} ms for a page, at most {times[-1]:.0f}")
        assert times[pages // 2] < 400
    # Nothing was fetched that nobody came near to.
    assert COUNT - reached["older"] <= (PAGES["older"] + 2) * 50
    assert reached["newer"] <= reached["older"] + 340 + (PAGES["newer"] + 1) * 50


def test_a_message_of_long_ago_is_shown_with_its_neighbours(open_as):
    aiko = open_as("archive", "aiko")
    aiko.page.goto(aiko.chat_server.address("archive") + "?at=50000")
    aiko.wait_until_ready()
    expect(aiko.message("Message 50000 of")).to_be_in_viewport()
    aiko.page.evaluate(SCROLL, ["older", 5])
    aiko.page.evaluate(SCROLL, ["newer", 8])
    assert whole(aiko.positions())
    assert len(aiko.positions()) <= BOUND
    aiko.page.get_by_role("button", name="Newest messages").click()
    expect(aiko.message(f"Message {COUNT} of")).to_be_in_viewport()


def test_a_line_stays_where_it_is_when_pictures_come_late(open_as):
    aiko = open_as("archive", "aiko")
    aiko.scroll_to(900)
    line = aiko.message(f"Message {COUNT - 18} of")
    aiko.page.evaluate(TWO_FRAMES)
    before = line.bounding_box()["y"]
    for number in (49, 40, 31):
        aiko.message(f"Message {COUNT - number} of").evaluate(GROW, 240)
    aiko.page.evaluate(TWO_FRAMES)
    assert line.bounding_box()["y"] == pytest.approx(before, abs=2)


def test_who_is_at_the_end_stays_there_when_pictures_come_late(open_as):
    aiko = open_as("archive", "aiko")
    aiko.messages.last.evaluate(GROW, 400)
    aiko.page.evaluate(TWO_FRAMES)
    assert aiko.scroll_offsets()[1] == 0
