"""The facilitator's prompt: one line is read, help and notes are shown, what is picked is played.

What must not be here: what can be done at which step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from callcalm.language import _
from callcalm.plain.console import Console
from callcalm.plain.host_words import show_choices, show_notes, show_played, show_schools
from callcalm.room.hosting import Hosted
from callcalm.room.notes import notes
from callcalm.room.questions import Kind
from callcalm.room.views import public

if TYPE_CHECKING:
    from callcalm.plain.host_phones import Door


class Again(Exception):
    """What was asked no longer fits: the step is asked anew."""


class Prompt:
    """What all steps have in common; `_door` is there while phones can come in."""

    def __init__(self, console: Console, hosted: Hosted, door: Door | None = None) -> None:
        self._door = door
        self._console = console
        self._hosted = hosted
        self._room = hosted.room

    def _asked(self, prompt: str, *help_lines: str) -> str:
        """One line; ? shows help, n the notes, and both ask again, as what is about phones does."""
        while True:
            line = self._heard_of_phones(prompt)
            if line == "?":
                for help_line in help_lines:
                    self._console.say(help_line)
                self._help_with_phones()
                self._console.say(_("n shows your notes: not for a projected screen. q ends the session."))
            elif line.casefold() == "n":
                show_notes(self._console, notes(self._room))
            else:
                return line

    def _heard_of_phones(self, prompt: str) -> str:
        """One line that is not about phones.

        Raises:
            Again: hands are counted from here on.
        """
        while True:
            if self._door is not None:
                self._door.offer_hands(self._console)
            line = self._console.ask(prompt)
            if self._door is None or not self._about_phones(self._door, line.casefold()):
                return line

    def _about_phones(self, door: Door, word: str) -> bool:
        match word:
            case "count":
                door.count(self._console)
            case "join":
                door.show(self._console)
            case "qr":
                if not door.draw(self._console):
                    self._console.say(_("The code to scan cannot be drawn here. How to join without it:"))
                    door.show(self._console)
            case "hands":
                self._door = None
                door.close()
                self._console.say(_("Nothing listens any more. Count hands from here on."))
                raise Again
            case _:
                return False
        return True

    def _help_with_phones(self) -> None:
        if self._door is not None:
            self._console.say(_("count says how many are here and have answered; join and qr say how to join."))
            self._console.say(_("hands closes the door to phones: from there on you count raised hands."))

    def _not_understood(self, line: str) -> None:
        self._console.say(_("“{line}” is not understood here; type ? for what can be done.").format(line=line))

    def _do(self, key: str, moves: dict[str, Callable[[], None]]) -> None:
        move = moves.get(key)
        if move is None:
            self._not_understood(key)
            return
        move()

    def _show_question(self) -> None:
        asked = self._room.question
        if asked is not None:
            show_choices(self._console, asked.kind, asked.choices, ())

    def _play(self) -> None:
        asked = self._room.question
        self._room.play()
        if asked is not None and asked.kind is Kind.SCHOOLS:
            self._console.say(_("From here on: {name}.").format(name=public(self._room).rules))
        elif not self._room.parts:
            show_played(self._console, public(self._room))

    def _pick(self, number: str) -> None:
        self._room.pick_said(int(number[:6]))
        self._console.say(_("Projected: {words}").format(words=public(self._room).said))

    def _compare(self) -> None:
        self._room.schools()
        schools = public(self._room).schools
        if schools is not None:
            show_schools(self._console, schools)
