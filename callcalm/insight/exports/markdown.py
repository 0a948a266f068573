"""A document as Markdown that stays legible as plain text. No word of a caller or player works as a sign in it.

What must not be here: what stands in a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from callcalm.core.text import safe
from callcalm.insight.exports.paper import Block, Code, Heading, Items, NewPage, Paper, Para, Quote, Speech, Table
from callcalm.insight.wording import headed

_SIGNS: Final = re.compile(r"[\\`*_\[\]<>#|~&$@{}]")
_LINK: Final = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(:)|\b(www)(\.)|:(?=\w+:)")
_LEAD: Final = re.compile(r"^([-+=:])|^(\d+)([.)])")


def as_markdown(paper: Paper) -> str:
    """The document; ends with a line end."""
    lines: list[str] = []
    for block in paper.blocks:
        if lines:
            lines.append("")
        lines += _block(block)
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    r"""Text on one line in which Markdown finds no sign of its own.

    >>> escaped("- *never* <b> www.a.b")
    '\\- \\*never\\* \\<b\\> www\\.a.b'
    """
    line = " ".join(safe(text).split())
    line = _SIGNS.sub(lambda hit: f"\\{hit[0]}", line)
    line = _LINK.sub(_unlinked, line)
    return _LEAD.sub(lambda hit: f"\\{hit[1]}" if hit[1] else f"{hit[2]}\\{hit[3]}", line)


def _unlinked(hit: re.Match[str]) -> str:
    if hit[1]:
        return f"{hit[1]}\\{hit[2]}"
    return f"{hit[3]}\\{hit[4]}" if hit[3] else "\\:"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"{'#' * level} {escaped(text)}"
        case Para(text):
            yield from _spaced(escaped(line) for line in text.split("\n") if line.strip())
        case Quote(text):
            yield from (f"> {escaped(line)}".rstrip() for line in text.split("\n"))
        case Speech(who, words):
            yield f"**{escaped(headed(who))}** {escaped(words)}"
        case Items(lines, ordered):
            for number, line in enumerate(lines, 1):
                yield f"{f'{number}.' if ordered else '-'} {escaped(line)}"
        case Table(caption, heads, rows):
            yield escaped(caption)
            yield ""
            yield _row(heads)
            yield "|" + "---|" * len(heads)
            yield from map(_row, rows)
        case Code(name, text):
            yield escaped(headed(name))
            yield ""
            yield f"    {safe(text, multiline=False)}"
        case NewPage():
            yield "---"


def _spaced(lines: Iterator[str]) -> Iterator[str]:
    """Lines as paragraphs: an empty line between two."""
    for number, line in enumerate(lines):
        if number:
            yield ""
        yield line


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(map(escaped, cells)) + " |"
