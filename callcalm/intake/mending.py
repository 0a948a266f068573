"""A text without the statement that broke the parser, so that what is wrong further down is told in the same run.

Nothing is repaired: the broken statement is blanked and the rest stays where it is. Where it cannot be certain how
far the statement goes, there is no such text: one problem too few is better than one that is none. What must not
be here: what is wrong, and how it is told.
"""

from __future__ import annotations

import re
from typing import Final

from callcalm.core.records import NamedTuple

_NAME: Final = r"[ \t]*+[A-Za-z0-9_-]++(?:[ \t]*+\.[ \t]*+[A-Za-z0-9_-]++)*+[ \t]*+"
HEADER: Final = re.compile(rf"^[ \t]*+\[\[?{_NAME}\]\]?[ \t]*+(?:#[^\n]*+)?+$", re.MULTILINE)
"""The line that begins a table."""

_PAIR: Final = re.compile(rf"^{_NAME}=", re.MULTILINE)
# Also one whose first bracket is missing or another character.
_ALMOST_HEADER: Final = re.compile(rf"^[ \t]*+\S?\[{{0,2}}{_NAME}\]|^[ \t]*+\[", re.MULTILINE)
_BEGINNING: Final = re.compile(rf"{_PAIR.pattern}|{_ALMOST_HEADER.pattern}", re.MULTILINE)
_TEXT: Final = re.compile(r'"[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"|\'[^\'\n]*+\'|#[^\n]*+')
_FAR: Final = 4_000
"""Code points that are gone back over for the beginning of a statement."""

_LONG: Final = ('"""', "'''")

_STAND_IN: Final = re.compile(r"-\d+")


class Gap(NamedTuple):
    """A broken statement, from `start` to where the next one begins; or the `header` of a table."""

    start: int
    end: int
    header: bool


def stands_in(name: str) -> bool:
    """Whether a table of this name stands for one whose header was broken."""
    return _STAND_IN.fullmatch(name) is not None


def without(
    text: str, at: int, statement: int | None, number: int, *, value: bool = False
) -> tuple[str, Gap] | None:
    """The text without the statement that is broken at `at`, and what that was; None for none of that.

    `statement` is where that statement begins, None if it is not known; `value` is whether a value is broken, so
    that it is no header, whatever its line looks like in a list that is not closed. A table loses its header, and
    gets one of no meaning, made of `number`: what stands in it must not fall to the table above. All offsets stay.
    """
    line = text.rfind("\n", 0, at) + 1
    start = statement if statement is not None else _begun(text, line, at, _PAIR if value else _BEGINNING)
    if start is None:
        return None
    after = text.find("\n", max(at, start))
    if after < 0:
        return None
    header = not value and _ALMOST_HEADER.match(text, text.rfind("\n", 0, start) + 1) is not None
    closed = _closed(text[start:after]) and not (value and _ALMOST_HEADER.match(text, line))
    # Of a list that is not closed, any line may still be an item: then only a header is certain to be none.
    following = (_BEGINNING if header or closed else HEADER).search(text, after + 1)
    end = following.start() if following else len(text)
    broken = text[start:end]
    if any(quotes in broken for quotes in _LONG):
        return None  # a text over several lines may hold what looks like anything
    stand_in = f"[-{number}]" if header else ""
    first, newline, rest = broken.partition("\n")
    if len(first) < len(stand_in):
        return None
    blank = stand_in.ljust(len(first)) + newline + re.sub(r"[^\n]", " ", rest)
    return text[:start] + blank + text[end:], Gap(start, end, header)


def _begun(text: str, line: int, at: int, beginning: re.Pattern[str]) -> int | None:
    """Where the statement begins that `at`, on the line that begins at `line`, is likely in."""
    while True:
        found = beginning.match(text, line)
        if found is not None:
            return line + len(found.group()) - len(found.group().lstrip())
        if line == 0 or at - line > _FAR:
            return None
        line = text.rfind("\n", 0, line - 1) + 1


def _closed(statement: str) -> bool:
    """Whether as many brackets close as open, texts and notes left out."""
    bare = _TEXT.sub("", statement)
    return sum(map(bare.count, "[{")) <= sum(map(bare.count, "]}"))
