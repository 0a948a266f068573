"""What lint keeps of an unchanged file changes nothing that is told, and is taken only where all is the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from callcalm import language
from callcalm.content import heard
from callcalm.lint import told
from callcalm.lint.examples import merged
from callcalm.lint.linting import Linter
from callcalm.lint.told import Last
from callcalm.report import Report
from callcalm.report.machine import to_json
from tests.content.small import SMALL

BAD = SMALL.replace('goto = "heard"', 'goto = "herd"')
BACK = 'after = "elsewhere"\n' + SMALL


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(told, "PLACE", tmp_path / "told")
    monkeypatch.setattr(heard, "PLACE", tmp_path / "heard")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "told"


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every name of a file that was looked at, not remembered."""
    names: list[str] = []
    real = Linter._looked

    def counted(self: Linter, source: object, name: str, path: Path) -> tuple[Last, bool]:
        names.append(path.name)
        return real(self, source, name, path)  # type: ignore[arg-type]

    monkeypatch.setattr(Linter, "_looked", counted)
    return names


def wrote(text: str, name: str = "a.toml") -> Path:
    Path(name).write_text(text, encoding="utf-8")
    return Path(name)


def look(path: Path, ignored: frozenset[str] = frozenset()) -> Report:
    return Linter(ignored, keep=True).report([path])


@pytest.mark.parametrize("text", [SMALL, BAD, BACK, SMALL.replace("Alvarez", "Álvarez — 日本")])
def test_a_second_run_looks_at_nothing_and_tells_the_same(looked: list[str], text: str) -> None:
    path = wrote(text)
    first = look(path)
    again = look(path)
    assert looked == ["a.toml"]
    assert again == first
    assert to_json(again) == to_json(Linter().report([path]))
    assert first.sheets[0].diagnostics


def test_what_is_let_pass_is_asked_anew(looked: list[str]) -> None:
    path = wrote(SMALL)
    whole = look(path)
    codes = {item.rule for item in whole.sheets[0].diagnostics}
    none = look(path, frozenset(codes))
    assert looked == ["a.toml"]
    assert not none.sheets[0].diagnostics
    assert none.suppressed == len(whole.sheets[0].diagnostics)


def test_a_changed_file_is_looked_at(looked: list[str]) -> None:
    look(wrote(SMALL))
    report = look(wrote(BAD))
    assert looked == ["a.toml", "a.toml"]
    assert report == Linter().report([Path("a.toml")])


def test_another_file_with_the_same_text_is_looked_at(looked: list[str]) -> None:
    look(wrote(BAD))
    report = look(wrote(BAD, "b.toml"))
    assert looked == ["a.toml", "b.toml"]
    assert {item.file for item in report.sheets[0].diagnostics} == {"b.toml"}


def test_another_name_for_the_same_file_is_told_by_that_name(tmp_path: Path) -> None:
    path = wrote(BAD)
    look(path)
    report = look(tmp_path / path)
    assert report == Linter().report([tmp_path / path])


def test_an_encounter_that_comes_to_be_there_counts(looked: list[str]) -> None:
    path = wrote(BACK)
    missing = look(path).sheets[0].diagnostics
    assert look(path).sheets[0].diagnostics == missing
    assert looked == ["a.toml"]
    wrote(SMALL, "elsewhere.toml")
    there = look(path).sheets[0].diagnostics
    assert looked == ["a.toml", "a.toml"]
    assert [item.message for item in missing if item not in there] == [
        "there is no encounter `elsewhere`, here or among those that ship"
    ]


def test_where_no_encounter_is_named_none_is_asked_for(looked: list[str]) -> None:
    path = wrote(merged(""))
    look(path)
    wrote(BAD, "elsewhere.toml")
    look(path)
    assert looked == ["a.toml"]


@pytest.mark.parametrize("at", [0, 9, 20, -1])
def test_what_is_damaged_is_not_taken(looked: list[str], place: Path, at: int) -> None:
    path = wrote(BAD)
    first = look(path)
    (file,) = place.iterdir()
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)
    assert look(path) == first
    assert len(looked) == 2


@pytest.mark.parametrize("left", [0, 5, 12, 60])
def test_what_is_cut_off_is_not_taken(looked: list[str], place: Path, left: int) -> None:
    path = wrote(BAD)
    first = look(path)
    (file,) = place.iterdir()
    file.write_bytes(file.read_bytes()[:left])
    assert look(path) == first
    assert len(looked) == 2


def test_what_another_version_found_is_not_taken(looked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    path = wrote(BAD)
    look(path)
    monkeypatch.setattr(told, "_everything", lambda _language: b"another")
    look(path)
    assert len(looked) == 2


def test_what_was_told_in_another_language_is_not_taken(looked: list[str]) -> None:
    path = wrote(BAD)
    english = look(path)
    language.use("fr")
    try:
        french = look(path)
        assert look(path) == french
        assert len(looked) == 2  # once in each language
    finally:
        language.use("en")
    assert "il n’y a ni moment ni fin `herd`" in [one.message for one in french.sheets[0].diagnostics]
    assert look(path) == english


def test_another_catalogue_counts_but_for_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fr" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "fr" / "LC_MESSAGES" / "callcalm.mo").write_bytes(b"")
    english, french = told._words("en"), told._words("fr")
    monkeypatch.setattr(told, "CATALOGUES", tmp_path)
    assert told._words("en") == english == b""
    assert told._words("fr") != french


def test_all_that_lint_is_made_of_counts() -> None:
    names = {path.name for path in told._sources()}
    assert names >= {"linting.py", "words.py", "moves.toml", "core.toml", "en.toml", "fr.ear.tsv", "judging.py"}
    assert names >= {"tame.py", "graph.py", "model.py", "scenarios.py", "__init__.py"}
    assert all(path.is_file() for path in told._sources())


def test_a_start_of_lint_loads_nothing_that_does_not_count() -> None:
    code = "import sys; from callcalm.lint.linting import Linter; from pathlib import Path;"
    code += "Linter().report([Path('a.toml')]); print(*sys.modules)"
    wrote(SMALL.replace("Why did", "Maria Alvares, why did"))
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    parts = {name.split(".")[1] for name in out if name.startswith("callcalm.")}
    assert parts <= {*told._PARTS}


def test_no_word_of_the_writer_can_be_read(place: Path) -> None:
    report = look(wrote(BAD))
    assert any("herd" in item.message for item in report.sheets[0].diagnostics)
    (file,) = place.iterdir()
    data = file.read_bytes()
    assert not [word for word in (b"herd", b"goto", b"Why", b"CC", b"a.toml") if word in data]


def test_nothing_is_kept_where_nothing_may_be_written(
    place: Path, monkeypatch: pytest.MonkeyPatch, looked: list[str]
) -> None:
    place.write_text("a file in the way", encoding="utf-8")
    path = wrote(BAD)
    first = look(path)
    place.unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert look(path) == first
    assert not place.exists()
    assert len(looked) == 2


def test_of_too_many_findings_none_are_kept(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "MOST", 0)
    look(wrote(BAD))
    assert not place.exists()


def test_without_keeping_nothing_is_kept(place: Path) -> None:
    Linter().report([wrote(BAD)])
    assert not place.exists()
