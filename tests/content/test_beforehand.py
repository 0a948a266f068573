"""Answers read beforehand, by others, come to what is found when the file is read, whatever it turns out to be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from callcalm.content import beforehand, heard, hearing, remembering
from callcalm.content.library import shipped_folder
from callcalm.content.scenarios import read_scenario
from callcalm.core.model import Scenario
from callcalm.core.text import Text
from callcalm.intake import BadFile, Source, aside
from tests.content.small import SMALL, changed, playbooks, rulebook

SHIPPED = sorted(shipped_folder().glob("*/*.toml"))[::7]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(heard, "PLACE", tmp_path / "heard")
    monkeypatch.setattr(beforehand, "LEAST", 0)


def among(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be so many processors; what is done aside is done here, when its result is asked for."""
    monkeypatch.setattr(beforehand, "hands", lambda: number)
    monkeypatch.setattr(aside, "hands", lambda: 1)


def load(text: str, reader: hearing.Reader | None = None) -> Scenario:
    return read_scenario(Source("small", text), Text("small"), rulebook(), playbooks(), reader).scenario


def begun(text: str, file: Path = Path("small.toml")) -> heard.Kept:
    reader = heard.Kept(rulebook().registry, file)
    reader.begin(text)
    return reader


@pytest.mark.parametrize("number", [2, 3, 4, 9])
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_others_read_is_found_and_nothing_is_read_twice(
    path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    among(number, monkeypatch)
    read: list[str] = []
    real = hearing.Coach.alone

    def counted(self: hearing.Coach, scene: hearing.Scene, said: list[hearing.Said]) -> object:
        read.extend(text for _, text in said)
        return real(self, scene, said)

    monkeypatch.setattr(hearing.Coach, "alone", counted)
    text = path.read_text(encoding="utf-8")
    scenario = load(text, begun(text))
    answers = said(scenario)
    assert set(read) == {text for _, text in answers}
    assert len(read) == len(set(hearing.keys_of(scenario, answers, rulebook().registry)))
    monkeypatch.setattr(hearing.Coach, "alone", real)
    assert scenario == load(text)


def said(scenario: Scenario) -> list[hearing.Said]:
    return [
        (beat, answer.say)
        for beat in scenario.beats.values()
        for answer in (*beat.replies, *(beat.compose.parts if beat.compose is not None else ()))
    ]


LATER = """
[beats.later]
mood = "wary"
caller = "Still there?"
replies = [{ say = "Why did you wait?", goto = "ok" }]
"""


@pytest.mark.parametrize(
    "text",
    [
        SMALL,
        SMALL.replace("\n", "\r\n"),
        "# [beats.opening]\n" + SMALL,
        changed(("It rings.", "It rings.\n[beats.trap]\nmood = ''")),
        changed(("[beats.opening]\n", "[beats.opening] # the first\n")),
        changed(("[beats.opening]\n", "[ beats . opening ]\n")),
        changed(('say = "Why did you wait?"', "say = '''\nWhy did you wait?\n '''")),
        changed(('say = "Why did you wait?"', 'say = "\\tWhy did\\u00a0you wait? \\u202e"')),
        changed(('mood = "furious"', 'mood = "no-such-mood"')),
        changed(('mood = "furious"', "mood = 3")),
        changed(("facts = [", "facts = [[[")),
        changed(('facts = ["charged twice"]', "facts = 7")),
        changed(('name = "Maria Alvarez"\n', "")),
        changed(('language = "en"', 'language = "xx"')),
        changed(('language = "en"', "language = []")),
        SMALL + LATER,
        SMALL + LATER + LATER,
        SMALL + "\n[beats.empty]\n",
        SMALL + "\n[beats.",
        SMALL[: len(SMALL) * 2 // 3],
        "beats = 3\n" + SMALL,
        "[beats.a]\n" * 40,
        "[beats.a]\n[beats.b]\n[beats.c]\ncaller = 1\nmood = 2\nreplies = 3\n",
        "",
    ],
)
@pytest.mark.parametrize("number", [2, 4])
def test_a_text_that_looks_otherwise_is_read_as_it_is(
    text: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    among(number, monkeypatch)

    def told(reader: Callable[[], hearing.Reader | None]) -> object:
        try:
            return load(text, reader())
        except BadFile as bad:
            return bad.problems

    assert told(lambda: begun(text)) == told(lambda: None)


def test_an_answer_that_changes_in_between_is_read_as_it_is_then(monkeypatch: pytest.MonkeyPatch) -> None:
    among(2, monkeypatch)
    reader = begun(SMALL)
    edited = changed(("Why did you wait?", "Why would you wait?"), ("twice", "three times"))
    assert load(edited, reader) == load(edited)
    assert load(SMALL, reader) == load(SMALL)


def test_while_others_read_what_stands_before_is_there_and_more_can_be_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    among(2, monkeypatch)
    seen: list[list[bool]] = []

    def meanwhile(scenario: Scenario) -> None:
        seen.append([bool(reply.findings) for beat in scenario.beats.values() for reply in beat.replies])

    reader = heard.Kept(rulebook().registry, Path("small.toml"))
    text = SMALL + LATER.replace('"ok"', '"settled"')
    reader.begin(text, meanwhile)
    whole = [bool(reply.findings) for beat in load(text, reader).beats.values() for reply in beat.replies]
    assert len(seen) == 1
    assert True in seen[0]
    assert seen[0] != whole
    last = max(at for at, found in enumerate(seen[0]) if found)
    assert seen[0][: last + 1] == whole[: last + 1]
    among(1, monkeypatch)
    reader = heard.Kept(rulebook().registry, Path("other.toml"))
    reader.begin(text, meanwhile)
    assert load(text, reader) == load(text)
    assert len(seen) == 1  # nobody else reads: there is no meanwhile


def test_nothing_is_begun_where_it_is_not_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    registry = rulebook().registry
    among(1, monkeypatch)
    assert beforehand.beforehand(SMALL, registry) is None
    among(2, monkeypatch)
    assert beforehand.beforehand(SMALL, registry) is not None
    assert beforehand.beforehand("[beats]", registry) is None
    monkeypatch.setattr(beforehand, "LEAST", len(SMALL) + 1)
    assert beforehand.beforehand(SMALL, registry) is None


def test_of_a_file_of_which_something_is_kept_nothing_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    among(2, monkeypatch)
    reader = begun(SMALL)
    load(SMALL, reader)
    reader.keep()
    begins: list[str] = []
    monkeypatch.setattr(remembering, "beforehand", lambda text, _registry: begins.append(text))
    begun(SMALL)
    assert not begins
    begun(SMALL, Path("another.toml"))
    assert begins == [SMALL]


SHARED = """
import os
from pathlib import Path
from callcalm.content import beforehand, heard
from callcalm.content.library import shipped_folder
from callcalm.content.playbooks import load_playbooks
from callcalm.content.registry import load_rulebook
from callcalm.content.scenarios import load_scenario
from callcalm.intake import aside

split = []
real = os.fork
os.fork = lambda: split.append(1) or real()
beforehand.hands = aside.hands = lambda: 3
beforehand.LEAST = 0
rulebook = load_rulebook()
schools = load_playbooks(rulebook.registry)
for path in sorted(shipped_folder().glob("*/*.toml"))[::9]:
    reader = heard.Kept(rulebook.registry, Path("nothing-is-kept-of-this.toml"))
    reader.begin(path.read_text("utf-8"))
    print(load_scenario(path, rulebook, schools, reader) == load_scenario(path, rulebook, schools), len(split))
    split.clear()
"""


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="processes are not split on this system")
def test_others_are_processes_of_their_own() -> None:
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", SHARED], capture_output=True, text=True, check=True, cwd=root)
    lines = done.stdout.splitlines()
    assert set(lines) <= {"True 1", "True 2"}  # a short one may have no beat to begin the last part with
    assert "True 2" in lines
