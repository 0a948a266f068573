"""What the coach knows of a call besides the words to be read: who calls, what about, how hot it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from callcalm.coach.terms import FACT, NAME, NAME_PART
from callcalm.coach.tongues import Tongue
from callcalm.coach.words import CHUNK, words_in
from callcalm.core.hints import Final
from callcalm.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Hearing:
    """The call so far, as far as it bears on words.

    `names` are the forms of the caller's name that may be used, `facts` what good notes would hold, `said` the
    caller's words so far; `hot` is whether the caller is upset now (S2-9).
    """

    names: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    hot: bool = False

    @property
    def speaks(self) -> bool:
        """Whether there is anything to recognise in an answer."""
        return bool(self.names or self.facts or self.said)


_ENDINGS = {
    "en": r"(?:'s|ings?|ed|es|s|ly|e)$",
    "fr": r"(?:ements?|ations?|ees|ee|er|ez|es|e|s|x|ent|ait|aient)$",
}
_LEAST = 3

_MEMORY: Final = 10_000
"""Most words, and most chunks of text, whose stems are remembered."""


def stem(word: str, language: str) -> str:
    """A folded word without its ending, roughly: *charged*, *charges* and *charge* are one."""
    cut = re.sub(_ENDINGS[language], "", word)
    return cut if len(cut) >= _LEAST else word


def content_stems(texts: Iterable[str], tongue: Tongue) -> set[str]:
    """The stems of the words in `texts` that carry meaning: no small words, nothing under three letters."""
    return {found for text in texts for chunk in CHUNK.findall(text) for found in _stems_in(chunk, tongue)}


@lru_cache(maxsize=_MEMORY)
def _stems_in(chunk: str, tongue: Tongue) -> tuple[str, ...]:
    return tuple(stem(word, tongue.code) for word, _, _ in words_in(chunk, tongue) if carries(word, tongue))


@lru_cache(maxsize=_MEMORY)
def content_stem(word: str, tongue: Tongue) -> str:
    """The stem of a folded word that carries meaning, else nothing."""
    return stem(word, tongue.code) if carries(word, tongue) else ""


def carries(word: str, tongue: Tongue) -> bool:
    """Whether a folded word carries meaning: numbers do, small words do not."""
    return word not in tongue.empty and (len(word) >= _LEAST or word[0].isdigit())


class Recogniser:
    """Gives the terms for names and facts to words of this call; `ignored` words are never facts.

    `stems` holds every word and stem that it asks about: a word that is not among them, nor its stem, has no term.
    """

    def __init__(self, hearing: Hearing, tongue: Tongue, ignored: Callable[[str], bool]) -> None:
        self._tongue = tongue
        self._ignored = ignored
        self._names = _name_words(hearing.names, tongue)
        self._facts = _fact_stems(hearing.facts, tongue) | content_stems(hearing.said, tongue)
        self.stems = self._names | self._facts

    def __call__(self, word: str) -> tuple[str, ...]:
        """The terms of a folded word."""
        tongue = self._tongue
        if word in self._names:
            return (NAME_PART,) if word in tongue.empty else (NAME,)
        if content_stem(word, tongue) in self._facts and not self._ignored(word):
            return (FACT,)
        return ()


@lru_cache(maxsize=8)
def _name_words(names: tuple[str, ...], tongue: Tongue) -> frozenset[str]:
    return frozenset(
        word
        for form in names
        for chunk in CHUNK.findall(form)
        for word, _, _ in words_in(chunk, tongue)
        if word.isalpha() and len(word) > 1 and word not in tongue.titles
    )


@lru_cache(maxsize=8)
def _fact_stems(facts: tuple[str, ...], tongue: Tongue) -> frozenset[str]:
    return frozenset(content_stems(facts, tongue))
