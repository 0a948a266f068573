"""Campaigns: what ships is whole, every step is there to play, and mistakes have their places."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcalm.content.campaigns import SHIPPED, load_campaign, load_campaigns
from callcalm.content.drills import SHIPPED as DRILLS
from callcalm.content.drills import Drills
from callcalm.content.library import Library
from callcalm.intake import BadFile
from tests.content.small import rulebook

FILES = sorted(SHIPPED.glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_step_of_a_shipped_campaign_can_be_played(path: Path) -> None:
    campaign = load_campaign(path)
    known = {
        "encounter": {header.id: header.language for header in Library.standard(environ={}).headers()},
        "drill": {drill.id: drill.language for drill in Drills([DRILLS], rulebook().registry).all()},
    }
    assert [step.id for step in campaign.steps if step.id not in known[step.kind]] == []
    assert {known[step.kind][step.id] for step in campaign.steps} == {campaign.language}
    assert len({(step.kind, step.id) for step in campaign.steps}) == len(campaign.steps)


def test_there_are_three() -> None:
    assert [path.stem for path in FILES] == ["accueil-telephonique", "clinic-front-desk", "first-week"]


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ("[]", "CC028"),
        ('[{ why = "x" }]', "CC022"),
        ('[{ encounter = "a", drill = "b" }]', "CC022"),
        ('[{ encounter = "../a" }]', "CC025"),
        ('[{ scenario = "a" }]', "CC021"),
    ],
)
def test_a_mistake_has_its_code_and_place(tmp_path: Path, steps: str, code: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(f'format = 1\ntitle = "M"\nlanguage = "en"\nabout = "A."\nsteps = {steps}\n', encoding="utf-8")
    with pytest.raises(BadFile) as bad:
        load_campaign(path)
    assert code in [problem.code.value for problem in bad.value.problems]
    assert all(problem.place is not None for problem in bad.value.problems)
    met: list[BadFile] = []
    assert len(load_campaigns([tmp_path, SHIPPED], met)) == len(FILES)
    assert len(met) == 1


def test_a_campaign_whose_ending_is_in_capitals_is_found(tmp_path: Path) -> None:
    (tmp_path / "MINE.TOML").write_bytes(FILES[0].read_bytes())
    assert [campaign.id for campaign in load_campaigns([tmp_path])] == ["MINE"]
