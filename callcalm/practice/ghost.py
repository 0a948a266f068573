"""A ghost: a call of a finished round taken up again at one of its turns, and played on otherwise.

The round stays as it was. What must not be here: saving, since a ghost is never kept.
"""

from __future__ import annotations

from dataclasses import replace

from callcalm.core.round import Round
from callcalm.practice.ears import Ears
from callcalm.practice.playing import Playing


class Ghost(Playing):
    """A call that goes on from a turn of a finished round. `lived` is that round, `index` the turn (from 0)."""

    def __init__(self, lived: Round, index: int, ears: Ears) -> None:
        """Raises `IndexError` if the round has no such turn."""
        if not 0 <= index < len(lived.turns):
            raise IndexError(index)
        super().__init__(replace(lived, turns=lived.turns[:index], undone=0), ears)
        self.lived = lived
        self.index = index

    @property
    def answer(self) -> int:
        """The number of the first answer that may differ, from 1."""
        before = self.lived.turns[: self.index]
        return (before[-1].state.answers if before else 0) + 1

    def undo(self) -> bool:
        """Take back the last action, but none of the lived round's; False if there is none."""
        return len(self.round.turns) > self.index and super().undo()
