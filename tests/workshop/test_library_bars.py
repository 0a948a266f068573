"""Every encounter that ships meets the bars of the library: size, endings, who wins, what gives the best away."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from callcalm.content.library import shipped_folder
from callcalm.content.scenarios import load_scenario
from callcalm.core.explore import Player, prove, solve
from callcalm.core.model import Scenario
from callcalm.report import Level
from callcalm.workshop.measuring import Measures, measure
from tests.content.small import playbooks, rulebook

FILES = sorted(shipped_folder().glob("*/*.toml"))


@cache
def loaded(path: Path) -> Scenario:
    return load_scenario(path, rulebook(), playbooks())


def comes_back(path: Path) -> bool:
    return bool(loaded(path).after)


@cache
def measured(path: Path) -> Measures:
    return measure(path, rulebook(), playbooks())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_encounter_meets_its_bars(path: Path) -> None:
    found = measured(path)
    least, most = (4, 8) if found.channel == "letter" else (8, 14)
    if comes_back(path):
        least = 6  # two people who know each other take up in the middle
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


@pytest.mark.parametrize("path", [path for path in FILES if comes_back(path)], ids=lambda path: path.stem)
def test_what_comes_back_belongs_to_the_promise_that_brings_it(path: Path) -> None:
    back = loaded(path)
    first = loaded(path.parent / f"{back.after}.toml")
    promised = [
        promise
        for beat in first.beats.values()
        for reply in beat.replies
        for promise in reply.promises
        if promise.follow_up == path.stem
    ]
    assert promised
    assert (back.caller.name, back.caller.address) == (first.caller.name, first.caller.address)
    assert (back.channel, back.setting) == (first.channel, first.setting)
    assert {"kept", "broken"} <= back.openings.keys()
    assert {check.opening for check in back.checks} >= {"kept", "broken"}
    said = {back.beats[opening.beat].caller for opening in back.openings.values()}
    assert len(said) > 1, "the caller knows whether the promise was kept"


@pytest.mark.parametrize("path", [path for path in FILES if loaded(path).openings], ids=lambda path: path.stem)
def test_every_way_in_meets_the_bars(path: Path) -> None:
    story = loaded(path)
    rules = playbooks()[story.playbook]
    proof = prove(story, rules)
    for opening in story.openings:
        good = {player: solve(story, rules, player, proof=proof, opening=opening).good for player in Player}
        assert good[Player.RANDOM] < 0.35
        assert good[Player.KIND] < 0.70
        assert good[Player.BEST] == pytest.approx(1)


def test_every_promise_comes_back_where_its_own_caller_is() -> None:
    callers = {path.stem: loaded(path).caller.name for path in FILES}
    for path in FILES:
        for beat in loaded(path).beats.values():
            for promise in (one for reply in beat.replies for one in reply.promises if one.follow_up):
                assert callers[promise.follow_up or ""] == callers[path.stem]


def test_the_library_is_whole() -> None:
    assert {path.parent.name for path in FILES} == {"en", "fr"}
    assert len(FILES) >= 27
