"""What every part of a room stands on: its phases, what it holds, and how a change is made and kept.

What must not be here: what the room can be asked, and who may see what.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Final

from callcalm.core.actions import Action, IllegalAction
from callcalm.core.moves import Finding
from callcalm.core.playbook import Playbook
from callcalm.core.round import Round
from callcalm.core.state import CallState, Offer
from callcalm.core.text import Text
from callcalm.room.ballot import Ballot, leaders
from callcalm.room.entries import Entry
from callcalm.room.pricing import Pricing
from callcalm.room.questions import Choice, Kind, Question
from callcalm.room.schools import Comparison

MOST_PARTICIPANTS: Final = 1_000

Heard = tuple[tuple[Finding, ...], str | None]
Hear = Callable[[Text, CallState, Offer], Heard]
"""What the coach makes of an answer: its findings, and the reply it is nearest to."""


class Phase(StrEnum):
    """Where the room is. At `CALL` the caller stands on the screen and nothing is asked."""

    LOBBY = "lobby"
    CALL = "call"
    OPEN = "open"
    CLOSED = "closed"
    REVEALED = "revealed"
    SAYING = "saying"
    SAID = "said"
    PICKED = "picked"
    SCHOOLS = "schools"
    PRICE = "price"
    PRICE_SHOWN = "price-shown"
    DEBRIEF = "debrief"
    OVER = "over"


class NotNow(ValueError):
    """Something that the facilitator cannot do now; `reason` is a word for front ends to put into a sentence.

    phase, no-choice, tie, no-votes, no-answer, not-over, nothing-to-undo, schools-agree, no-playbook, no-page,
    bad-count, or a reason of `IllegalAction`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Floor:
    """The state of a room, and what its parts have in common.

    `hear` is the coach; `draw` the seed, shown to everybody, that settles ties; `hands` whether there are no
    phones. `version` grows at each change of anything; `question` is the one that is open or was last asked;
    `parts` are those picked so far for a composed answer; `counted_in` the most that were counted at once.
    """

    def __init__(
        self,
        round_: Round,
        playbooks: Mapping[str, Playbook],
        *,
        hear: Hear | None = None,
        cap: int = MOST_PARTICIPANTS,
        draw: str = "0",
        hands: bool = False,
    ) -> None:
        self.round = round_
        self.playbooks = playbooks
        self.by_hands = hands
        self.draw = draw
        self.cap = cap
        self.phase = Phase.LOBBY
        self.version = 0
        self.revision = 0
        self.question: Question | None = None
        self.history: list[Question] = []
        self.parts: tuple[int, ...] = ()
        self.pricing = Pricing(0)
        self.comparison: Comparison | None = None
        self.page = 0
        self.entries: list[Entry] = []
        self.ids: set[str] = set()
        self.counted_in = 0
        self._hear = hear
        self._spoken: Entry | None = None

    @property
    def book(self) -> Playbook:
        """The house rules the call is played by now."""
        return self.round.state.playbook

    @property
    def joined(self) -> int:
        """How many take part, or took part at once."""
        return max(len(self.ids), self.counted_in)

    @property
    def voted(self) -> int:
        """How many have answered what is open or was last asked."""
        if self.phase in {Phase.PRICE, Phase.PRICE_SHOWN}:
            return self.pricing.total
        if self.question is None:
            return 0
        return len(self.question.said) if self.question.kind is Kind.SAY else self.question.ballot.total

    @property
    def leading(self) -> tuple[str, ...]:
        """The letters with the most votes of the question at hand; more than one is a tie."""
        return leaders(self.question.ballot.tally) if self.question else ()

    @property
    def draw_seed(self) -> str:
        """What a tie of this ballot is drawn from: anybody can draw again."""
        asked = self.question
        return f"{self.draw}/{asked.number}/{asked.attempt}" if asked else self.draw

    @property
    def _asked(self) -> Question:
        if self.question is None:
            raise NotNow("phase")
        return self.question

    def _only(self, *phases: Phase) -> None:
        if self.phase not in phases:
            raise NotNow("phase")

    def _running(self) -> None:
        if self.round.state.ending is not None:
            raise NotNow("over")

    def _now(self, phase: Phase, entry: Entry) -> None:
        self.phase = phase
        self._log(entry)

    def _log(self, entry: Entry) -> None:
        self.entries.append(entry)
        self.version += 1

    def _revised(self) -> int:
        self.revision += 1
        return self.revision

    def _open(self, kind: Kind, choices: tuple[Choice, ...]) -> None:
        ballot = Ballot(self._revised(), (choice.letter for choice in choices))
        at = self.round.state
        self.question = Question(len(self.history) + 1, kind, choices, ballot, self.book.id, at.beat)
        self.history.append(self.question)

    def _fresh(self) -> None:
        """An empty ballot for the question at hand."""
        asked = self._asked
        asked.ballot = Ballot(self._revised(), asked.ballot.letters)
        asked.revealed = False

    def _take(self, *actions: Action) -> None:
        """Move the encounter: with all of the actions, or not at all."""
        moved = self.round
        try:
            for action in actions:
                moved = moved.take(action)
        except IllegalAction as no:
            raise NotNow(no.reason) from no
        self.round = moved


def ruled(round_: Round, book: Playbook) -> Round:
    """The round, to go on under these house rules; what has counted stays as it counted."""
    state = replace(round_.state, playbook=book)
    if not round_.turns:
        return replace(round_, opening=state)
    return replace(round_, turns=(*round_.turns[:-1], replace(round_.turns[-1], state=state)))
