"""The deciding room: what it is asked, who voted, what was picked, and the call that moves on with it.

Participants are opaque ids. Votes are hidden until the facilitator reveals them: what may be shown of a room is
made in `views`, and nothing else shows it. Each thing that the facilitator does leaves an entry; taking the
entries again (`obey`) gives the same room, but for votes that were never counted. Pure: no files, no clock, no
chance that is not drawn from a seed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from callcalm.core.call import offer
from callcalm.core.round import key_now
from callcalm.core.text import Text
from callcalm.room.entries import Do, Entry
from callcalm.room.floor import MOST_PARTICIPANTS, Hear, Heard, NotNow, Phase
from callcalm.room.pearls import pages
from callcalm.room.pricing import Pricing, allowed
from callcalm.room.questions import LETTERS, Choice, Kind, Said
from callcalm.room.schools import compare, school_name
from callcalm.room.taking import CALLED_OUT, LONGEST_SAID, Outcome, Remembered, Taking, own_words
from callcalm.room.voting import MOST_HANDS

__all__ = ["LONGEST_SAID", "MOST_PARTICIPANTS", "Hear", "NotNow", "Outcome", "Phase", "Remembered", "Room"]


class Room(Taking):
    """A room that decides an encounter together.

    See `Floor` for what it holds, `Taking` for what phones send, `Voting` for a question's way. Every step of the
    facilitator raises `NotNow` where it cannot be taken.
    """

    # Say it yourself

    def saying(self) -> None:
        """Let everybody give an answer of their own."""
        self._only(Phase.CALL)
        self._running()
        if not offer(self.round.state).say or self.round.state.here.compose is not None:
            raise NotNow("listen-first" if self.round.state.unheard else "no-typing")
        self._open(Kind.SAY, ())
        self._now(Phase.SAYING, Entry(Do.SAYING))

    def add_said(self, text: str) -> int:
        """Add an answer that somebody called out; its number."""
        self._only(Phase.SAYING, Phase.SAID)
        words = own_words(text)
        if not words:
            raise NotNow("too-long" if text.strip() else "empty")
        number = len(self._asked.said) + 1
        self._asked.said[f"{CALLED_OUT}{number}"] = Said(number, words)
        self.version += 1
        return number

    def heard(self, words: Text) -> Heard:
        """What the coach makes of an answer, were it said now."""
        return self._hear(words, self.round.state, offer(self.round.state)) if self._hear else ((), None)

    def pick_said(self, number: int) -> None:
        """Project this answer, without a name; it can be played then, or another picked."""
        self._only(Phase.SAYING, Phase.SAID, Phase.PICKED)
        found = [said.text for said in self._asked.said.values() if said.number == number]
        if not found:
            raise NotNow("no-answer")
        findings, reply = self.heard(found[0])
        if self.phase is Phase.SAYING:
            self.close()
        self._pick_said(Entry(Do.PICK_SAID, text=found[0], findings=findings, reply=reply or ""))

    def _pick_said(self, entry: Entry) -> None:
        self._only(Phase.SAID, Phase.PICKED)
        self._asked.answer, self._asked.by, self._spoken = entry.text, "facilitator", entry
        self._now(Phase.PICKED, entry)

    # Two schools

    def schools(self, left: str = "", right: str = "") -> None:
        """Show a turn under two house rules; those that differ most, unless they are named."""
        self._only(Phase.CALL)
        self._running()
        if bool(left) != bool(right) or not {left, right} <= {*self.playbooks, ""}:
            raise NotNow("no-playbook")
        found = compare(self.round, self.playbooks, (left, right) if left else None)
        if found is None:
            raise NotNow("schools-agree")
        self.comparison = found
        self._now(Phase.SCHOOLS, Entry(Do.SCHOOLS, books=(left, right) if left else ()))

    def ask_schools(self) -> None:
        """Let the room vote which house rules to play by, from the next turn on; what has counted stays."""
        self._only(Phase.SCHOOLS)
        shown = self.comparison
        assert shown is not None  # noqa: S101  (the phase implies it)
        books = {book.id: book for book in (shown.left.book, shown.right.book, self.book)}
        choices = tuple(
            Choice(letter, name, school_name(book))
            for letter, (name, book) in zip(LETTERS, books.items(), strict=False)
        )
        self._open(Kind.SCHOOLS, choices)
        self._now(Phase.OPEN, Entry(Do.ASK_SCHOOLS, keys=tuple(books)))

    # PRICE and the debrief

    def price(self) -> None:
        """Let everybody score the call (S3-p).

        Raises:
            NotNow: the call is not over.
        """
        self._only(Phase.CALL)
        if self.round.state.ending is None:
            raise NotNow("not-over")
        self.pricing = Pricing(self._revised())
        self._now(Phase.PRICE, Entry(Do.PRICE))

    def hands_price(self, factor: str, counts: Mapping[int, int]) -> None:
        """Count fingers for one factor, for `got` (1 is a yes), or for `fair`."""
        self._only(Phase.PRICE)
        if not set(counts) <= set(allowed(factor)):
            raise NotNow("no-choice")
        if not all(0 <= fingers <= MOST_HANDS for fingers in counts.values()):
            raise NotNow("bad-count")
        self.pricing.counted[factor] = dict(counts)
        self.counted_in = max(self.counted_in, sum(counts.values()))
        self._log(Entry(Do.HANDS_PRICE, factor=factor, spreads={factor: dict(counts)}))

    def debrief(self) -> None:
        """Open the first page of the debrief."""
        self._only(Phase.CALL, Phase.PRICE_SHOWN)
        self.page = 0
        self._now(Phase.DEBRIEF, Entry(Do.DEBRIEF))

    def turn_page(self, step: int) -> None:
        """Go on (1) or back (-1) in the debrief."""
        self._only(Phase.DEBRIEF)
        if not 0 <= self.page + step < len(pages(self)):
            raise NotNow("no-page")
        self.page += step
        self._log(Entry(Do.PAGE, page=self.page))

    def finish(self) -> None:
        """End the session. Nothing more is taken."""
        if self.phase is Phase.OVER:
            raise NotNow("phase")
        self._now(Phase.OVER, Entry(Do.FINISH, joined=self.joined))

    # Again

    def obey(self, entry: Entry) -> None:
        """Do again what an entry says, with the tallies that it remembers.

        Raises:
            NotNow: it does not fit here, as when the scenario has changed.
        """
        self.counted_in = max(self.counted_in, entry.joined)
        match entry.do:
            case Do.CLOSE if self.phase is Phase.OPEN and not self._asked.ballot.by_hands:
                self._asked.ballot.counted = entry.counts
                self.close()
            case Do.HANDS:
                self.hands(entry.counts)
            case Do.PICK:
                self._settle(entry.letter, entry.by)
            case Do.PICK_SAID:
                self._pick_said(replace(entry, reply=key_now(entry.reply, self.round.state)))
            case Do.SCHOOLS:
                self.schools(*entry.books)
            case Do.HANDS_PRICE:
                self.hands_price(entry.factor, entry.spreads.get(entry.factor, {}))
            case Do.SHOW_PRICE:
                self.pricing.remembered = entry.spreads
                self.reveal()
            case Do.PAGE:
                self.turn_page(entry.page - self.page)
            case _:
                self._plain()[entry.do]()
        keys = tuple(key_now(key, self.round.state) for key in entry.keys)
        if keys and keys != tuple(choice.key for choice in self._asked.choices):
            raise NotNow("no-choice")

    def _plain(self) -> Mapping[Do, Callable[[], None]]:
        """What needs nothing but its name."""
        return {
            Do.START: self.start,
            Do.LISTEN: self.listen,
            Do.CUT_IN: self.cut_in,
            Do.BREATHE: self.breathe,
            Do.ASK: self.ask,
            Do.CLOSE: self.close,
            Do.REVEAL: self.reveal,
            Do.REVOTE: self.revote,
            Do.REOPEN: self.reopen,
            Do.RESET: self.reset,
            Do.PLAY: self.play,
            Do.UNDO: self.undo,
            Do.DROP: self.drop,
            Do.SAYING: self.saying,
            Do.ASK_SCHOOLS: self.ask_schools,
            Do.PRICE: self.price,
            Do.DEBRIEF: self.debrief,
            Do.FINISH: self.finish,
        }
