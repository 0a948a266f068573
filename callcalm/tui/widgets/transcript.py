"""What has been said, as it stands on the call screen: speaker by speaker, wrapped, the newest in sight.

An entry is wrapped once per width, so a turn costs what it adds. Marks stand under the words, with words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from textual.containers import VerticalScroll
from textual.content import Content

from callcalm.core.moves import Effect
from callcalm.insight.reread import Mark
from callcalm.tui.literal import Under, line, literal, mark_under, wrapped
from callcalm.tui.reflow import Reflow
from callcalm.tui.widgets.words import Words

NAME_SHARE = 6
"""A speaker's name takes one part in so many of the width at most."""

AIRY = 90
"""From so many cells on, an empty line stands between two speakers."""

GLYPHS = {Effect.COSTS: "^", Effect.HELPS: "~"}
"""Under words that cost, and under words that help: told apart without colour."""

SIGNS = {Effect.COSTS: "−", Effect.HELPS: "+"}
STYLES = {Effect.COSTS: "$costs", Effect.HELPS: "$helps"}


class Voice(Enum):
    """Who speaks in an entry; an aside is what happened besides."""

    CALLER = "bold $caller"
    PLAYER = "bold $player"
    ASIDE = "$muted"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing said (or an aside, without a name), with the marks to show under its words."""

    voice: Voice
    name: str
    text: str
    marks: tuple[Mark, ...] = ()


def name_cells(longest: int, width: int) -> int:
    """Cells for the column of names, with the gap after it."""
    return min(longest, max(8, width // NAME_SHARE)) + 2


def unders(marks: Iterable[Mark]) -> list[Under]:
    """Marks as they are drawn: the glyph, plus or minus, and what the words do."""
    return [
        Under(m.start, m.end, GLYPHS[m.effect], f"{SIGNS[m.effect]} {m.name}", STYLES[m.effect]) for m in marks
    ]


def entry_lines(entry: Entry, names: int, width: int) -> list[Content]:
    """An entry's lines: the name in a column of `names` cells, the words beside it."""
    if entry.voice is Voice.ASIDE:
        return [one.stylize(entry.voice.value) for one in wrapped(literal(entry.text), width, " " * names + "· ")]
    indent = literal(" " * names)
    name = literal(entry.name, entry.voice.value).truncate(names - 2, ellipsis=True, pad=True)
    lines = mark_under(entry.text, unders(entry.marks), max(1, width - names))
    return [line(name, "  ", one) if index == 0 else line(indent, one) for index, one in enumerate(lines)]


class Transcript(VerticalScroll, can_focus=False):
    """The call so far."""

    def __init__(self, *, ident: str | None = None) -> None:
        self._words = Words()
        super().__init__(self._words, id=ident)
        self._wrapped: dict[tuple[Entry, int, int], list[Content]] = {}

    def on_mount(self) -> None:
        """Stay at the end as the call goes on, unless the player has scrolled away."""
        self.anchor()

    def tell(self, entries: Sequence[Entry]) -> None:
        """Show these entries, the last one in sight."""
        cells = max((literal(entry.name).cell_length for entry in entries), default=0)
        self._words.say(Reflow(lambda width: self._lines(entries, name_cells(cells, width), width)))
        self.anchor()

    def page(self, pages: int) -> None:
        """Scroll by so many screenfuls."""
        if pages > 0:
            self.scroll_page_down(animate=False)
        else:
            self.release_anchor()
            self.scroll_page_up(animate=False)

    def _lines(self, entries: Sequence[Entry], names: int, width: int) -> list[Content]:
        lines: list[Content] = []
        kept: dict[tuple[Entry, int, int], list[Content]] = {}
        for entry in entries:
            if lines and entry.name and width >= AIRY:
                lines.append(Content(""))
            key = (entry, names, width)
            kept[key] = self._wrapped.get(key) or entry_lines(entry, names, width)
            lines.extend(kept[key])
        self._wrapped = kept
        return lines
