"""Which words wake a pattern: a cheap look at its source, so that only the patterns a text needs are read.

A pattern can only be found where every word it insists on stands. So it sleeps until one of those, the rarest,
turns up in a text. What must not be here: reading patterns (see `pattern`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from callcalm.coach.tongues import Tongue
from callcalm.coach.words import folded

_WORDS = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*['’]?\*?")
_OPTIONAL = re.compile(r"\[[^\[\]]*\]")
_MARKED = re.compile(r"[<@][\w\-]+>?")
_PARTS = re.compile(r"\(([^()]*)\)|([^\s()|]+)")
_COMMON = 2


def all_words(lines: Iterable[str], tongue: Tongue) -> tuple[set[str], set[str]]:
    """Every word that stands in these patterns, folded, and every stem that stands before a ``*``."""
    words: set[str] = set()
    stems: set[str] = set()
    for raw in set(_WORDS.findall("\n".join(lines))):
        parts = folded(raw.rstrip("*"), tongue)
        words.update(parts)
        if raw[-1] == "*":
            stems.add(parts[-1])
    return words, stems


def triggers(source: str, tongue: Tongue) -> tuple[str, ...]:
    """Terms of which one must stand wherever the pattern does; none when only a full reading can tell."""
    plain = source
    while "[" in plain:
        shorter = _OPTIONAL.sub(" ", plain)
        if shorter == plain:
            return ()
        plain = shorter
    if "<" in plain or "@" in plain:
        plain = _MARKED.sub("<", plain)
    best: tuple[str, ...] = ()
    lowest = (_COMMON + 1, 0)
    if "((" in plain or plain.count("(") != plain.count(")"):
        return ()
    groups: list[str] = []
    for group, single in _PARTS.findall(plain):
        if group:
            groups.append(group)
            continue
        found, worst = _wake((single,), tongue)
        if worst == 1:
            return tuple(found)
        if found and not best:
            best, lowest = tuple(found), (worst, 1)
    for group in groups:
        found, worst = _wake(group.split("|"), tongue)
        if found and (worst, len(found)) < lowest:
            best, lowest = tuple(found), (worst, len(found))
    return best


def _wake(choices: Iterable[str], tongue: Tongue) -> tuple[list[str], int]:
    """One word for each choice, the rarest it has, and how common the most common of those is."""
    found: list[str] = []
    worst = 1
    for choice in choices:
        rarest, least = "", _COMMON + 1
        for raw in _WORDS.findall(choice):
            if raw[-1] == "*":
                rarest, least = folded(raw[:-1], tongue)[-1] + "*", 1
                continue
            for word in folded(raw, tongue):
                common = _COMMON if word in tongue.empty else 1
                if common < least:
                    rarest, least = word, common
        if not rarest:
            return [], 0
        found.append(rarest)
        worst = max(worst, least)
    return found, worst
