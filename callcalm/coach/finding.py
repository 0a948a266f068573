"""Finding the patterns of a phrasebook in numbered words: where a hit begins, and which contexts undo it.

Where the patterns come from is for `matcher` (from their sources, as they wake) and `compiled` (from what an
earlier start kept). What must not be here: what a hit is worth.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from callcalm.coach.alphabet import Alphabet
from callcalm.coach.backward import Backward
from callcalm.coach.guards import Guard, Near
from callcalm.coach.hearing import Recogniser
from callcalm.coach.lexicon import Lexicon, Vocabulary
from callcalm.coach.machine import Anchored, Machine
from callcalm.coach.tongues import Tongue
from callcalm.core.hints import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from callcalm.coach.layout import ByNumber
    from callcalm.coach.trees import PatternError

FEELING: Final = "<feeling>"
"""The list of single words that name a feeling."""

MEMORY: Final = 10_000
"""Most sentences remembered before the memory starts afresh."""

Hit = tuple[int, tuple[int, ...]]
"""A word by its place, and the patterns that end there."""

Standing = tuple[int, int, int, int]
"""A rule in a sentence: its number, its first word, how many words are the pattern's own, its last word."""


class Finder(ABC):
    """Finds the patterns of many rules in numbered words; a rule is known by its index.

    `owner` gives the rule that each pattern belongs to, `lengths` how many words each takes, 0 where that varies.
    """

    def __init__(self, machine: Machine, owner: ByNumber[int], lengths: ByNumber[int], tongue: Tongue) -> None:
        self.owner = owner
        self.alphabet = machine.alphabet
        self.machine = machine
        self._lengths = lengths
        self._tongue = tongue
        self._sides = Anchored(machine.layout, machine.alphabet, held=machine.held)
        self._backwards: dict[int, Backward | tuple[int]] = {}
        self._guards: dict[int, Guard] = {}
        self._by_list: dict[str, Machine | None] = {}
        self.longest = 60
        """Words of the longest sentence that is remembered."""
        self._heard: dict[tuple[int, ...], tuple[Standing, ...]] = {}
        self._vocabulary, self._on_new = self._known_words()
        self.lexicon = self.lexicon_with(None)

    @abstractmethod
    def _known_words(self) -> tuple[Vocabulary, Callable[[tuple[str, ...]], None] | None]:
        """The words that patterns ask for, and what is to be told of words that turn up for the first time."""

    @abstractmethod
    def _turned(self, pattern: int) -> tuple[int, bool]:
        """The root of a pattern read from its end, and whether it has gaps."""

    @abstractmethod
    def _guard(self, rule: int) -> Guard:
        """The contexts in which a rule does not count, got ready."""

    @abstractmethod
    def _listed(self, name: str) -> Machine | None:
        """What finds the lines of a list that no rule asks for; None where there is no such list."""

    def listed(self, name: str) -> Machine | None:
        """What finds the lines of a list of `trouble.LISTS`, got ready when first asked for; None without one."""
        if name not in self._by_list:
            self._by_list[name] = self._listed(name)
        return self._by_list[name]

    def forget(self) -> None:
        """Forget the sentences looked at."""
        self._heard.clear()

    def problems(self) -> Iterator[tuple[int | str, str, int, PatternError]]:
        """Everything that cannot be read, as ``(rule or list, key, line from 0, error)``."""
        return iter(())

    @property
    def wakes(self) -> bool:
        """Whether patterns wake as their words turn up, so that these are better met before the first walk."""
        return self._on_new is not None

    @property
    def steps(self) -> int:
        """Work done so far that was not a table look-up, in positions visited."""
        backs = sum(back.steps for back in self._backwards.values() if isinstance(back, Backward))
        near = {machine for guard in self._guards.values() for machine in guard.near}
        near.update(machine for machine in self._by_list.values() if machine is not None)
        return self.machine.steps + self._sides.steps + backs + sum(machine.steps for machine in near)

    @cached_property
    def feelings(self) -> frozenset[str]:
        """The single words of the list `FEELING`: to say one back names no fact."""
        return frozenset(word for word, lists in self._vocabulary.listed.items() if FEELING in lists)

    def lexicon_with(self, extra: Recogniser | None) -> Lexicon:
        """A lexicon in which words have the terms that `extra` gives, besides their own."""
        plain = None if extra is None else self.lexicon
        return Lexicon(self._vocabulary, self.alphabet, self._tongue, self._on_new, extra, plain)

    def standing(self, words: list[int], low: int, high: int, hits: Sequence[Hit]) -> tuple[Standing, ...]:
        """Which rules stand in the sentence from `low` to before `high`, where these hits end.

        Sentences that patterns cannot tell apart are looked at once: *thank you* is said many times. The last of
        all words must be a stop.
        """
        key = tuple(words[low:high])
        found = self._heard.get(key)
        if found is None:
            near: Near = {}
            found = tuple(
                [
                    (self.owner[pattern], begin - low, own, end - low)
                    for (pattern, begin), (own, _, end) in self._fullest(words, hits).items()
                    if not self._guarding(self.owner[pattern]).blocks(words, begin, end, low, high, near)
                ]
            )
            if len(key) <= self.longest:
                if len(self._heard) >= MEMORY:
                    self.forget()
                self._heard[key] = found
        return found

    def _fullest(self, words: list[int], hits: Sequence[Hit]) -> dict[tuple[int, int], tuple[int, int, int]]:
        """For each pattern and where it begins, ``(own words, minus words skipped, end)`` of its fullest hit."""
        best: dict[tuple[int, int], tuple[int, int, int]] = {}
        for end, patterns in hits:
            for pattern in patterns:
                begin, own = self._begin_of(pattern, words, end)
                hit = (own, begin + own - 1 - end, end)
                known = best.get((pattern, begin))
                if known is None or hit[:2] > known[:2]:
                    best[pattern, begin] = hit
        return best

    def _begin_of(self, pattern: int, words: list[int], end: int) -> tuple[int, int]:
        """Where the hit of `pattern` that ends with word `end` begins, and how many words are its own."""
        length = self._lengths[pattern]
        begin = end + 1 - length
        if length and Alphabet.PAUSE not in words[begin:end]:
            return begin, length
        back = self._backwards.get(pattern)
        if back is None:
            root, gaps = self._turned(pattern)
            back = Backward(self.machine.layout, self.alphabet, root, self.machine.held) if gaps else (root,)
            self._backwards[pattern] = back
        if isinstance(back, Backward):
            return back.farthest_back(words, end)
        begin = self._sides.farthest_back(back, words, end)
        return begin, end + 1 - begin - words[begin:end].count(Alphabet.PAUSE)

    def _guarding(self, rule: int) -> Guard:
        found = self._guards.get(rule)
        if found is None:
            found = self._guards[rule] = self._guard(rule)
        return found
