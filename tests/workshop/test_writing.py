"""Files as text: what goes in comes out again, names are safe, nothing is harmed on the disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.core.text import safe
from callcalm.workshop import filing
from callcalm.workshop.fitting import LONGEST_PART, one_line, parts
from callcalm.workshop.naming import Ids, file_stem, slug
from callcalm.workshop.skeleton import draft, ending
from callcalm.workshop.words import words
from callcalm.workshop.writing import scenario_text
from tests.workshop.written import data

LINES = st.text(min_size=1, max_size=200).map(lambda text: one_line(text, 200)).filter(bool)


@given(LINES, LINES, st.lists(LINES, min_size=1, max_size=3))
def test_what_is_written_is_read_again(title: str, say: str, caller: list[str]) -> None:
    made = draft(words("en"), title=one_line(title, 60), top=[say, title])
    made.data["start"]["beat"] = "one"
    made.data["brief"] = f"{say}\n{title}"
    made.data["beats"]["one"] = {"mood": "calm", "caller": caller, "replies": [{"say": say, "goto": "end"}]}
    made.data["endings"]["end"] = ending("fair", say, title)
    made.note(("beats", "one", "replies", 0), say, title)
    found = data(scenario_text(made))
    assert found["title"] == one_line(title, 60)
    assert found["brief"] == f"{say}\n{title}".strip()
    assert found["beats"]["one"]["caller"] == caller
    assert found["beats"]["one"]["replies"][0]["say"] == say
    assert found["endings"]["end"]["lesson"] == title


@given(st.text(max_size=3_000))
def test_cut_text_keeps_its_limits(text: str) -> None:
    said, whole = parts(text)
    assert all(0 < len(part) <= LONGEST_PART for part in said)
    assert len(said) <= 12
    assert len(one_line(text, 50)) <= 50
    if whole:
        assert "".join("".join(said).split()) == "".join(safe(text, multiline=False).split())


@given(st.text(max_size=100))
def test_no_title_makes_a_path(title: str) -> None:
    path = filing.path_for(title, Path("folder"))
    assert path.parent == Path("folder")
    assert path.name == file_stem(title, "call") + ".toml"
    assert slug(title) == slug(slug(title))


def test_a_new_file_gets_its_ending_and_a_file_that_is_there_keeps_its_name(tmp_path: Path) -> None:
    (tmp_path / "old").touch()
    asked = {
        name: filing.path_for("T", tmp_path, Path(name)).name
        for name in ("my call", "a.toml", "b.txt", "old", ".")
    }
    assert asked == {"my call": "my call.toml", "a.toml": "a.toml", "b.txt": "b.txt", "old": "old", ".": "t.toml"}


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con-call"),
        ("settings", "settings-call"),
        ("C:\\Windows\\x", "c-windows-x"),
        ("Où est ma sœur ?", "ou-est-ma-soeur"),
        ("…", "call"),
        ("a" * 300, "a" * 48),
    ],
)
def test_file_names_are_plain(title: str, stem: str) -> None:
    assert file_stem(title, "call") == stem


def test_ids_are_given_once() -> None:
    ids = Ids(["lost"])
    assert [ids.give(name, "beat") for name in ("Walls up!", "walls_up", "walls-up", "lost", "…")] == [
        "walls-up",
        "walls_up",
        "walls-up-2",
        "lost-2",
        "beat",
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_who_may_read_a_file_stays_when_it_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    before = os.umask(0o027)
    try:
        filing.write(path, "one")
        assert path.stat().st_mode & 0o777 == 0o640
        path.chmod(0o604)
        filing.write(path, "two", over=True)
    finally:
        os.umask(before)
    assert path.read_text(encoding="utf-8") == "two"
    assert path.stat().st_mode & 0o777 == 0o604


def test_nothing_is_replaced_unasked(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    filing.write(path, "one")
    with pytest.raises(FileExistsError):
        filing.write(path, "two")
    assert path.read_text("utf-8") == "one"
    assert filing.free(path) == tmp_path / "x-2.toml"
    filing.write(path, "two", over=True)
    assert path.read_text("utf-8") == "two"
    assert [item.name for item in tmp_path.iterdir()] == ["x.toml"]
