"""Content that is laid out anew for every width: rows with something at the right edge, marks under words.

A `Reflow` is a Textual visual; widgets and option lists show it like any content, and a resize needs no rebuild.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from callcalm.tui.literal import MARKER, line, literal, stack

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
        return stack(self.lines(width)).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002  (the protocol's)
        """All there is; part of Textual's visual protocol."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002  (the protocol's)
        """How many lines there are at this width; part of Textual's visual protocol."""
        return max(1, len(self.lines(width)))


class Row(Reflow):
    """A row of a list: the same, two cells to the right, with a marker when the cursor is on it."""

    def __init__(self, build: Build) -> None:
        super().__init__(self._marked)
        self._inner = build
        self._chosen = False

    def choose(self, chosen: bool) -> None:
        """Say whether the cursor is on this row."""
        self._chosen = chosen
        self._made = (-1, [])

    def _marked(self, width: int) -> list[Content]:
        lead = literal(MARKER if self._chosen else " " * len(MARKER))
        rest = literal(" " * len(MARKER))
        lines = self._inner(max(1, width - len(MARKER)))
        return [line(lead if index == 0 else rest, one) for index, one in enumerate(lines)]
