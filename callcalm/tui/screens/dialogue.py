"""What every question and text over a screen has: it minds the size of the window, and says notices."""

from __future__ import annotations

from typing import TypeVar

from textual.events import Resize
from textual.screen import ModalScreen

from callcalm.tui.screens.too_small import fit

Answer = TypeVar("Answer")


class Dialogue(ModalScreen[Answer]):
    """A box over a screen."""

    CSS_PATH = "../styles/dialogue.tcss"
    AUTO_FOCUS = ""

    def on_resize(self, event: Resize) -> None:
        """A sentence instead of a broken box."""
        fit(self, event.size)
