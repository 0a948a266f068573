"""How a drill last went, in a few words. Home waits for this module, and so it loads no drill."""

from __future__ import annotations

from callcalm.language import _, ngettext
from callcalm.storage.summary import Summary

_LONGEST = 4
"""Digits: no drill has so many items."""


def drill_result(played: Summary | None) -> str:
    """How many rounds, and how many items were right the first time in the last one."""
    if played is None:
        return _("not played yet")
    count = ngettext("{n} round", "{n} rounds", played.count).format(n=played.count)
    right, _of, answered = played.last_ending.partition("-of-")
    if not all(word.isascii() and word.isdecimal() and len(word) <= _LONGEST for word in (right, answered)):
        return count
    return count + ", " + _("last {right} of {n} right").format(right=int(right), n=int(answered))
