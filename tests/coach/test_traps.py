"""French sentences that look like a cost and are none, and plain warm talk: nothing in them may be blamed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from callcalm.coach import load_phrasebook, read
from callcalm.content.registry import load_rulebook

LINES = (
    (Path(__file__).parent.parent / "data" / "coach" / "fr-traps.jsonl").read_text(encoding="utf-8").splitlines()
)
ITEMS = [json.loads(line) for line in LINES]
BOOK = load_phrasebook("fr")
REGISTRY = load_rulebook().registry


def blamed(text: str) -> list[tuple[str, str]]:
    """The rules that find a cost in a text, each with its words."""
    return [(found.rule, found.matched) for found in read(text, BOOK) if not REGISTRY.helps(found.move)]


@pytest.mark.parametrize("batch", sorted({item["who"] for item in ITEMS}))
def test_innocent_talk_costs_nothing(batch: str) -> None:
    wrong = {item["id"]: found for item in ITEMS if item["who"] == batch and (found := blamed(item["text"]))}
    assert wrong == {}


def test_a_real_cost_is_still_blamed() -> None:
    assert blamed("Vous auriez dû lire le panneau, calmez-vous.")
