"""What is put on a pile comes back by its name, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

import pytest

from callcalm.coach import pieces
from callcalm.coach.pieces import Bulk, Chest, Fetched, Pile

WORDS = {"we": 1, "well": 2, "w": 3, "": 4, "été": 5, "<did>": 6}


def test_things_are_fetched_one_by_one() -> None:
    pile = Pile()
    pile.put(b"something before")
    places = pile.put_each(WORDS)
    made: list[int] = []
    things = Fetched(places, pile.bulk(), lambda number: made.append(number) or str(number))
    assert "we" in things
    assert made == []
    assert (things["well"], things["well"]) == ("2", "2")
    assert made == [2]
    assert dict(things) == {word: str(number) for word, number in WORDS.items()}
    with pytest.raises(KeyError):
        things["no"]


@pytest.mark.parametrize("number", [crc32, lambda _: 7])
def test_things_in_drawers_are_found_by_their_names(
    number: Callable[[bytes], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Names that make one number are told apart, too.
    monkeypatch.setattr(pieces, "crc32", number)
    pile = Pile()
    pile.put(b"something before")
    drawers = pile.put_in_drawers({word: str(thing).encode() for word, thing in WORDS.items()})
    pile.put(b"something after")
    asked: list[str] = []

    def unpack(packed: Bulk) -> int:
        asked.append(bytes(packed).decode())
        return int(asked[-1])

    things = Chest(drawers, memoryview(pile.bulk()), unpack)
    assert len(things) == len(WORDS)
    assert set(things) == set(WORDS)
    assert all(word in things for word in WORDS)
    assert not any(word in things for word in ("wel", "x", "wex", "é", "\ud800"))
    assert asked == []
    assert things["été"] == 5
    assert asked == ["5"]
    assert dict(things) == WORDS
    assert things.fetch("x") is None
    for word in ("wel", "x"):
        with pytest.raises(KeyError):
            things[word]


def test_a_chest_may_be_empty() -> None:
    pile = Pile()
    things = Chest(pile.put_in_drawers({}), pile.bulk(), bytes)
    assert dict(things) == {}
    assert "x" not in things
