from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import tomli

from callcalm.core.text import Text
from callcalm.storage.players import Player, players
from callcalm.storage.records import CallRecord, RoundRecord
from callcalm.storage.roundlog import Head
from callcalm.storage.store import Store
from callcalm.storage.summary import Summary
from callcalm.storage.trouble import CannotSave, Reason, Saved, Trouble

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MOST_CALLS = 200
Rounds = Callable[..., RoundRecord]
Calls = Callable[..., CallRecord]
Opened = Callable[..., Store]


@contextmanager
def refusing(code: int) -> Iterator[None]:
    """Within, nothing can be written."""

    def refuse(*args: object, **named: object) -> object:
        raise OSError(code, os.strerror(code))

    with pytest.MonkeyPatch.context() as patch:
        for name in ("write", "mkdir", "replace", "ftruncate", "fsync"):
            patch.setattr(os, name, refuse)
        yield


def test_a_round_from_first_turn_to_log(opened: Opened, make_call: Calls, make_round: Rounds) -> None:
    store = opened()
    assert (store.trouble, store.lock_holder, store.problems, store.unsaved) == (None, None, (), ())
    assert store.load_call() is None
    for turn in range(3):
        store.save_call(make_call(1, undone=turn))
    assert store.load_call() == make_call(1, undone=2)
    saved = store.finish(make_round(1))
    assert saved == Saved(store.path, certain=True)
    assert store.load_call() is None
    store.close()
    again = opened()
    assert again.rounds() == (make_round(1),)
    assert again.heads() == (Head.of(make_round(1)),)
    assert again.problems == ()


def test_finishing_the_same_round_again_adds_nothing(opened: Opened, make_round: Rounds) -> None:
    store = opened()
    store.finish(make_round(1))
    assert store.finish(make_round(1)) == Saved(store.path)
    assert store.path.read_text(encoding="utf-8").count("\n[[rounds]]\n") == 1


def test_a_round_that_was_no_call_leaves_the_call_that_waits(
    opened: Opened, make_call: Calls, make_round: Rounds
) -> None:
    store = opened()
    store.save_call(make_call(1))
    store.finish(make_round(2), of_call=False)
    assert store.load_call() == make_call(1)


def test_giving_up_a_call(opened: Opened, make_call: Calls) -> None:
    store = opened()
    store.save_call(make_call(1))
    store.clear_call()
    assert store.load_call() is None


def test_a_crash_between_log_and_call_does_not_offer_the_round_again(
    opened: Opened, make_call: Calls, make_round: Rounds
) -> None:
    store = opened()
    store.finish(make_round(1))
    store.save_call(make_call(1))
    store.close()
    again = opened()
    assert again.load_call() is None
    assert not list(again.folder.glob("*.call.toml"))


def test_a_torn_round_is_offered_again_as_a_call(opened: Opened, make_call: Calls, make_round: Rounds) -> None:
    store = opened()
    store.finish(make_round(1))
    store.close()
    path = store.path
    path.write_bytes(path.read_bytes()[: -len('end = ""\n') - 25])
    again = opened()
    again.save_call(make_call(1))
    assert [record.complete for record in again.rounds()] == [False]
    assert again.load_call() == make_call(1)
    again.finish(make_round(1))
    assert again.rounds() == (make_round(1),)
    assert [head.complete for head in again.heads()] == [True]


def test_two_rounds_that_were_given_one_id_are_both_kept(opened: Opened, make_round: Rounds) -> None:
    one, other = make_round(1), make_round(1, kind="lost")
    store, beside = opened(), opened()
    store.finish(one)
    beside.finish(other)
    assert sorted(record.kind for record in store.rounds()) == ["lost", "resolved"]
    assert len(store.heads()) == 2


