"""What trends need of a scenario's file and its header does not have: found in its text, without parsing it.

What must not be here: judgement. A file that is written unusually only tells less.
"""

from __future__ import annotations

import re
from pathlib import Path

from callcalm.content.scenarios import CAP, digest_of
from callcalm.core.records import NamedTuple
from callcalm.intake import BadFile, read

_BEAT = re.compile(r'^beat[ \t]*=[ \t]*"([A-Za-z0-9_-]+)"', re.MULTILINE)
_MOOD = re.compile(r'^mood[ \t]*=[ \t]*"([a-z-]+)"', re.MULTILINE)


class Glance(NamedTuple):
    """The id of the mood that the caller opens with, and the file's digest; empty where they cannot be told."""

    mood: str = ""
    digest: str = ""


def glance(path: Path) -> Glance:
    """Look at one file. Never raises for what is in it."""
    try:
        text = read(path, CAP).text
    except BadFile:
        return Glance()
    start = _BEAT.search(_table(text, "start"))
    mood = _MOOD.search(_table(text, f"beats.{start[1]}")) if start else None
    return Glance(mood[1] if mood else "", digest_of(text))


def _table(text: str, name: str) -> str:
    """What stands in a table, up to the next one; empty if there is none of that name."""
    head = f"\n[{name}]"
    begin = text.find(head)
    if begin < 0:
        return ""
    begin += len(head)
    end = text.find("\n[", begin)
    return text[begin:] if end < 0 else text[begin : end + 1]
