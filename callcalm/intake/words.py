"""Small things for messages: words of a file shown safely, lists of words, slips of the pen."""

from __future__ import annotations

import re
from collections.abc import Iterable

from callcalm.core.text import Text, safe
from callcalm.language import _

SHOWN = 60
"""Longest name or word of a file that a message repeats, in code points."""


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known word that `word` is likely a slip for, if one is near: as like it as `likeness`, at most 1."""
    if len(word) > SHOWN:
        return None
    words = [other for other in known if len(other) <= SHOWN]
    lowered = {other.lower(): other for other in words}
    if word.lower() in lowered:
        return lowered[word.lower()]
    from difflib import get_close_matches  # noqa: PLC0415 - only files with a slip pay for it

    near = get_close_matches(word.lower(), lowered, n=1, cutoff=likeness)
    return lowered[near[0]] if near else None


def tidied(name: str, form: str) -> str | None:
    """The name in small letters, without accents and spaces, where that has the `form`, a regular expression.

    Of a path with dots its last part is meant.

    >>> tidied("Heard-Out", "[a-z_]+"), tidied("by when", "[a-z-]+"), tidied("75+", "[a-z]+")
    ('heard_out', 'by-when', None)
    >>> tidied("endings.settled", "[a-z]+")
    'settled'
    """
    if len(name) > SHOWN:
        return None
    import unicodedata  # noqa: PLC0415 - as above

    letters = unicodedata.normalize("NFD", name.strip().lower())
    plain = "".join(char for char in letters if not unicodedata.combining(char))
    made = (re.sub(r"[\s_-]+", mark, part) for part in (plain, plain.rpartition(".")[2]) for mark in "-_")
    return next((word for word in made if word != name and re.fullmatch(form, word)), None)


def shown(word: object) -> Text:
    """A word of the file that is safe in a message: on one line, not too long."""
    text = safe(str(word)[: SHOWN * 2], multiline=False)
    return text if len(text) <= SHOWN else Text(f"{text[: SHOWN - 1]}…")


def alternatives(words: Iterable[str]) -> str:
    """Words joined as ``a, b or c``."""
    listed = list(words)
    if len(listed) == 1:
        return listed[0]
    return _("{words} or {last}").format(words=", ".join(listed[:-1]), last=listed[-1])