def test_home_is_told_what_was_played(opened: Opened, make_round: Rounds) -> None:
    store = opened()
    kinds = ["lost", "fair", "resolved", "unresolved"]
    for number, kind in enumerate(kinds):
        when = NOON + timedelta(days=number)
        store.finish(make_round(number, scenario="no-offer", kind=kind, finished=when))
    store.finish(make_round(9, scenario="odd", kind="never-heard-of"))
    assert store.summaries() == {
        "no-offer": Summary("no-offer", 4, "unresolved", "resolved", "settled"),
        "odd": Summary("odd", 1, "never-heard-of", "never-heard-of", "settled"),
    }


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_whatever_fails_a_confirmed_round_is_kept_and_the_next_try_saves_the_rest(
    tmp_path: Path, clock: Callable[[], datetime], make_call: Calls, make_round: Rounds, faults: Any, code: int
) -> None:
    for number in range(1, MOST_CALLS):
        folder = tmp_path / str(number)
        confirmed: list[str] = []
        with faults.at(number, code):
            store = Store.open("me", folder, clock)
            for round_number in (1, 2):
                try:
                    store.save_call(make_call(round_number))
                    store.finish(make_round(round_number))
                except CannotSave as refusal:
                    assert store.trouble is refusal  # noqa: PT017 - anything else than CannotSave fails the test
                    store.finish(make_round(round_number))
                confirmed.append(make_round(round_number).id)
        assert store.trouble is None
        assert store.unsaved == ()
        assert store.unsaved_text() == ""
        store.close()
        with Store.open("me", folder, clock) as again:
            assert [record.id for record in again.rounds()] == confirmed
            assert [head.id for head in again.heads()] == confirmed
            assert again.load_call() is None
        if not faults.struck:
            return
    pytest.fail("the faults never ended")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_from_some_moment_on_loses_nothing_that_was_confirmed(
    tmp_path: Path, clock: Callable[[], datetime], make_round: Rounds, faults: Any, code: int
) -> None:
    for number in range(1, MOST_CALLS):
        folder = tmp_path / str(number)
        confirmed: list[str] = []
        with faults.at(number, code, short=True):
            store = Store.open("me", folder, clock)
            for round_number in (1, 2):
                try:
                    store.finish(make_round(round_number))
                except CannotSave:
                    continue
                confirmed = [make_round(n).id for n in range(1, round_number + 1)]
        store.close()
        with Store.open("me", folder, clock) as again:
            assert {record.id for record in again.rounds() if record.complete} >= set(confirmed)
            again.finish(make_round(3))
            assert make_round(3) in again.rounds()
        if not faults.struck:
            return
    pytest.fail("the faults never ended")


@pytest.mark.parametrize(
    ("code", "reason"),
    [(errno.EROFS, Reason.READ_ONLY), (errno.ENOSPC, Reason.FULL), (errno.EACCES, Reason.DENIED)],
)
def test_where_nothing_can_be_written_one_plays_on_and_knows_it(
    opened: Opened, make_call: Calls, make_round: Rounds, code: int, reason: Reason
) -> None:
    with refusing(code):
        store = opened()
        assert store.trouble is not None
        assert store.trouble.reason is reason
        assert store.load_call() is None
        assert store.rounds() == ()
        with pytest.raises(CannotSave):
            store.save_call(make_call(1))
        with pytest.raises(CannotSave):
            store.finish(make_round(1))
        with pytest.raises(CannotSave):
            store.save_call(make_call(2))
        with pytest.raises(CannotSave):
            store.retry()
        assert store.unsaved == (make_round(1),)
        assert store.rounds() == (make_round(1),)
        assert list(store.summaries()) == ["scenario-1"]
        text = tomli.loads(store.unsaved_text())
        assert [item["id"] for item in text["rounds"]] == [make_round(1).id]
        assert text["call"]["id"] == make_call(2).id
    store.retry()
    assert store.trouble is None
    assert store.unsaved_text() == ""
    assert store.rounds() == (make_round(1),)
    assert store.load_call() == make_call(2)


def test_a_disk_with_room_again_takes_what_was_waiting_with_the_next_save(
    opened: Opened, make_call: Calls, make_round: Rounds
) -> None:
    store = opened()
    with refusing(errno.ENOSPC), pytest.raises(CannotSave):
        store.finish(make_round(1))
    store.save_call(make_call(2))
    assert store.unsaved == ()
    store.close()
    assert opened().rounds() == (make_round(1),)


def test_all_that_waits_is_saved_in_its_order_each_round_once(opened: Opened, make_round: Rounds) -> None:
    store = opened()
    with refusing(errno.ENOSPC):
        for number in (1, 2, 2, 3):
            with pytest.raises(CannotSave):
                store.finish(make_round(number))
    assert store.unsaved == tuple(make_round(n) for n in (1, 2, 3))
    store.retry()
    store.close()
    assert opened().rounds() == tuple(make_round(n) for n in (1, 2, 3))


