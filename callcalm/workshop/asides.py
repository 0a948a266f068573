"""Stage directions in a conversation on paper: what somebody noted beside the talk, and nobody said.

What must not be here: who speaks (`speakers`), and what becomes of what was said (`conversations`).
"""

from __future__ import annotations

import re
from typing import Final

_LINE: Final = re.compile(
    r"\s*(?:\([^()]*\)|\[[^\[\]]*\]"
    # Two stars close to the words are bold print, which is said, and louder.
    r"|(?!\*\*[^\s*])\*+[^*]+\*+|_[^_]+_)\s*"
)
_NOTE: Final = r"(?:\([^()\d.!?]{1,60}\)|\[[^\[\]\d]{1,60}\]|\*{3,}[^*]{1,60}\*{3,}|\*(?=[^\W\d_A-Z])[^*]{1,60}\*)"
"""Within what is said. Brackets with digits hold a telephone number, with a full stop a sentence; stars round a
capital are stress."""

_BEFORE: Final = re.compile(rf"({_NOTE})(?:\s+(?=[^\W\d_a-z]|[\"“«¿¡…])|$)")
"""Before what is said, which begins with a capital, as a sentence does that is not begun by the note."""

_AFTER: Final = re.compile(rf"(?<=[.!?…\"”»—-])((?:\s*{_NOTE})+)\s*$")
"""After a sentence, one or several: what stands in brackets within one is part of it."""

_RULE: Final = re.compile(r"\s*([-*_=~#])(?:\s*\1){2,}\s*")
"""A line drawn between two parts."""

LONGEST: Final = 200
"""So many code points at either end of a line are looked at for notes."""


def is_aside(line: str) -> bool:
    """Whether a line is nothing but a note.

    >>> [is_aside(line) for line in ("(a long silence)", "*** he hung up ***", "**No!**", "*No*, I said.")]
    [True, True, False, False]
    """
    return _LINE.fullmatch(line) is not None


def is_rule(line: str) -> bool:
    """Whether a line is only drawn, such as ``***`` or ``- - -``."""
    return len(line) <= LONGEST and _RULE.fullmatch(line) is not None


def without_asides(said: str) -> tuple[str, tuple[str, ...]]:
    """What is really said in a line, and the notes before and after it.

    >>> without_asides("(sighs) It is late. *hangs up*"), without_asides("I paid *twice* (in May, and in June).")
    (('It is late.', ('(sighs)', '*hangs up*')), ('I paid *twice* (in May, and in June).', ()))
    """
    before: list[str] = []
    after: list[str] = []
    while found := _BEFORE.match(said, 0, LONGEST):
        before.append(found[1])
        said = said[found.end() :]
    if found := _AFTER.search(said, max(0, len(said) - LONGEST)):
        after = re.findall(_NOTE, found[1])
        said = said[: found.start()].rstrip()
    return said, (*before, *after)
