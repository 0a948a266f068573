"""What the coach knows of a call besides the words to be read: who calls, what about, how hot it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from callcalm.coach.tongues import Tongue
from callcalm.coach.trees import FACT, NAME, NAME_PART
from callcalm.coach.words import CHUNK, words_in


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
    "en": re.compile(r"(?:'s|ings?|ed|es|s|ly|e)$"),
    "fr": re.compile(r"(?:ements?|ations?|ees|ee|er|ez|es|e|s|x|ent|ait|aient)$"),
}
_LEAST = 3


def stem(word: str, language: str) -> str:
    """A folded word without its ending, roughly: *charged*, *charges* and *charge* are one."""
    cut = _ENDINGS[language].sub("", word)
    return cut if len(cut) >= _LEAST else word


def content_stems(texts: Iterable[str], tongue: Tongue) -> set[str]:
    """The stems of the words in `texts` that carry meaning: no small words, nothing under three letters."""
    return {
        stem(word, tongue.code)
        for text in texts
        for chunk in CHUNK.findall(text)
        for word, _, _ in words_in(chunk, tongue)
        if carries(word, tongue)
    }


def carries(word: str, tongue: Tongue) -> bool:
    """Whether a folded word carries meaning: numbers do, small words do not."""
    return word not in tongue.empty and (len(word) >= _LEAST or word[0].isdigit())


def recogniser(
    hearing: Hearing, tongue: Tongue, ignored: Callable[[str], bool]
) -> Callable[[str], tuple[str, ...]]:
    """Gives the terms for names and facts to words of this call; `ignored` words are never facts."""
    names = {
        word
        for form in hearing.names
        for chunk in CHUNK.findall(form)
        for word, _, _ in words_in(chunk, tongue)
        if word.isalpha() and len(word) > 1 and word not in tongue.titles
    }
    facts = content_stems((*hearing.facts, *hearing.said), tongue)

    def terms(word: str) -> tuple[str, ...]:
        if word in names:
            return (NAME_PART,) if word in tongue.empty else (NAME,)
        if carries(word, tongue) and stem(word, tongue.code) in facts and not ignored(word):
            return (FACT,)
        return ()

    return terms
