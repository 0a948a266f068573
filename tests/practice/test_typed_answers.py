"""Typed answers find their way: nearly all reach the reply that a fair human would take them for."""

from __future__ import annotations

import pytest

from tests.typed import NOWHERE, answers, scenarios, taken

SHARE = 0.88
"""Of the labelled answers, how many reach where they should, at least; `benchmarks/typed.py` prints the rest."""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_labels_name_replies_that_exist(language: str) -> None:
    found = scenarios(language)
    wrong = [
        answer["reaches"]
        for answer in answers(language)
        if answer["reaches"] != NOWHERE and found[answer["scenario"]].reply(answer["reaches"]) is None
    ]
    assert wrong == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_most_typed_answers_reach_where_they_should(language: str) -> None:
    every = list(taken(language))
    assert len(every) >= 80
    right = [one for one in every if one.got == one.wanted]
    assert len(right) / len(every) >= SHARE
