"""What a benchmark says: on the screen, and in ``benchmarks/results`` as JSON and Markdown."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from . import machine

RESULTS = Path(__file__).resolve().parents[1] / "results"


class Report:
    """Collects the tables of one run and writes them down.

    Args:
        name: of the files.
        question: one sentence that the figures answer.
    """

    def __init__(self, name: str, question: str) -> None:
        self.name, self.question = name, question
        self.tables: list[dict[str, Any]] = []
        self.missing: dict[str, str] = {}
        self.machine, self.versions = machine.machine(), machine.versions()
        self.begun = time.time()
        machine.raise_file_limit()
        print(question, *self._stand(), sep="\n", flush=True)

    def miss(self, peer: str, reason: str) -> None:
        """Names a peer that could not be measured."""
        self.missing[peer] = reason
        print(f"missing: {peer}: {reason}", flush=True)

    def table(self, title: str, rows: list[dict[str, Any]], note: str = "") -> None:
        """Adds a table; the keys of the first row are its columns."""
        self.tables.append({"title": title, "note": note, "rows": rows})
        print("\n" + _markdown(title, rows, note), flush=True)

    def write(self) -> None:
        """Writes the files; they replace those of the run before."""
        RESULTS.mkdir(exist_ok=True)
        kept = {
            "question": self.question,
            "command": machine.command(),
            "begun": time.strftime("%Y-%m-%d %H:%M", time.gmtime(self.begun)),
            "seconds": round(time.time() - self.begun),
            "machine": self.machine,
            "versions": self.versions,
            "missing": self.missing,
            "tables": self.tables,
        }
        (RESULTS / f"{self.name}.json").write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
        (RESULTS / f"{self.name}.md").write_text(self.text() + "\n")
        print(f"\nwritten: benchmarks/results/{self.name}.json and .md", flush=True)

    def text(self) -> str:
        """The whole report as Markdown."""
        parts = [f"# {self.question}", "\n".join(f"- {line}" for line in self._stand())]
        parts += [_markdown(table["title"], table["rows"], table["note"]) for table in self.tables]
        if self.missing:
            parts.append("Missing:\n" + "\n".join(f"- {peer}: {why}" for peer, why in self.missing.items()))
        return "\n\n".join(parts)

    def _stand(self) -> list[str]:
        return [
            f"command: `{machine.command()}`",
            "machine: " + ", ".join(f"{name} {value}" for name, value in self.machine.items()),
            "versions: " + ", ".join(f"{name} {value}" for name, value in self.versions.items()),
        ]


def _markdown(title: str, rows: list[dict[str, Any]], note: str) -> str:
    if not rows:
        return f"## {title}\n\nnothing measured"
    columns = list(rows[0])
    widths = [max(len(column), *(len(_cell(row.get(column))) for row in rows)) for column in columns]
    lines = [_line(columns, widths), "|" + "|".join("-" * (width + 2) for width in widths) + "|"]
    lines += [_line([_cell(row.get(column)) for column in columns], widths) for row in rows]
    return "\n".join([f"## {title}", "", *([note, ""] if note else []), *lines])


def _line(cells: list[str], widths: list[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
