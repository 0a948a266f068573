from __future__ import annotations

import errno
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from callcalm.storage.settings import Settings, _pairs, _read, line_of, load_settings, save_settings
from callcalm.storage.trouble import CannotSave, SaveProblem, Trouble


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "settings.toml"


def load(path: Path) -> tuple[Settings, list[SaveProblem]]:
    problems: list[SaveProblem] = []
    return load_settings(path, problems), problems


def test_without_a_file_there_are_the_defaults(path: Path) -> None:
    assert load(path) == (Settings(), [])


def test_settings_come_back_as_they_were(path: Path) -> None:
    settings = Settings(
        "fr",
        "callcalm-contrast",
        "reduced",
        "live",
        False,
        "champs",
        "Zoë",
        False,
        "/somewhere/else",
        {"call.breathe": "b", "q x": "ctrl+q"},
    )
    assert save_settings(path, settings) is None
    assert load(path) == (settings, [])


def test_unknown_keys_are_kept_whole(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('shape = "new"\n[keys]\n"a" = "x"\n"later" = ["b", 2]\n[room]\nport = 8080\n')
    settings, problems = load(path)
    assert [(problem.lines, problem.detail) for problem in problems] == [((4, 4), "keys.later is not a string")]
    save_settings(path, replace(settings, theme="night", keys={"a": "y"}))
    table = tomli.loads(path.read_text())
    assert (table["shape"], table["room"], table["theme"]) == ("new", {"port": 8080}, "night")
    assert table["keys"] == {"a": "y", "later": ["b", 2]}


def test_bad_values_give_way_are_named_and_stay_until_they_are_set(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('language = "klingon"\ntemptation = "yes"\ntheme = 5\nkeys = "none"\nmouse = false\n')
    settings, problems = load(path)
    assert settings == replace(Settings(), mouse=False, extra=settings.extra)
    told = [(problem.kind, problem.path, problem.lines, problem.detail) for problem in problems]
    assert told == [
        (Trouble.FIELDS, path, (1, 1), "language is not one of auto, en, fr"),
        (Trouble.FIELDS, path, (3, 3), "theme is not a string"),
        (Trouble.FIELDS, path, (2, 2), "temptation is not true or false"),
        (Trouble.FIELDS, path, (4, 4), "keys is not a table"),
    ]
    save_settings(path, replace(settings, theme="night"))
    table = tomli.loads(path.read_text())
    assert (table["language"], table["temptation"], table["theme"]) == ("klingon", "yes", "night")
    assert (table["keys"], table["mouse"]) == ("none", False)


@pytest.mark.parametrize("content", [b"x = ", b"\xff", b"[" * 9999, b"a = 1\na = 2\n"])
def test_a_broken_file_is_named_and_kept_when_settings_change(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    settings, problems = load(path)
    assert settings == Settings()
    assert [problem.kind for problem in problems] == [Trouble.SETTINGS]
    assert path.read_bytes() == content
    told = save_settings(path, replace(settings, theme="night"))
    assert told is not None
    assert told.kind is Trouble.SETTINGS
    assert told.moved_to is not None
    assert told.moved_to.read_bytes() == content
    assert load(path)[0].theme == "night"


def test_the_line_of_a_setting_is_found_and_of_no_setting_is_none(path: Path) -> None:
    assert line_of(path, "theme") == 0
    path.parent.mkdir()
    path.write_text('mouse = true\n\ntheme = "odd"\n[keys]\n"call.breathe" = "z"\n')
    assert [line_of(path, "theme"), line_of(path, "keys", "call.breathe")] == [3, 5]
    assert [line_of(path, "motion"), line_of(path, "keys", "no"), line_of(path, "theme", "no")] == [0, 0, 0]
    path.write_text("theme = ")
    assert line_of(path, "theme") == 0


def test_a_folder_in_its_place_is_no_crash(path: Path) -> None:
    path.mkdir(parents=True)
    settings, problems = load(path)
    assert settings == Settings()
    assert [problem.kind for problem in problems] == [Trouble.UNREADABLE]


def test_whatever_fails_the_old_settings_stand(path: Path, faults: Any) -> None:
    save_settings(path, Settings(theme="old"))
    for number in range(1, 30):
        with faults.at(number, errno.ENOSPC):
            try:
                save_settings(path, Settings(theme="new"))
            except CannotSave:
                saved = False
            else:
                saved = True
        if saved:
            assert load(path)[0].theme == "new"
            save_settings(path, Settings(theme="old"))
        else:
            # Where it was unreadable for a moment it was moved away, and not lost.
            files = list(path.parent.glob("settings.toml*"))
            assert any(load_settings(file).theme == "old" for file in files)
            save_settings(path, Settings(theme="old"))
        if not faults.struck:
            return
    pytest.fail("the faults never ended")


WRONG = st.recursive(
    st.booleans() | st.integers() | st.text() | st.floats() | st.dates(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from(["language", "theme", "mouse", "keys", "extra", "player"]), WRONG))
def test_nothing_in_the_table_breaks_reading_or_is_dropped(table: dict[str, object]) -> None:
    assert set(table) <= {key for key, _ in _pairs(_read(table, []))}


def test_reading_settings_is_light(tmp_path: Path) -> None:
    """It is on the way to everything: no parser, no lock and no writer before they are needed."""
    code = (
        "import sys; from pathlib import Path; from callcalm.storage.settings import load_settings;"
        f"load_settings(Path({str(tmp_path / 'none.toml')!r}));"
        "heavy = {'tomli', 'filelock', 'platformdirs', 'callcalm.intake', 'callcalm.storage.durable'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).resolve().parents[2])
