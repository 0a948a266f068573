"""A campaign's steps must be there: beside the file, in the player's own folders, or among those that ship."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.content.campaigns import SHIPPED
from callcalm.content.kinds import Kind
from callcalm.intake import Source
from callcalm.lint.linting import Linter
from callcalm.report import Diagnostic
from tests.content.small import SMALL

HEAD = 'format = 1\ntitle = "M"\nlanguage = "en"\nabout = "A."\n'


def told(steps: str, folder: Path, shelves: dict[Path, Kind] | None = None) -> tuple[Diagnostic, ...]:
    path = folder / "mine.toml"
    source = Source("mine.toml", f"{HEAD}steps = [\n{steps}\n]\n")
    return Linter(shelves=lambda: shelves or {}).look(source, path, Kind.CAMPAIGN).sheet.diagnostics


@pytest.mark.parametrize(
    ("step", "message", "hint"),
    [
        (
            '{ encounter = "lost-referal" }',
            "there is no encounter `lost-referal`",
            "Did you mean `lost-referral`?",
        ),
        ('{ drill = "ultimatum-to-ofer" }', "there is no drill", "Did you mean `ultimatum-to-offer`?"),
        (
            '{ encounter = "ultimatum-to-offer" }',
            "there is no encounter",
            'It is a drill: write drill = "ultimatum-to-offer".',
        ),
        ('{ drill = "lost-referral" }', "no drill", 'It is an encounter: write encounter = "lost-referral".'),
        ('{ encounter = "zzzzzz" }', "no encounter `zzzzzz`", "“callcalm list” tells which there are."),
    ],
)
def test_a_step_that_is_not_there_is_told_with_its_place(
    tmp_path: Path, step: str, message: str, hint: str
) -> None:
    (item,) = told(f'{{ encounter = "lost-referral" }},\n{step}', tmp_path)
    assert item.rule == "CC905"
    assert message in item.message
    assert item.hint == hint
    assert item.place is not None
    assert item.place.line == 7


def test_steps_are_looked_for_beside_the_file_and_on_the_shelves(tmp_path: Path) -> None:
    for name in ("campaigns", "scenarios", "drills", "elsewhere"):
        (tmp_path / name).mkdir()
    for place in ("scenarios/one.toml", "campaigns/two.toml", "elsewhere/three.toml"):
        (tmp_path / place).write_text(SMALL, encoding="utf-8")
    (tmp_path / "drills" / "four.toml").write_text("", encoding="utf-8")
    steps = ",".join(f'{{ encounter = "{name}" }}' for name in ("one", "two", "three")) + ',{ drill = "four" }'
    folder = tmp_path / "campaigns"
    assert [item.message for item in told(steps, folder)] == ["there is no encounter `three`"]
    assert told(steps, folder, {tmp_path / "elsewhere": Kind.SCENARIO}) == ()


def test_a_file_whose_name_no_step_can_have_is_to_be_renamed(tmp_path: Path) -> None:
    (tmp_path / "MINE.TOML").write_text(SMALL, encoding="utf-8")
    (item,) = told('{ encounter = "mine" }', tmp_path)
    assert item.hint == "There is a file of the name `MINE`: give it a name of small letters, digits and hyphens."


def test_a_step_that_is_wrong_otherwise_is_told_once(tmp_path: Path) -> None:
    for step in ("{ encounter = 3 }", '{ encounter = "../a" }', "3", '{ why = "x" }'):
        assert [item.rule for item in told(step, tmp_path)].count("CC905") == 0


def test_the_shipped_campaigns_are_clean() -> None:
    report = Linter().report([SHIPPED])
    assert len(report.sheets) == 3
    assert [item.message for sheet in report.sheets for item in sheet.diagnostics] == []
