"""What each written word is to the patterns: its terms, and the number that words with those terms share.

A chunk of text is looked up once and remembered; the memory is bounded. What must not be here: patterns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from callcalm.coach.alphabet import Alphabet
from callcalm.coach.hearing import Recogniser, content_stem
from callcalm.coach.slips import Slips
from callcalm.coach.terms import ANY, POSITIVE
from callcalm.coach.tongues import Parts, Tongue
from callcalm.coach.words import PAUSE, STOP, is_letters, kinds, words_in
from callcalm.core.hints import Final

MEMORY: Final = 40_000
"""Most chunks remembered before the memory starts afresh."""

SPELT: Final = "<letters>"
"""The term of letters that stand for something and that no pattern knows: what only the trade can read."""


class Vocabulary:
    """The terms that the patterns of a phrasebook ask for.

    `words` are plain words, `stems` what stands before a ``*``, `listed` gives the named lists a word is in.
    `slips` makes what finds the word that was meant: few texts need it.
    """

    def __init__(
        self,
        words: Collection[str],
        stems: Iterable[str],
        listed: Mapping[str, tuple[str, ...]],
        slips: Callable[[], Slips],
    ) -> None:
        self.words = words
        self.listed = listed
        by_length: dict[int, set[str]] = {}
        for stem in stems:
            by_length.setdefault(len(stem), set()).add(stem)
        self._stems = sorted(by_length.items())
        self._slips = lru_cache(maxsize=1)(slips)

    def terms(self, word: str, tongue: Tongue) -> tuple[str, ...]:
        """Every term that this folded word has; only the general ones for a word that no pattern knows."""
        found = self._known(word, tongue)
        if found == [ANY, POSITIVE] and len(word) >= Slips.LEAST:
            meant = self._slips().meant(word)
            if meant is not None:
                found = self._known(meant, tongue)
        for name, ending in tongue.endings.items():
            if re.fullmatch(ending, word) is not None:
                found.append(f"<{name}>")
        return tuple(found)

    def strange(self, word: str) -> bool:
        """Whether no pattern and no list knows this folded word."""
        return word not in self.words and word not in self.listed

    def _known(self, word: str, tongue: Tongue) -> list[str]:
        found = [ANY] if word in tongue.negations else [ANY, POSITIVE]
        for form in (word, *tongue.also.get(word, ())):
            if form in self.words:
                found.append(form)
            found.extend(self.listed.get(form, ()))
        found.extend(kinds(word))
        for length, stems in self._stems:
            if length > len(word):
                break
            if word[:length] in stems:
                found.append(word[:length] + "*")
        return found


class _Layouts(dict[str, Parts]):
    """From a chunk of text to its folded words and their places in it, in the order of their numbers."""

    def __init__(self, tongue: Tongue) -> None:
        super().__init__()
        self._tongue = tongue

    def __missing__(self, chunk: str) -> Parts:
        if len(self) >= MEMORY:
            self.clear()
        found = self[chunk] = words_in(chunk, self._tongue)
        return found


class _Stems(dict[str, tuple[str, ...]]):
    """From a chunk of text to its folded words and the stems of those that carry meaning."""

    def __init__(self, layouts: _Layouts, tongue: Tongue) -> None:
        super().__init__()
        self._layouts = layouts
        self._tongue = tongue

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        if len(self) >= MEMORY:
            self.clear()
        words = [word for word, _, _ in self._layouts[chunk]]
        found = self[chunk] = tuple({*words, *(content_stem(word, self._tongue) for word in words)})
        return found


class Lexicon(dict[str, tuple[int, ...]]):
    """From a chunk of text to the numbers of its words.

    `extra` gives further terms of a word: whether it is a name or a fact of the call. All else a lexicon with
    extras has from the `plain` one, which knows the words of every call. `layouts` has the folded words of a chunk
    and their places in it, in the order of their numbers.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        alphabet: Alphabet,
        tongue: Tongue,
        on_new: Callable[[tuple[str, ...]], None] | None,
        extra: Recogniser | None = None,
        plain: Lexicon | None = None,
    ) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._alphabet = alphabet
        self._tongue = tongue
        self._on_new = on_new
        self._extra = extra
        self._plain = self if plain is None else plain
        self._numbers: dict[str, int] = {}
        self.layouts: _Layouts = _Layouts(tongue) if plain is None else plain.layouts
        self.stems: _Stems = _Stems(self.layouts, tongue) if plain is None else plain.stems

    def __missing__(self, chunk: str) -> tuple[int, ...]:
        if len(self) >= MEMORY:
            self.clear()
        found = tuple(
            [
                self.number(word, spelt=not chunk.islower() and is_letters(chunk[low:high]))
                for word, low, high in self.layouts[chunk]
            ]
        )
        self[chunk] = found
        return found

    def numbers(self, chunks: Sequence[str]) -> list[tuple[int, ...]]:
        """The numbers of the words of each chunk of one text."""
        if self._extra is not None:
            plain = self._plain
            asked = self._extra.stems
            stems = list(map(plain.stems.__getitem__, chunks))
            # Most texts hold no name and no fact: then all is as in any other call.
            if asked.isdisjoint(chain.from_iterable(stems)):
                return list(map(plain.__getitem__, chunks))
            return [
                plain[chunk] if asked.isdisjoint(own) else self[chunk]
                for chunk, own in zip(chunks, stems, strict=True)
            ]
        return list(map(self.__getitem__, chunks))

    def number(self, word: str, *, spelt: bool = False) -> int:
        """The number of one folded word or mark; `spelt` when written as letters that stand for something."""
        spelt = spelt and word.isalnum() and self._vocabulary.strange(word)
        key = word + SPELT if spelt else word
        known = self._numbers.get(key)
        if known is not None:
            return known
        if word in {STOP, PAUSE}:
            number = Alphabet.STOP if word == STOP else Alphabet.PAUSE
        else:
            terms = self._vocabulary.terms(word, self._tongue)
            if self._extra is not None:
                terms += self._extra(word)
            if spelt:
                terms += (SPELT,)
            if self._on_new is not None:
                self._on_new(terms)
            number = self._alphabet.number(terms)
        if len(self._numbers) >= MEMORY:
            self._numbers.clear()
        self._numbers[key] = number
        return number
