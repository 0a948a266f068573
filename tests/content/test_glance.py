"""What is found in a scenario's file at a glance is what loading it gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.content.glance import Glance, glance
from callcalm.content.hearing import not_yet
from callcalm.content.library import shipped_folder
from callcalm.content.playbooks import load_playbooks
from callcalm.content.registry import load_rulebook
from callcalm.content.scenarios import load_scenario

SHIPPED = sorted(shipped_folder().glob("*/*.toml"))


@pytest.fixture(scope="module")
def rules() -> tuple[object, object]:
    rulebook = load_rulebook()
    return rulebook, load_playbooks(rulebook.registry)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_mood_and_the_digest_are_those_of_the_scenario(path: Path, rules: tuple[object, object]) -> None:
    scenario = load_scenario(path, *rules, not_yet)  # type: ignore[arg-type]
    assert glance(path) == (scenario.beats[scenario.start].mood, scenario.digest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[start]\n",
        '\n[start]\nbeat = "a"\n\n[beats.b]\nmood = "calm"\n',
        '\n[start]\nbeat = "a"\n\n[beats.a]\ncaller = "x"\n[beats.b]\nmood = "calm"\n',
        '\n[beats.a]\nmood = "calm"\n',
    ],
)
def test_a_file_that_does_not_say_has_no_mood(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.toml"
    path.write_text(text, encoding="utf-8")
    assert glance(path).mood == ""
    assert glance(path).digest


def test_a_file_that_cannot_be_read_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b"\xff")
    assert glance(tmp_path / "x.toml") == glance(tmp_path / "gone.toml") == glance(tmp_path) == Glance()
