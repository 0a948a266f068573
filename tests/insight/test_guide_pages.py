"""The pages of the field guide, over all that ships."""

from __future__ import annotations

import pytest

from callcalm.coach import load_phrasebook
from callcalm.content.registry import load_rulebook
from callcalm.insight.guide import Guide


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_page_of_a_move_gives_an_example_twice(language: str) -> None:
    registry = load_rulebook().registry
    guide = Guide(registry, (), load_phrasebook(language))
    for move in registry.moves:
        page = guide.pages(move)[0]
        for examples in (page.bad, page.good, page.near):
            assert len(set(examples)) == len(examples), move