def test_an_old_save_is_read_where_nothing_can_be_written(
    opened: Opened, make_call: Calls, make_round: Rounds
) -> None:
    store = opened()
    store.finish(make_round(1))
    store.save_call(make_call(2))
    store.close()
    with refusing(errno.EROFS):
        again = opened()
        assert again.trouble is not None
        assert again.rounds() == (make_round(1),)
        assert again.load_call() == make_call(2)


def test_another_folder_takes_over_with_everything(
    tmp_path: Path, opened: Opened, make_call: Calls, make_round: Rounds
) -> None:
    store = opened()
    store.finish(make_round(1))
    before = store.path.read_bytes()
    with refusing(errno.ENOSPC):
        for save in (lambda: store.finish(make_round(2)), lambda: store.save_call(make_call(3))):
            with pytest.raises(CannotSave):
                save()
        with pytest.raises(CannotSave):
            store.move_to(tmp_path / "stick")
        assert store.folder == tmp_path / "saves"
        assert store.unsaved == (make_round(2),)
    old = store.path
    store.move_to(tmp_path / "stick")
    assert (store.folder, store.trouble, store.unsaved) == (tmp_path / "stick", None, ())
    assert store.path == tmp_path / "stick" / "me.toml"
    assert store.rounds() == (make_round(1), make_round(2))
    assert store.load_call() == make_call(3)
    assert old.read_bytes() == before
    store.finish(make_round(3))
    store.close()
    assert opened(folder=tmp_path / "stick").rounds() == tuple(make_round(n) for n in (1, 2, 3))
    assert opened().lock_holder is None


def test_moving_to_a_folder_that_knows_some_of_it_adds_the_rest(
    tmp_path: Path, opened: Opened, make_call: Calls, make_round: Rounds
) -> None:
    there = opened(folder=tmp_path / "stick")
    there.finish(make_round(1))
    there.finish(make_round(5))
    there.close()
    store = opened()
    store.finish(make_round(1))
    store.finish(make_round(2))
    store.save_call(make_call(3))
    store.move_to(tmp_path / "stick")
    assert sorted(record.seed for record in store.rounds()) == [1, 2, 5]
    assert store.load_call() == make_call(3)
    store.move_to(tmp_path / "stick")
    assert len(store.rounds()) == 3


def test_moving_keeps_what_this_callcalm_does_not_know(tmp_path: Path, opened: Opened, make_round: Rounds) -> None:
    store = opened()
    store.finish(make_round(1))
    with store.path.open("a", encoding="utf-8") as stream:
        stream.write("# a comment\nmine = 1")
    store.move_to(tmp_path / "stick")
    text = store.path.read_text(encoding="utf-8")
    assert "# a comment\nmine = 1\n" in text
    assert store.rounds() == (replace(make_round(1), extra={"mine": 1}),)


def test_moving_nothing_makes_no_log(tmp_path: Path, opened: Opened) -> None:
    store = opened()
    store.move_to(tmp_path / "stick")
    assert not store.path.exists()


def test_a_log_of_a_later_callcalm_is_read_and_its_neighbour_added_to(opened: Opened, make_round: Rounds) -> None:
    store = opened()
    store.finish(make_round(1))
    store.close()
    newer = (
        store.path.read_bytes().replace(b"format = 1", b"format = 2", 1)
        + b'\n[[rounds]]\nformat = 2\nshape = "?"\n'
    )
    store.path.write_bytes(newer)
    again = opened()
    assert again.lock_holder is None
    assert again.path.name == "me.2.toml"
    again.finish(make_round(2))
    assert [record.seed for record in again.rounds()] == [1, 2]
    assert {problem.kind for problem in again.problems} == {Trouble.NEWER}
    assert store.path.read_bytes() == newer


