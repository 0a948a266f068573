"""Raw text into folded words: chunks, words, sentence ends. Every word keeps its place in the original text.

Folding takes away what patterns must not depend on: case, accents, the shape of apostrophes, contractions. What
must not be here: phrases, rules, judgement.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from callcalm.coach.tongues import APOSTROPHES, Parts, Tongue
from callcalm.core.hints import Final

STOP: Final = "."
"""Stands among the words where a sentence surely ends."""

PAUSE: Final = ";"
"""Stands where a sentence may begin though the one before may go on: a colon, a dash, a line end."""

CHUNK: Final = re.compile(r"\S{1,120}\s{0,120}|\s{1,120}")
"""One word as written, with its punctuation and the space after it. Bounded, so no text makes a large one."""

LETTERS: Final = "0-9A-Za-z\xaa\xad\xb2\xb3\xb5\xb9\xba\xbc-\xbe\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0300-\u036f"
"""The letters and digits that patterns are written in, for a character class."""

INVISIBLE: Final = "\xad\u200b-\u200d\u2060\ufeff\ufffd"
_MARKS = f"\u0300-\u036f{INVISIBLE}"
_WORD = re.compile(
    r"\d+(?:[.,:/]\d+)*\w*"
    r"|(?:[^\W\d_]\.){1,5}[^\W\d_](?!\w)"
    rf"|[^\W_][\w{_MARKS}]*(?:[{APOSTROPHES}][^\W_][\w{_MARKS}]*)*"
)
_FOLDED = str.maketrans(
    {
        **dict.fromkeys(APOSTROPHES[1:], "'"),
        **dict.fromkeys("\xad\u200b\u200c\u200d\u2060\ufeff\ufffd"),
        "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss",
    }
)  # fmt: skip
# Compiled when they are first used, as few texts do.
_INITIALS = r"[^\W\d_](?:\.[^\W\d_])+"
_SHORT: Final = 4
"""Letters of the longest title that is written with a full stop; *Madame.* ends a sentence."""
_NUMBERING: Final = 2
"""Digits of the longest number of an item."""
_LETTERS = re.compile(r"\d?[a-z]?[A-Z]{2,5}\d{0,3}(?:['\u2019]?[sS])?", re.ASCII)
_CLOCK = r"\d{1,2}:\d\d(?:am|pm)?|\d{1,2}(?:am|pm|h\d{0,2})"


def fold(word: str) -> str:
    """A word in lower case, without accents or invisible characters, with plain apostrophes.

    >>> fold("DÉSOLÉE"), fold("didn’t"), fold("cœur")
    ('desolee', "didn't", 'coeur')
    """
    if word.isascii():
        return word.lower().replace("`", "'")
    text = unicodedata.normalize("NFKD", word.translate(_FOLDED)).lower()
    return "".join(char for char in text if not unicodedata.combining(char))


def split_word(raw: str, tongue: Tongue) -> Parts:
    """The folded words that one written word stands for: ``didn't`` is *did not*, ``j'ai`` is *je ai*."""
    folded = fold(raw)
    if "." in folded and re.fullmatch(_INITIALS, folded):
        return [(folded.replace(".", ""), 0, len(raw))]
    return [(tongue.canonical(word), start, end) for word, start, end in tongue.parts(raw, folded)]


@lru_cache(maxsize=8_192)
def folded(raw: str, tongue: Tongue) -> tuple[str, ...]:
    """The folded words that one word of a pattern stands for; a lone elision such as ``d'`` is one too."""
    if raw.isascii() and raw.isalpha():
        word = raw.lower()
        # Nearly all are: the long way gives the same for them.
        if len(word) > 1 and word not in tongue.whole and "iz" not in word:
            return (word,)
    if raw in APOSTROPHES:
        return ()  # Nothing, or an apostrophe alone.
    if raw[-1] in APOSTROPHES:
        # An elision needs a word to lean on.
        return tuple(part for part, _, _ in split_word(raw + "a", tongue))[:-1] or folded(raw[:-1], tongue)
    return tuple(part for part, _, _ in split_word(raw.rstrip("."), tongue))


def words_in(chunk: str, tongue: Tongue) -> Parts:
    """The folded words of one chunk, in order, with ``?``, ``!``, `STOP` and `PAUSE` where they stand."""
    found: Parts = []
    end = 0
    for hit in _WORD.finditer(chunk):
        start = hit.start()
        if start > end and found:
            _punctuation(chunk, end, start, tongue, found)
        found.extend((word, start + low, start + high) for word, low, high in split_word(hit.group(), tongue))
        end = hit.end()
    if end < len(chunk):
        _punctuation(chunk, end, len(chunk), tongue, found)
    return found


def kinds(word: str) -> tuple[str, ...]:
    """The built-in lists a folded word belongs to: ``<digits>`` and ``<clock>``."""
    if not word[0].isdigit():
        return ()
    return ("<digits>", "<clock>") if re.fullmatch(_CLOCK, word) else ("<digits>",)


def is_letters(raw: str) -> bool:
    """Whether a word as written looks like letters that stand for something, such as ``PNR`` or ``eGFR's``."""
    return _LETTERS.fullmatch(raw) is not None


def _punctuation(chunk: str, start: int, end: int, tongue: Tongue, found: Parts) -> None:
    between = chunk[start:end]
    if between.isspace() and "\n" not in between and "\r" not in between:
        return
    for mark in "?!":
        if mark in between:
            found.append((mark, start, start + max(between.rfind("?"), between.rfind("!")) + 1))
            found.append((STOP, end, end))
            return
    lines = between.count("\n") or between.count("\r")
    if lines > 1 or "•" in between or (")" in between and _numbers_an_item(found)):
        found.append((STOP, end, end))
    elif "…" in between or ".." in between:
        found.append((PAUSE, end, end))
    elif "." in between:
        mark = _full_stop(chunk, end, tongue, found)
        if mark:
            found.append((mark, end, end))
    elif lines or ";" in between or ":" in between or not found:
        found.append((PAUSE, end, end))


def _numbers_an_item(found: Parts) -> bool:
    """Whether what stands before a bracket numbers an item, as in *1) the form*: unlike *9(1)(b)* or *(1961)*."""
    return len(found) == 1 and found[0][0].isdigit() and len(found[0][0]) <= _NUMBERING


def _full_stop(chunk: str, end: int, tongue: Tongue, found: Parts) -> str:
    before, low, high = found[-1] if found else ("", 0, 0)
    if before in tongue.titles and high - low <= _SHORT:
        return ""
    inside = end < len(chunk) and not chunk[end].isupper()
    if inside or before in tongue.soft or (len(before) == 1 and not before.isdigit()):
        return PAUSE
    return STOP
