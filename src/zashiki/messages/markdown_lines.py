"""The lines of what was typed, made ready for the markdown parser: which begin a quote, a list item, a heading, code or a table.

A line has one such sign, apart from quotes around it. Whatever could be taken for another is made literal, and so are spaces before a text, so
that they are seen. A line after a quote, a list or a table that has not its sign ends it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zashiki.messages.markdown_inline import NUMBER, Inline, literal
from zashiki.messages.markdown_tables import columns_of, rows_of, split_cells

_QUOTES = re.compile(
    r"(?! ?> ?[^\w\s>]{1,3} ?<)(?! ?> _{1,3} ?<)(?:>(?: |$))+"
)  # a face such as > _ < is none
_HEADING = re.compile(r"(#{1,6}) +(?=\S)(.*?)(#* *)$")
_RULE = re.compile(r"-{3,}$")
_FENCE = re.compile(r"(`{3,}) *[\w+#.-]{0,40}$")
_SPACED_RULE = re.compile(r"([-*_])(?: *\1){2,} *$")
_ITEM = re.compile(r"([-*]|(0|[1-9]\d{0,8})\.)( +)(?=\S)")
_TASK = re.compile(r"\[[ xX]\] +(?=\S)")
_DELIMITERS = re.compile(r"[\s|:]*-[\s|:-]*$")
# What a line of text could be taken for, and what is made literal of it.
_BEGINNING = re.compile(r"#+(?=\s|$)|>|[-+*](?=\s|$)|-{2,}$|`{3,}(?=[^`]*$)|~{3,}|\||=+$")
_NUMBER = re.compile(r"\d{1,9}([.)])(?=\s|$)")
_ESCAPED = re.compile(r"\\(?=(?:#{1,6}|>|[-*]) +\S|-{3,}$)|\d{1,9}\\(?=\. +\S)")


@dataclass(slots=True)
class _Item:
    column: int  # at which its text begins
    number: int | None


@dataclass(slots=True)
class _Fence:
    first: int  # the index of its first line among those that are ready
    sign: str
    quotes: int
    is_empty: bool = True


class Lines:
    """Makes a body ready, line by line. Takes time in proportion to its length."""

    def __init__(self, body: str) -> None:
        self.inline = Inline()
        self._lines = body.replace("\r", "\n").split("\n")
        self._ready: list[str] = []
        self._items: list[_Item] = []  # those that are open, the outermost first
        self._fence: _Fence | None = None
        self._quotes = 0  # how many are open
        self._is_paragraph = False  # whether the line before is text that goes on
        self._table_end = 0  # the index of the line at which the last table ends
        self._no_table_before = 0  # what was looked through in vain

    def source(self) -> str:
        for index, line in enumerate(self._lines):
            if self._fence is None or not self._goes_on(self._fence, line):
                self._read(index, line)
        if self._fence is not None:
            self._close(self._fence)
        return "\n".join(self._ready)

    # Private

    def _read(self, index: int, line: str) -> None:
        mark = self._quote_mark(line)
        self._turn_quotes(mark.count(">"), bool(line[len(mark) :].strip()))
        self._mark = mark
        text = line[len(mark) :]
        if index == self._table_end and index:
            self._break(mark)
        if not text.strip(" \t"):
            self._is_paragraph = False
            self._ready.append(mark)
        elif not self._is_table(index, text):
            self._read_text(text)

    def _quote_mark(self, line: str) -> str:
        """The signs of quotes at the beginning of a line; a line without a text begins none."""
        quoted = _QUOTES.match(line)
        if quoted is None:
            return ""
        return quoted[0] if line[quoted.end() :].strip() else quoted[0][: 2 * self._quotes]

    def _turn_quotes(self, quotes: int, is_text: bool) -> None:
        if quotes != self._quotes:
            if quotes < self._quotes and is_text:
                self._break("> " * quotes)
            self._quotes = quotes
            self._items.clear()
            self._is_paragraph = False

    def _break(self, mark: str) -> None:
        """End what a line of text would go on with."""
        self._ready.append(mark)
        self._is_paragraph = False

    def _read_text(self, text: str) -> None:
        bare = text.lstrip(" \t")
        indent = text[: len(text) - len(bare)]
        column = len(indent.expandtabs(4))
        ended = self._end_items(column)
        base = self._items[-1].column if self._items else 0
        item = _ITEM.match(bare) if column - base <= 3 and not _SPACED_RULE.match(bare) else None
        if item and item[1] == "*" and column == 1 and not ended and not self._items:
            item = None  # a line of a comment in code, between /* and */
        if item and (item[2] in (None, "1") or ended or not self._is_paragraph):
            return self._begin_item(item, bare, column, ended)
        if ended and self._is_paragraph:
            self._break(self._mark)
        if column - base <= 3 and _FENCE.match(bare):
            return self._open(text)
        self._is_paragraph = True
        self._ready.append(
            self._mark + " " * base + self._block(" " * (column - base) if base else indent, bare)
        )

    def _end_items(self, column: int) -> _Item | None:
        """Close the list items to whose text this column does not belong; returns the outermost of them."""
        ended = None
        while self._items and column < self._items[-1].column:
            ended = self._items.pop()
        return ended

    def _begin_item(self, item: re.Match[str], bare: str, column: int, ended: _Item | None) -> None:
        sign, number = item[1], int(item[2]) if item[2] else None
        self._items.append(_Item(column + len(sign) + 1, number))
        self._is_paragraph = True
        task = _TASK.match(bare, item.end()) if number is None else None
        begun = task.end() if task else item.end()
        marker = task[0] if task else self._number(number, ended)
        spaces = literal(item[3][1:])
        words = marker + spaces + self._text(bare[begun:])
        self._ready.append(f"{self._mark}{' ' * column}{sign} {words}")

    def _number(self, number: int | None, before: _Item | None) -> str:
        """A number that a browser would not count to by itself."""
        if number is None or before is None or before.number is None or number == before.number + 1:
            return ""
        return f"{NUMBER}{number}{NUMBER}"

    def _block(self, indent: str, bare: str) -> str:
        if not indent:
            if _RULE.match(bare):
                self._is_paragraph = False
                return bare
            if heading := _HEADING.match(bare):
                self._is_paragraph = False
                return f"{heading[1]} {self.inline.line(heading[2])}{literal(heading[3])}"
        return literal(indent) + self._text(bare)

    def _text(self, text: str) -> str:
        """A text that begins no block."""
        if _SPACED_RULE.match(text) or _DELIMITERS.match(text):
            return literal(text)
        if escaped := _ESCAPED.match(text):
            rest = text[escaped.end() :]
            return escaped[0][:-1] + literal(rest[0]) + self.inline.line(rest[1:])
        if number := _NUMBER.match(text):
            return text[: number.start(1)] + literal(number[1]) + self.inline.line(text[number.end() :])
        begun = _BEGINNING.match(text)
        end = begun.end() if begun else 0
        return literal(text[:end]) + self.inline.line(text[end:])

    # Code

    def _open(self, text: str) -> None:
        self._is_paragraph = False
        self._fence = _Fence(len(self._ready), text.lstrip(" \t").split(" ")[0].rstrip("\n"), self._quotes)
        self._fence.sign = re.match("`+", self._fence.sign)[0]  # type: ignore[index]
        self._ready.append(self._mark + text)

    def _goes_on(self, fence: _Fence, line: str) -> bool:
        """Take a line of code; False if the line does not belong to it any more."""
        quoted = self._quoted(fence, line)
        code = line[quoted.end() :] if quoted else ""
        base = self._items[-1].column if self._items else 0
        bare = code.strip(" \t")
        if quoted is None or bare and len(code.expandtabs(4)) - len(code.expandtabs(4).lstrip(" ")) < base:
            self._close(fence)
            return False
        if bare.startswith(fence.sign) and not bare.strip("`"):
            # The parser would take a line that is further in for code.
            self._ready.append(line if fence.is_empty else f"{quoted[0]}{' ' * base}{bare}")
            self._close(fence)
        else:
            self._ready.append(line)
            fence.is_empty = fence.is_empty and not bare
        return True

    def _close(self, fence: _Fence) -> None:
        """Code without a line in it would be nothing to see: its signs are shown, and a line after them goes on with them as with any text."""
        self._fence = None
        if not fence.is_empty:
            return
        for index in range(fence.first, len(self._ready)):
            quoted = self._quoted(fence, self._ready[index])
            end = quoted.end() if quoted else 0
            text = self._ready[index][end:]
            self._is_paragraph = bool(text.strip(" \t"))
            if self._is_paragraph:
                self._ready[index] = self._ready[index][:end] + self._indented(text)

    def _indented(self, text: str) -> str:
        """A literal line of the innermost list item that is open."""
        bare = text.lstrip(" \t")
        base = self._items[-1].column if self._items else 0
        column = len(text[: len(text) - len(bare)].expandtabs(4))
        return " " * base + literal(" " * (column - base) + bare)

    @staticmethod
    def _quoted(fence: _Fence, line: str) -> re.Match[str] | None:
        """The signs of the quotes that a fence is in, at the beginning of a line; None for a line without them."""
        return re.match(f"(?:> ?){{{fence.quotes}}}", line)

    # Tables

    def _is_table(self, index: int, text: str) -> bool:
        if index < self._table_end:
            self._row(text)
            return True
        if self._items or "|" not in text or index < self._no_table_before:
            return False
        rows = rows_of(self._lines, index, self._mark)
        count = columns_of(rows)
        if count is None:
            return False
        fits = all(len(split_cells(row)) <= count for row in rows[2:])
        self._no_table_before = self._table_end = index + len(rows)
        if not fits:
            self._table_end = 0
            return False
        self._break(self._mark)
        self._row(text)
        return True

    def _row(self, text: str) -> None:
        if _DELIMITERS.match(text):
            self._ready.append(self._mark + text.strip())
        else:
            cells = [self.inline.line(cell, in_table=True) for cell in split_cells(text)]
            self._ready.append(f"{self._mark}| {' | '.join(cells)} |")
        self._is_paragraph = True
