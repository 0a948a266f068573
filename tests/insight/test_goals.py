"""Goals and lines for the next real call, as the log has them: what is asked when, and never twice a day."""

from __future__ import annotations

from datetime import date, timedelta

from callcalm.insight.goals import Journal, journal
from callcalm.insight.goals_words import asked_words, goal_line, intent_line
from callcalm.storage.history import Played
from tests.insight.rounds import NOON, call, drill, entry

TODAY = NOON.date()


def on(day: int, *rounds: Played) -> Journal:
    """The journal of this log so many days after the first of it."""
    days = [one.finished.date() for one in rounds]
    return journal(rounds, days, TODAY + timedelta(days=day))


def goal(text: str = "Own it", move: str = "own-it", day: int = 0) -> Played:
    return entry(f"goal/{move or 'own'}", transfer=text, day=day, ident="g")


def asked(about: str, ending: str, day: int = 0) -> Played:
    return entry(f"asked/{about}", ending=ending, day=day)


def test_an_empty_log_asks_and_offers_nothing() -> None:
    assert on(0) == Journal()


def test_a_goal_is_offered_once_something_was_played_and_once_a_day() -> None:
    assert on(0, call("shop")).may_choose
    assert on(0, drill("x", "choose:", right=0)).may_choose
    assert not on(0, call("shop"), goal()).may_choose
    assert on(1, call("shop"), goal()).may_choose


def test_a_goal_is_asked_about_after_a_round_and_counts_where_it_was_heard() -> None:
    found = on(0, call("shop"), goal())
    assert found.ask_goal is None
    assert found.open_goal is not None
    found = on(0, goal(), call("shop", "own-it"), drill("x", "say:own-it", right=1), call("shop", "thank"))
    assert found.ask_goal is not None
    assert (found.ask_goal.rounds, found.ask_goal.used) == (3, 2)
    assert asked_words(found.ask_goal)[1] == "“Own it” Heard in 2 of 3 rounds since."


def test_a_goal_in_own_words_is_not_counted() -> None:
    found = on(0, goal("Slow down", ""), call("shop", "own-it"))
    assert found.ask_goal is not None
    assert (found.ask_goal.move, found.ask_goal.used) == ("", 0)
    assert asked_words(found.ask_goal)[1] == "“Slow down”"


def test_an_answer_closes_a_goal_and_passing_by_waits_for_another_day() -> None:
    rounds = (goal(), call("shop"))
    for given in ("yes", "partly", "no"):
        found = on(1, *rounds, asked("g", given))
        assert (found.ask_goal, found.open_goal) == (None, None)
        assert found.goals[0].answer == given
    assert on(0, *rounds, asked("g", "passed")).ask_goal is None
    assert on(1, *rounds, asked("g", "passed")).ask_goal is not None
    assert on(2, *rounds, asked("g", "passed"), asked("g", "passed", day=1)).ask_goal is None, "twice is enough"


def test_only_the_last_goal_is_asked_about_and_not_for_ever() -> None:
    first = entry("goal/own", transfer="First", ident="f")
    found = on(0, first, call("shop"), goal(), call("shop", "own-it"))
    assert found.ask_goal is not None
    assert found.ask_goal.text == "Own it"
    assert [(one.text, one.rounds) for one in found.goals] == [("First", 1), ("Own it", 1)]
    assert on(31, goal(), call("shop")).ask_goal is None


def test_a_line_is_asked_back_on_another_day() -> None:
    written = call("shop", transfer="I will name it first.")
    assert on(0, written).ask_intent is None
    found = on(1, written).ask_intent
    assert found is not None
    assert asked_words(found) == ("Did a call come?", "Last time you wrote: “I will name it first.”")
    assert on(1, call("shop")).ask_intent is None, "no line, no question"
    assert on(31, written).ask_intent is None


def test_the_last_line_before_today_is_the_one() -> None:
    rounds = (call("a", transfer="One."), call("b", transfer="Two."), call("c", transfer="Three.", day=1))
    found = on(1, *rounds).ask_intent
    assert found is not None
    assert found.text == "Two."
    assert on(1, *rounds, asked(found.id, "yes", day=1)).ask_intent is None, "and not the one before it"


def test_not_yet_is_asked_again_and_dropping_is_not() -> None:
    written = call("shop", transfer="I will name it first.")
    not_yet = asked(written.id, "not-yet", day=1)
    assert on(1, written, not_yet).ask_intent is None
    assert on(2, written, not_yet).ask_intent is not None
    assert on(2, written, not_yet, asked(written.id, "no", day=2)).ask_intent is None
    assert on(3, written, asked(written.id, "no", day=1)).ask_intent is None


def test_entries_of_a_newer_or_a_careless_hand_do_no_harm() -> None:
    strange = (asked("nobody", "yes"), entry("asked/", ending="yes"), entry("goal/"), asked("g", "perhaps", day=1))
    found = on(1, goal(), call("shop"), *strange)
    assert found.goals[0].answer == "perhaps"
    assert found.ask_goal is None
    assert "open" in goal_line(found.goals[0])


def test_the_lines() -> None:
    found = on(2, goal(), call("shop", "own-it", transfer="I will."), asked("g", "partly"))
    assert goal_line(found.goals[0]) == "2026-11-21: “Own it” Heard in 1 of 1 round since. partly"
    assert intent_line(found.intents[0]) == "2026-11-21: “I will.” still open"
    assert found.intents[0].written == date(2026, 11, 21)
