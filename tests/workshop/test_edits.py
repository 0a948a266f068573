"""Small edits of a writer's file: what is added is there, all else stands, and bad edits write nothing."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from callcalm.content.scenarios import ScenarioFile, load_scenario, read_scenario
from callcalm.core.text import Text
from callcalm.intake import BadFile
from callcalm.storage.lock import to_change
from callcalm.workshop import edits
from callcalm.workshop.edits import CannotEdit, NameTaken, add_check, add_reply_ids
from tests.content.small import SMALL, nothing, playbooks, rulebook

BLOCK = '[[checks]]\nname = "it settles"\ndo = ["listen", "stay", { compose = [2, 1] }]\nends = "settled"\n'


def written(folder: Path, data: bytes) -> Path:
    path = folder / "my-call.toml"
    path.write_bytes(data)
    return path


def test_a_check_is_added_at_the_end_and_the_rest_stands(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL.encode())
    path.chmod(0o640)
    add_check(path, Text("it settles"), BLOCK, rulebook(), playbooks())
    assert path.read_text(encoding="utf-8") == f"{SMALL.rstrip()}\n\n{BLOCK}"
    assert stat.S_IMODE(path.stat().st_mode) == (
        0o640 if os.name == "posix" else stat.S_IMODE(path.stat().st_mode)
    )
    with pytest.raises(NameTaken, match="already"):
        add_check(path, Text("it settles"), BLOCK, rulebook(), playbooks())


def test_a_check_that_does_not_fit_is_not_written(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL.encode())
    with pytest.raises(CannotEdit, match="nowhere"):
        add_check(path, Text("x"), BLOCK.replace('"settled"', '"nowhere"'), rulebook(), playbooks())
    assert path.read_bytes() == SMALL.encode()


def test_a_check_goes_into_no_list_of_checks_and_that_is_told(tmp_path: Path) -> None:
    listed = SMALL[: SMALL.index("[[checks]]")].replace(
        "[caller]", 'checks = [{ name = "a", do = ["stay"] }]\n\n[caller]'
    )
    path = written(tmp_path, listed.encode())
    with pytest.raises(CannotEdit, match="in one list"):
        add_check(path, Text("it settles"), BLOCK, rulebook(), playbooks())
    assert path.read_bytes() == listed.encode()


def test_what_stands_after_the_last_line_stays_before_a_new_check(tmp_path: Path) -> None:
    path = written(tmp_path, (SMALL + "\n\n   # to be gone on with").encode())
    add_check(path, Text("it settles"), BLOCK, rulebook(), playbooks())
    assert path.read_text(encoding="utf-8") == f"{SMALL}\n\n   # to be gone on with\n\n{BLOCK}"


def test_replies_without_an_id_get_one_of_their_words(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL.encode())
    assert add_reply_ids(path, rulebook(), playbooks()) == ("opening/why-did",)
    assert 'id = "why-did"\nsay = "Why did you wait?"' in path.read_text(encoding="utf-8")
    scenario = load_scenario(path, rulebook(), playbooks(), nothing)
    assert [reply.key for reply in scenario.beats["opening"].replies] == ["opening/why-did", "opening/stay"]
    assert add_reply_ids(path, rulebook(), playbooks()) == ()


@pytest.mark.parametrize(
    ("say", "name"),
    [
        ("Sorry, I don't know that.", "sorry-know"),
        ("It's fine, don’t worry.", "fine-worry"),
        ("There's need for it.", "need-for"),
        ("The patient's file is open.", "the-patient"),
        ("Ms. O'Brien rang.", "obrien-rang"),
        ("I can't.", "i-cant"),
        ("C'est l’appel d'hier.", "appel-hier"),
        ("Aujourd'hui, j'ai vu.", "aujourdhui"),
        ("…", "reply"),
    ],
)
def test_words_drawn_together_leave_no_scraps_in_an_id(tmp_path: Path, say: str, name: str) -> None:
    path = written(tmp_path, SMALL.replace("Why did you wait?", say).encode())
    assert add_reply_ids(path, rulebook(), playbooks()) == (f"opening/{name}",)


def test_inline_replies_and_equal_words_get_ids_too(tmp_path: Path) -> None:
    inline = (
        'replies = [{ say = "Why did you wait?", goto = "heard" },\n'
        '  {say = "Why did you wait?", goto = "heard", id = "two"}, { say = "Éh… no", goto = "heard" }]\n'
    )
    start = SMALL.index("[beats.opening.cut_in]")
    end = SMALL.index("[beats.opening.otherwise]")
    path = written(tmp_path, (SMALL[:start] + inline + SMALL[end:]).encode())
    assert add_reply_ids(path, rulebook(), playbooks()) == ("opening/why-did", "opening/eh-no")
    scenario = load_scenario(path, rulebook(), playbooks(), nothing)
    assert [reply.key for reply in scenario.beats["opening"].replies] == [
        "opening/why-did",
        "opening/two",
        "opening/eh-no",
    ]


def test_line_ends_and_a_byte_order_mark_stay(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    add_reply_ids(path, rulebook(), playbooks())
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") == SMALL.count("\n") + 1


def test_lines_that_end_in_two_ways_go_on_doing_so(tmp_path: Path) -> None:
    lines = SMALL.replace('say = "Why', '  say = "Why').split("\n")
    header = lines.index("[[beats.opening.replies]]")
    for number in (0, 4, header):
        lines[number] += "\r"
    lines[header] = f"  {lines[header]}"
    before = "\n".join(lines)
    path = written(tmp_path, before.encode())
    add_reply_ids(path, rulebook(), playbooks())
    new = before.replace('  say = "Why', '  id = "why-did"\r\n  say = "Why')
    assert path.read_bytes().decode() == new
    add_check(path, Text("it settles"), BLOCK, rulebook(), playbooks())
    assert path.read_bytes().decode() == f"{new}\n{BLOCK}"


def test_a_file_that_may_not_be_written_is_left_alone(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL.encode())
    path.chmod(0o444)
    with pytest.raises(CannotEdit, match="read-only"):
        add_reply_ids(path, rulebook(), playbooks())
    assert path.read_bytes() == SMALL.encode()


def test_a_file_that_is_gone_or_broken_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no such file"):
        add_reply_ids(tmp_path / "gone.toml", rulebook(), playbooks())
    path = written(tmp_path, b"title = ")
    with pytest.raises(BadFile, match="CC010"):
        add_reply_ids(path, rulebook(), playbooks())
    assert path.read_bytes() == b"title = "


def test_what_was_saved_while_it_was_read_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, SMALL.encode())

    def saved_meanwhile(*args: Any) -> ScenarioFile:
        path.write_text("the writer's own", encoding="utf-8")
        return read_scenario(*args)

    monkeypatch.setattr(edits, "read_scenario", saved_meanwhile)
    with pytest.raises(CannotEdit, match="changed just now"):
        add_reply_ids(path, rulebook(), playbooks())
    assert path.read_text("utf-8") == "the writer's own"


@pytest.mark.skipif(os.name == "nt", reason="no locks on a file that is to be replaced")
def test_of_two_that_change_it_at_once_one_is_told_to_try_again(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL.encode())
    with to_change(path) as ours:
        assert ours
        with pytest.raises(CannotEdit, match="try again"):
            add_reply_ids(path, rulebook(), playbooks())
    assert path.read_bytes() == SMALL.encode()
    assert add_reply_ids(path, rulebook(), playbooks())
