"""The classes that the documentation shows are those of the examples."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHOWN = [
    ("docs/from-the-tutorial.md", "examples/tutorial", 2),
    ("docs/ja/from-the-tutorial.md", "examples/tutorial", 2),
    ("docs/embedding.md", "examples/embedded", 2),
]


@pytest.mark.parametrize(("page", "example", "classes"), SHOWN)
def test_each_line_of_a_class_is_a_line_of_the_example(page, example, classes):
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(), re.DOTALL)
    shown = [block for block in blocks if "\nclass " in "\n" + block]
    assert len(shown) == classes
    real = {line.strip() for file in (ROOT / example).rglob("*.py") for line in file.read_text().splitlines()}
    for block in shown:
        lines = [line.strip() for line in block.splitlines() if not line.startswith("#")]
        assert [line for line in lines if line not in real] == []
