"""A question to the room: asked, voted on, revealed, talked over, voted on again, settled, played.

What must not be here: an answer in somebody's own words, PRICE, and who may see what.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, Listen, Say
from callcalm.room.ballot import drawn
from callcalm.room.entries import Do, Entry
from callcalm.room.floor import Floor, NotNow, Phase, ruled
from callcalm.room.questions import LISTEN_ON, Kind, Question, moment

MOST_HANDS: Final = 9_999
"""Most hands that can be counted for one letter."""

_REOPENED = {
    Phase.CLOSED: Phase.OPEN,
    Phase.REVEALED: Phase.OPEN,
    Phase.SAID: Phase.SAYING,
    Phase.PRICE_SHOWN: Phase.PRICE,
}


class Voting(Floor):
    """The facilitator's ways through a question. Each raises `NotNow`, and has changed nothing then."""

    def start(self) -> None:
        """The caller comes on."""
        self._only(Phase.LOBBY)
        self._now(Phase.CALL, Entry(Do.START))

    def listen(self) -> None:
        """Let the caller go on (S2-1)."""
        self._move(Do.LISTEN, Listen())

    def cut_in(self) -> None:
        """Cut the caller off (S2-1)."""
        self._move(Do.CUT_IN, CutIn())

    def breathe(self) -> None:
        """Take a breath for the room (S2-11)."""
        self._move(Do.BREATHE, Breathe())

    def undo(self) -> None:
        """Take the last action back, or the last part of an answer that is being composed."""
        self._only(Phase.CALL)
        if self.parts:
            self.parts = self.parts[:-1]
            parts = [asked for asked in self.history if asked.standing and asked.kind is Kind.PART]
            parts[-1].taken_back = True
        elif self.round.turns:
            self.round = ruled(self.round.undo(), self.book)
            _take_back(self.history, len(self.round.turns))
        else:
            raise NotNow("nothing-to-undo")
        self._log(Entry(Do.UNDO))

    def ask(self) -> None:
        """Ask what there is to decide now: an answer, the next part of one, or whether to listen on."""
        self._only(Phase.CALL)
        self._running()
        kind, choices = moment(self.round.state, self.parts)
        if not choices:
            raise NotNow("no-choice")
        self._open(kind, choices)
        self._now(Phase.OPEN, Entry(Do.ASK, keys=tuple(choice.key for choice in choices)))

    def close(self) -> None:
        """Take no more votes, or no more answers."""
        if self.phase is Phase.SAYING:
            self._now(Phase.SAID, Entry(Do.CLOSE, joined=self.joined))
            return
        self._only(Phase.OPEN)
        counts = given(self._asked.ballot.tally)
        self._now(Phase.CLOSED, Entry(Do.CLOSE, counts=counts, joined=self.joined))

    def reveal(self) -> None:
        """Show the votes; the room's PRICE likewise."""
        if self.phase is Phase.PRICE:
            spreads = self.pricing.spreads()
            self._now(Phase.PRICE_SHOWN, Entry(Do.SHOW_PRICE, spreads=spreads, joined=self.joined))
            return
        if self.phase is Phase.OPEN:
            self.close()
        self._only(Phase.CLOSED)
        self._asked.revealed = True
        self._now(Phase.REVEALED, Entry(Do.REVEAL))

    def revote(self) -> None:
        """After the talk, vote again; the first tally stays, as it was before."""
        self._only(Phase.REVEALED)
        asked = self._asked
        asked.earlier.append(dict(asked.ballot.tally))
        asked.attempt += 1
        self._fresh()
        self._now(Phase.OPEN, Entry(Do.REVOTE))

    def reopen(self) -> None:
        """Take votes, answers or sheets again; those that are in stand."""
        self._only(*_REOPENED)
        if self.phase is Phase.PRICE_SHOWN:
            self.pricing.remembered = None
        else:
            self._asked.revealed = False
            if not self._asked.ballot.by_hands:
                self._asked.ballot.counted = None
        self._now(_REOPENED[self.phase], Entry(Do.REOPEN))

    def reset(self) -> None:
        """Throw the votes of this attempt away, or the answers, and take new ones."""
        saying = self.phase in {Phase.SAYING, Phase.SAID}
        if not saying:
            self._only(Phase.OPEN, Phase.CLOSED, Phase.REVEALED)
        self._asked.said.clear()
        self._fresh()
        self._now(Phase.SAYING if saying else Phase.OPEN, Entry(Do.RESET))

    def hands(self, counts: Mapping[str, int]) -> None:
        """Count hands: this is the tally then, whatever phones say."""
        self._only(Phase.OPEN, Phase.CLOSED)
        ballot = self._asked.ballot
        if not set(counts) <= set(ballot.letters):
            raise NotNow("no-choice")
        if not all(0 <= votes <= MOST_HANDS for votes in counts.values()):
            raise NotNow("bad-count")
        ballot.counted = dict(counts)
        ballot.by_hands = True
        self.counted_in = max(self.counted_in, ballot.total)
        self._log(Entry(Do.HANDS, counts=given(ballot.tally)))

    def settle(self, letter: str) -> None:
        """Pick this letter, whatever the votes say: the facilitator's word. What is still open is closed first."""
        self._only(Phase.OPEN, Phase.CLOSED, Phase.REVEALED, Phase.PICKED)
        if self._asked.choice(letter) is None:
            raise NotNow("no-choice")
        if self.phase in {Phase.OPEN, Phase.CLOSED}:
            self.reveal()
        self._settle(letter, "facilitator")

    def settle_by_vote(self) -> None:
        """Pick the letter with the most votes."""
        self._only(Phase.REVEALED)
        if not self.leading:
            raise NotNow("no-votes")
        if len(self.leading) > 1:
            raise NotNow("tie")
        self._settle(self.leading[0], "vote")

    def settle_by_seed(self) -> None:
        """Draw among the letters that share the most votes, from the seed that everybody sees."""
        self._only(Phase.REVEALED)
        if not self.leading:
            raise NotNow("no-votes")
        tie = len(self.leading) > 1
        self._settle(drawn(self.leading, self.draw_seed), "seed" if tie else "vote")

    def drop(self) -> None:
        """Leave the question, or the two schools: nothing is played."""
        asking = (Phase.OPEN, Phase.CLOSED, Phase.REVEALED, Phase.SAYING, Phase.SAID, Phase.PICKED)
        self._only(*asking, Phase.SCHOOLS)
        self._now(Phase.CALL, Entry(Do.DROP))

    def play(self) -> None:
        """Move the encounter with what was picked. An answer that needs a breath first takes it."""
        self._only(Phase.PICKED)
        asked = self._asked
        before = len(self.round.turns)
        choice = asked.choice(asked.chosen)
        if asked.kind is Kind.SAY:
            self._take(*self._own_words())
        elif choice is None:
            raise NotNow("no-choice")
        elif asked.kind is Kind.SCHOOLS:
            self.round = ruled(self.round, self.playbooks.get(choice.key, self.book))
        elif asked.kind is Kind.PART:
            self._add_part(int(choice.key))
        elif asked.kind is Kind.LISTEN:
            self._take(Listen() if choice.key == LISTEN_ON else CutIn())
        else:
            self._take(*([Breathe()] if choice.locked else []), Choose(choice.key))
        asked.played = (before, len(self.round.turns))
        self._now(Phase.CALL, Entry(Do.PLAY))

    def _settle(self, letter: str, by: str) -> None:
        self._only(Phase.REVEALED, Phase.PICKED)
        asked = self._asked
        if asked.choice(letter) is None:
            raise NotNow("no-choice")
        asked.chosen, asked.by = letter, by
        self._now(Phase.PICKED, Entry(Do.PICK, letter=letter, by=by))

    def _move(self, do: Do, action: Action) -> None:
        self._only(Phase.CALL)
        self._take(action)
        self._log(Entry(do))

    def _own_words(self) -> list[Action]:
        spoken = self._spoken
        return [Say(spoken.text, spoken.findings, spoken.reply or None)] if spoken is not None else []

    def _add_part(self, part: int) -> None:
        task = self.round.state.here.compose
        if task is None:
            raise NotNow("no-choice")
        parts = (*self.parts, part)
        if len(parts) == task.pick:
            self._take(Compose(parts))
            parts = ()
        self.parts = parts


def given(tally: Mapping[str, int]) -> dict[str, int]:
    """A tally without the letters that nobody chose."""
    return {letter: votes for letter, votes in tally.items() if votes}


def _take_back(history: list[Question], turns: int) -> None:
    """Mark what no longer stands now that the round has so many turns; the parts of an answer go with it."""
    parts_of = ""
    for asked in reversed(history):
        if not asked.standing or asked.kind is Kind.SCHOOLS:
            continue
        assert asked.played is not None  # noqa: S101  (it stands, so it was played)
        if asked.kind is Kind.PART and asked.beat == parts_of and asked.played[0] == asked.played[1]:
            asked.taken_back = True
        elif asked.played[1] > turns:
            asked.taken_back = True
            parts_of = asked.beat if asked.kind is Kind.PART else ""
        else:
            return
