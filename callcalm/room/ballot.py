"""One ballot: who voted for which letter, and what that comes to. No vote is lost, none is counted twice.

What must not be here: what a letter stands for, or who may see the count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random


class Ballot:
    """The votes of one ballot.

    `revision` tells it from every other ballot of the session. `counted` is a tally that stands instead of the
    votes: hands that were counted, or what a session's file remembers of votes that are gone.
    """

    def __init__(self, revision: int, letters: Iterable[str]) -> None:
        self.revision = revision
        self.letters = tuple(letters)
        self.votes: dict[str, str] = {}
        self.counted: Mapping[str, int] | None = None
        self.by_hands = False

    @property
    def tally(self) -> Mapping[str, int]:
        """How many votes each letter has, every letter named."""
        if self.counted is not None:
            return {letter: self.counted.get(letter, 0) for letter in self.letters}
        found = dict.fromkeys(self.letters, 0)
        for letter in self.votes.values():
            found[letter] += 1
        return found

    @property
    def total(self) -> int:
        """How many votes are in."""
        return len(self.votes) if self.counted is None else sum(self.counted.values())


def leaders(tally: Mapping[str, int]) -> tuple[str, ...]:
    """The letters with the most votes; none if nobody voted.

    >>> leaders({"A": 2, "B": 2, "C": 1})
    ('A', 'B')
    """
    most = max(tally.values(), default=0)
    return tuple(letter for letter, votes in tally.items() if votes == most) if most else ()


def drawn(tied: Iterable[str], seed: str) -> str:
    """One of the tied letters, drawn from a seed that everybody can see; the same for everybody who draws again.

    >>> drawn("AB", "7/1/1") == drawn("BA", "7/1/1")
    True
    """
    return Random(seed).choice(sorted(tied))
