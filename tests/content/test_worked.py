"""The worked calls that ship: one for each technique said in words, and the coach hears what each shows."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from callcalm.coach import Hearing, load_phrasebook, read
from callcalm.content.shapes import LANGUAGES
from callcalm.content.worked_calls import load_worked, worked_calls
from callcalm.core.text import Text
from callcalm.core.worked import Worked
from callcalm.intake import BadFile
from tests.content.small import rulebook

REGISTRY = rulebook().registry
ACTS = {
    "listen": "hearing someone out is done without words",
    "breathe.first": "a breath is taken, not said",
}
"""Helping moves with no worked call, and why."""

NAMES = {"en": ("Mr. Abara",), "fr": ("Monsieur Nguyen",)}
"""Who calls where the name is the technique: that a name is theirs, words alone cannot show."""

CALLS = [
    pytest.param(language, call, id=f"{language}-{move}")
    for language in LANGUAGES
    for move, call in worked_calls(language, REGISTRY).items()
]
LOOSE_FRENCH = re.compile(r" [?!;:»]|« |[^\s\N{NO-BREAK SPACE}][?!;»]|['\"]")
"""French punctuation that a line end could tear off, that has no space at all, or that is typewritten."""


def moves(words: Text, language: str, call: Worked) -> set[str]:
    """What the coach hears in words said to this caller; saying back and bad news need what went before."""
    names = NAMES[language] if call.move == "use-name" else ()
    hearing = Hearing(names=names, said=(call.caller,))
    return {finding.move for finding in read(words, load_phrasebook(language), hearing)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_technique_said_in_words_has_a_worked_call(language: str) -> None:
    spoken = {move for move in REGISTRY.moves if REGISTRY.helps(move)} - ACTS.keys()
    assert set(worked_calls(language, REGISTRY)) == spoken


@pytest.mark.parametrize(("language", "call"), CALLS)
def test_the_bad_take_costs_what_it_says(language: str, call: Worked) -> None:
    assert REGISTRY.costs(call.bad_move)
    assert call.bad_move in moves(call.bad, language, call)


@pytest.mark.parametrize(("language", "call"), CALLS)
def test_the_good_take_makes_its_move_and_costs_nothing(language: str, call: Worked) -> None:
    heard = moves(call.good, language, call)
    assert call.move in heard
    assert not [move for move in heard if REGISTRY.costs(move)]


@pytest.mark.parametrize(("language", "call"), CALLS)
def test_the_rule_is_an_if_then(language: str, call: Worked) -> None:
    assert call.rule.startswith({"en": ("If ",), "fr": ("Si ", "S’")}[language])
    assert {"en": " I ", "fr": " je "}[language] in call.rule


@pytest.mark.parametrize(("language", "call"), CALLS)
def test_a_call_is_set_in_its_own_language(language: str, call: Worked) -> None:
    texts = [getattr(call, key) for key in ("scene", "caller", "bad", "then_bad", "good", "then_good", "rule")]
    assert len(set(texts)) == len(texts)
    if language == "fr":
        assert not [text for text in texts if LOOSE_FRENCH.search(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_way_of_going_wrong_stands_for_all(language: str) -> None:
    """The bad takes are many: nobody should learn that only one thing costs."""
    wrong = Counter(call.bad_move for call in worked_calls(language, REGISTRY).values())
    assert len(wrong) >= 20
    assert max(wrong.values()) <= 5


def test_a_second_call_for_a_move_and_an_unknown_one_are_told(tmp_path: Path) -> None:
    first = next(iter(worked_calls("en", REGISTRY).values()))
    fields = {key: getattr(first, key) for key in Worked.__slots__}
    block = "[[calls]]\n" + "".join(f'{key} = """{value}"""\n' for key, value in fields.items())
    path = tmp_path / "en.toml"
    path.write_text(
        'format = 1\nlanguage = "en"\n' + block + block.replace(f'"""{first.move}"""', '"""thnak"""') + block,
        encoding="utf-8",
    )
    with pytest.raises(BadFile) as bad:
        load_worked(path, REGISTRY)
    assert len(bad.value.problems) == 2
