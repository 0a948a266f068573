"""The ledger is computed from the log: due a day later, kept, late or broken; nothing is dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from callcalm.core.model import Kept
from callcalm.core.text import Text
from callcalm.insight.promise_words import grouped, ledger_lines, reminder
from callcalm.insight.promises import Entry, Standing, ledger
from callcalm.storage.history import Played
from callcalm.storage.records import PromiseRecord, RoundRecord
from tests.promised import FRIDAY

CALLERS = {"first": Text("Maria Alvarez"), "later": Text("Maria Alvarez")}
CALL = PromiseRecord(Text("call Maria"), Text("16:00"), True, "later", 1)
MONEY = CALL._replace(what=Text("the money"), keepable=False)


def played(ident: str, *promises: PromiseRecord, finished: datetime = FRIDAY, follows: str = "") -> Played:
    record = RoundRecord(
        id=ident,
        scenario="first",
        title=Text("The first call"),
        started=finished - timedelta(minutes=5),
        finished=finished,
        promises=promises,
        follows=follows,
    )
    return Played.of(record)


def told(*history: Played, days: float = 0, callers: dict[str, Text] = CALLERS) -> tuple[Entry, ...]:
    return ledger(history, callers, FRIDAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "standing", "kept"),
    [
        (0, Standing.OPEN, Kept.KEPT),
        (0.49, Standing.OPEN, Kept.KEPT),
        (0.5, Standing.DUE, Kept.KEPT),
        (1, Standing.DUE, Kept.KEPT),
        (3, Standing.DUE, Kept.KEPT),
        (3.5, Standing.DUE, Kept.LATE),
        (400, Standing.DUE, Kept.LATE),
    ],
)
def test_a_promise_is_due_the_next_day_and_late_after_three(days: float, standing: Standing, kept: Kept) -> None:
    (entry,) = told(played("r", CALL), days=days)
    assert (entry.standing, entry.kept) == (standing, kept)
    assert (entry.to, entry.due, entry.follows) == ("Maria Alvarez", date(2026, 11, 21), "r/1")


def test_days_are_those_where_the_player_is() -> None:
    night = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    east = timezone(timedelta(hours=2))
    (entry,) = ledger([played("r", CALL, finished=night)], CALLERS, night.astimezone(east))
    assert (entry.due, entry.standing) == (date(2026, 11, 22), Standing.OPEN)


def test_what_was_gone_back_to_is_kept_or_late_by_the_day_it_was_begun() -> None:
    soon = played("s", finished=FRIDAY + timedelta(days=2), follows="r/1")
    late = played("t", finished=FRIDAY + timedelta(days=9), follows="r/2")
    first = played("r", CALL, CALL._replace(what=Text("write to Maria")), MONEY)
    entries = told(first, soon, late, days=30)
    assert [(entry.standing, entry.kept) for entry in entries] == [
        (Standing.CAME_BACK, Kept.KEPT),
        (Standing.CAME_BACK, Kept.LATE),
        (Standing.DUE, Kept.BROKEN),
    ]
    again = played("u", finished=FRIDAY + timedelta(days=20), follows="r/1")
    assert told(first, soon, late, again, days=30) == entries, "the first time counts"


def test_what_cannot_be_kept_is_broken_from_the_start() -> None:
    (entry,) = told(played("r", MONEY), days=1)
    assert (entry.standing, entry.kept) == (Standing.DUE, Kept.BROKEN)
    (entry,) = told(played("r", MONEY._replace(follow_up=None)), days=1)
    assert (entry.standing, entry.kept) == (Standing.BROKEN, Kept.BROKEN)


def test_the_same_words_in_a_later_round_replace_an_open_promise() -> None:
    again = CALL._replace(what=Text("Call  maria"))
    entries = told(played("r", CALL), played("s", again, finished=FRIDAY + timedelta(hours=1)), days=1)
    assert [entry.standing for entry in entries] == [Standing.RENEWED, Standing.DUE]
    assert list(ledger_lines(entries)) == [
        "Due now:",
        (
            "1. To Maria Alvarez: Call  maria, by 16:00 (The first call). Promised on 2026-11-20; "
            "due since 2026-11-21; in time for 3 days from then."
        ),
        "1 older promise was made again in a later round; it is listed as it was made last.",
    ]
    kept = played("t", finished=FRIDAY + timedelta(hours=2), follows="r/1")
    entries = told(played("r", CALL), kept, played("s", again, finished=FRIDAY + timedelta(days=1)), days=9)
    assert [entry.standing for entry in entries] == [Standing.CAME_BACK, Standing.DUE]


def test_what_is_gone_or_newer_or_from_the_future_is_listed() -> None:
    (gone,) = told(played("r", CALL), days=1, callers={})
    assert (gone.standing, gone.to) == (Standing.NO_FOLLOW_UP, "The first call")
    (newer,) = told(replace(played("r", CALL), newer=True), days=1)
    assert newer.standing is Standing.DUE
    (future,) = told(played("r", CALL, finished=FRIDAY + timedelta(days=900)), days=1)
    assert (future.standing, future.kept, future.due) == (Standing.DUE, Kept.KEPT, date(2026, 11, 21))
    told_of = " ".join("\n".join(ledger_lines([gone])).split())
    assert "“later”, is not there; “callcalm paths” says where yours belong" in told_of


def test_the_ledger_in_words_puts_what_is_due_first_and_numbers_it() -> None:
    entries = told(
        played("r", CALL._replace(follow_up=None)),
        played("s", MONEY),
        played("t", CALL._replace(what=Text("write")), finished=FRIDAY + timedelta(days=1)),
        days=1,
    )
    assert list(ledger_lines(entries)) == [
        "Due now:",
        (
            "1. To Maria Alvarez: the money, by 16:00 (The first call). Promised on 2026-11-20; "
            "it was never yours to promise; somebody is waiting to hear that."
        ),
        "Not due yet:",
        "- To Maria Alvarez: write, by 16:00 (The first call). Promised on 2026-11-21; due on 2026-11-22.",
        "No follow-up call is written for these:",
        "- To Maria Alvarez: call Maria, by 16:00 (The first call). Promised on 2026-11-20.",
    ]
    assert list(grouped(entries)) == [Standing.DUE, Standing.OPEN, Standing.NO_FOLLOW_UP]
    assert list(ledger_lines([])) == [
        "You have promised nothing yet: a promise is made in a call, by what you say."
    ]


def test_what_was_gone_back_to_says_when_and_not_how_it_went() -> None:
    for days, words in ((1, "you came back in time"), (9, "you came back late")):
        back = played("t", finished=FRIDAY + timedelta(days=days), follows="r/1")
        (entry, *_rest) = told(played("r", CALL), back, days=days)
        assert entry.standing is Standing.CAME_BACK
        assert f"promised on 2026-11-20; {words}." in "\n".join(ledger_lines([entry])).lower()


def test_the_reminder_says_what_to_whom_and_whether_it_was_kept() -> None:
    (entry,) = told(played("r", CALL), days=1)
    assert reminder(entry, Kept.KEPT) == (
        "You promised Maria Alvarez something on 2026-11-20: “call Maria, by 16:00”. "
        "You are here in time: this call keeps it."
    )
    assert "late" in reminder(entry, Kept.LATE)
    assert "never yours" in reminder(entry, Kept.BROKEN)
