"""The guide of a desk: both languages' rules, and the player's own phrasebook where it can be used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from callcalm.insight.guide import UnknownPage
from callcalm.language import use
from callcalm.practice.desk import Desk
from callcalm.practice.fieldguide import field_guide
from tests.world import desk

OWN = """
format = 1
language = "en"

[[rules]]
id = "frobnicate"
move = "letterese"
severity = 1
patterns = ["frobnicate the caller"]
why = "House rule."
instead = ["Speak plainly."]
source = "S3-4"
hits = ["frobnicate the caller", "please frobnicate the caller", "we frobnicate the caller"]
misses = ["frobnicate", "call the caller", "the caller"]
"""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    use("en")
    yield
    use("en")


def test_every_move_is_found_by_its_id_and_has_a_page(tmp_path: Path) -> None:
    guide, left_out = field_guide(desk(tmp_path))
    assert left_out == ""
    numbers = [entry.number for found in guide.find("") for entry in found.entries]
    assert numbers == list(range(1, len(guide.moves) + 1))
    for move in guide.moves:
        assert move in {entry.move for found in guide.find(move.upper()) for entry in found.entries}
        page = guide.page(move)
        assert page.key == move
        assert page.why
        assert len(page.views) == 5


def test_a_rule_that_only_the_other_language_has_is_found_too(tmp_path: Path) -> None:
    guide, _left_out = field_guide(desk(tmp_path))
    ((_english, _pages), (language, french)) = guide.rules("blame.why-you")
    assert language == "fr"
    assert guide.pages(french[0].key)[0].is_rule
    with pytest.raises(UnknownPage, match=r"blame\.why-you"):
        guide.pages("blame.why-yu")


def test_the_interfaces_language_comes_first(tmp_path: Path) -> None:
    at = desk(tmp_path)
    use("fr")
    guide, _left_out = field_guide(at)
    assert [language for language, _pages in guide.rules("blame.why-you")] == ["fr", "en"]
    assert any("é" in entry.name for found in guide.find("") for entry in found.entries)


def test_accents_and_case_do_not_count(tmp_path: Path) -> None:
    at = desk(tmp_path)
    use("fr")
    guide, _left_out = field_guide(at)
    assert guide.find("RÉPÉTITION") == guide.find("repetition") != ()


def test_the_players_own_phrasebook_counts_or_is_said_to_be_left_out(tmp_path: Path) -> None:
    at = with_own(tmp_path / "sound", OWN)
    guide, left_out = field_guide(at)
    assert left_out == ""
    assert guide.pages("frobnicate")[0].why == "House rule."
    at = with_own(tmp_path / "broken", OWN.replace('move = "letterese"', 'move = "no-such"'))
    guide, left_out = field_guide(at)
    assert "phrasebook.toml" in left_out
    assert "\n" not in left_out
    assert guide.moves


def test_what_is_no_phrasebook_is_said_to_be_left_out_too(tmp_path: Path) -> None:
    at = desk(tmp_path)
    (at.folders.settings.parent / "phrasebook.toml").mkdir()
    guide, left_out = field_guide(at)
    assert "this is a folder, not a file" in left_out
    assert guide.moves


def with_own(folder: Path, words: str) -> Desk:
    at = desk(folder)
    (at.folders.settings.parent / "phrasebook.toml").write_text(words, encoding="utf-8")
    return at
