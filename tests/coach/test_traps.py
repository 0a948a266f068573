"""French sentences that look like a cost and are none, and plain warm talk: nothing in them may be blamed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from callcalm.coach import load_phrasebook, read
from callcalm.content.registry import load_rulebook

DATA = Path(__file__).parent.parent / "data" / "coach"
ITEMS = [json.loads(line) for line in (DATA / "fr-traps.jsonl").read_text(encoding="utf-8").splitlines()]
FRESH = sorted(DATA.glob("fr-fresh-*.jsonl"))
BOOK = load_phrasebook("fr")
REGISTRY = load_rulebook().registry


def blamed(text: str) -> list[tuple[str, str]]:
    """The rules that find a cost in a text, each with its words."""
    return [(found.rule, found.matched) for found in read(text, BOOK) if not REGISTRY.helps(found.move)]


@pytest.mark.parametrize("batch", sorted({item["who"] for item in ITEMS}))
def test_innocent_talk_costs_nothing(batch: str) -> None:
    wrong = {item["id"]: found for item in ITEMS if item["who"] == batch and (found := blamed(item["text"]))}
    assert wrong == {}


@pytest.mark.parametrize("path", FRESH, ids=lambda path: path.stem)
def test_the_innocent_of_a_fresh_batch_cost_nothing(path: Path) -> None:
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    innocent = [item for item in items if item["kind"] in ("trap", "clean")]
    assert innocent
    wrong = {item["id"]: found for item in innocent if (found := blamed(item["text"]))}
    assert wrong == {}


@pytest.mark.parametrize("path", FRESH, ids=lambda path: path.stem)
def test_the_labels_of_a_fresh_batch_lie_in_its_texts(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        at = 0
        for span in item["spans"]:
            assert at <= span["start"] < span["end"] <= len(item["text"]), item["id"]
            assert (span["kind"] == "helpful") == REGISTRY.helps(span["move"]), item["id"]
            at = span["end"]
        assert not item["spans"] or item["kind"] != "clean", item["id"]


def test_a_real_cost_is_still_blamed() -> None:
    assert blamed("Vous auriez dû lire le panneau, calmez-vous.")
