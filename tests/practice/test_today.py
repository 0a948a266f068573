"""Today out of a real save: what is due and proposed, and the entries that a journal adds to the log."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from callcalm.core.text import Text, unsafe
from callcalm.insight.due_words import NEAR
from callcalm.insight.goals import Answer
from callcalm.practice.desk import Desk
from callcalm.practice.journal import LONGEST_GOAL, answer, choose_goal
from callcalm.practice.today import Look, look
from callcalm.practice.today_words import begin_line, due_lines, kept_lines, proposed_line
from callcalm.storage.records import ActionRecord, MoveRecord, RoundRecord
from callcalm.storage.trouble import CannotSave
from tests.support import HOSTILE
from tests.world import NOON, desk


def practised(folder: Path, days_ago: int = 9, transfer: str = "") -> None:
    """A round of the test call, some days ago, in which the matter was taken on."""
    at = desk(folder)
    at.store.finish(
        RoundRecord(
            id=f"round-{days_ago}",
            scenario="test-call",
            finished=NOON - timedelta(days=days_ago),
            kind="resolved",
            ending="settled",
            language="en",
            moves=(MoveRecord(1, "own-it"),),
            actions=(ActionRecord("choose", "opening/own"),),
            transfer=Text(transfer),
        )
    )
    at.close()


def at_desk(folder: Path, days: int = 0) -> Desk:
    """A desk so many days later."""
    at = desk(folder)
    at.now = lambda: NOON + timedelta(days=days)
    return at


def test_a_look_alone_makes_nothing_and_finds_nothing(tmp_path: Path) -> None:
    at = Desk.open(saves=tmp_path / "none", now=lambda: NOON)
    found = look(at)
    assert not found.began
    assert (found.proposal, begin_line(found), due_lines(found), kept_lines(found.journal)) == (None, "", (), ())
    assert proposed_line(found).startswith("Nothing is due.")
    assert not (tmp_path / "none").exists()


def test_what_was_practised_is_due_and_the_encounter_that_teaches_it_is_proposed(tmp_path: Path) -> None:
    practised(tmp_path)
    found = look(desk(tmp_path))
    assert [one.move for one in found.schedule.due] == ["own-it"]
    assert found.proposal is not None
    assert "own-it" in found.proposal.candidate.teaches
    assert proposed_line(found).startswith("Today: 1 technique, ")
    assert begin_line(found).startswith("To begin: callcalm ")
    assert found.goals[0] == "own-it"


def test_what_is_due_much_later_is_counted_and_not_listed(tmp_path: Path) -> None:
    at = desk(tmp_path)
    for day, moves in ((9, ("own-it",)), (2, ("own-it", "thank", "by-when")), (0, ("thank", "by-when"))):
        at.store.finish(
            RoundRecord(
                id=f"round-{day}",
                scenario="test-call",
                finished=NOON - timedelta(days=day),
                kind="resolved",
                ending="settled",
                language="en",
                moves=tuple(MoveRecord(1, move) for move in moves),
                actions=(ActionRecord("choose", "opening/own"),),
            )
        )
    found = look(at)
    at.close()
    soon = [one for one in found.schedule.standings if (one.due - found.schedule.today).days <= NEAR]
    later = len(found.schedule.standings) - len(soon)
    assert later, "else this shows nothing"
    lines = due_lines(found)
    assert len(lines) == len(soon) + 1
    assert lines[-1].startswith(f"{later} more technique")


def test_it_may_be_taken_in_another_thread_beside_an_open_save(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - only here

    practised(tmp_path)
    at = desk(tmp_path)
    choose_goal(at, "Slow down")
    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(Look(at).take).result()
    assert [goal.text for goal in found.journal.goals] == ["Slow down"]
    assert found.schedule == look(at).schedule
    at.close()


def test_what_is_in_memory_only_counts(tmp_path: Path) -> None:
    (tmp_path / "saves").write_text("in the way")
    at = desk(tmp_path)
    at = Desk(at.folders, at.settings, at.player, at.now)
    at.folders = type(at.folders)(tmp_path / "saves", at.folders.settings, at.folders.scenarios, at.folders.origin)
    with pytest.raises(CannotSave):
        choose_goal(at, "Slow down")
    assert [goal.text for goal in look(at).journal.goals] == ["Slow down"]


def test_a_goal_is_made_safe_and_cut_and_is_no_round_of_any_encounter(tmp_path: Path) -> None:
    at = desk(tmp_path)
    choose_goal(at, HOSTILE + "x" * 400)
    with pytest.raises(ValueError, match="words"):
        choose_goal(at, " \n ")
    (kept,) = at.store.history()
    assert unsafe().search(kept.transfer) is None
    assert len(kept.transfer) == LONGEST_GOAL
    assert (kept.kind, kept.scenario, kept.is_call) == ("goal", "goal/own", False)
    at.close()


def test_a_call_that_waits_goes_on_waiting(tmp_path: Path) -> None:
    at = desk(tmp_path)
    practice = at.begin("test-call")
    practice.go(practice.stage)
    choose_goal(at, "Slow down")
    assert at.waiting() is not None
    at.close()


def test_answers_are_kept_and_told(tmp_path: Path) -> None:
    practised(tmp_path, 0, "I will name it first.")
    at = at_desk(tmp_path, 1)
    choose_goal(at, "Own it", "own-it")
    at.close()
    practised(tmp_path, -2)
    at = at_desk(tmp_path, 2)
    found = look(at).journal
    assert found.ask_goal is not None
    assert found.ask_intent is not None
    answer(at, found.ask_goal, Answer.PARTLY)
    answer(at, found.ask_intent, Answer.YES)
    lines = kept_lines(look(at).journal)
    assert lines == (
        "Goals:",
        "2026-11-22: “Own it” Heard in 1 of 1 round since. partly",
        "For the next real call:",
        "2026-11-21: “I will name it first.” yes",
    )
    at.close()
