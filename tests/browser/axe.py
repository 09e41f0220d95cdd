"""What axe finds in a page: barriers for whoever sees, points or listens in another way."""

from axe_playwright_python.sync_playwright import Axe

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = {"type": "tag", "values": STANDARDS}
IN_FRONT = {"type": "tag", "values": STANDARDS[:-1]}  # of the page behind, axe sees neither heading nor main
OF_COLOUR = {"type": "rule", "values": ["color-contrast"]}  # all that another theme can change
OF_SIZE = {"type": "rule", "values": ["color-contrast", "target-size", "scrollable-region-focusable"]}

FIND = """async (runOnly) => {
    const { violations } = await axe.run({ runOnly, resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" ")}`);
}"""


def assert_accessible(page, rules=ALL):
    """
    Args:
        rules: what axe looks for.
    """
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(Axe().axe_script)
    found = page.evaluate(FIND, rules)
    assert not found, "\n".join(found)
