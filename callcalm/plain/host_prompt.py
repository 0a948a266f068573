"""The facilitator's prompt: one line is read, help and notes are shown, what is picked is played.

What must not be here: what can be done at which step.
"""

from __future__ import annotations

from collections.abc import Callable

from callcalm.language import _
from callcalm.plain.console import Console
from callcalm.plain.host_words import show_choices, show_notes, show_played, show_schools
from callcalm.room.hosting import Hosted
from callcalm.room.notes import notes
from callcalm.room.questions import Kind
from callcalm.room.views import public


class Prompt:
    """What all steps have in common."""

    def __init__(self, console: Console, hosted: Hosted) -> None:
        self._console = console
        self._hosted = hosted
        self._room = hosted.room

    def _asked(self, prompt: str, *help_lines: str) -> str:
        """One line; ? shows help, n the notes, and both ask again."""
        while True:
            line = self._console.ask(prompt)
            if line == "?":
                for help_line in help_lines:
                    self._console.say(help_line)
                self._console.say(_("n shows your notes: not for a projected screen. q ends the session."))
            elif line.casefold() == "n":
                show_notes(self._console, notes(self._room))
            else:
                return line

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
