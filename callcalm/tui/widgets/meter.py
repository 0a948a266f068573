"""The composure meter: glyphs that differ for full and empty, the number, the word, and the last change."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from callcalm.core.composure import FULL, level
from callcalm.insight.wording import level_word
from callcalm.language import _
from callcalm.tui.literal import line, literal

FILLED, EMPTY = "█", "░"
LONGEST = 40
"""Cells of the bar at most; beyond that a longer bar says nothing more."""


class Meter(Widget):
    """Composure, 0 to 100."""

    composure: reactive[int] = reactive(FULL)
    step: reactive[int] = reactive(0)
    """The last change, in points."""

    def render(self) -> Content:
        """One line, whatever the width; the bar gives way first."""
        number = f" {self.composure:>3} "
        word = level_word(level(self.composure))
        name = _("Composure")
        change = literal("")
        if self.step > 0:
            change = literal("   " + _("▲ up {points}").format(points=self.step), "$helps")
        elif self.step < 0:
            change = literal("   " + _("▼ down {points}").format(points=-self.step), "$costs")
        width = self.content_size.width
        room = min(LONGEST, width - len(name) - 1 - len(number) - len(word) - change.cell_length)
        parts: list[str | Content | tuple[str, str]] = [(name, "$muted"), " "]
        if room >= 1:
            parts.append(bar(self.composure, FULL, room))
        return line(*parts, (number, "bold"), (word, "bold"), change).truncate(max(1, width))


def bar(points: int, most: int, cells: int) -> Content:
    """A bar of so many cells; something is never drawn as nothing, nor less than all as all."""
    filled = round(points * cells / most)
    if 0 < points < most and cells > 1:
        filled = max(1, min(cells - 1, filled))
    return line((FILLED * filled, "$heading"), (EMPTY * (cells - filled), "$rule"))
