"""Text of any length cut to what a scenario takes: one place for its limits. Nothing is judged here."""

from __future__ import annotations

import re
from typing import Final

from callcalm.content.beat_shape import MOST_PARTS
from callcalm.core.text import Text, safe

LONGEST_PART: Final = 600
"""Longest block that a caller says at once, in code points."""

LONGEST_REPLY: Final = 500

_GAP = re.compile(r"[ \t\r\n\f\v]+")
"""White space that may become one space; French needs the rest."""

_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’»)]?\s+")


def one_line(text: str, most: int) -> Text:
    """The text safe, on one line, at most `most` code points (… says that it is cut)."""
    flat = _flat(text[: most * 8])
    return safe(flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…", multiline=False)


def fits(text: str, most: int) -> bool:
    """Whether `one_line` keeps all of it."""
    return len(_flat(text)) <= most


def parts(text: str) -> tuple[list[Text], bool]:
    """What a caller says, in blocks that a scenario takes; and whether all of it found room."""
    flat = _flat(text[: LONGEST_PART * MOST_PARTS * 4])
    found: list[str] = []
    for sentence in _SENTENCE.split(flat):
        rest = sentence
        while len(rest) > LONGEST_PART:
            cut = rest.rfind(" ", 1, LONGEST_PART) + 1 or LONGEST_PART
            found.append(rest[:cut].rstrip())
            rest = rest[cut:]
        if found and len(found[-1]) + 1 + len(rest) <= LONGEST_PART:
            found[-1] = f"{found[-1]} {rest}"
        elif rest:
            found.append(rest)
    kept = [Text(part) for part in found if part]
    return kept[:MOST_PARTS], len(kept) <= MOST_PARTS and fits(text, LONGEST_PART * MOST_PARTS)


def _flat(text: str) -> str:
    return _GAP.sub(" ", safe(text, multiline=False)).strip()
