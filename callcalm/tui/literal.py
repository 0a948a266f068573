r"""Text into what Textual shows: the one way in, so that no word of a file or a player is ever markup.

`literal` makes every unsafe character visible and reads no markup; `mark_under` puts words under the words they
speak of, for those who see no colour. Every widget of ours takes its text through here (a test holds us to it).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content, Span

from callcalm.core.text import held, let_go, safe

MARKER = "▸ "
"""Stands before the row the cursor is on; two cells."""


def literal(text: str | Content, style: str = "") -> Content:
    r"""Text as Textual content: unsafe characters visible, brackets plain brackets.

    >>> literal("[b]\x1b[2J").plain
    '[b]\ufffd[2J'
    """
    content = text if isinstance(text, Content) else Content(safe(text))
    return content.stylize(style) if style else content


def line(*parts: str | Content | tuple[str, str]) -> Content:
    """Parts put side by side; a part is text, content, or (text, style)."""
    return Content.assemble(*(literal(*part) if isinstance(part, tuple) else literal(part) for part in parts))


def stack(lines: Iterable[Content]) -> Content:
    """Lines put one under the other."""
    return Content("\n").join(lines)


_HOLD = {0xA0: 0xFDD0, 0x202F: 0xFDD1}
"""The no-break spaces, and what stands for them while lines are broken: code points that no text may use."""

_LET_GO = {stands: space for space, stands in _HOLD.items()}


def folded(content: Content, width: int) -> list[Content]:
    """Content broken into lines of `width` cells at most; never at a no-break space, as French typography needs.

    Textual by itself breaks at every kind of space. Writers type a plain one before a French mark: nor there.
    """
    plain = held(content.plain).translate(_HOLD)
    if plain == content.plain:
        return content.wrap(max(1, width))
    kept = Content(plain, list(content.spans))
    return [Content(let_go(one.plain).translate(_LET_GO), list(one.spans)) for one in kept.wrap(max(1, width))]


def wrapped(content: Content, width: int, first: str | Content = "", rest: str | None = None) -> list[Content]:
    """Content wrapped to `width` cells, `first` before the first line and `rest` before the others.

    Without `rest`, the others are indented as far as `first` reaches.
    """
    lead = literal(first)
    follow = literal(" " * lead.cell_length if rest is None else rest)
    lines = folded(content, width - max(lead.cell_length, follow.cell_length)) or [Content("")]
    return [line(lead if index == 0 else follow, one) for index, one in enumerate(lines)]


def cut(lines: list[Content], most: int, width: int) -> list[Content]:
    """At most so many lines of `width` cells; what is left out is shown as left out."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], line(lines[most - 1].truncate(max(0, width - 2)), " …")]


def beside(left: Content, right: Content, width: int) -> Content:
    """One line: `left` cut short if need be, `right` at the right edge."""
    room = width - right.cell_length - 2
    if room < 1:
        return left.truncate(max(1, width), ellipsis=True)
    return line(left.truncate(room, ellipsis=True, pad=True), "  ", right)


@dataclass(frozen=True, slots=True)
class Under:
    """What to say under some words: from `start` to `end` (code points), drawn with `glyph`, then `label`."""

    start: int
    end: int
    glyph: str
    label: str
    style: str


def mark_under(text: str, marks: Sequence[Under], width: int) -> list[Content]:
    """The text wrapped, and under each line that holds marks one line for every mark that ends there or passes.

    The label stands where its mark ends; a mark that goes on over lines is drawn under each of them.
    """
    tagged = literal(text).add_spans([Span(one.start, one.end, f"mark-{i}") for i, one in enumerate(marks)])
    left = [_letters(text[one.start : one.end]) for one in marks]
    lines: list[Content] = []
    for wrapped_line in folded(tagged, width):
        plain = wrapped_line.plain
        here = [(int(str(span.style).removeprefix("mark-")), span) for span in wrapped_line.spans]
        lines.append(Content(plain, [Span(span.start, span.end, marks[i].style) for i, span in here]))
        for i, span in here:
            words = plain[span.start : span.end]
            column = cell_len(plain[: span.start])
            drawn = line(" " * column, (marks[i].glyph * max(1, cell_len(words)), marks[i].style))
            left[i] -= _letters(words)
            lines.extend([drawn] if left[i] > 0 else _labelled(drawn, column, marks[i], width))
    return lines


def _letters(words: str) -> int:
    """Characters that a line break cannot swallow."""
    return sum(1 for char in words if not char.isspace())


def _labelled(drawn: Content, column: int, one: Under, width: int) -> list[Content]:
    label = literal(one.label, one.style)
    if drawn.cell_length + 1 + label.cell_length <= width:
        return [line(drawn, " ", label)]
    indent = min(column, max(0, width - label.cell_length))
    return [drawn, *wrapped(label, width, " " * indent)]
