"""Innocent sentences that once fooled the coach, or might: none of them may cost anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from callcalm.coach import load_phrasebook, read
from callcalm.coach.effects import COSTS
from callcalm.content.registry import load_rulebook

DATA = Path(__file__).parent.parent / "data" / "coach"
ITEMS = [json.loads(line) for line in (DATA / "en-traps.jsonl").read_text(encoding="utf-8").splitlines()]
FAMILIES = sorted({item["id"].split("-")[1] for item in ITEMS if item["kind"] == "trap"})
BATCHES = {
    path.stem: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for path in sorted(DATA.glob("en-fresh-*.jsonl"))
}


def blamed(items: list[dict[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """The texts in which a cost is found, each with its rules and words."""
    book = load_phrasebook("en")
    found = {
        item["text"]: [
            (finding.rule, finding.matched) for finding in read(item["text"], book) if finding.move in COSTS
        ]
        for item in items
    }
    return {text: costs for text, costs in found.items() if costs}


@pytest.mark.parametrize("family", FAMILIES)
def test_no_trap_of_a_family_costs_anything(family: str) -> None:
    assert blamed([item for item in ITEMS if item["kind"] == "trap" and item["id"].split("-")[1] == family]) == {}


def test_ordinary_warm_talk_costs_nothing() -> None:
    assert blamed([item for item in ITEMS if item["kind"] == "clean"]) == {}


@pytest.mark.parametrize("batch", BATCHES)
def test_no_innocent_text_of_a_fresh_batch_costs_anything(batch: str) -> None:
    assert blamed([item for item in BATCHES[batch] if item["kind"] in {"trap", "clean"}]) == {}


@pytest.mark.parametrize("batch", [*BATCHES, "en-blind", "fr-blind"])
def test_the_labels_of_a_fresh_batch_fit_its_texts(batch: str) -> None:
    registry = load_rulebook().registry
    lines = (DATA / f"{batch}.jsonl").read_text(encoding="utf-8").splitlines()
    for item in map(json.loads, lines):
        end = 0
        for span in item["spans"]:
            assert end <= span["start"] < span["end"] <= len(item["text"]), item["id"]
            assert registry.helps(span["move"]) is (span["kind"] == "helpful"), item["id"]
            end = span["end"]
        if item["kind"] in {"trap", "clean"}:
            assert all(span["kind"] == "helpful" for span in item["spans"]), item["id"]


def test_every_family_of_traps_is_there() -> None:
    assert FAMILIES == ["cond", "gives", "instr", "letter", "must", "neg", "own", "perc", "quote", "third", "word"]
    assert all(item["spans"] == [] for item in ITEMS)
