"""The library teaches every source, uses every move twice, and lets every school contest a turn twice."""

from __future__ import annotations

import json
from functools import lru_cache

import pytest

from callcalm.cli.main import main
from callcalm.content.library import Library
from callcalm.content.sources import load_sources
from callcalm.workshop.coverage import Coverage, coverage
from callcalm.workshop.covering import covered
from tests.content.small import opened, playbooks, rulebook


@lru_cache(maxsize=1)
def shipped() -> Coverage:
    found, broken = covered(Library.standard(environ={}), rulebook(), playbooks())
    assert broken == ()
    return found


@pytest.mark.parametrize("source", load_sources())
def test_every_source_is_taught_by_something_a_learner_does(source: str) -> None:
    row = next(row for row in shipped().rows if row.id == source)
    assert row.encounters


@pytest.mark.parametrize("move", rulebook().registry.moves)
def test_every_move_can_be_made_in_two_encounters(move: str) -> None:
    assert len(shipped().moves[move]) >= 2


@pytest.mark.parametrize("school", playbooks())
def test_every_school_contests_two_turns(school: str) -> None:
    assert len(shipped().contested[school]) >= 2


def test_every_source_of_a_move_is_in_the_list() -> None:
    known = load_sources()
    assert {source for move in rulebook().registry.moves.values() for source in move.sources} <= set(known)


def test_a_source_that_nothing_teaches_is_empty_and_price_is_in_every_round() -> None:
    found = coverage(
        ["S1-4", "S3-p", "S0-4"], [opened().scenario], [], ["own-it"], playbooks(), rulebook().registry
    )
    rows = {row.id: row for row in found.rows}
    assert rows["S1-4"].empty
    assert rows["S3-p"].encounters == ("x",)
    assert (rows["S0-4"].encounters, rows["S0-4"].worked) == (("x",), ("own-it",))


def test_it_is_written_in_three_ways(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {row["id"] for row in data["sources"]} == set(load_sources())
    assert main(["coverage", "--format", "md"]) == 0
    assert capsys.readouterr().out.startswith("# ")
