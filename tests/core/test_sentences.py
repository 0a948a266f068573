"""The sentence that some words stand in, in any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.core.sentences import LONGEST, sentence_at

TEXT = """Dear Ms. Roe,

Thank you for writing. You failed to
sign page 2! Is "that so?" Then pay by 4 p.m. or not.
M. Martin a dit non… Voilà."""


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("failed", "You failed to\nsign page 2!"),
        ("Roe", "Dear Ms. Roe,"),
        ("writing. You", "Thank you for writing. You failed to\nsign page 2!"),
        ("that", 'Is "that so?"'),
        ("Martin", "M. Martin a dit non…"),
        ("Voilà", "Voilà."),
    ],
)
def test_the_sentence_of_some_words(words: str, sentence: str) -> None:
    at = TEXT.index(words)
    assert TEXT[slice(*sentence_at(TEXT, at, at + len(words)))] == sentence


@given(st.text(alphabet="ab .!?\n…\"'MrI", max_size=200), st.integers(0, 200), st.integers(1, 40))
def test_it_holds_the_words_and_begins_and_ends_with_no_blank(text: str, start: int, size: int) -> None:
    if start < len(text):
        end = min(len(text), start + size)
        first, last = sentence_at(text, start, end)
        assert 0 <= first <= start < end <= last <= len(text)
        assert first == start or not text[first].isspace()
        assert last == end or not text[last - 1].isspace()


def test_an_endless_sentence_is_cut_between_words() -> None:
    text = "word " * 10_000
    first, last = sentence_at(text, 25_000, 25_004)
    assert last - first <= LONGEST
    assert text[first:last].startswith("word ")
    assert text[first:last].endswith("word")
    solid = "x" * 30_000
    assert sentence_at(solid, 5_000, 5_010) == (5_000, 5_010)
