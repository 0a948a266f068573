"""The session's file and live journal: killed at any byte, edited by hand, of a later callcalm, hosted twice."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from callcalm.core.price import PriceSheet
from callcalm.core.text import Text
from callcalm.room import journal
from callcalm.room.file import BadSession, read_session
from callcalm.room.hosting import Hosted, SessionTaken, tell
from callcalm.room.journal import LiveJournal
from callcalm.room.session import Outcome, Phase
from callcalm.room.shelf import find, folder, live_path
from callcalm.room.taking import Remembered
from callcalm.storage import durable
from callcalm.storage.trouble import CannotSave, Reason
from tests.room.rooms import hosted, whole_session
from tests.world import desk


def test_a_session_comes_back_from_its_file(tmp_path: Path) -> None:
    made = hosted(tmp_path)
    whole_session(made.room)
    assert made.save() is None
    made.leave()
    back = Hosted.resume(desk(tmp_path), "last")
    assert back.room.entries == made.room.entries
    assert back.room.round == made.room.round
    assert back.room.phase is Phase.DEBRIEF
    assert back.notice == ""
    back.room.turn_page(1)
    back.save()
    back.leave()
    assert len(read_session(back.path).entries) == len(made.room.entries) + 1


def test_a_file_cut_at_every_byte_gives_the_events_before_the_cut(tmp_path: Path) -> None:
    made = hosted(tmp_path)
    made.room.start()
    made.room.listen()
    made.room.saying()
    made.room.add_said("Why did you wait [[events]] \n[[events]]\n end = 1")
    made.room.pick_said(1)
    made.room.play()
    made.room.ask()
    made.room.hands({"A": 12})
    made.save()
    made.leave()
    data = made.path.read_bytes()
    ends = [at + len("\n") for at in range(len(data)) if data[at : at + 1] == b"\n"]
    marks = data.count(b"\n[[events]]\n")
    cut = tmp_path / "cut.toml"
    seen = set()
    for length in range(len(data)):
        cut.write_bytes(data[:length])
        try:
            found = read_session(cut)
        except BadSession:
            seen.add(-length)
            continue
        assert found.damage == ""
        assert found.entries == tuple(made.room.entries[: len(found.entries)])
        assert data.startswith(found.sound.encode())
        assert found.torn or length in ends or length + 1 in ends
        seen.add(len(found.entries))
    cut.write_bytes(data)
    assert len(read_session(cut).entries) == marks == len(made.room.entries)
    assert seen >= set(range(marks))
    assert -min(seen) < data.index(b"[[events]]")


def test_going_on_after_a_torn_end_leaves_a_whole_file(tmp_path: Path) -> None:
    made = hosted(tmp_path)
    made.room.start()
    made.save()
    made.room.listen()
    made.save()
    made.leave()
    made.path.write_bytes(made.path.read_bytes()[:-5])
    back = Hosted.resume(desk(tmp_path), "last")
    assert "cut off" in back.notice
    back.room.listen()
    back.save()
    back.leave()
    found = read_session(made.path)
    assert found.entries == tuple(made.room.entries)
    assert not found.torn


def test_tallies_are_kept_and_nobody_is_named(tmp_path: Path) -> None:
    made = hosted(tmp_path)
    whole_session(made.room)
    made.save()
    text = made.path.read_text("utf-8")
    for who in ("ann", "bob", "zoe"):
        assert who not in text
    assert "counts = { A = 2, B = 1 }" in text
    assert "counts = { B = 3 }" in text
    assert "I will call you by four today." in text
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600


def test_an_edited_file_is_read_up_to_the_place_and_not_gone_on_with(tmp_path: Path) -> None:
    made = hosted(tmp_path)
    made.room.start()
    made.room.listen()
    made.save()
    made.leave()
    made.path.write_text(made.path.read_text("utf-8").replace('do = "start"', 'do = "stop"'), "utf-8")
    found = read_session(made.path)
    assert found.entries == ()
    assert "stop" in found.damage
    line = int(found.damage.partition("line ")[2].partition(":")[0])
    assert made.path.read_text("utf-8").splitlines()[line - 1] == "[[events]]"
    with pytest.raises(BadSession, match="stop"):
        Hosted.resume(desk(tmp_path), str(made.path))
    assert "damaged" in tell(desk(tmp_path), made.path).notice


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("format = 9\n", "later callcalm"),
        ('title = "x"\n', "no session file"),
        ("format = 1\nsess", "cut off at its beginning"),
        ("\x00", "x.toml"),
    ],
)
def test_what_is_no_session_says_so(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "x.toml"
    path.write_text(text)
    with pytest.raises(BadSession, match=says):
        read_session(path)
    with pytest.raises(BadSession):
        read_session(tmp_path / "none.toml")


def test_a_changed_encounter_is_told(tmp_path: Path) -> None:
    made = hosted(tmp_path)
    whole_session(made.room)
    made.save()
    made.leave()
    at = desk(tmp_path)
    file = tmp_path / "scenarios" / "test-call.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("A test call", "Another title"), "utf-8")
    told = tell(at, made.path)
    assert told.complete
    assert "all that was done still fits" in told.notice
    assert "by their number" not in told.notice
    file.write_text(text.replace('id = "own"', 'id = "mine"').replace('"own", "by', '"mine", "by'), "utf-8")
    told = tell(desk(tmp_path), made.path)
    assert not told.complete
    assert told.room.phase is Phase.CALL or told.room.phase is Phase.OPEN
    with pytest.raises(BadSession, match="changed"):
        Hosted.resume(desk(tmp_path), "last")


def test_answers_that_went_by_their_number_may_be_others_now_which_is_told(tmp_path: Path) -> None:
    desk(tmp_path)
    file = tmp_path / "scenarios" / "test-call.toml"
    named = file.read_text("utf-8")
    bare = re.sub(r'^id = "[a-z-]+"\n', "", named, flags=re.MULTILINE)
    bare = bare[: bare.index("[[checks]]")]
    file.write_text(bare, "utf-8")
    made = hosted(tmp_path)
    whole_session(made.room)
    made.save()
    made.leave()
    assert "by their number" not in tell(desk(tmp_path), made.path).notice
    file.write_text(bare.replace("Two charges for one scan, Ms. Alvarez.", "Another answer stands here."), "utf-8")
    told = tell(desk(tmp_path), made.path)
    assert told.complete
    assert "by their number" in told.notice


def test_a_session_fits_when_its_answers_got_ids_since(tmp_path: Path) -> None:
    desk(tmp_path)
    file = tmp_path / "scenarios" / "test-call.toml"
    named = file.read_text("utf-8")
    bare = re.sub(r'^id = "[a-z-]+"\n', "", named, flags=re.MULTILINE)
    file.write_text(bare[: bare.index("[[checks]]")], "utf-8")
    made = hosted(tmp_path)
    whole_session(made.room)
    made.save()
    made.leave()
    assert any("opening/1" in entry.keys for entry in made.room.entries)
    file.write_text(named, "utf-8")
    told = tell(desk(tmp_path), made.path)
    assert told.complete
    assert "all that was done still fits" in told.notice
    assert told.room.round.state.ending == made.room.round.state.ending


def test_two_hosts_cannot_have_one_session(tmp_path: Path) -> None:
    made = hosted(tmp_path)
    with pytest.raises(SessionTaken):
        Hosted.resume(desk(tmp_path), "last")
    made.leave()
    Hosted.resume(desk(tmp_path), "last").leave()


def test_at_the_end_nothing_is_left_unless_it_is_kept(tmp_path: Path) -> None:
    gone, kept = hosted(tmp_path), hosted(tmp_path)
    for made, keep in ((gone, False), (kept, True)):
        made.journal.commit()
        assert live_path(made.path).exists()
        assert made.end(keep=keep)
    assert [path.name for path in folder(desk(tmp_path)).iterdir()] == [kept.path.name]


def test_a_session_that_is_over_is_not_gone_on_with(tmp_path: Path) -> None:
    made = hosted(tmp_path)
    made.room.finish()
    made.save()
    made.end(keep=True)
    with pytest.raises(BadSession, match="callcalm session"):
        Hosted.resume(desk(tmp_path), "last")
    assert made.path.exists()


def test_last_is_the_latest_and_a_name_is_enough(tmp_path: Path) -> None:
    with pytest.raises(BadSession, match="no session"):
        find(desk(tmp_path), "last")
    made = hosted(tmp_path)
    assert find(desk(tmp_path), "last") == made.path
    assert find(desk(tmp_path), made.path.stem) == made.path
    made.end(keep=False)


def test_votes_survive_a_kill_while_the_question_is_open(tmp_path: Path) -> None:
    made = hosted(tmp_path)
    made.room.start()
    made.room.listen()
    made.room.ask()
    made.save()
    for who in ("ann", "bob"):
        assert made.room.join(who) is Outcome.ACCEPTED
        made.journal.append([journal.joined(who)])
    revision = made.room.revision
    for who, letter in (("ann", "A"), ("bob", "A"), ("ann", "B")):
        assert made.room.vote(who, letter, revision).kept
        made.journal.append([journal.voted(revision, who, letter)])
    made.journal.append([journal.voted(revision + 7, "bob", "C")])
    made.journal.commit()
    secret = made.journal.secret
    made.leave()
    with live_path(made.path).open("ab") as stream:
        stream.write(b"v 1 bob")  # cut off
    back = Hosted.resume(desk(tmp_path), "last")
    assert back.journal.secret == secret
    assert back.room.joined == 2
    assert back.room.question is not None
    assert back.room.question.ballot.tally == {"A": 1, "B": 1, "C": 0}
    assert back.room.vote("bob", "C", revision) is Outcome.CHANGED
    back.journal.append([journal.voted(revision, "bob", "C")])
    back.journal.commit()
    back.leave()
    third = Hosted.resume(desk(tmp_path), "last")
    assert third.room.question is not None
    assert third.room.question.ballot.tally == {"A": 0, "B": 1, "C": 1}
    third.end(keep=False)


def test_answers_and_sheets_are_remembered(tmp_path: Path) -> None:
    path = tmp_path / "x.live"
    made = LiveJournal(path)
    sheet = PriceSheet(False, 12, -10, 5, 0, -3, 2)
    made.append(
        [journal.joined("a_-9"), journal.said(3, "a_-9", Text("Yes, é.")), journal.rated(4, "a_-9", sheet)]
    )
    made.commit()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert LiveJournal(path).found == (
        Remembered("a_-9"),
        Remembered("a_-9", 3, text="Yes, é."),
        Remembered("a_-9", 4, sheet=sheet),
    )


def test_a_journal_cut_at_every_byte_gives_the_lines_before_the_cut(tmp_path: Path) -> None:
    path = tmp_path / "x.live"
    made = LiveJournal(path)
    made.append(journal.voted(n, f"p{n}", "ABCD"[n % 4]) for n in range(20))
    made.commit()
    whole, data = LiveJournal(path).found, path.read_bytes()
    assert len(whole) == 20
    for length in range(len(data)):
        path.write_bytes(data[:length])
        found = LiveJournal(path)
        assert found.found == whole[: len(found.found)]
        assert len(found.found) == max(0, data[:length].count(b"\n") - 1)
        found.append([journal.joined("new")])
        found.commit()
        assert LiveJournal(path).found == (*found.found, Remembered("new"))


def test_a_commit_that_fails_keeps_the_lines_for_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = LiveJournal(tmp_path / "x.live")
    made.append([journal.joined("a")])

    def full(path: Path, data: bytes) -> bool:
        raise CannotSave(path, Reason.FULL)

    with monkeypatch.context() as broken:
        broken.setattr(durable, "append_block", full)
        with pytest.raises(CannotSave):
            made.commit()
    made.append([journal.joined("b")])
    made.commit()
    assert LiveJournal(made.path).found == (Remembered("a"), Remembered("b"))


def test_a_session_goes_on_when_it_cannot_be_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = hosted(tmp_path)

    def full(path: Path, data: bytes) -> bool:
        raise CannotSave(path, Reason.FULL)

    with monkeypatch.context() as broken:
        broken.setattr(durable, "append_block", full)
        made.room.start()
        assert made.save() is not None
        assert made.trouble is not None
    made.room.listen()
    assert made.save() is None
    assert len(read_session(made.path).entries) == 2
    made.end(keep=False)
