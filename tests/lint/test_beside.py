"""A syntax error hides in no kind of file what else is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.content.kinds import Kind
from callcalm.intake import Source
from callcalm.lint.linting import Linter

SLIPS = {
    Kind.PHRASEBOOK: """format = 1
language = "en"
[[rules]]
id = "mine"
severty = 2
why = It helps.
hits = []
""",
    Kind.PLAYBOOK: """format = 1
id = "house"
name = "House"
[[stances]]
stanse = "endorse"
move = "own-it
""",
    Kind.MOVES: """format = 1
[[moves]]
id = "thank"
name = "Thanks"
efect = "helps"
weight = two
""",
    Kind.DRILL: """format = 1
language = "en"
[[items]]
kind = "rewrite"
prommpt = "Say it."
pick = no
""",
    Kind.CAMPAIGN: """format = 1
title = "Monday"
language = "en"
[[steps]]
encouter = "tears"
drill = openings"
""",
    Kind.SETTINGS: """player = "ada"
mouse = true
language = "en"
motion = true
coach = "loud"
theme = dark
""",
}
"""Something wrong on the fifth line, and what is not TOML on the sixth."""


@pytest.mark.parametrize("kind", SLIPS)
def test_a_syntax_error_hides_nothing_beside_it(kind: Kind, tmp_path: Path) -> None:
    looked = Linter().look(Source("x.toml", SLIPS[kind] + "\n# the end\n"), tmp_path / "x.toml", kind)
    told = {finding.place.line: finding.rule for finding in looked.sheet.diagnostics if finding.place}
    assert told[6] == "CC010"
    assert told.get(5, "CC010") != "CC010", told
