"""Text that is safe to show: the one place where outside characters are made harmless.

Every string that comes from a file, a player or a terminal passes through `safe` at the boundary. The result is
of type `Text`, and front ends accept nothing else. What must not be here: any knowledge of a front end.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from callcalm.core.hints import NewType

Text = NewType("Text", str)
"""A string that `safe` has cleaned: no control, bidirectional or invisible characters; ends of line are LF."""

REPLACEMENT = "\ufffd"
"""What stands, visibly, where an unsafe character stood."""

MAX_LINE = 10_000
"""Longest line kept, in code points; the rest of the line is replaced by one `REPLACEMENT`."""

MAX_MARKS = 4
"""Most combining marks kept on one base character."""

UNSAFE = (
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""C0 but LF, DEL, C1, soft hyphen, bidirectional controls, invisible characters, surrogates, tags: a pattern."""

_HELD = "\ufdd2"
_BESIDE_MARK = r"(?<=«) | (?=[?!;:»])"

_MARK_RUN = r"[^\x00-\u02ff]{6,}"


def safe(raw: str, *, multiline: bool = True) -> Text:
    r"""Make a string safe to show anywhere.

    Tabs become four spaces, CRLF and CR become LF (a space if not `multiline`), every unsafe character becomes
    a visible U+FFFD, runs of more than `MAX_MARKS` combining marks and lines over `MAX_LINE` are cut.

    >>> safe("a\x1b[2Jb")
    'a\ufffd[2Jb'
    >>> safe("one\ntwo", multiline=False)
    'one two'
    """
    if raw.isascii() and len(raw) <= MAX_LINE and (raw.replace("\n", "") if multiline else raw).isprintable():
        # Nearly every text is, and is the same afterwards.
        return Text(raw)
    text = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    if not multiline:
        text = text.replace("\n", " ")
    text = unsafe().sub(REPLACEMENT, text)
    if not text.isascii():
        text = re.sub(_MARK_RUN, _cap_marks, text)
    if len(text) > MAX_LINE:
        text = "\n".join(
            line if len(line) <= MAX_LINE else line[: MAX_LINE - 1] + REPLACEMENT for line in text.split("\n")
        )
    return Text(text)


@cache
def unsafe() -> re.Pattern[str]:
    """Finds `UNSAFE` characters. It is dear to make, and most starts meet nothing that it could be asked about."""
    return re.compile(UNSAFE)


def _cap_marks(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for char in run.group():
        marks = marks + 1 if unicodedata.combining(char) or unicodedata.category(char) == "Me" else 0
        if marks <= MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def held(text: str) -> str:
    """The text, ready to be broken into lines: no plain space stands before a French ? ! ; : » or after «.

    What stands there instead, a code point that no text has a use for, `let_go` takes back.
    """
    return re.sub(_BESIDE_MARK, _HELD, text)


def let_go(text: str) -> str:
    """Text that was `held`, broken into lines, as it was before."""
    return text.replace(_HELD, " ")
