"""Large letters: checking holds the text and what is found in it, and finds what it would find in small ones."""

from __future__ import annotations

import tracemalloc

import pytest

from callcalm.letters.books import Books
from callcalm.letters.checking import check
from callcalm.letters.house import house
from callcalm.letters.letter import Letter, letter_from
from callcalm.letters.tongue import vote

BOOKS = Books()
RULES = house()
CLEAN = "The lamps are in the box, and the shade is in the bag.\nThe plan of the house is on the table.\n\n"


def letter(text: str) -> Letter:
    return letter_from(text.encode(), "x.txt")


def held(text: str) -> int:
    """Bytes that checking takes at most besides the text itself."""
    given = letter(text)
    tracemalloc.start()
    try:
        found = check(given, BOOKS, RULES).found
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert not found
    return most


@pytest.mark.parametrize(
    "clean", [CLEAN, CLEAN.replace("\n", " "), "lamp,"], ids=["lines", "one line", "no space"]
)
def test_memory_does_not_grow_with_a_text_in_which_nothing_is_found(clean: str) -> None:
    text = clean * (80_000 // len(clean))
    held(text)  # What is learnt of its words stays.
    assert held(4 * text) < 1.5 * held(text)


def test_small_words_are_counted_the_same_however_long_the_text_is() -> None:
    text = "Le chat et la souris, the cat and the mouse; İt ist ΟΣ. " * 3
    english, french = vote(text)
    assert vote(text * 1_000) == (1_000 * english, 1_000 * french)
    assert vote("x" * 40_000 + "the") == (0, 0)


def test_of_a_move_that_stands_twice_in_a_sentence_a_large_letter_tells_the_same() -> None:
    costs = "As I already told you, you failed to send it, and as I said you failed to send the form.\n\n"
    small = check(letter(costs), BOOKS, RULES).found
    assert small
    large = check(letter(CLEAN * 800 + costs), BOOKS, RULES).found
    assert [one.diagnostic.rule for one in large] == [one.diagnostic.rule for one in small]
    assert [one.diagnostic.matched for one in large] == [one.diagnostic.matched for one in small]
