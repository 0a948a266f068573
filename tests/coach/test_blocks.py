"""One stretch of a text: its words keep their places, its sentences their numbers, and quotes are known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.coach.blocks import Block
from callcalm.coach.words import STOP, fold
from tests.coach.small import book

PLAIN = book("sit down")
TEXTS = st.text("aé.,;!?:… \n\r“”\"'1-", max_size=60) | st.text(max_size=60)


def block(text: str, start: int = 0, end: int | None = None) -> Block:
    return Block(text, start, len(text) if end is None else end, PLAIN.matcher.lexicon, PLAIN.matcher)


def words(made: Block) -> list[str]:
    """The folded words and marks of a block, and one stop behind them all, as its places count them."""
    layouts = PLAIN.matcher.lexicon.layouts
    return [word for chunk in made.chunks for word, _, _ in layouts[chunk]] + [STOP]


@given(TEXTS)
def test_the_stops_of_a_block_are_those_of_its_words(text: str) -> None:
    made = block(text)
    assert made.stops == [at for at, word in enumerate(words(made)) if word == STOP]
    assert len(made.sentence_of) == len(made.stops)


@given(TEXTS)
def test_sentences_are_counted_one_by_one_and_several_stops_in_a_row_end_one(text: str) -> None:
    made = block(text)
    ends = dict(zip(made.stops, made.sentence_of, strict=True))
    before, last = -1, None
    for stop, number in ends.items():
        assert number == before + (last is None or stop > last + 1)
        before, last = number, stop


@given(TEXTS, st.text(max_size=10), st.text(max_size=10))
def test_every_word_has_its_place_in_the_whole_text(text: str, above: str, below: str) -> None:
    """A block knows where it stands: its places are those of the whole."""
    alone = block(text)
    within = block(above + text + below, len(above), len(above) + len(text))
    assert within.chunks == alone.chunks
    found = words(alone)[:-1]
    ends = []
    for at, word in enumerate(found):
        low, high = alone.place(at, at)
        assert 0 <= low <= high <= len(text)
        assert within.place(at, at) == (low + len(above), high + len(above))
        if word.isalpha() and word.isascii() and fold(text[low:high]) == word:
            assert text[low:high].strip() == text[low:high]
        ends.append(low)
    assert ends == sorted(ends)
    if found:
        assert alone.place(0, len(found) - 1)[1] <= len(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [0]),
        ("One", [0]),
        ("One. Two", [0, 1]),
        ("One?! Two.", [0, 1, 1]),
        ("One.\n\nTwo... three", [0, 1]),
        ("Dr. Lee is here. Two", [0, 1]),
    ],
)
def test_where_sentences_end(text: str, numbers: list[int]) -> None:
    assert block(text).sentence_of == numbers


@given(TEXTS, st.text(max_size=10))
def test_whatever_is_quoted_stands_in_a_sentence_that_quotes(text: str, above: str) -> None:
    made = block(above + text, len(above))
    number = 0
    for at in range(len(words(made)) - 1):
        if made.is_quoted(*made.place(at, at)):
            assert made.sentence_of[number] in made.quoting
        number += made.stops[number] == at
    assert made.quoting <= set(made.sentence_of)
    assert bool(made.quoting) <= bool(made.quotes)


def test_half_quoted_is_quoted() -> None:
    text = "They said “sit down” and then stood up again, all of them."
    made = block(text)
    low = text.index("sit")
    assert made.is_quoted(low, low + 3)
    assert made.is_quoted(0, low + 3)
    assert not made.is_quoted(0, 4)
    assert made.spots(PLAIN.rule, 0) == []
