"""What is shown in a window that is too small to play in; the screen below comes back as it was."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.events import Resize
from textual.geometry import Size
from textual.screen import ModalScreen, Screen

from callcalm.language import _
from callcalm.tui.widgets.words import Words

LEAST = (40, 12)
"""Cells across and lines down that a screen needs."""


class TooSmall(ModalScreen[None]):
    """A plain sentence, until the window is larger."""

    CSS_PATH = "../styles/too_small.tcss"
    AUTO_FOCUS = ""

    def compose(self) -> ComposeResult:
        """The sentence, shortest words first, as much of it as fits."""
        yield Words(
            _("Too small: callcalm needs {width} by {height}. Make the window larger; nothing is lost.").format(
                width=LEAST[0], height=LEAST[1]
            )
        )

    def on_resize(self, event: Resize) -> None:
        """Enough room again: the screen below is as it was."""
        if not is_small(event.size) and self.is_current:
            self.dismiss()


def is_small(size: Size) -> bool:
    """Whether a window of this size cannot hold a screen."""
    return size.width < LEAST[0] or size.height < LEAST[1]


def fit(screen: Screen[Any], size: Size) -> None:
    """Put the sentence over this screen if its window is too small."""
    if is_small(size) and screen.app.screen is screen:
        screen.app.push_screen(TooSmall())
