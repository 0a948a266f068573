"""The schemas as a writer's editor uses them: fresh, named by every shipped file, and exact about mistakes."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from shutil import which

import pytest

import callcalm
from callcalm.content.schemas_build import FOLDER
from callcalm.intake import Bool, Choice
from callcalm.storage.settings import Settings
from callcalm.storage.settings_shape import settings_record
from callcalm.workshop.schemas import all_schemas

PACKAGE = Path(callcalm.__file__).parent
SCENARIOS = PACKAGE.parent / "scenarios"
SHIPPED = {
    "scenario": sorted(SCENARIOS.glob("*/*.toml")),
    "phrasebook": sorted((PACKAGE / "coach" / "phrasebooks").glob("*.toml")),
    "playbook": sorted((PACKAGE / "content" / "playbooks").glob("*.toml")),
    "moves": [PACKAGE / "content" / "data" / "moves.toml"],
}

HEAD = {
    "scenario": (SCENARIOS / "en" / "lost-referral.toml").read_text("utf-8"),
    "playbook": (PACKAGE / "content" / "playbooks" / "rescue.toml").read_text("utf-8"),
    "phrasebook": """#:schema x
format = 1
language = "en"

[[rules]]
id = "own"
move = "own-it"
severity = 2
patterns = ["i will see to it"]
why = "It helps."
instead = ["I will see to it."]
source = "S0-4"
hits = ["I will see to it."]
misses = ["I see."]
""",
    "settings": """#:schema x
language = "fr"
coach = "live"
mouse = true
from-a-newer-version = 1

[keys]
quit = "ctrl+q"
""",
}


def tombi(*paths: Path) -> list[tuple[str, int, int]]:
    """What the language tool finds: code, line and column."""
    program = which("tombi", path=str(Path(sys.executable).parent)) or which("tombi")
    assert program, "tombi is in the dev extra"
    out = paths[0].parent / "found.json" if paths[0].name == "x.toml" else None
    extra = ["--diagnostics-format", "json", "--diagnostics-file", str(out)] if out else []
    done = subprocess.run(
        [program, "lint", "--offline", "--quiet", "--error-on-warnings", *extra, *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=paths[0].parent,
    )
    if out is None:
        assert done.returncode == 0, done.stdout + done.stderr
        return []
    found = json.loads(out.read_text("utf-8") or "[]")
    return [(one["code"], one["range"]["start"]["line"], one["range"]["start"]["column"]) for one in found]


def written(folder: Path, kind: str, text: str) -> Path:
    """The text as a file of that kind, with the place of its schema."""
    path = folder / "x.toml"
    schema = (FOLDER / f"{kind}.json").as_posix()
    path.write_text(f"#:schema {schema}\n" + text.partition("\n")[2], encoding="utf-8")
    return path


@pytest.mark.parametrize("name", sorted(all_schemas()))
def test_the_schema_files_are_fresh(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == all_schemas()[name], "run: make schemas"


def test_there_are_no_schema_files_but_these() -> None:
    assert {path.name for path in FOLDER.glob("*.json")} == set(all_schemas())


def test_settings_are_those_that_are_read() -> None:
    record, usual = settings_record(), Settings()
    assert set(record.fields) == {item.name for item in fields(Settings)} - {"extra"}
    for name, field in record.fields.items():
        assert field.default in {None, getattr(usual, name)} if name != "keys" else field.default is None
        assert isinstance(getattr(usual, name), bool) == isinstance(field.shape, Bool)
    choices = {name for name, field in record.fields.items() if isinstance(field.shape, Choice)}
    assert choices == {"language", "motion", "coach"}


@pytest.mark.parametrize("kind", SHIPPED)
def test_every_shipped_file_names_its_schema_and_fits_it(kind: str) -> None:
    assert SHIPPED[kind]
    for path in SHIPPED[kind]:
        first = path.read_text("utf-8").partition("\n")[0]
        assert first.startswith("#:schema "), path
        assert (path.parent / first.removeprefix("#:schema ")).resolve() == (FOLDER / f"{kind}.json").resolve()
    assert tombi(*SHIPPED[kind]) == []


@pytest.mark.parametrize("kind", HEAD)
def test_a_good_file_passes(tmp_path: Path, kind: str) -> None:
    assert tombi(written(tmp_path, kind, HEAD[kind])) == []


@pytest.mark.parametrize(
    ("kind", "old", "new", "code"),
    [
        ("scenario", "title = ", "titel = ", "key-not-allowed"),
        ("scenario", "level = 1", "level = 7", "integer-maximum"),
        ("scenario", 'language = "en"', 'language = "de"', "enum"),
        ("scenario", 'channel = "phone"', "channel = true", "type-mismatch"),
        ("scenario", "goto = ", "go_to = ", "key-not-allowed"),
        ("scenario", 'mood = "', 'mood = 3 # "', "type-mismatch"),
        ("playbook", 'stance = "endorse"', 'stance = "endorsed"', "enum"),
        ("playbook", "source = ", "sorce = ", "key-not-allowed"),
        ("playbook", "extends = ", "extend = ", "key-not-allowed"),
        ("phrasebook", "severity = 2", "severity = 4", "integer-maximum"),
        ("phrasebook", 'id = "own"', 'id = "Own!"', "string-pattern"),
        ("phrasebook", 'hits = ["I will see to it."]', "hits = []", "array-min-values"),
        ("phrasebook", "why =", "because =", "key-not-allowed"),
        ("settings", 'coach = "live"', 'coach = "now"', "enum"),
        ("settings", "mouse = true", 'mouse = "yes"', "type-mismatch"),
        ("settings", 'quit = "ctrl+q"', "quit = 1", "type-mismatch"),
    ],
)
def test_a_planted_mistake_is_found_where_it_is(tmp_path: Path, kind: str, old: str, new: str, code: str) -> None:
    text = HEAD[kind]
    assert old in text
    damaged = text.replace(old, new, 1)
    offset = text.index(old) + (0 if code == "key-not-allowed" else len(old.partition("= ")[0]) + 2)
    line = damaged.count("\n", 0, offset) + 1
    column = offset - damaged.rfind("\n", 0, offset)
    found = tombi(written(tmp_path, kind, damaged))
    assert (code, line, column) in found
