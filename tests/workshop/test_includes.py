"""A story of ink in several files: read from the story's own folder and below, and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from callcalm.intake import BadFile, Source
from callcalm.workshop import includes, ink
from callcalm.workshop.bringing import bring, story_of
from tests.workshop.written import opened

MORE = """\
VAR odd = 1.5
Bonjour, je vous rappelle au sujet de la facture.
=== more
Alors ? # tag
* [Je regarde tout de suite.] -> bye
"""


def story(folder: Path, files: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    found = bring(folder / "main.ink")
    return found.made.text, found.notes


def test_an_included_file_is_a_part_of_the_story(tmp_path: Path) -> None:
    main = "VAR x = 1\nINCLUDE parts/more.ink // the rest\n* [Oui.] -> more\n=== bye\nAu revoir.\n-> END\n"
    text, notes = story(tmp_path, {"main.ink": main, "parts/more.ink": MORE})
    scenario = opened(text)
    assert scenario.language == "fr"
    assert scenario.beats["start"].caller == ("Bonjour, je vous rappelle au sujet de la facture.",)
    assert [reply.goto for reply in scenario.beats["start"].replies] == ["more"]
    assert [reply.goto for reply in scenario.beats["more"].replies] == ["bye"]
    assert not any("INCLUDE" in note for note in notes)
    # Places in another file have its name.
    assert "a tag (#): callcalm has no place for it (line parts/more.ink:4)" in notes
    assert any(note.endswith("(line parts/more.ink:1)") for note in notes)


def test_places_behind_an_included_file_are_those_of_their_own_file(tmp_path: Path) -> None:
    main = "INCLUDE a.ink\nINCLUDE b.ink\nHi. # tag\n* [Bye.] -> END\n"
    _text, notes = story(tmp_path, {"main.ink": main, "a.ink": "A.\n", "b.ink": "B. # tag\n"})
    assert "2 × a tag (#): callcalm has no place for it (lines 3, b.ink:1)" in notes


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("gone.ink", "there is no such file"),
        ("../secret.ink", "only files in the folder of the story are read"),
        ("link.ink", "only files in the folder of the story are read"),
        ("/etc/passwd", "only files in the folder of the story are read"),
        ("notes.txt", "only files that end in .ink are read"),
        ("main.ink", "it was read already"),
        ("bytes.ink", "UTF-8"),
        ("folder.ink", "this is a folder, not a file"),
        ("", "only files that end in .ink are read"),
    ],
)
def test_a_file_that_is_not_read_is_told_with_its_place(tmp_path: Path, name: str, told: str) -> None:
    folder = tmp_path / "story"
    (folder / "folder.ink").mkdir(parents=True)
    (tmp_path / "secret.ink").write_text("Secret.", encoding="utf-8")
    (folder / "link.ink").symlink_to(tmp_path / "secret.ink")
    (folder / "notes.txt").write_text("Secret.", encoding="utf-8")
    (folder / "bytes.ink").write_bytes(b"Caf\xe9")
    text, notes = story(folder, {"main.ink": f"Hi.\nINCLUDE {name}\n* [Bye.] -> END\n"})
    assert "Secret" not in text
    (note,) = [note for note in notes if "INCLUDE" in note]
    assert told in note
    assert note.endswith("(line 2)")


def test_files_that_include_one_another_are_read_once(tmp_path: Path) -> None:
    main = "INCLUDE a.ink\nHi.\n* [Bye.] -> END\n"
    text, notes = story(
        tmp_path, {"main.ink": main, "a.ink": "INCLUDE b.ink\nA.\n", "b.ink": "INCLUDE a.ink\nB.\n"}
    )
    assert opened(text).beats["start"].caller == ("B.", "A.", "Hi.")
    assert [note for note in notes if "INCLUDE" in note] == ["INCLUDE a.ink: it was read already (line b.ink:1)"]


def test_so_many_files_and_bytes_are_read_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(includes, "MOST_FILES", 3)
    names = [f"n{number}.ink" for number in range(4)]
    main = "".join(f"INCLUDE {name}\n" for name in names) + "* [Bye.] -> END\n"
    text, notes = story(tmp_path, {"main.ink": main} | {name: f"{name[:2]}.\n" for name in names})
    assert opened(text).beats["start"].caller == ("n0.", "n1.")
    assert "INCLUDE n2.ink: a story is read from at most 3 files (line 3)" in notes
    monkeypatch.setattr(ink, "CAP", 5)
    text, notes = story(tmp_path, {})
    assert opened(text).beats["start"].caller == ("n0.",)
    assert any(note.startswith("INCLUDE n1.ink: ") for note in notes)


def test_a_text_without_a_folder_includes_nothing() -> None:
    made = story_of(Source("x.ink", f"Hi.\nINCLUDE {os.devnull}\n* [Bye.] -> END\n"), "ink")
    assert any("it was not read" in note for note in made.notes.lines())


def test_of_a_story_that_is_all_in_a_file_that_is_not_there_that_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as bad:
        story(tmp_path, {"main.ink": "INCLUDE gone.ink"})
    assert bad.value.problems[0].hint == "INCLUDE gone.ink: there is no such file (line 1)."
