"""Every encounter that ships meets the bars of the library: size, endings, who wins, what gives the best away."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from callcalm.content.library import shipped_folder
from callcalm.core.explore import Player
from callcalm.report import Level
from callcalm.workshop.measuring import Measures, measure
from tests.content.small import playbooks, rulebook

FILES = sorted(shipped_folder().glob("*/*.toml"))


@cache
def measured(path: Path) -> Measures:
    return measure(path, rulebook(), playbooks())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_encounter_meets_its_bars(path: Path) -> None:
    found = measured(path)
    least, most = (4, 8) if found.channel == "letter" else (8, 14)
    assert least <= found.beats <= most
    assert len(found.kinds) >= 3
    assert found.checks >= 3
    assert found.good[Player.RANDOM] < 0.35
    assert found.good[Player.KIND] < 0.70
    assert found.good[Player.BEST] == pytest.approx(1)
    assert found.longest < 0.40 * found.choices
    assert found.in_one_place <= 0.40 * found.choices
    assert found.proved
    assert (found.findings.get(Level.ERROR, 0), found.findings.get(Level.WARNING, 0)) == (0, 0)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_an_encounter_teaches_can_be_done_in_it(path: Path) -> None:
    found = measured(path)
    assert found.teaches
    assert set(found.teaches) <= set(found.moves)


def test_the_library_is_whole() -> None:
    assert {path.parent.name for path in FILES} == {"en", "fr"}
    assert len(FILES) >= 27
