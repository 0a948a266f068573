"""Innocent sentences that once fooled the coach, or might: none of them may cost anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from callcalm.coach import load_phrasebook, read
from callcalm.coach.effects import COSTS

TRAPS = Path(__file__).parent.parent / "data" / "coach" / "en-traps.jsonl"
ITEMS = [json.loads(line) for line in TRAPS.read_text(encoding="utf-8").splitlines()]
FAMILIES = sorted({item["id"].split("-")[1] for item in ITEMS if item["kind"] == "trap"})


@pytest.mark.parametrize("family", FAMILIES)
def test_no_trap_of_a_family_costs_anything(family: str) -> None:
    book = load_phrasebook("en")
    found = {
        item["text"]: [
            (finding.rule, finding.matched) for finding in read(item["text"], book) if finding.move in COSTS
        ]
        for item in ITEMS
        if item["kind"] == "trap" and item["id"].split("-")[1] == family
    }
    assert {text: costs for text, costs in found.items() if costs} == {}


def test_ordinary_warm_talk_costs_nothing() -> None:
    book = load_phrasebook("en")
    found = [
        (finding.rule, finding.matched)
        for item in ITEMS
        if item["kind"] == "clean"
        for finding in read(item["text"], book)
        if finding.move in COSTS
    ]
    assert found == []


def test_every_family_of_traps_is_there() -> None:
    assert FAMILIES == ["cond", "gives", "instr", "letter", "must", "neg", "own", "perc", "quote", "third", "word"]
    assert all(item["spans"] == [] for item in ITEMS)
