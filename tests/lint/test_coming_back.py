"""What a promise comes back in must be there, and every way into an encounter is judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.content.kinds import Kind
from callcalm.intake import Source
from callcalm.lint.examples import merged
from callcalm.lint.linting import Linter
from tests.content.small import SMALL
from tests.lint.small import about, codes, found, one

SURE = """
[beats.when]
mood = "wary"
caller = ["And when", "will I hear from you?"]
replies = [{ say = "I will call you by four today.", goto = "sure" }]
"""


@pytest.mark.parametrize(
    ("piece", "path"),
    [
        (
            'otherwise = { promises = [{ what = "x", follow_up = "back-by-for" }] }',
            "otherwise.promises.0.follow_up",
        ),
        ('cut_in = { promises = [{ what = "x", follow_up = "back-by-for" }] }', "cut_in.promises.0.follow_up"),
    ],
)
def test_a_follow_up_that_is_not_there_is_told_wherever_it_stands(piece: str, path: str) -> None:
    item = one(about(SURE + piece), "CC119")
    assert item.more["path"] == f"beats.when.{path}"
    assert "`back-by-for`" in item.message
    assert "back-by-four" in item.hint


def test_what_an_encounter_comes_back_from_must_be_there_too() -> None:
    text = SMALL.replace("minutes = 6", 'minutes = 6\nafter = "nowhere-at-all"')
    assert (
        one(found(text), "CC119").hint
        == "Write nowhere-at-all.toml, and keep both in your folder of scenarios; or leave this out."
    )
    assert "CC119" not in codes(found(SMALL))


def test_what_is_to_come_is_not_taken_for_a_slip_in_the_name_of_the_file_itself(tmp_path: Path) -> None:
    path = tmp_path / "postcard.toml"
    path.write_text(SMALL.replace("back-by-four", "postcard-after"), encoding="utf-8")
    looked = Linter().look(Source(path.name, path.read_text("utf-8")), path, Kind.SCENARIO)
    (hint,) = [item.hint for item in looked.sheet.diagnostics if item.rule == "CC119"]
    assert hint == "Write postcard-after.toml, and keep both in your folder of scenarios; or leave this out."


def test_the_files_beside_it_count(tmp_path: Path) -> None:
    text = SMALL.replace("back-by-four", "my-own")

    def told() -> list[str]:
        looked = Linter().look(Source("x.toml", text), tmp_path / "x.toml", Kind.SCENARIO)
        return [item.rule for item in looked.sheet.diagnostics]

    assert "CC119" in told()
    (tmp_path / "my-own.toml").write_text(SMALL, encoding="utf-8")
    assert "CC119" not in told()


def test_a_way_in_from_which_nobody_can_do_well_is_told() -> None:
    text = SMALL.replace(
        "[beats.heard]",
        """[openings]
broken = "walls"

[beats.walls]
mood = "cold"
caller = "You said so."
replies = [
  { say = "I said so, and I was wrong.", goto = "gone" },
  { say = "It is our policy.", goto = "gone" },
]

[beats.heard]""",
    )
    assert "begun by the opening `broken`" in one(found(text), "CC711").message
    assert "CC711" not in codes(found(SMALL))


def test_a_way_in_that_is_won_by_chance_is_told() -> None:
    easy = SMALL.replace("[vars]", '[openings]\nkept = "easy"\n\n[vars]').replace(
        "[beats.heard]",
        """[beats.easy]
mood = "wary"
caller = "You called."
replies = [{ say = "I said I would.", goto = "settled" }, { say = "It is our policy.", goto = "settled" }]

[beats.heard]""",
    )
    assert "begun by the opening `kept`" in one(found(easy), "CC709").message


def test_a_condition_that_only_an_opening_makes_true_is_no_mistake() -> None:
    piece = """
[vars]
kept = true

[openings]
broken = { beat = "when", set = { kept = false } }

[beats.when]
mood = "wary"
caller = "And when will I hear from you?"
replies = [
  { say = "I will call you by four today.", goto = "sure", when = "kept" },
  { say = "I never called. I will call you by four today.", goto = "sure", when = "not kept" },
]
"""
    told = codes(found(merged(piece)))
    assert not {"CC506", "CC507", "CC508", "CC510"} & set(told)
    without = codes(
        found(merged(piece.replace('broken = { beat = "when", set = { kept = false } }', 'broken = "when"')))
    )
    assert "CC510" in without
