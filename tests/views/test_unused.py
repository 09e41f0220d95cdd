"""Style sheets and templates hold nothing that no page uses."""

import re
from pathlib import Path

import allauth
import pytest
from pygments.token import STANDARD_TYPES

import zashiki

SOURCE = Path(zashiki.__file__).parent
TEMPLATE_FOLDERS = (SOURCE / "templates", SOURCE / "server" / "templates")
BY_DJANGO = {"errorlist"}  # the class of a form's errors
OF_STATUS_CODES = {
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "429.html",
    "500.html",
}  # rendered by name
CLASS = r"-?[A-Za-z_][\w-]*"


def read(*suffixes):
    return "\n".join(path.read_text() for suffix in suffixes for path in sorted(SOURCE.rglob(f"*.{suffix}")))


def styled_classes():
    """Classes in the selectors of all style sheets."""
    css = re.sub(r"/\*.*?\*/|@layer[^{;]*", "", read("css"), flags=re.DOTALL)
    return set(re.findall(rf"\.({CLASS})(?=[^{{}};]*\{{)", css))


def given_classes():
    """Names that may become a class: whole words of templates and code. A word after a dot or a hash is a selector, and gives none."""
    return set(re.findall(rf"(?<![\w.#-]){CLASS}(?![\w-])", read("html", "js", "py")))


def is_given(name, given):
    """`z-` classes and those of the renderer are written in full. No class is put together from parts."""
    return name in given or name in BY_DJANGO or name in STANDARD_TYPES.values()


def templates():
    return sorted(
        str(path.relative_to(folder)) for folder in TEMPLATE_FOLDERS for path in folder.rglob("*.html")
    )


def is_rendered(template):
    """Named by a template or by code, by `render_page` without folder and suffix, by a status code, or in the place of allauth's own."""
    page = template.removeprefix("zashiki/").removesuffix(".html")
    calls = rf'render_page\(\s*request,\s*"{re.escape(page)}"'
    named = f'"{template}"' in read("html", "py") or re.search(calls, read("py"))
    return (
        named
        or template in OF_STATUS_CODES
        or (Path(allauth.__file__).parent / "templates" / template).exists()
    )


def test_each_styled_class_is_given_to_an_element():
    styled, given = styled_classes(), given_classes()
    assert len(styled) > 100
    assert not [name for name in sorted(styled) if not is_given(name, given)]


@pytest.mark.parametrize("template", templates())
def test_each_template_is_rendered(template):
    assert is_rendered(template)


def test_a_class_or_a_template_that_nobody_uses_is_found():
    assert not is_given("z-nowhere", given_classes()) and not is_rendered("zashiki/nowhere.html")
