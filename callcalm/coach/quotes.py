"""Where a text quotes somebody: what stands in quotation marks, and the quoted lines of an e-mail.

Other people's words neither cost nor help the one who quotes them. What must not be here: judgement.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from operator import itemgetter

LONGEST = 600
"""Longest stretch, in code points, that a pair of quotation marks is taken to enclose."""

# Classes of characters far apart are dear to compile, and every start does: hence the branches.
_MARKS = re.compile(r"[\"«>]|“|‘|(?<!\w)'(?=\w)")
_QUOTED = (
    # Looked at first, so that no branch is tried where nothing can begin.
    r"(?=[«\"'>]|“|‘|[ \t]{1,4}>)(?:"
    rf"“[^“”]{{1,{LONGEST}}}”"
    rf"|«[^«»]{{1,{LONGEST}}}»"
    rf"|(?<![\w\"])\"(?=\S)[^\"]{{1,{LONGEST}}}\"(?!\w)"
    r"|(?<![\w’])‘(?=\w)[^‘\n]{1,200}?’(?!\w)"
    r"|(?<![\w'])'(?=\w)[^\n]{1,200}?(?<=[\w.,!?…])'(?!\w)"
    r"|(?:(?<=\n)|\A)[ \t]{0,4}>[^\n]*)"
)


@lru_cache(maxsize=1)
def _compiled() -> re.Pattern[str]:
    """Made when a text first has a mark: most letters have none."""
    return re.compile(_QUOTED)


def may_quote(text: str) -> bool:
    """Whether there is any mark in a text that a quotation may begin with."""
    return any(map(text.__contains__, "\"«>“‘'"))


def quoted_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The quoted stretches of ``text[start:end]``, in order, as code points into `text`.

    A text that is quoted as a whole quotes nobody: it is how a reply is set in a script.
    """
    if _MARKS.search(text, start, end) is None:
        return []
    whole = len(text.strip()) * 4 // 5
    return [hit.span() for hit in _compiled().finditer(text, start, end) if hit.end() - hit.start() < whole]


def within(low: int, high: int, spans: list[tuple[int, int]]) -> bool:
    """Whether one of the spans, which are in order and apart, holds any of the stretch."""
    nearest = bisect_right(spans, low, key=itemgetter(0)) - 1
    if nearest >= 0 and low < spans[nearest][1]:
        return True
    return nearest + 1 < len(spans) and spans[nearest + 1][0] < high
