"""The solved debrief line by line, and a turn of the round played on otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from callcalm.core.playbook import Playbook
from callcalm.core.round import Round
from callcalm.insight.debrief import Debrief, Kind, debrief
from callcalm.insight.debrief_words import (
    beside,
    meaning_lines,
    turning_head,
    turning_lines,
    verdict_lines,
)
from callcalm.language import _
from callcalm.plain.call import play_on
from callcalm.plain.console import Console, Leave
from callcalm.practice.ears import Ears
from callcalm.practice.ghost import Ghost


class Debriefing:
    """The debrief of one finished round, and what can be asked of it at a prompt."""

    def __init__(
        self, console: Console, lived: Round, playbooks: Iterable[Playbook], ears: Callable[[], Ears]
    ) -> None:
        """`ears` gives the coach that hears a ghost's own words; it is fetched when one is played."""
        self._console = console
        self._lived = lived
        self._ears = ears
        self._told: Debrief = debrief(lived, tuple(playbooks))

    def show_short(self) -> None:
        """The one or two turns that mattered most, first."""
        self._console.say(_("Where the call was decided:"))
        self._say(verdict_lines(self._told))
        for one in self._told.mattered:
            self._console.say(turning_head(one))
            self._say(turning_lines(one))

    def show_whole(self) -> None:
        """Turn by turn."""
        self._console.say()
        self._console.say(_("The debrief, turn by turn."))
        self._say(verdict_lines(self._told))
        for one in self._told.turnings:
            self._console.say(turning_head(one))
            self._say(turning_lines(one))
        self._say(meaning_lines(self._told))

    def heard(self, line: str) -> bool:
        """Whether the line asked for the whole debrief or to try a turn again, and has been dealt with."""
        word, _space, rest = line.strip().partition(" ")
        if word.casefold() == "d" and not rest:
            self.show_whole()
            return True
        if word.casefold() == "w":
            self._another_way(rest.strip())
            return True
        return False

    def _say(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._console.say(f"  - {line}")

    def _another_way(self, number: str) -> None:
        """Play on from an answer; the round itself stays as it was."""
        console = self._console
        answers = {str(one.answer): one.index for one in self._told.turnings if one.kind is Kind.ANSWER}
        index = answers.get(number)
        if index is None:
            console.say(_("Type w and the number of an answer, from 1 to {last}.").format(last=len(answers)))
            return
        ghost = Ghost(self._lived, index, self._ears())
        console.say()
        console.say(
            _(
                "Answer {n} again, another way. This is not saved: your round stays as it was. q comes back."
            ).format(n=number)
        )
        try:
            play_on(console, ghost)
        except Leave:
            console.say(_("Back to your round."))
            return
        shown = beside(self._lived, ghost.round, ghost.answer)
        console.say(_("Both ways side by side:"))
        for answer, (one, other) in enumerate(shown.lines):
            console.say(f"  - {_beside_line(answer, one, other)}")
        self._say(shown.told)
        console.say(_("Your round is saved as you lived it; the other way is not."))


def _beside_line(answer: int, one: int | None, other: int | None) -> str:
    where = _("answer {n}").format(n=answer) if answer else _("start")
    if one is None:
        return _("{where}: the other way {other}").format(where=where, other=other)
    if other is None:
        return _("{where}: as lived {one}").format(where=where, one=one)
    return _("{where}: as lived {one}, the other way {other}").format(where=where, one=one, other=other)
