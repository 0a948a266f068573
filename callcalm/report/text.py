"""For people at a terminal: each diagnostic with its line underlined; and one line each, for editors (`unix`).

Both stream: nothing is held back. What must not be here: colours, and any knowledge of what was looked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from callcalm.intake import Place, Source, excerpt
from callcalm.intake.problems import WIDTH, headline, hinted
from callcalm.language import _
from callcalm.report.model import Diagnostic, Level, level_name, name_of

_WINDOW = 400
"""Code points around a place that an excerpt looks at: a line may be megabytes long."""


def full(diagnostic: Diagnostic, source: Source | None, width: int = WIDTH, fold: int = 0) -> str:
    """A diagnostic with the words underlined, and what to say instead; `width` as for `underlined`.

    With a `fold` what is said is broken between words to lines of so many cells: terminals break it anywhere.
    """
    head = headline(level_name(diagnostic.level), diagnostic.rule, diagnostic.message)
    lines = [*_folded(_placed(diagnostic, head), fold, "  "), *underlined(diagnostic.place, source, width)]
    instead = _("say instead: {words}")
    for words in diagnostic.instead:
        lines += _folded("  " + instead.format(words=words), fold)
    if diagnostic.hint:
        lines += _folded(hinted(diagnostic.hint), fold)
    return "\n".join(lines)


def _folded(said: str, fold: int, lead: str = "    ") -> list[str]:
    if len(said) <= fold or not fold:
        return [said]
    from textwrap import wrap  # noqa: PLC0415 - only for people at a terminal

    return wrap(said, fold, subsequent_indent=lead, break_long_words=False, break_on_hyphens=False)


def unix(diagnostic: Diagnostic) -> str:
    """``file:line:column: level rule: message``, which editors and grep-like tools read: levels stay English."""
    level = "helps" if diagnostic.level is Level.NONE else diagnostic.level.value
    return _placed(diagnostic, f"{level} {diagnostic.rule}: {diagnostic.message}")


def _placed(diagnostic: Diagnostic, head: str) -> str:
    where = name_of(diagnostic)
    return f"{where}: {head}" if where else head


def underlined(place: Place | None, source: Source | None, width: int = WIDTH) -> Iterator[str]:
    """The line of a place and a row of carets; nothing without a place or a text.

    At most `width` cells of the line are shown: where a terminal breaks it, the carets stand under nothing.
    """
    if place is None or source is None:
        return
    line = source.line(place.line)
    cut = max(0, place.column - 1 - _WINDOW)
    last = place.end_column if place.end_line == place.line else len(line) + 1
    near = line[cut : cut + 3 * _WINDOW]
    shown = Place(1, place.column - cut, 1, min(last - cut, len(near) + 1))
    yield from excerpt(Source("", near).line(1), shown, width)
