"""What is put on a pile comes back by its name, and nothing else does."""

from __future__ import annotations

import pytest

from callcalm.coach.pieces import Fetched, Pile, Shelves

WORDS = {"we": 1, "well": 2, "w": 3, "": 4, "été": 5, "<did>": 6}


def test_things_are_fetched_one_by_one() -> None:
    pile = Pile()
    pile.put(b"something before")
    pieces = pile.put_each(WORDS)
    made: list[int] = []
    things = Fetched(pieces, pile.bulk(), lambda number: made.append(number) or str(number))
    assert "we" in things
    assert made == []
    assert (things["well"], things["well"]) == ("2", "2")
    assert made == [2]
    assert dict(things) == {word: str(number) for word, number in WORDS.items()}
    with pytest.raises(KeyError):
        things["no"]


def test_things_stand_on_shelves_by_how_their_names_begin() -> None:
    pile = Pile()
    pieces = pile.put_on_shelves(WORDS)
    things: Shelves[int] = Shelves(pieces, memoryview(pile.bulk()))
    assert len(pieces) < len(WORDS)
    assert dict(things) == WORDS
    assert len(things) == len(WORDS)
    assert all(word in things for word in WORDS)
    assert not any(word in things for word in ("wel", "x", "wex", "é"))
    for word in ("wel", "x"):
        with pytest.raises(KeyError):
            things[word]
