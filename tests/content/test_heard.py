"""What is kept between runs saves reading, and changes nothing that is found."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from callcalm.content import heard, hearing
from callcalm.content.scenarios import read_scenario
from callcalm.core.model import Scenario
from callcalm.core.moves import Finding
from callcalm.core.text import Text
from callcalm.intake import Source
from tests.content.small import SMALL, changed, playbooks, rulebook

FILE = Path("small.toml")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(heard, "PLACE", tmp_path / "heard")
    return tmp_path / "heard"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that the coach reads."""
    texts: list[str] = []
    real = hearing.Coach.__call__

    def counted(
        self: hearing.Coach, scenario: Scenario, said: Sequence[hearing.Said]
    ) -> Iterable[tuple[Finding, ...]]:
        texts.extend(text for _, text in said)
        return real(self, scenario, said)

    monkeypatch.setattr(hearing.Coach, "__call__", counted)
    return texts


def look(text: str, file: Path = FILE) -> Scenario:
    """A run that keeps what it found."""
    reader = heard.Kept(rulebook().registry, file)
    scenario = read_scenario(Source("small", text), Text("small"), rulebook(), playbooks(), reader).scenario
    reader.keep()
    return scenario


def afresh(text: str) -> Scenario:
    return read_scenario(Source("small", text), Text("small"), rulebook(), playbooks()).scenario


def test_a_second_run_reads_nothing_and_finds_the_same(read: list[str]) -> None:
    first = look(SMALL)
    assert "Why did you wait?" in read
    read.clear()
    assert look(SMALL) == first
    assert not read
    assert first == afresh(SMALL)


def test_only_what_changed_is_read_anew(read: list[str]) -> None:
    look(SMALL)
    read.clear()
    edited = changed(("Why did you wait?", "Why would you wait?"))
    scenario = look(edited)
    assert read == ["Why would you wait?"]
    assert scenario == afresh(edited)


@pytest.mark.parametrize(
    "edit",
    [
        ('name = "Maria Alvarez"', 'name = "Mary Alvarez"'),
        ('language = "en"', 'language = "fr"'),
        ('mood = "furious"', 'mood = "relieved"'),
    ],
)
def test_what_bears_on_the_reading_counts(read: list[str], edit: tuple[str, str]) -> None:
    look(SMALL)
    read.clear()
    scenario = look(changed(edit))
    assert read
    assert scenario == afresh(changed(edit))


def test_another_file_has_its_own(read: list[str], place: Path) -> None:
    look(SMALL)
    read.clear()
    look(SMALL, Path("other.toml"))
    assert read
    assert len(list(place.iterdir())) == 2


@pytest.mark.parametrize("at", [0, 9, 20, -1])
def test_what_is_damaged_is_not_taken(read: list[str], place: Path, at: int) -> None:
    look(SMALL)
    (file,) = place.iterdir()
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)
    read.clear()
    assert look(SMALL) == afresh(SMALL)
    assert "Why did you wait?" in read


@pytest.mark.parametrize("left", [0, 5, 12, 60])
def test_what_is_cut_off_is_not_taken(place: Path, left: int) -> None:
    look(SMALL)
    (file,) = place.iterdir()
    file.write_bytes(file.read_bytes()[:left])
    assert look(SMALL) == afresh(SMALL)


def _other_version(monkeypatch: pytest.MonkeyPatch, _folder: Path) -> None:
    monkeypatch.setattr(heard, "__version__", "0.0.1")


def _other_book(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    _coach(monkeypatch, folder, "phrasebooks/en.toml")


def _other_ear(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    _coach(monkeypatch, folder, "phrasebooks/en.ear.tsv")


def _other_coach(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    _coach(monkeypatch, folder, "reading.py")


def _coach(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str) -> None:
    """A coach of which one file has one byte more."""
    (folder / "coach" / "phrasebooks").mkdir(parents=True)
    for path in heard._sources("en"):
        copy = folder / "coach" / path.relative_to(heard._COACH)
        copy.write_bytes(path.read_bytes() + (b"\n" if copy == folder / "coach" / name else b""))
    monkeypatch.setattr(heard, "_COACH", folder / "coach")


@pytest.mark.parametrize("change", [_other_version, _other_book, _other_ear, _other_coach])
def test_what_another_reading_found_is_not_taken(
    read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: object
) -> None:
    look(SMALL)
    read.clear()
    assert callable(change)
    change(monkeypatch, tmp_path)
    heard._digest.cache_clear()
    look(SMALL)
    assert "Why did you wait?" in read
    monkeypatch.undo()
    heard._digest.cache_clear()


def test_nothing_is_kept_where_nothing_may_be_written(
    place: Path, monkeypatch: pytest.MonkeyPatch, read: list[str]
) -> None:
    place.write_text("a file in the way", encoding="utf-8")
    assert look(SMALL) == afresh(SMALL)
    place.unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    look(SMALL)
    assert not place.exists()
    assert read


def test_a_coach_that_was_let_go_is_fetched_again() -> None:
    reader = heard.Kept(rulebook().registry, FILE)
    for text in (SMALL, changed(("Why did you wait?", "Why would you wait?"))):
        scenario = read_scenario(Source("small", text), Text("small"), rulebook(), playbooks(), reader).scenario
        hearing.let_go()
        hearing.let_go()
        assert scenario == afresh(text)


def test_no_word_of_the_writer_is_kept(place: Path) -> None:
    look(SMALL)
    (file,) = place.iterdir()
    data = file.read_bytes()
    assert b"Why" not in data
    assert b"wait" not in data
    assert b"Maria" not in data


def test_of_too_many_files_the_oldest_are_forgotten(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heard, "MOST_FILES", 2)
    for number in range(3):
        look(SMALL, Path(f"{number}.toml"))
        for age, file in enumerate(sorted(place.iterdir(), key=lambda one: one.stat().st_mtime_ns)):
            os.utime(file, (number * 10 + age, number * 10 + age))
    assert len(list(place.iterdir())) == 2
    newest = place / heard.Kept(rulebook().registry, Path("2.toml"))._place.name
    assert newest.exists()


def test_of_too_many_bytes_the_oldest_are_forgotten(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look(SMALL, Path("0.toml"))
    (file,) = place.iterdir()
    os.utime(file, (1, 1))
    monkeypatch.setattr(heard, "MOST_BYTES", file.stat().st_size + 10)
    look(SMALL, Path("1.toml"))
    assert not file.exists()
    assert len(list(place.iterdir())) == 1


def test_the_moves_in_words_are_those_of_the_phrasebook() -> None:
    heard.in_words.cache_clear()
    assert "blame.why-you" in heard.in_words("en")
    assert "breathe.first" not in heard.in_words("en")
