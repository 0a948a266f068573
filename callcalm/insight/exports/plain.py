"""A document as plain text, wrapped; a new page begins with a form feed.

What must not be here: what stands in a document.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from callcalm.core.text import held, let_go, safe
from callcalm.insight.exports.paper import (
    Block,
    Code,
    Heading,
    Items,
    NewPage,
    Paper,
    Para,
    Quote,
    Speech,
    Stretch,
    Table,
    apart,
)
from callcalm.insight.wording import headed

WIDTH: Final = 78
"""Cells of a line at most, but for words that are longer."""

_UNDER: Final = {1: "=", 2: "-"}
_LONGEST_CELL: Final = 40


def as_text(paper: Paper) -> str:
    """The document; ends with a line end."""
    lines: list[str] = []
    for block in paper.blocks:
        if lines and lines[-1] != "\f":
            lines.append("")
        lines += _block(block)
    return "\n".join(lines).replace("\f\n", "\f") + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            shown = wrapped(text)
            yield from shown
            if level in _UNDER:
                yield _UNDER[level] * max(map(len, shown))
        case Para(text):
            for line in text.split("\n"):
                yield from wrapped(line)
        case Quote(text):
            for line in text.split("\n"):
                yield from wrapped(line, "    ", "    ")
        case Speech(who, words, stretches):
            yield from wrapped(f"{headed(who)} {_marked(words, stretches)}", "", "    ")
        case Items(lines, ordered):
            for number, line in enumerate(lines, 1):
                lead = f"{number:>2}. " if ordered else "  - "
                yield from wrapped(line, lead, " " * len(lead))
        case Table():
            yield from _table(block)
        case Code(name, text):
            yield headed(name)
            yield safe(text, multiline=False)
        case NewPage():
            yield "\f"


def _marked(words: str, stretches: tuple[Stretch, ...]) -> str:
    """The words, those that did something between brackets with a minus or a plus."""
    parts: list[str] = []
    at = 0
    for one in apart(stretches, len(words)):
        sign = "−" if one.costs else "+"
        parts += (words[at : one.start], f"[{sign} {words[one.start : one.end]}]")
        at = one.end
    return "".join((*parts, words[at:]))


def wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    """Text in lines of `WIDTH`, `first` before the first and `rest` before the others; at least one line."""
    line = held(" ".join(safe(text).split()))
    shown = wrap(
        line, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
    return [let_go(one) for one in shown] or [first.rstrip()]


def _table(table: Table) -> Iterator[str]:
    yield from wrapped(table.caption)
    yield ""
    every = (table.heads, *table.rows)
    cells = [tuple(" ".join(safe(cell).split()) for cell in row) for row in every]
    sizes = [min(_LONGEST_CELL, max(len(row[column]) for row in cells)) for column in range(len(table.heads))]
    for number, row in enumerate(cells):
        folded = [wrap(cell, size) or [""] if size else [""] for cell, size in zip(row, sizes, strict=True)]
        for at in range(max(map(len, folded))):
            shown = [
                (column[at] if at < len(column) else "").ljust(size)
                for column, size in zip(folded, sizes, strict=True)
            ]
            # Where a number is missing, there is room to write it.
            blank = [
                "_" * max(size, 4) if at == 0 and number and not cell else part
                for part, cell, size in zip(shown, row, sizes, strict=True)
            ]
            yield "  ".join(blank).rstrip()
        if not number:
            yield "  ".join("-" * max(size, 1) for size in sizes)
