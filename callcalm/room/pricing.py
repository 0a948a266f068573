"""The room's PRICE (S3-p): everybody scores the call, and what the room's scores look like together.

What must not be here: how a spread is drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from callcalm.core.moves import Factor
from callcalm.core.price import FACTOR_RANGE, FAIR_RANGE, GOT, PriceSheet

RESULT = "result"
FAIR = "fair"
ASKED = "got"
KEYS = (RESULT, *(factor.value for factor in Factor))
"""What has a spread, in the order to be shown; `got` (1 for a yes, 0 for a no) is counted besides."""

Spreads = Mapping[str, Mapping[int, int]]
"""How many gave each value, by factor."""


class Pricing:
    """The sheets of the room.

    `counted` are fingers that stand instead of them, for one factor or all; `remembered` are spreads that a
    session's file has, whose sheets are gone.
    """

    def __init__(self, revision: int) -> None:
        self.revision = revision
        self.sheets: dict[str, PriceSheet] = {}
        self.counted: dict[str, Mapping[int, int]] = {}
        self.remembered: Spreads | None = None

    @property
    def total(self) -> int:
        """How many scored: sheets, or the most hands for one factor."""
        spreads = self.counted if self.remembered is None else self.remembered
        return max([len(self.sheets), *(sum(counts.values()) for counts in spreads.values())])

    def spreads(self) -> dict[str, dict[int, int]]:
        """How many gave each value: `got`, the result, then the five factors; values in order."""
        if self.remembered is not None:
            return {key: dict(counts) for key, counts in self.remembered.items()}
        found: dict[str, Counter[int]] = {key: Counter() for key in (ASKED, *KEYS)}
        for sheet in self.sheets.values():
            found[ASKED][int(bool(sheet.got))] += 1
            found[RESULT][sheet.result] += 1
            for factor in Factor:
                found[factor.value][sheet.factor(factor)] += 1
        for key, counts in self.counted.items():
            found[key if key != FAIR else RESULT] = Counter(counts)
        if ASKED in self.counted and RESULT not in self.counted:
            fair = self.counted.get(FAIR, {})
            found[RESULT] = Counter(fair)
            found[RESULT][GOT] += self.counted[ASKED].get(1, 0)
        return {key: {value: n for value, n in sorted(counts.items()) if n} for key, counts in found.items()}


def allowed(key: str) -> range:
    """The values that may be given for one factor, for the fair result, or for `got`; none for an unknown key."""
    if key == ASKED:
        return range(2)
    if key in {RESULT, FAIR}:
        return range(FAIR_RANGE[0], FAIR_RANGE[1] + 1)
    if key in KEYS:
        return range(FACTOR_RANGE[0], FACTOR_RANGE[1] + 1)
    return range(0)


def median(counts: Mapping[int, int]) -> float | None:
    """The value in the middle; halfway between the two middle ones when they differ. None if nobody scored.

    >>> median({-3: 1, 2: 1}), median({4: 3}), median({})
    (-0.5, 4.0, None)
    """
    total = sum(counts.values())
    if not total:
        return None
    low, high = (total - 1) // 2, total // 2
    middle, passed = [], 0
    for value in sorted(counts):
        reached = passed + counts[value]
        middle += [value for place in (low, high) if passed <= place < reached]
        passed = reached
    return sum(middle) / 2
