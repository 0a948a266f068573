"""Content that is laid out anew for every width: rows with something at the right edge, marks under words.

A `Reflow` is a Textual visual; widgets and option lists show it like any content, and a resize needs no rebuild.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from callcalm.tui.literal import MARKER, line, stack

_NO_WRAP: RulesMap = {"text_wrap": "nowrap", "text_overflow": "clip"}
"""The lines are laid out already; to wrap them again would take as long as all the rest."""

Build = Callable[[int], Sequence[Content]]
"""Lines for a width in cells, none of them wider."""


class Reflow(Visual):
    """Lines made by `build` for whatever width there is."""

    def __init__(self, build: Build) -> None:
        self.build = build
        self._made: tuple[int, list[Content]] = (-1, [])

    def lines(self, width: int) -> list[Content]:
        """The lines at this width."""
        if self._made[0] != width:
            self._made = (width, [one.truncate(width) for one in self.build(max(1, width))])
        return self._made[1]

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Draw the lines; part of Textual's visual protocol."""
        if width < 1:
            return []
        as_they_are = replace(options, rules=_NO_WRAP)
        return stack(self.lines(width)).render_strips(width, height, style, as_they_are)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002  (the protocol's)
        """All there is; part of Textual's visual protocol."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002  (the protocol's)
        """How many lines there are at this width; part of Textual's visual protocol."""
        return max(1, len(self.lines(width)))


_NO_MARKER = " " * len(MARKER)


class Row(Reflow):
    """A row of a list: the same, two cells to the right, with a marker when the cursor is on it."""

    def __init__(self, build: Build) -> None:
        super().__init__(lambda width: build(max(1, width - len(MARKER))))
        self.chosen = False

    def lines(self, width: int) -> list[Content]:
        """The lines at this width, the first with the marker if the cursor is on this row."""
        lead = MARKER if self.chosen else _NO_MARKER
        return [line(lead if index == 0 else _NO_MARKER, one) for index, one in enumerate(super().lines(width))]

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002  (the protocol's)
        """The same with and without the marker."""
        return max(1, len(super().lines(width)))
