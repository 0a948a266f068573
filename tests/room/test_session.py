"""The deciding room, step by step: what is shown when, what a vote does, and what comes of it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import get_type_hints

import pytest

from callcalm.core.actions import Breathe, Choose, Compose
from callcalm.core.call import offer
from callcalm.core.price import PriceSheet
from callcalm.core.round import begin
from callcalm.room import pearls
from callcalm.room.ballot import drawn
from callcalm.room.notes import NotesView, notes
from callcalm.room.pricing import median
from callcalm.room.questions import MOST_CHOICES, Kind, replies_shown
from callcalm.room.session import NotNow, Outcome, Phase, Room
from callcalm.room.views import PublicView, phone, public
from tests import support
from tests.room.rooms import BOOKS, again, small, whole_session


def asking(*votes: str, **options: object) -> Room:
    """A room with its first question open and these votes in."""
    room = small(**options)
    room.start()
    room.listen()
    room.listen()
    room.ask()
    for number, letter in enumerate(votes):
        room.join(f"p{number}")
        assert room.vote(f"p{number}", letter, room.revision) is Outcome.ACCEPTED
    return room


def test_every_phase_can_be_reached() -> None:
    room = small()
    seen = {room.phase}
    taken = room._log

    def logged(entry: object) -> None:
        taken(entry)  # type: ignore[arg-type]
        seen.add(room.phase)

    room._log = logged  # type: ignore[method-assign, assignment]
    whole_session(room)
    room.finish()
    other = asking()
    other.settle("B")
    other.play()
    other.schools()
    seen.add(other.phase)
    assert seen == set(Phase)


def test_a_vote_can_be_changed_until_it_closes() -> None:
    room = asking("A", "B")
    assert room.vote("p0", "B", room.revision) is Outcome.CHANGED
    assert room.vote("p0", "B", room.revision) is Outcome.SAME
    assert room.vote("p0", "Z", room.revision) is Outcome.UNKNOWN
    assert room.vote("late", "A", room.revision) is Outcome.UNKNOWN
    assert room.join("late") is Outcome.ACCEPTED
    assert room.vote("late", "A", room.revision) is Outcome.ACCEPTED
    room.close()
    assert room.vote("p0", "A", room.revision) is Outcome.CLOSED
    room.reveal()
    assert public(room).tally == {"A": 1, "B": 2, "C": 0, "D": 0}


def test_a_vote_for_another_ballot_does_not_count() -> None:
    room = asking("A")
    stale = room.revision
    room.reveal()
    room.revote()
    assert room.vote("p0", "B", stale) is Outcome.CLOSED
    assert room.voted == 0


def test_a_full_room_says_so() -> None:
    room = small(cap=1)
    assert room.join("a") is Outcome.ACCEPTED
    assert room.join("a") is Outcome.SAME
    assert room.join("b") is Outcome.FULL


def test_the_first_vote_stays_beside_the_second() -> None:
    room = asking("A", "A", "B")
    room.reveal()
    assert public(room).before is None
    room.revote()
    assert public(room).before is None
    for number in range(3):
        room.vote(f"p{number}", "B", room.revision)
    room.reveal()
    view = public(room)
    assert view.before == {"A": 2, "B": 1, "C": 0, "D": 0}
    assert view.tally == {"A": 0, "B": 3, "C": 0, "D": 0}


def test_reset_throws_away_and_reopen_keeps() -> None:
    room = asking("A")
    room.reveal()
    room.reopen()
    assert room.voted == 1
    assert public(room).tally is None
    room.reset()
    assert room.voted == 0
    assert phone(room, "p0").vote == ""


def test_hands_stand_instead_of_phones() -> None:
    room = asking("A", "A")
    room.hands({"B": 7})
    room.reveal()
    assert public(room).tally == {"A": 0, "B": 7, "C": 0, "D": 0}
    assert room.joined == 7
    for counts in ({"E": 1}, {"A": -1}, {"A": 10_000}):
        other = asking()
        with pytest.raises(NotNow):
            other.hands(counts)
        assert other.voted == 0


def test_a_tie_is_settled_by_the_facilitator_or_the_seed() -> None:
    room = asking("A", "B", draw="7")
    room.reveal()
    assert public(room).leading == ("A", "B")
    with pytest.raises(NotNow, match="tie"):
        room.settle_by_vote()
    room.settle_by_seed()
    assert room.question is not None
    assert public(room).chosen == drawn("AB", "7/1/1") == room.question.chosen
    assert public(room).by == "seed"
    room.settle("A" if room.question.chosen == "B" else "B")
    assert public(room).by == "facilitator"
    empty = asking()
    empty.reveal()
    for settle in (empty.settle_by_vote, empty.settle_by_seed):
        with pytest.raises(NotNow, match="no-votes"):
            settle()


def test_draws_come_out_either_way() -> None:
    assert {drawn("AB", f"x/{n}") for n in range(20)} == {"A", "B"}


def test_the_chosen_letter_moves_the_encounter() -> None:
    room = asking("B")
    room.reveal()
    room.settle_by_vote()
    room.play()
    assert room.round.actions[-1] == Choose("opening/warm", room.round.actions[-1].words)  # type: ignore[union-attr]
    view = public(room)
    assert view.phase is Phase.CALL
    assert view.question is None
    assert view.you.startswith("Two charges")
    assert view.heard == ("All right. So?",)


def test_four_letters_at_most_and_best_and_worst_among_them() -> None:
    room = asking()
    view = public(room)
    assert view.question is not None
    assert len(view.question.choices) == MOST_CHOICES
    offered = notes(room).choices
    assert [choice.letter for choice in offered] == ["A", "B", "C", "D", ""]
    assert [choice.best for choice in offered] == [False, True, False, False, False]
    assert min(offered, key=lambda choice: choice.change).letter


def test_the_best_is_kept_wherever_it_stands() -> None:
    state = asking().round.state
    replies = offer(state).replies
    for turned in range(len(replies)):
        order = (*replies[turned:], *replies[:turned])
        kept = {one.reply.key for one in replies_shown(state, order)}
        assert {"opening/warm", "opening/1"} <= kept
        assert len(kept) == 4


def test_an_answer_that_needs_a_breath_takes_it() -> None:
    hot = support.scenario(composure=20)
    room = Room(begin(hot, BOOKS["core"]), BOOKS)
    room.start()
    room.listen()
    room.listen()
    room.ask()
    view = public(room)
    assert view.question is not None
    locked = next(choice for choice in view.question.choices if choice.locked)
    room.settle(locked.letter)
    room.play()
    assert [type(action) for action in room.round.actions[-2:]] == [Breathe, Choose]


def test_a_composed_answer_is_voted_part_by_part() -> None:
    room = asking()
    for letter in ("B", "B"):
        room.settle(letter)
        room.play()
        room.ask()
    assert public(room).question is not None
    assert public(room).question.kind is Kind.PART  # type: ignore[union-attr]
    assert [note.best for note in notes(room).choices] == [False, True, False]
    room.settle("B")
    room.play()
    assert room.parts == (1,)
    room.ask()
    view = public(room).question
    assert view is not None
    assert view.so_far == ("I wish I had better news.",)
    assert [choice.text for choice in view.choices] == ["It is no.", "It is policy."]
    room.settle("A")
    room.play()
    assert room.round.actions[-1] == Compose((1, 0))
    assert public(room).ending is not None
    room.undo()
    assert [asked.taken_back for asked in room.history] == [False, False, True, True]


def test_listening_can_be_voted_on() -> None:
    room = small()
    room.start()
    room.ask()
    assert [choice.key for choice in room.question.choices] == ["listen", "cut-in"]  # type: ignore[union-attr]
    room.settle("B")
    room.play()
    assert room.round.state.vars["missed"]


def test_own_answers_are_bounded_safe_and_one_each() -> None:
    room = small()
    room.start()
    room.listen()
    room.listen()
    room.join("a")
    room.saying()
    assert room.say("a", "x" * 501, room.revision) is Outcome.BAD
    assert room.say("a", " \n ", room.revision) is Outcome.BAD
    assert room.say("stranger", "Hello", room.revision) is Outcome.UNKNOWN
    assert room.say("a", support.HOSTILE, room.revision) is Outcome.ACCEPTED
    assert "\x1b" not in phone(room, "a").said
    assert room.say("a", "By four.", room.revision) is Outcome.CHANGED
    assert room.add_said("I cannot.") == 2
    assert public(room).said == ""
    room.pick_said(1)
    assert public(room).said == "By four."
    assert room.say("a", "Late.", room.revision) is Outcome.CLOSED
    room.play()
    assert public(room).you == "By four."


def test_two_schools_are_compared_and_voted_on() -> None:
    room = asking()
    room.settle("B")
    room.play()
    room.schools()
    shown = public(room).schools
    assert shown is not None
    assert shown.given
    assert {shown.left.id, shown.right.id} == {"core", "strict"} or "strict" in {shown.left.id, shown.right.id}
    assert shown.left.points != shown.right.points
    assert "says" in "".join(reason.why for side in (shown.left, shown.right) for reason in side.reasons)
    before = room.round.state
    room.ask_schools()
    letter = next(choice.letter for choice in room.question.choices if choice.key == "strict")  # type: ignore[union-attr]
    room.settle(letter)
    room.play()
    assert room.book.id == "strict"
    assert room.round.state.composure == before.composure
    assert room.round.state.seen == before.seen
    room.undo()
    assert room.book.id == "strict"


def test_schools_that_agree_say_so() -> None:
    room = Room(begin(support.scenario(), BOOKS["core"]), {"core": BOOKS["core"]})
    room.start()
    with pytest.raises(NotNow, match="schools-agree"):
        room.schools()
    with pytest.raises(NotNow, match="no-playbook"):
        room.schools("core", "nobody")


def test_the_room_scores_the_call_beside_the_reference() -> None:
    room = asking("B")
    room.reveal()
    for letter in ("B", "A"):
        room.settle(letter)
        room.play()
        if room.round.state.ending is None:
            room.ask()
    room.price()
    assert room.rate("p0", PriceSheet(None), room.revision) is Outcome.BAD
    assert room.rate("p0", PriceSheet(False, 10, 3, 3), room.revision) is Outcome.ACCEPTED
    assert room.rate("p0", PriceSheet(True, 0, -4, 3), room.revision) is Outcome.CHANGED
    room.join("late")
    room.rate("late", PriceSheet(False, 10, 5, 3), room.revision)
    assert public(room).price is None
    room.reveal()
    price = public(room).price
    assert price is not None
    assert (price.total, price.got, price.not_got) == (2, 1, 1)
    rows = {row.key: row for row in price.rows}
    assert rows["result"].counts == {10: 1, 25: 1}
    assert rows["priority"].median == 0.5
    assert rows["priority"].reference == 5
    with pytest.raises(NotNow):
        room.hands_price("respect", {6: 1})


def test_price_waits_for_the_end_of_the_call() -> None:
    room = asking()
    room.drop()
    with pytest.raises(NotNow, match="not-over"):
        room.price()


@pytest.mark.parametrize(
    ("counts", "middle"), [({1: 1, 2: 1}, 1.5), ({-10: 3, 5: 2}, -10), ({}, None), ({0: 5}, 0)]
)
def test_medians(counts: dict[int, int], middle: float | None) -> None:
    assert median(counts) == middle


def test_the_debrief_takes_up_what_split_and_what_cost() -> None:
    room = asking("A", "B", "C", "A")
    room.reveal()
    room.settle("A")
    room.play()
    room.debrief()
    pages = pearls.pages(room)
    assert [page.title for page in pages] == ["Reactions", "Description", "Analysis: question 1", "Summary"]
    analysis = pages[2]
    assert "What spoke for A" in analysis.ask
    assert any("A 2, B 1, C 1, D 0" in line for line in analysis.script)
    assert any(line.startswith("Say instead: instead of blame.why-you") for line in analysis.script)
    assert any("Why did you" in line for line in pages[3].script)
    assert public(room).page is not None
    assert public(room).page.ask == pages[0].ask  # type: ignore[union-attr]
    assert notes(room).page == pages[0]
    room.turn_page(1)
    with pytest.raises(NotNow):
        room.turn_page(9)


def test_nothing_of_the_notes_can_come_into_the_public_view() -> None:
    """No type that only the facilitator may see stands anywhere in the public view."""
    private = _types(NotesView) - _types(PublicView)
    assert {one.__name__ for one in private} >= {"NotesView", "ChoiceNote", "MoveNote", "SaidNote", "DebriefPage"}
    room = asking("A", "B")
    said = repr(public(room))
    for choice in notes(room).choices:
        for move in choice.moves:
            assert move.move not in said
            assert move.why not in said
    room.drop()
    room.debrief()
    for page in pearls.pages(room):
        for line in page.script:
            assert line not in repr(public(room))


def _types(kind: object, seen: set[type] | None = None) -> set[type]:
    found = set() if seen is None else seen
    for inner in getattr(kind, "__args__", ()):
        _types(inner, found)
    if isinstance(kind, type) and is_dataclass(kind) and kind not in found:
        found.add(kind)
        hints = get_type_hints(kind)
        for field in fields(kind):
            _types(hints[field.name], found)
    return found


def test_a_whole_session_comes_back_from_its_entries() -> None:
    room = small(draw="9")
    whole_session(room)
    back = again(room)
    assert back.entries == room.entries
    assert public(back).price == public(room).price
    assert [asked.earlier for asked in back.history] == [asked.earlier for asked in room.history]


def test_an_entry_that_does_not_fit_is_refused() -> None:
    room = asking("A")
    other = Room(begin(support.scenario(start="heard"), BOOKS["core"]), BOOKS)
    other.obey(room.entries[0])
    with pytest.raises(NotNow):
        other.obey(room.entries[1])
