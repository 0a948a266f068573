"""A made-up crowd, to rehearse a session with: it votes, changes its mind after the talk, says something, scores.

Drawn from a seed, so that a rehearsal can be repeated. It does only what participants can do. What must not be
here: anything that a real session uses.
"""

from __future__ import annotations

from random import Random
from typing import Final

from callcalm.core.moves import Factor
from callcalm.core.price import FACTOR_RANGE, PriceSheet
from callcalm.core.round import reference_sheet
from callcalm.room.questions import Question
from callcalm.room.session import Phase, Room

MOST_SAID: Final = 3
"""How many of the crowd say something of their own."""

_SWAY = 4
"""How much more weight the talk gives to what most had chosen before it."""

_SPREAD = 3
"""How far, in points, one score strays from the reference."""


class Crowd:
    """So many people who are not there."""

    def __init__(self, size: int, seed: str) -> None:
        self.ids = tuple(f"rehearsal-{number}" for number in range(1, size + 1))
        self._seed = seed

    def answer(self, room: Room) -> int:
        """Join, and answer whatever is open; how many answers were taken."""
        for who in self.ids:
            room.join(who)
        asked = room.question
        if room.phase is Phase.OPEN and asked is not None:
            return self._vote(room, asked)
        if room.phase is Phase.SAYING and asked is not None:
            return self._say(room, asked)
        return self._rate(room) if room.phase is Phase.PRICE else 0

    def _vote(self, room: Room, asked: Question) -> int:
        chance = self._chance(asked.ballot.revision)
        letters = asked.ballot.letters
        weights = [chance.random() + 0.1 for _letter in letters]
        if asked.earlier:
            before = asked.earlier[-1]
            most = max(letters, key=lambda letter: before.get(letter, 0))
            weights[letters.index(most)] *= _SWAY
        votes = chance.choices(letters, weights, k=len(self.ids))
        given = zip(self.ids, votes, strict=True)
        return sum(room.vote(who, letter, asked.ballot.revision).kept for who, letter in given)

    def _say(self, room: Room, asked: Question) -> int:
        """Answers out of the encounter itself, so that the coach has something to mark."""
        replies = [reply.say for reply in room.round.state.here.replies]
        chance = self._chance(asked.ballot.revision)
        words = chance.sample(replies, min(MOST_SAID, len(replies)))
        said = zip(self.ids, words, strict=False)
        return sum(room.say(who, text, asked.ballot.revision).kept for who, text in said)

    def _rate(self, room: Room) -> int:
        chance = self._chance(room.pricing.revision)
        sheet = reference_sheet(room.round.state).sheet
        low, high = FACTOR_RANGE

        def near(points: int) -> int:
            return max(low, min(high, points + chance.randint(-_SPREAD, _SPREAD)))

        kept = 0
        for who in self.ids:
            own = (
                PriceSheet().answered(bool(sheet.got)).judged_fair(sheet.fair + chance.randint(-_SPREAD, _SPREAD))
            )
            for factor in Factor:
                own = own.scored(factor, near(sheet.factor(factor)))
            kept += room.rate(who, own, room.pricing.revision).kept
        return kept

    def _chance(self, revision: int) -> Random:
        return Random(f"{self._seed}/{revision}")
