"""Which lines of a body are a table: a head, a line of ``---`` between ``|``, and rows that have no more cells than the head."""

from __future__ import annotations

import re

_CELL = re.compile(r"(?:[^|\\]|\\.|\\$)*")
_DELIMITER = re.compile(r"\s*:?-+:?\s*$")


def split_cells(row: str) -> list[str]:
    r"""The cells of a row; ``\|`` does not end one."""
    row = row.strip()
    cells, at = [], 0
    while at <= len(row):
        found = _CELL.match(row, at)
        assert found is not None  # it matches nothing, too
        cells.append(found[0].strip())
        at = found.end() + 1
    first = 1 if len(cells) > 1 and not cells[0] and row.startswith("|") else 0
    last = len(cells) - 1 if len(cells) > 1 and not cells[-1] else len(cells)
    return cells[first:last] or [""]


def rows_of(lines: list[str], index: int, mark: str) -> list[str]:
    """The lines from this one on that may be rows of one table in the same quote: those with a ``|``."""
    rows = []
    for line in map(lines.__getitem__, range(index, len(lines))):
        if not line.startswith(mark) or "|" not in line or (not mark and line.startswith("> ")):
            break
        rows.append(line[len(mark) :])
        if len(rows) == 2 and columns_of(rows) is None:
            break
    return rows


def columns_of(rows: list[str]) -> int | None:
    """How many columns a table has of which these are the first rows; None if it is none."""
    if len(rows) < 2:
        return None
    head, delimiters = split_cells(rows[0]), split_cells(rows[1])
    is_table = len(head) == len(delimiters) and any(head) and all(map(_DELIMITER.match, delimiters))
    return len(head) if is_table else None
