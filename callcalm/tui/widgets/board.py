"""The board: what a room sees, laid out for exactly the room that the window has.

It takes a picture as a function of width, height and how far the dialogue was moved. What must not be here: the
session; the screen gives it what was made from a public view.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.widget import Widget

from callcalm.tui.literal import stack

Picture = Callable[[int, int, int], Sequence[Content]]
"""Lines for a width, a height, and how far the dialogue was moved."""


class Board(Widget):
    """A picture of full size; nothing on it takes the focus."""

    def __init__(self, *, ident: str | None = None) -> None:
        super().__init__(id=ident)
        self._picture: Picture = lambda _width, _height, _at: ()
        self._at = 0
        self._shown: Content | None = None

    def draw(self, picture: Picture, *, anew: bool) -> None:
        """Show this; `anew` if the dialogue stands at its beginning again. What has not changed is not painted."""
        self._picture = picture
        self._at = 0 if anew else self._at
        if self._shown is None or not self._made().is_same(self._shown):
            self.refresh()

    def shift(self, lines: int) -> None:
        """Move the dialogue, as far as there is any."""
        before = self._made()
        self._at += lines
        if self._made() == before:
            self._at -= lines
        else:
            self.refresh()

    def render(self) -> Content:
        """The picture for the size there is."""
        self._shown = self._made()
        return self._shown

    def _made(self) -> Content:
        width, height = self.content_size
        if width < 1 or height < 1:
            return Content("")
        return stack(one.truncate(width) for one in self._picture(width, height, self._at))
