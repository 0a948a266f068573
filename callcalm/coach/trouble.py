"""Whether an answer tells of trouble by its plain words, where nothing else is known of the call.

A bright tone beside such words costs. Few texts ask, so no walk through a text looks for them unasked. The words
are lists of the phrasebook. What must not be here: words, moves.
"""

from __future__ import annotations

from callcalm.core.hints import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callcalm.coach.finding import Finder
    from callcalm.coach.machine import Machine

TELLS: Final = "tells-of-trouble"
"""The list of what tells of trouble."""

DENIES: Final = "tells-of-no-trouble"
"""The list of what ends with such a word and yet tells of none: *pas de souci*."""

LISTS: Final = (TELLS, DENIES)
"""Lists that are looked for by themselves: no rule asks for them."""


def tells_of_trouble(stretches: Iterable[Iterable[int]], finder: Finder) -> bool:
    """Whether something tells of trouble in these stretches of numbered words."""
    tells, denies = finder.listed(TELLS), finder.listed(DENIES)
    return tells is not None and any(_tells(words, tells, denies) for words in stretches)


def _tells(words: Iterable[int], tells: Machine, denies: Machine | None) -> bool:
    told, denied = tells.start, None if denies is None else denies.start
    for word in words:
        told = told[word]
        if denied is not None:
            denied = denied[word]
        if told.hits and (denied is None or not denied.hits):
            return True
    return False
