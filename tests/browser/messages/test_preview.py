"""What one writes, as others will see it: markdown, and code in colours."""

from playwright.sync_api import expect

CODE = "```python\nasync def sit(room):\n    return 1  # connection\n```"


def preview_of(writer):
    return writer.page.get_by_role("region", name="Preview")


def test_a_preview_shows_markdown_while_one_writes(open_as):
    aiko = open_as("preview", "aiko")
    button = aiko.page.get_by_role("button", name="Preview")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(aiko.field).to_be_focused()
    expect(preview_of(aiko)).to_have_text("Your message is shown here as others will see it.")
    aiko.field.press_sequentially("This is **strong** and `code`")
    expect(preview_of(aiko).locator("strong")).to_have_text("strong")
    expect(preview_of(aiko).locator("code")).to_have_text("code")
    aiko.field.press("Escape")
    expect(preview_of(aiko)).to_be_hidden()
    expect(aiko.field).to_have_value("This is **strong** and `code`")


def test_a_preview_is_empty_again_when_it_was_sent(open_as):
    aiko = open_as("preview, sent", "aiko")
    aiko.page.get_by_role("button", name="Preview").click()
    aiko.field.fill("- one\n- two")
    expect(preview_of(aiko).get_by_role("listitem")).to_have_text(["one", "two"])
    aiko.field.press("Enter")
    expect(aiko.messages.first.get_by_role("listitem")).to_have_text(["one", "two"])
    expect(preview_of(aiko).get_by_role("listitem")).to_have_count(0)


def test_code_is_coloured_for_everybody(open_as):
    aiko, ben = open_as("code", "aiko"), open_as("code", "ben")
    aiko.send(CODE)
    for one in (aiko, ben):
        block = one.messages.first.locator("pre")
        expect(block).to_have_text("async def sit(room):\n    return 1  # connection\n")
        inks = {colour_of(block, word) for word in ("async", "sit", "1", "# connection")}
        assert len(inks) == 4, "each kind of word has its ink"


def colour_of(block, word):
    return block.locator("span").get_by_text(word, exact=True).evaluate("one => getComputedStyle(one).color")
