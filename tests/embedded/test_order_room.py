"""The room of an order in the page of a shop that had no rooms before: real server, real browsers.

Aiko has ordered something, Béla sells, Chidi is another customer who must never see anything of it.
"""

import re

import pytest
from playwright.sync_api import expect

SECRET = "the key lies under the third stone"
OTHER_SECRET = "the dog does not bite"


def say(page, text):
    box = page.locator("zashiki-room textarea")
    box.fill(text)
    box.press("Enter")


def messages(page):
    return page.locator("zashiki-room .z-body")


@pytest.fixture
def aiko(shop):
    return shop.sign_in("aiko")


@pytest.fixture
def bela(shop):
    return shop.sign_in("bela")


@pytest.fixture
def chidi(shop):
    return shop.sign_in("chidi")


def test_customer_and_shop_talk_in_the_page_of_the_order(shop, aiko, bela):
    for page in (aiko, bela):
        page.goto(shop.url("orders/1/"))
    say(aiko, "Is it wrapped as a **present**?")
    expect(messages(bela).last).to_have_text("Is it wrapped as a present?")
    say(bela, "It is.")
    expect(messages(aiko).last).to_have_text("It is.")
    expect(aiko.locator("zashiki-room .z-author").last).to_have_text("Béla from the shop")


def test_what_was_said_is_there_after_a_reload(shop, aiko):
    aiko.goto(shop.url("orders/1/"))
    say(aiko, "I shall ask again tomorrow.")
    expect(aiko.locator(".z-message[data-position]", has_text="ask again tomorrow")).to_be_visible()
    aiko.reload()
    expect(messages(aiko).last).to_have_text("I shall ask again tomorrow.")


def test_an_outsider_sees_the_page_and_nothing_of_the_room(shop, aiko, chidi):
    aiko.goto(shop.url("orders/1/"))
    say(aiko, SECRET)
    expect(aiko.locator(".z-message[data-position]", has_text=SECRET)).to_be_visible()
    heard = []
    chidi.on("websocket", lambda socket: socket.on("framereceived", heard.append))
    chidi.goto(shop.url("orders/1/"))
    expect(chidi.get_by_role("heading", name="Paper lantern")).to_be_visible()
    expect(chidi.locator("zashiki-room")).to_have_count(0)
    assert SECRET not in chidi.content()
    assert chidi.goto(shop.url(f"help/chat/room/{shop.room_of(aiko)}/")).status == 404
    assert SECRET not in chidi.content()
    assert not any(SECRET in str(frame) for frame in heard)


def test_the_room_has_a_page_of_its_own_below_the_address_of_the_site(shop, aiko, bela):
    for page in (aiko, bela):
        page.goto(shop.url("orders/1/"))
    aiko.goto(shop.url(f"help/chat/room/{shop.room_of(aiko)}/"))
    expect(aiko.get_by_role("heading", name="Paper lantern", level=1)).to_be_visible()
    say(aiko, "From the large page.")
    expect(messages(bela).last).to_have_text("From the large page.")


def test_the_site_itself_says_something_in_the_room(shop, aiko, bela):
    aiko.goto(shop.url("orders/1/"))
    bela.goto(shop.url("orders/1/"))
    bela.get_by_role("button", name="It has left the house").click()
    expect(messages(aiko).last).to_have_text("Paper lantern has left the house.")
    expect(aiko.locator("zashiki-room .z-author").last).to_have_text("The shop")


def test_whoever_gives_an_order_away_is_out_of_its_room_at_once(shop, aiko, bela, chidi):
    other_tab = aiko.context.new_page()
    for page in (aiko, bela, other_tab):
        page.goto(shop.url("orders/3/"))
    other_tab.get_by_label("Give it to").fill("chidi@example.org")
    other_tab.get_by_role("button", name="Give").click()
    expect(aiko.get_by_text("You no longer have access to this room.")).to_be_visible(timeout=2500)
    say(bela, OTHER_SECRET)
    expect(bela.locator(".z-message[data-position]", has_text=OTHER_SECRET).last).to_be_visible()
    assert OTHER_SECRET not in aiko.content()
    chidi.goto(shop.url("orders/3/"))
    expect(messages(chidi).last).to_have_text(OTHER_SECRET)


def test_the_index_of_rooms_offers_none_to_make(shop, aiko):
    assert aiko.goto(shop.url("help/chat/")).status == 200
    assert aiko.goto(shop.url("help/chat/lobby/")).status == 404


def test_somebody_without_an_account_is_asked_to_sign_in(shop):
    page = shop.new_page()
    page.goto(shop.url("orders/1/"))
    expect(page).to_have_url(re.compile(r"/sign-in/\?next="))


RUDE_STYLES = """
    * { letter-spacing: 2px; }
    h1, h2, p, header, article, footer, form { margin: 3rem; color: red; background: gold; text-transform: uppercase; }
    button, textarea { inline-size: 100%; border: 9px solid red; border-radius: 0; font: 2rem cursive; }
    main p, main header { padding: 2rem; }
"""


COMPUTED = """room => [...room.querySelectorAll("*")].map((element) => {
    const style = getComputedStyle(element);
    return [element.className, style.color, style.margin, style.padding, style.font, style.border, style.width,
            style.letterSpacing, style.background, style.fill, style.stroke, style.textTransform].join("|");
})"""


def test_the_styles_of_the_site_end_at_the_room(shop, chidi):
    chidi.goto(shop.url("orders/2/"))
    room = chidi.locator(".z-embedded")
    expect(room.locator("textarea")).to_be_enabled()
    expect(room.get_by_role("button", name="Who is here")).to_be_visible()  # the last that comes
    before = room.evaluate(COMPUTED)
    chidi.add_style_tag(content=RUDE_STYLES)
    assert (
        chidi.locator("main > p").evaluate("element => getComputedStyle(element).backgroundColor")
        == "rgb(255, 215, 0)"
    )
    assert room.evaluate(COMPUTED) == before
