"""Patterns that never backtrack, also where Python gets such groups wrong.

Before 3.11.5 a possessive group that holds a choice or a look ahead may fail where it fits (CPython issue 106052),
and 3.11.2 is what Debian 12 has. There groups are greedy instead: the patterns given can be read in one way only,
so the same texts fit, and going back is short. What must not be here: the patterns.
"""

from __future__ import annotations

import re
import sys

_GROUPS = r"(?<!\\)\)(?:[*+?]|\{[0-9,]+\})\+"


def steady(pattern: str) -> str:
    """The pattern as this Python can be trusted with it."""
    return pattern if sys.version_info >= (3, 11, 5) else greedy(pattern)


def greedy(pattern: str) -> str:
    """The pattern with its possessive groups greedy; single characters stay possessive.

    >>> greedy(r"(?:[a-z]++|-)*+(?:b)?+")
    '(?:[a-z]++|-)*(?:b)?'
    """
    return re.sub(_GROUPS, lambda found: found[0][:-1], pattern)
