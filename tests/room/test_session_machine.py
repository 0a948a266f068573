"""Whatever a facilitator and a crowd do, in any order: no vote lost, none counted twice, none shown too early."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from callcalm.core.price import PriceSheet
from callcalm.room.notes import notes
from callcalm.room.questions import Kind
from callcalm.room.session import NotNow, Outcome, Phase, Room
from callcalm.room.views import phone, public
from tests.room.rooms import again, small

PEOPLE = st.sampled_from(["ann", "bob", "cy", "dee", "eve"])
LETTERS = st.sampled_from("ABCDE")
CAP = 4
STEPS: tuple[Callable[[Room], object], ...] = (
    Room.start,
    Room.listen,
    Room.cut_in,
    Room.breathe,
    Room.undo,
    Room.ask,
    Room.close,
    Room.reveal,
    Room.revote,
    Room.reopen,
    Room.reset,
    Room.settle_by_vote,
    Room.settle_by_seed,
    Room.drop,
    Room.play,
    Room.saying,
    Room.schools,
    Room.ask_schools,
    Room.price,
    Room.debrief,
)
FITTING: dict[Phase, tuple[Callable[[Room], object], ...]] = {
    Phase.LOBBY: (Room.start,),
    Phase.CALL: (Room.ask, Room.listen, Room.ask, Room.saying, Room.schools, Room.price),
    Phase.OPEN: (Room.close, Room.reveal, Room.reset),
    Phase.CLOSED: (Room.reveal, Room.reopen),
    Phase.REVEALED: (Room.settle_by_vote, Room.settle_by_seed, Room.revote, Room.reopen, Room.drop),
    Phase.PICKED: (Room.play,),
    Phase.SAYING: (Room.close, Room.reset),
    Phase.SAID: (Room.reopen, Room.drop),
    Phase.SCHOOLS: (Room.ask_schools,),
    Phase.PRICE: (Room.reveal,),
    Phase.PRICE_SHOWN: (Room.reopen, Room.debrief),
}
RAMBLE = 6
"""Steps that fit come first; after so many, any step is tried at any time."""


class Crowd(RuleBasedStateMachine):
    """A room, and beside it the plainest possible account of who voted for what."""

    def __init__(self) -> None:
        super().__init__()
        self.room = small(cap=CAP)
        self.votes: dict[tuple[int, str], str] = {}
        self.version = 0
        self.room.start()

    @rule(who=PEOPLE)
    def joins(self, who: str) -> None:
        outcome = self.room.join(who)
        assert len(self.room.ids) <= CAP
        assert (outcome is Outcome.FULL) == (who not in self.room.ids)

    @precondition(lambda self: self.room.phase is Phase.OPEN)
    @rule(votes=st.lists(st.tuples(PEOPLE, LETTERS), min_size=1, max_size=6))
    def vote(self, votes: list[tuple[str, str]]) -> None:
        revision = public(self.room).revision
        for who, letter in votes:
            self.room.join(who)
            before = self.votes.get((revision, who))
            outcome = self.room.vote(who, letter, revision)
            assert self.room.question is not None
            if who not in self.room.ids or letter not in self.room.question.ballot.letters:
                assert outcome is Outcome.UNKNOWN
                continue
            fitting = Outcome.ACCEPTED if before is None else Outcome.SAME if before == letter else Outcome.CHANGED
            assert outcome is fitting
            self.votes[revision, who] = letter

    @precondition(lambda self: bool(self.votes))
    @rule(letter=LETTERS, age=st.integers(0, 3))
    def votes_late(self, letter: str, age: int) -> None:
        """A phone that slept: a vote for a ballot that is closed, or gone."""
        for revision, who in list(self.votes):
            if self.room.phase is not Phase.OPEN or revision != self.room.revision:
                assert self.room.vote(who, letter, revision) is Outcome.CLOSED
        if self.room.phase is not Phase.OPEN:
            revision, who = max(self.votes)
            assert self.room.vote(who, letter, self.room.revision - age) is Outcome.CLOSED

    @precondition(lambda self: self.room.phase is Phase.CALL and self.room.round.state.ending is None)
    @rule()
    def asks(self) -> None:
        while self.room.round.state.unheard:
            self.room.listen()
        self.room.ask()

    @precondition(lambda self: len(self.room.entries) > RAMBLE)
    @rule(step=st.sampled_from(STEPS))
    def facilitates(self, step: Callable[[Room], object]) -> None:
        self.tries(step)

    @precondition(lambda self: self.room.phase in FITTING)
    @rule(pick=st.integers(0, 5))
    def goes_on(self, pick: int) -> None:
        """One of the steps that the phase is for."""
        steps = FITTING[self.room.phase]
        self.tries(steps[pick % len(steps)])

    def tries(self, step: Callable[[Room], object]) -> None:
        before = (list(self.room.entries), self.room.phase, self.room.round, self.room.version)
        reason = ""
        try:
            step(self.room)
        except NotNow as no:
            reason = no.reason
        changed = before != (list(self.room.entries), self.room.phase, self.room.round, self.room.version)
        assert changed == (not reason)

    @precondition(lambda self: self.room.phase in {Phase.REVEALED, Phase.PICKED})
    @rule(letter=LETTERS)
    def settles(self, letter: str) -> None:
        with suppress(NotNow):
            self.room.settle(letter)

    @precondition(lambda self: self.room.phase in {Phase.OPEN, Phase.CLOSED})
    @rule(counts=st.dictionaries(LETTERS, st.integers(0, 30), max_size=3))
    def counts_hands(self, counts: dict[str, int]) -> None:
        with suppress(NotNow):
            self.room.hands(counts)
            assert self.room.question is not None
            assert self.room.question.ballot.total == sum(counts.values())

    @rule(who=PEOPLE, text=st.sampled_from(["By four today.", "I cannot.", " ", "x" * 501]))
    def says(self, who: str, text: str) -> None:
        outcome = self.room.say(who, text, public(self.room).revision)
        assert not (outcome.kept and (len(text) > 500 or not text.strip()))

    @precondition(lambda self: self.room.phase in {Phase.SAYING, Phase.SAID})
    @rule(number=st.integers(1, 3))
    def picks_an_answer(self, number: int) -> None:
        with suppress(NotNow):
            self.room.pick_said(number)

    @rule(who=PEOPLE, fair=st.integers(0, 25), points=st.integers(-10, 5), got=st.sampled_from([False, None]))
    def rates(self, who: str, fair: int, points: int, got: bool | None) -> None:
        sheet = PriceSheet(got, fair, points, points)
        outcome = self.room.rate(who, sheet, public(self.room).revision)
        assert not outcome.kept or self.room.phase is Phase.PRICE

    @precondition(lambda self: self.room.phase is Phase.PRICE)
    @rule(value=st.integers(-12, 12), fingers=st.integers(0, 9))
    def shows_fingers(self, value: int, fingers: int) -> None:
        with suppress(NotNow):
            self.room.hands_price("effort", {value: fingers})

    @precondition(lambda self: self.room.phase is Phase.DEBRIEF)
    @rule(step=st.sampled_from([1, -1]))
    def turns_a_page(self, step: int) -> None:
        with suppress(NotNow):
            self.room.turn_page(step)

    @invariant()
    def every_vote_counts_once(self) -> None:
        asked = self.room.question
        if asked is None or asked.kind is Kind.SAY or asked.ballot.counted is not None:
            return
        mine = [letter for (revision, _who), letter in self.votes.items() if revision == asked.ballot.revision]
        assert asked.ballot.tally == {letter: Counter(mine)[letter] for letter in asked.ballot.letters}

    @invariant()
    def votes_are_hidden_until_the_reveal(self) -> None:
        view = public(self.room)
        revealed = self.room.phase in {Phase.REVEALED, Phase.PICKED}
        if not revealed:
            assert view.tally is None
            assert view.before is None
            assert view.leading == ()
            assert view.chosen == ""
        if self.room.phase not in {Phase.PRICE_SHOWN, Phase.DEBRIEF, Phase.OVER}:
            assert view.price is None

    @invariant()
    def every_view_can_be_made(self) -> None:
        assert notes(self.room).everybody == public(self.room)
        for who in ("ann", "nobody"):
            view = phone(self.room, who)
            assert view.public == public(self.room)
            assert view.known == (who in self.room.ids)

    @invariant()
    def the_version_only_grows(self) -> None:
        assert self.room.version >= self.version
        self.version = self.room.version

    def teardown(self) -> None:
        back = again(self.room)
        assert back.entries == self.room.entries
        assert back.phase is self.room.phase
        assert back.round == self.room.round
        assert back.revision == self.room.revision
        assert back.parts == self.room.parts
        assert back.page == self.room.page
        for one, other in zip(back.history, self.room.history, strict=True):
            assert (one.kind, one.choices, one.earlier, one.chosen, one.by, one.played, one.taken_back) == (
                other.kind,
                other.choices,
                other.earlier,
                other.chosen,
                other.by,
                other.played,
                other.taken_back,
            )
        if self.room.phase not in {Phase.OPEN, Phase.SAYING, Phase.SAID, Phase.PRICE}:
            fresh = public(self.room)
            seen = public(back)
            assert (seen.tally, seen.before, seen.price) == (fresh.tally, fresh.before, fresh.price)


TestCrowd = Crowd.TestCase
TestCrowd.settings = settings(
    max_examples=80, stateful_step_count=40, suppress_health_check=[HealthCheck.too_slow]
)
