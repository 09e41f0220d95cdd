"""How much one wants to hear of a room: everything, what speaks to one, nothing, not even its name."""

from playwright.sync_api import expect

PATIENCE = 20_000  # milliseconds


def wants(somebody, where, involvement):
    somebody.open(where + "about/")
    somebody.choose("Notify me about", involvement)
    somebody.page.locator("main").get_by_role("button", name="Save", exact=True).first.click()
    expect(somebody.page.get_by_label("Notify me about")).to_have_value(involvement)


def sits_elsewhere(somebody, elsewhere):
    somebody.open(elsewhere)
    expect(somebody.page.locator("html")).to_have_attribute("data-layout-ready", "")


def test_one_hears_of_as_much_as_one_wants(account_pages):
    aiko, ben = account_pages("aiko", "ben")
    market, fair = aiko.create_room("market"), ben.create_room("fair")
    aiko.add_person(market, "Ben")
    aiko.open(market)
    sits_elsewhere(ben, fair)
    aiko.send("Apples")
    expect(ben.unread_count_of("market")).to_have_text("1", timeout=PATIENCE)

    wants(ben, market, "mentions")
    sits_elsewhere(ben, fair)
    aiko.send("Pears")
    aiko.send("@ben, plums for you")
    expect(ben.unread_count_of("market")).to_have_text("1", timeout=PATIENCE)
    expect(ben.unread_count_of("market")).to_have_attribute("data-mentions", "")

    wants(ben, market, "nothing")
    sits_elsewhere(ben, fair)
    expect(ben.unread_count_of("market")).to_be_hidden()
    expect(ben.page.get_by_role("link", name="market")).to_be_visible()


def test_a_hidden_room_is_out_of_the_list_and_can_be_brought_back(account_pages):
    ben = account_pages("ben")
    harbour, quay = ben.create_room("harbour"), ben.create_room("quay")
    wants(ben, harbour, "hidden")
    sits_elsewhere(ben, quay)
    expect(ben.page.get_by_role("link", name="harbour")).to_have_count(0)
    ben.open("/chat/rooms/all/?q=harbour")
    ben.follow_link("Details of harbour")
    ben.choose("Notify me about", "everything")
    ben.page.locator("main").get_by_role("button", name="Save", exact=True).first.click()
    sits_elsewhere(ben, quay)
    expect(ben.page.get_by_role("link", name="harbour")).to_be_visible()