def test_a_full_log_is_followed_by_the_next(
    opened: Opened, make_round: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("callcalm.storage.addition.FULL_LOG", 2000)
    for number in range(1, 4):
        store = opened()
        store.finish(make_round(number, finished=NOON + timedelta(hours=number)))
        store.close()
    assert [record.seed for record in opened().rounds()] == [1, 2, 3]
    assert (opened().folder / "me.2.toml").exists()


def test_what_is_no_log_is_left_alone_and_named(opened: Opened, make_round: Rounds, tmp_path: Path) -> None:
    (tmp_path / "saves" / "me.toml").mkdir(parents=True)
    store = opened()
    store.finish(make_round(1))
    assert store.rounds() == (make_round(1),)
    assert Trouble.UNREADABLE in {problem.kind for problem in store.problems}
    assert (tmp_path / "saves" / "me.toml").is_dir()


def test_a_file_in_the_place_of_the_folder(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "saves").write_text("")
    store = opened()
    assert store.trouble is not None
    assert store.trouble.reason is Reason.NO_FOLDER


def test_a_corrupt_call_is_told_and_the_next_is_saved(opened: Opened, make_call: Calls, tmp_path: Path) -> None:
    (tmp_path / "saves").mkdir()
    (tmp_path / "saves" / "me.call.toml").write_bytes(b"\xff")
    store = opened()
    assert store.load_call() is None
    assert [problem.kind for problem in store.problems] == [Trouble.CALL_CORRUPT]
    store.save_call(make_call(1))
    assert store.load_call() == make_call(1)


@pytest.mark.parametrize("look", [True, False])
def test_a_call_of_a_later_callcalm_makes_way_and_is_kept(
    opened: Opened, make_call: Calls, tmp_path: Path, look: bool
) -> None:
    first = opened()
    first.save_call(make_call(1, format=2))
    first.close()
    newer = (tmp_path / "saves" / "me.call.toml").read_bytes()
    store = opened()
    if look:
        assert store.load_call() is None
    store.save_call(make_call(2))
    moved = [problem.moved_to for problem in store.problems if problem.moved_to is not None]
    assert [path.read_bytes() for path in moved] == [newer]
    assert store.load_call() == make_call(2)


def test_damage_is_told_once_and_home_counts_a_round_whose_first_lines_are_sound(
    opened: Opened, make_round: Rounds
) -> None:
    store = opened()
    for number in (1, 2, 3):
        store.finish(make_round(number))
    data = store.path.read_bytes()
    store.path.write_bytes(
        data.replace(b"seed = 1", b"seed = ").replace(b"finished = 2026", b"finished = 20x6", 1)
    )
    for _ in range(2):
        assert [record.seed for record in store.rounds()] == [2, 3]
        assert [head.id for head in store.heads()] == [make_round(n).id for n in (2, 3)]
    store.path.write_bytes(data.replace(b"seed = 2", b"seed = "))
    assert [record.seed for record in store.rounds()] == [1, 3]
    assert len(store.heads()) == 3
    assert [problem.kind for problem in store.problems] == [Trouble.DAMAGED] * 2


@pytest.mark.parametrize("name", ["../../escape", "a/b", "C:\\x", "\x1b[2J", "..", "con", "me.call"])
def test_no_name_of_a_player_leaves_the_folder(
    tmp_path: Path, opened: Opened, make_call: Calls, make_round: Rounds, name: str
) -> None:
    store = opened(name)
    store.save_call(make_call(1))
    store.finish(make_round(1))
    assert [path.name for path in tmp_path.iterdir()] == ["saves"]
    assert "\x1b" not in "".join(path.name for path in store.folder.iterdir())
    assert [player.name for player in players(store.folder)] == [store.player]
    assert opened(store.player).rounds() == (make_round(1),)


def test_players_are_listed_by_name_whatever_else_is_there(
    tmp_path: Path, opened: Opened, make_round: Rounds, make_call: Calls
) -> None:
    folder = tmp_path / "saves"
    for name in ("Zoë M.", "maria", "Bob"):
        opened(name).finish(make_round(1))
    opened("anna").save_call(make_call(1))
    for other in (
        "settings.toml",
        "notes.txt",
        "me.damaged-1.toml",
        "me.call.toml.corrupt-20261121T120000Z",
        ".x.toml",
    ):
        (folder / other).write_text("")
    (folder / "renamed.toml").write_bytes((folder / "bob.toml").read_bytes())
    listed = players(folder)
    assert [player.name for player in listed] == ["anna", "Bob", "maria", "renamed", "Zoë M."]
    assert listed[1] == Player(Text("Bob"), "bob")
    for player in listed:
        assert opened(player.name).path.name.startswith(player.stem)
    assert players(tmp_path / "nowhere") == ()


def test_old_temporary_files_are_cleared_at_the_start(tmp_path: Path, opened: Opened) -> None:
    (tmp_path / "saves").mkdir()
    stray = tmp_path / "saves" / ".me.call.toml.0123abcd.tmp"
    stray.write_bytes(b"")
    os.utime(stray, (NOON.timestamp() - 3600,) * 2)
    opened()
    assert not stray.exists()
