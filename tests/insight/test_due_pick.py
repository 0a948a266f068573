"""What is proposed for today: what brings what is due, fits, and was not seen lately; and the words for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from callcalm.insight.due import Schedule, schedule
from callcalm.insight.due_evidence import Rung, Teaching
from callcalm.insight.due_pick import Candidate, next_rung, propose
from callcalm.insight.due_words import due_words, missing_line, nothing_line, standing_line, today_line, why_line
from callcalm.storage.history import Played
from tests.insight.rounds import NOON, call, drill
from tests.support import REGISTRY

LATER = 30
TEACHING = Teaching(frozenset({"own-it", "by-when", "thank"}), frozenset())


def at(rounds: list[Played], days: int = LATER) -> Schedule:
    return schedule(rounds, TEACHING, NOON + timedelta(days=days))


def one(key: str, *teaches: str, level: int = 1, minutes: int = 5, language: str = "en") -> Candidate:
    drill_ = key.startswith("drill/")
    return Candidate(key, key.title(), language, 0 if drill_ else level, minutes, teaches)


def picked(candidates: list[Candidate], *rounds: Played, days: int = LATER, language: str = "en") -> str | None:
    """The log's name of what is proposed so many days after the first round."""
    found = propose(at(list(rounds), days), candidates, rounds, language)
    again = propose(at(list(rounds), days), candidates[::-1], rounds, language)
    assert found == again, "the order of the library does not matter"
    return found.candidate.key if found is not None else None


BOTH = call("gone", "own-it", "by-when")


def test_nothing_is_proposed_where_nothing_is_due_or_nothing_teaches_it() -> None:
    assert picked([one("a", "own-it")]) is None
    assert picked([one("a", "own-it")], BOTH, days=0) is None
    assert picked([one("a", "thank")], BOTH) is None


def test_what_brings_more_comes_first() -> None:
    assert picked([one("a", "own-it", minutes=1), one("b", "own-it", "by-when", minutes=9)], BOTH) == "b"


def test_two_techniques_at_most_and_the_most_urgent_first() -> None:
    rounds = [call("gone", "own-it", "by-when", "thank"), call("gone", "thank", day=2)]
    proposal = propose(at(rounds), [one("a", "thank", "by-when", "own-it")], rounds, "en")
    assert proposal is not None
    assert [each.move for each in proposal.focus] == ["by-when", "own-it"]


def test_the_language_of_the_last_rounds_then_that_of_the_interface() -> None:
    both = [one("a", "own-it", "by-when"), one("b", "own-it", language="fr")]
    assert picked(both, BOTH) == "a"
    assert picked(both, BOTH, language="fr") == "b"
    assert picked([*both, one("c", language="fr")], BOTH, call("c", language="fr")) == "b"
    assert picked([both[0]], BOTH, language="fr") == "a", "better than nothing"


def test_a_level_above_what_went_well_at_most() -> None:
    both = [one("hard", "own-it", "by-when", level=3), one("easy", "own-it", level=1)]
    assert picked(both, BOTH) == "easy"
    two = one("two", level=2)
    assert picked([*both, two], BOTH, call("two", kind="lost")) == "easy"
    assert picked([*both, two], BOTH, call("two", kind="fair")) == "hard"


def test_what_was_played_lately_gives_way() -> None:
    both = [one("a", "own-it", "by-when"), one("b", "own-it")]
    days = 3
    first = [call("gone", "own-it", "by-when")]
    assert picked(both, *first, call("a", day=1), days=days) == "a"
    assert picked(both, *first, call("a", day=2), days=days) == "b"
    assert picked(both[:1], *first, call("a", day=2), days=days) == "a", "better than nothing"


def test_drills_and_encounters_take_turns() -> None:
    both = [one("a", "own-it", minutes=1), one("drill/b", "own-it", minutes=9), one("c"), one("drill/d")]
    assert picked(both, BOTH, call("c")) == "drill/b"
    assert picked(both, BOTH, drill("d", "choose:", right=0)) == "a"


def test_what_was_played_longest_ago_then_what_is_shortest() -> None:
    both = [one("a", "own-it", minutes=1), one("b", "own-it", minutes=2), one("c", "own-it", minutes=2)]
    assert picked(both, BOTH) == "a"
    assert picked(both, BOTH, call("a", day=3)) == "b"
    assert picked(both, BOTH, call("c", day=3), call("b", day=4), call("a", day=5)) == "c"


def test_parts_are_left_out_of_the_ladder_where_no_drill_has_them() -> None:
    (standing, _other) = at([BOTH]).standings
    assert next_rung(standing, [one("a", "by-when", "own-it")]) is Rung.SAY
    with_parts = Candidate("drill/x", "X", "en", 0, 3, ("by-when", "own-it"), 4, frozenset({Rung.COMPLETE}))
    assert next_rung(standing, [with_parts]) is Rung.COMPLETE


def test_what_allows_the_next_rung_comes_first_and_no_rung_is_named_that_it_does_not_allow() -> None:
    spots, says = (
        Candidate(f"drill/{rung.name}", rung.name, "en", 0, minutes, ("own-it",), 4, frozenset({rung}))
        for rung, minutes in ((Rung.CHOOSE, 1), (Rung.SAY, 9))
    )
    rounds = [call("gone", "own-it")]
    proposal = propose(at(rounds), [spots, says], rounds, "en")
    assert proposal is not None
    assert (proposal.candidate, proposal.rungs) == (says, (Rung.SAY,))
    proposal = propose(at(rounds), [spots], rounds, "en")
    assert proposal is not None
    assert proposal.rungs == (Rung.CHOOSE,)


@pytest.mark.parametrize(
    ("days", "words"),
    [(-9, "today"), (0, "today"), (1, "tomorrow"), (2, "in 2 days"), (7, "in 7 days"), (8, "on 2026-11-29")],
)
def test_nobody_is_late(days: int, words: str) -> None:
    today = NOON.date()
    assert due_words(today + timedelta(days=days), today) == words


def test_the_words() -> None:
    found = at([BOTH])
    proposal = propose(found, [one("shop", "own-it", "by-when", minutes=6)], [BOTH], "en")
    assert proposal is not None
    assert today_line(proposal) == "Today: 2 techniques, 6 minutes"
    why = why_line(proposal, REGISTRY, found.today)
    assert why == ("“Shop”: by-when (30 days ago; now say it yourself); own-it (30 days ago; now say it yourself)")
    soon = at([BOTH], 1)
    assert nothing_line(soon, REGISTRY) == "Nothing is due. Next: by-when, tomorrow."
    assert missing_line(at([BOTH]), REGISTRY) == "Nothing to play is due."
    later = at([BOTH, call("gone", "thank", day=LATER)])
    assert missing_line(later, REGISTRY).startswith("Nothing to play is due. Next: thank, ")
    assert nothing_line(at([]), REGISTRY).startswith("Nothing is due. Techniques you practise")
    line = standing_line(soon.standings[0], REGISTRY, [], soon.today)
    assert line == "by-when: due tomorrow, last practised yesterday; next: say it yourself"


def test_one_call_in_another_language_is_a_visit() -> None:
    both = [one("a", "own-it"), one("b", "own-it", "by-when", language="fr")]
    many = [call(f"x{number}") for number in range(7)]
    known = [*both, *(one(f"x{number}") for number in range(7)), one("c", language="fr")]
    assert picked(known, BOTH, *many, call("c", language="fr")) == "a"
