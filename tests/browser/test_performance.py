"""How soon a room is there, how little comes with it, and how soon what one says is seen."""

import pytest

LIGHT = 100_000  # bytes of a first view, without pictures
SOON = 300  # milliseconds until a room can be used, on a machine that does nothing else
BUSY = 10  # times as long as that it may take on one that does
VIEWS = 3  # of which the soonest counts: others were kept waiting by something else

TELL_WHEN_READY = """new MutationObserver((_, observer) => {
    if (!document.querySelector("zashiki-room[data-ready]")) return;
    window.readyAt = performance.now();
    observer.disconnect();
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-ready"] })"""

SAY = """async (text) => {
    const field = document.querySelector(".z-composer textarea");
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    await new Promise(requestAnimationFrame);
    const { state, id } = document.querySelector(".z-messages > .z-message:last-of-type").dataset;
    return { said: document.querySelector(".z-messages > .z-message:last-of-type .z-body").innerText, isSeen: state === "pending" || Boolean(id) };
}"""


@pytest.fixture(scope="module", autouse=True)
def filled(chat_server):
    chat_server.fill("tea", 50)


def test_the_first_view_of_a_room_is_light(browsers):
    aiko = browsers()
    received = listen(aiko)
    aiko.enter("tea")
    aiko.page.wait_for_load_state("networkidle")
    total = sum(received.values())
    print(f"{len(received)} answers, {total / 1000:.0f} kB")
    assert aiko.messages.count() == 50
    assert total < LIGHT, sorted(received.items(), key=lambda one: -one[1])[:8]


def test_a_room_can_be_used_soon(browsers):
    times = []
    for _ in range(VIEWS):
        aiko = browsers()
        aiko.page.add_init_script(TELL_WHEN_READY)
        aiko.enter("tea")
        times.append(aiko.page.wait_for_function("window.readyAt").json_value())
    print(f"{min(times):.0f} ms, at most {max(times):.0f}")
    assert min(times) < SOON * BUSY


def test_what_one_says_is_seen_in_the_next_frame(browsers):
    aiko = browsers().enter("tea", "Aiko")
    for text in ("Here I am.", "And here again."):
        assert aiko.page.evaluate(SAY, text) == {"said": text, "isSeen": True}
        aiko.expect_message(text)


def listen(guest):
    """The bytes of each answer as it comes over the wire, by its address; pictures are left out."""
    received, addresses = {}, {}
    devtools = guest.context.new_cdp_session(guest.page)
    devtools.send("Network.enable")

    def answered(event):
        if event["type"] not in {"Image", "WebSocket"}:
            addresses[event["requestId"]] = event["response"]["url"]

    def ended(event):
        if event["requestId"] in addresses:
            received[addresses[event["requestId"]]] = event["encodedDataLength"]

    devtools.on("Network.responseReceived", answered)
    devtools.on("Network.loadingFinished", ended)
    return received
