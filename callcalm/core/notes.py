"""Notes: which of the caller's facts a player's notes hold (S0-1, S0-2).

Compared by words, without accents or case, so that "scan 14 oct" catches "scan on 14 October".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from callcalm.core.model import Caller
from callcalm.core.text import Text

_WORD = re.compile(r"\w+")
_SMALL_WORDS = """
a an and at by for from has have her his in is it my no not of on or our she he the their they to two was with
au aux avec ce de des du elle en est et il la le les leur l d ma mon ne pas par pour qu que sa ses son sur un une
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_SHORTEST_STEM = 3


def to_catch(caller: Caller) -> tuple[Text, ...]:
    """What good notes would hold: the name, then the facts."""
    return (caller.name, *caller.facts)


def caught(notes: Iterable[str], caller: Caller) -> tuple[bool, ...]:
    """For each of `to_catch(caller)`, whether some note holds it: half of its words, or more, are in one note."""
    noted = [_words(note) for note in notes]
    return tuple(any(_holds(note, _words(fact)) for note in noted) for fact in to_catch(caller))


def _holds(note: frozenset[str], fact: frozenset[str]) -> bool:
    hits = sum(1 for word in fact if any(_same(word, other) for other in note))
    return bool(fact) and 2 * hits >= len(fact)


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST_STEM and not short.isdigit() and long.startswith(short)


def _words(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return frozenset(word for word in _WORD.findall(plain) if word not in _SMALL)
