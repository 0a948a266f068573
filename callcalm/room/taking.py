"""What participants send: joining, votes, answers of their own, sheets. Nothing is lost, nothing counts twice.

What must not be here: what the facilitator does, and who may see what.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from callcalm.core.price import PriceSheet
from callcalm.core.text import Text, safe
from callcalm.room.floor import Phase
from callcalm.room.questions import Said
from callcalm.room.voting import Voting

_T = TypeVar("_T")

CALLED_OUT: Final = "called-out-"
"""How the ids begin of those who called an answer out; no participant's does."""

LONGEST_SAID: Final = 500
"""Longest answer that a participant can type, in characters."""


class Outcome(StrEnum):
    """What became of something a participant sent.

    `CLOSED` is also what was meant for another ballot, `UNKNOWN` a letter that is not on offer or somebody who
    has not joined, `BAD` an answer that is empty or too long, or a sheet without its first answer.
    """

    ACCEPTED = "accepted"
    CHANGED = "changed"
    SAME = "same"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    FULL = "full"
    BAD = "bad"

    @property
    def kept(self) -> bool:
        """Whether it changed something that a journal should keep."""
        return self in {Outcome.ACCEPTED, Outcome.CHANGED}


@dataclass(frozen=True, slots=True)
class Remembered:
    """What participants did, as a journal has it: who, in which ballot, and a letter, words or a sheet."""

    id: str
    revision: int = 0
    letter: str = ""
    text: str = ""
    sheet: PriceSheet | None = None


class Taking(Voting):
    """A room that takes what participants send."""

    def join(self, who: str) -> Outcome:
        """Take part; `FULL` once there are as many as the room takes."""
        if who in self.ids:
            return Outcome.SAME
        if len(self.ids) >= self.cap:
            return Outcome.FULL
        self.ids.add(who)
        self.version += 1
        return Outcome.ACCEPTED

    def vote(self, who: str, letter: str, revision: int) -> Outcome:
        """Vote, or vote otherwise: the last vote before the close counts, once."""
        if who not in self.ids:
            return Outcome.UNKNOWN
        asked = self.question
        if self.phase is not Phase.OPEN or asked is None or revision != asked.ballot.revision:
            return Outcome.CLOSED
        if letter not in asked.ballot.letters:
            return Outcome.UNKNOWN
        return self._put(asked.ballot.votes, who, letter)

    def say(self, who: str, text: str, revision: int) -> Outcome:
        """Give an answer in one's own words; a later one takes its place."""
        if who not in self.ids:
            return Outcome.UNKNOWN
        asked = self.question
        if self.phase is not Phase.SAYING or asked is None or revision != asked.ballot.revision:
            return Outcome.CLOSED
        words = own_words(text)
        if not words:
            return Outcome.BAD
        before = asked.said.get(who)
        return self._put(asked.said, who, Said(before.number if before else len(asked.said) + 1, words))

    def rate(self, who: str, sheet: PriceSheet, revision: int) -> Outcome:
        """Score the call; a later sheet takes its place."""
        if who not in self.ids:
            return Outcome.UNKNOWN
        if self.phase is not Phase.PRICE or revision != self.pricing.revision:
            return Outcome.CLOSED
        return Outcome.BAD if sheet.got is None else self._put(self.pricing.sheets, who, sheet)

    def remember(self, found: Iterable[Remembered]) -> None:
        """Take back in what a journal kept; only what belongs to the ballot at hand matters."""
        for one in found:
            if one.letter and self.question is not None and one.revision == self.question.ballot.revision:
                if one.id in self.ids and one.letter in self.question.ballot.letters:
                    self.question.ballot.votes[one.id] = one.letter
            elif one.text and self.question is not None and one.revision == self.question.ballot.revision:
                before = self.question.said.get(one.id)
                number = before.number if before else len(self.question.said) + 1
                self.question.said[one.id] = Said(number, own_words(one.text))
            elif one.sheet is not None and one.revision == self.pricing.revision:
                self.pricing.sheets[one.id] = one.sheet
            elif not one.revision and len(self.ids) < self.cap:
                self.ids.add(one.id)
        self.version += 1

    def _put(self, into: dict[str, _T], who: str, what: _T) -> Outcome:
        before = into.get(who)
        if before == what:
            return Outcome.SAME
        into[who] = what
        self.version += 1
        return Outcome.ACCEPTED if before is None else Outcome.CHANGED


def own_words(text: str) -> Text:
    """An answer in somebody's own words as it can be shown; empty if it is too long, or nothing."""
    if len(text) > LONGEST_SAID:
        return Text("")
    return Text(safe(text, multiline=False).strip())
