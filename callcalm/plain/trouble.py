"""When a round cannot be saved: say so at once, and offer another folder or the words to copy."""

from __future__ import annotations

from pathlib import Path

from callcalm.insight.saving import trouble_line
from callcalm.insight.transcript import transcript
from callcalm.language import _
from callcalm.plain.console import Console
from callcalm.practice.round import Practice
from callcalm.storage.trouble import CannotSave


class Saving:
    """Watches the saving of one practice and answers `folder …` and `copy` at any prompt."""

    def __init__(self, console: Console, practice: Practice) -> None:
        self._console = console
        self._practice = practice
        self._told: CannotSave | None = None

    def report(self) -> None:
        """Tell of new trouble, once."""
        trouble = self._practice.trouble
        if trouble is not None and (self._told is None or not _same(trouble, self._told)):
            self._console.say(trouble_line(trouble))
            self._console.say(
                _(
                    "You can keep playing. Type “folder PATH” to save in another folder, "
                    "or “copy” for the words so far."
                )
            )
        elif trouble is None and self._told is not None:
            self._console.say(_("Saving works again."))
        self._told = trouble

    def heard(self, line: str) -> bool:
        """Whether the line was about saving, and has been dealt with."""
        if self._practice.trouble is None:
            return False
        word, _space, rest = line.partition(" ")
        if word == "copy" and not rest:
            for text in transcript(self._practice.round, self._practice.own, self._practice.transfer).split("\n"):
                self._console.say(text)
            return True
        if word == "folder" and rest:
            if self._practice.move_saves(Path(rest).expanduser()) is None:
                self._console.say(_("Now saving in {folder}.").format(folder=rest))
            return True
        return False


def _same(one: CannotSave, other: CannotSave) -> bool:
    """Whether it is the same trouble met again, at another turn."""
    return (one.path, one.reason, one.code) == (other.path, other.reason, other.code)
