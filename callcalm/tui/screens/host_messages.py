"""What the projected room says to its app."""

from __future__ import annotations

from textual.message import Message


class Finished(Message):
    """The session is over: ask what becomes of its file."""


class ToHands(Message):
    """Go on with hands: nothing is to listen any more."""


class NextColours(Message):
    """Other colours."""
