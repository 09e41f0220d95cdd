"""Every sentence of the pages and of the errors is said in Japanese, too."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

import zashiki

SOURCE = Path(zashiki.__file__).parent
CATALOGUE = SOURCE / "locale" / "ja" / "LC_MESSAGES" / "django"
SAYING = {"gettext": 0, "gettext_lazy": 0, "_": 0, "ngettext": 0, "pgettext": 1}  # where the sentence stands
QUOTED = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
IN_TEMPLATE = re.compile(rf"\b(pgettext|n?gettext|_)\((?:{QUOTED}\s*,\s*)?{QUOTED}")


def sentences_of_code(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
            said = node.args[SAYING[node.func.id]]
            if isinstance(said, ast.Constant):
                yield said.value


def sentences_of_template(path):
    for function, first, second in IN_TEMPLATE.findall(templatize(path.read_text())):
        yield ast.literal_eval(first if function == "ngettext" and first else second)


def all_sentences():
    for path in SOURCE.rglob("*.py"):
        yield from sentences_of_code(path)
    for path in SOURCE.rglob("*.html"):
        yield from sentences_of_template(path)


@pytest.fixture(scope="module")
def japanese():
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        return {_sentence(key): said for key, said in gettext.GNUTranslations(file)._catalog.items() if key}


def test_every_sentence_is_said_in_japanese(japanese):
    sentences = set(all_sentences())
    assert len(sentences) > 300
    assert not [sentence for sentence in sentences if not japanese.get(sentence)]


def test_what_is_filled_in_is_filled_in_in_japanese_too(japanese):
    names = re.compile(r"%\(\w+\)[sd]")
    counted = {"Used once"}  # where English counts without a number, Japanese has one
    for sentence, said in japanese.items():
        assert sentence in counted or set(names.findall(said)) <= set(names.findall(sentence)), sentence


def test_the_compiled_catalogue_is_the_written_one(japanese):
    """``msgfmt -c -o django.mo django.po`` compiles it."""
    written = CATALOGUE.with_suffix(".po").read_text()
    lines = re.findall(r'^msg(?:id|id_plural|str|str\[0\]) "(.*)"$', written, re.MULTILINE)
    texts = {line.replace('\\"', '"').replace("\\n", "\n") for line in lines}
    assert set(japanese) <= texts and set(japanese.values()) <= texts
    assert len(japanese) == len(re.findall(r'^msgid "[^"]', written, re.MULTILINE))


def _sentence(key):
    """Without its context; of a plural, the singular."""
    return (key[0] if isinstance(key, tuple) else key).split("\x04")[-1]
