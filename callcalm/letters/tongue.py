"""Which language a text is in: a vote of the small words that only one of the two has. No dictionaries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from callcalm.core.hints import Final
from callcalm.letters.blanks import without

LANGUAGES: Final = ("en", "fr")
"""The languages that are told apart; the first is taken for what has no small words."""

AUTO: Final = "auto"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENGLISH = _words(
    "the and you your yours of is we i have has for with this that these those not will was were are our ours"
    " it its be been to do did does would could should can cannot please from my by at they them there what"
    " why when which who how if so just been am in"
)
_FRENCH = _words(
    "le la les des du une et vous votre vos nous notre nos est êtes etes sont pas pour que qui dans avec sur"
    " je j ne n ce cette ces cet c l d qu au aux il elle ils elles mon ma mes avez avons ai été ete pourquoi"
    " quand merci madame monsieur bonjour mais ou où donc car plus très tres afin cela"
)
_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"\n[ \t]*\n\s*")
_NO_LETTER = re.compile(r"[\W\d_]")
_PIECE: Final = 30_000
"""Code points that are counted at a time, so that the words of a large text are never all in memory at once."""
_LEAST = 4
_ALONE = 3
_AHEAD = 3


def vote(text: str) -> tuple[int, int]:
    """How many small words of English and of French stand in the text."""
    english = french = 0
    for piece in _pieces(text) if len(text) > _PIECE else (text,):
        words = _WORD.findall(piece.lower())
        english += sum(map(_ENGLISH.__contains__, words))
        french += sum(map(_FRENCH.__contains__, words))
    return english, french


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces none of which ends within a word."""
    start = 0
    while start < len(text):
        gap = _NO_LETTER.search(text, start + _PIECE)
        end = gap.end() if gap else len(text)
        yield text[start:end]
        start = end


def language_of(text: str) -> str:
    """The language with more votes."""
    english, french = vote(text)
    return "fr" if french > english else "en"


def by_language(text: str) -> dict[str, str]:
    """The text for each language that it holds, the main one first, with the paragraphs of the other blank.

    A paragraph counts as the other language's only where the vote is clear.
    """
    english, french = vote(text)
    main, other = ("fr", "en") if french > english else ("en", "fr")
    if min(english, french) < _ALONE:
        return {main: text}
    foreign = [span for span in _paragraphs(text) if _clearly(text[slice(*span)], other)]
    if not foreign:
        return {main: text}
    own, at = [], 0
    for start, end in foreign:
        own.append((at, start))
        at = end
    own.append((at, len(text)))
    return {main: without(text, foreign, "\n"), other: without(text, own, "\n")}


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _GAP.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _clearly(paragraph: str, language: str) -> bool:
    english, french = vote(paragraph)
    mine, theirs = (french, english) if language == "fr" else (english, french)
    return mine >= (_LEAST if theirs else _ALONE) and mine >= _AHEAD * theirs
