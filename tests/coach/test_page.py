"""The writer's page: every example on it is run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from callcalm.coach import Phrasebook, load_phrasebook, read
from callcalm.coach.loading import MAX_LINES, MAX_RULES
from callcalm.coach.pattern import MAX_CHARS, MAX_CHOICES, MAX_DEPTH, MAX_GAP, MIN_STEM, USUAL_GAP
from callcalm.coach.program import MAX_POSITIONS
from callcalm.intake import BadFile
from tests.coach.small import CALL, book, matched

PAGE = (Path(__file__).parent.parent.parent / "docs" / "phrasebooks.md").read_text("utf-8")
FILES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
ROWS = [
    [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    for line in PAGE.splitlines()
    if line.startswith("| `")
]
EXAMPLES = [row for row in ROWS if len(row) == 3]
CONTEXTS = [row[0].strip("`") for row in ROWS if len(row) == 2]


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row[0])
def test_an_example_pattern_does_what_the_page_says(row: list[str]) -> None:
    pattern, finds, misses = row
    phrases = book(pattern.strip("`"))
    for text in finds.split(" · "):
        assert matched(text, phrases, CALL), text
    for text in misses.split(" · "):
        assert not matched(text, phrases, CALL), text


@pytest.mark.parametrize("number", range(len(FILES)))
def test_an_example_file_is_right_and_its_rules_keep_to_their_examples(number: int, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(FILES[number], encoding="utf-8")
    whole = load_phrasebook("en", (path,))
    own = [rule for rule in whole.in_order if f'id = "{rule.id}"' in FILES[number]]
    heard = [whole.rules[name] for name in whole.own if not whole.rules[name].patterns]
    assert own or heard
    for rule in heard:
        assert f'why = "{rule.why}"' in FILES[number]
        for line in rule.hits:
            assert [finding.rule for finding in read(line, whole)] == [rule.id], line
        for line in rule.misses:
            assert rule.id not in [finding.rule for finding in read(line, whole)], line
    for rule in own:
        alone = Phrasebook("en", {rule.id: rule}, whole.lists, CALL)
        for line in rule.hits:
            assert matched(line, alone), line
        for line in rule.misses:
            assert not matched(line, alone), line


@pytest.mark.parametrize("line", CONTEXTS)
def test_an_example_context_can_be_read(line: str) -> None:
    assert not list(book("call them", unless=[line]).matcher.problems())


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) >= 14
    assert len(FILES) >= 3
    assert len(CONTEXTS) == 6


def test_the_limits_on_the_page_are_the_real_ones() -> None:
    for number in (MAX_CHARS, MAX_POSITIONS, MAX_CHOICES, MAX_LINES):
        assert str(number) in PAGE
    assert f"{MAX_RULES:,} rules a file" in PAGE
    assert f"skips up to {USUAL_GAP} words" in PAGE
    assert f"{MAX_GAP} is the most" in PAGE
    assert f"up to {MAX_DEPTH} deep" in PAGE
    assert f"A stem has {MIN_STEM} letters" in PAGE


def test_the_message_on_the_page_is_what_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    lines = ["format = 1", 'language = "en"', "", "[[rules]]", 'id = "x"', 'move = "pity"', "severity = 1"]
    rest = (
        'patterns = ["why (did you"]\nwhy = "w"\ninstead = ["i"]\nsource = "S0-q"\nhits = ["h"]\nmisses = ["m"]\n'
    )
    path.write_text("\n".join([*lines, rest]), encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        load_phrasebook("en", (path,))
    shown = str(caught.value).split("own.toml", 1)[1]
    assert "own.toml" + shown in PAGE
