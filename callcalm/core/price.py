"""PRICE (S3-p): what a caller would say of the result and of the treatment.

A sheet is Result (got what I wanted or needed: yes 25; no 0, and then a fair score 0..25) and five treatment
factors, each -10..+5. Totals run from -50 to +50; 50 is the best. Never a percentage.
"""

from __future__ import annotations

from collections.abc import Mapping

from callcalm.core.moves import Factor
from callcalm.core.records import dataclass, replace

GOT = 25
"""Points for "I got what I wanted or needed"."""

FAIR_RANGE = (0, 25)
"""Points for "the result was fair", asked only after a no."""

FACTOR_RANGE = (-10, 5)
"""Points for one treatment factor."""

MOST_FROM_HELP = 3
"""What all helping moves of a call together add to one factor at most: kindness adds, it does not erase."""


@dataclass(frozen=True, slots=True)
class PriceSheet:
    """One sheet. `got` None is "not answered yet", which counts 0.

    Raises:
        ValueError: naming every field that is out of range, or a fair score beside a yes.
    """

    got: bool | None = None
    fair: int = 0
    priority: int = 0
    respect: int = 0
    involvement: int = 0
    communication: int = 0
    effort: int = 0

    def __post_init__(self) -> None:
        faults = [
            f"{factor.value} is {self.factor(factor)}, outside {FACTOR_RANGE[0]}..+{FACTOR_RANGE[1]}"
            for factor in Factor
            if not FACTOR_RANGE[0] <= self.factor(factor) <= FACTOR_RANGE[1]
        ]
        if not FAIR_RANGE[0] <= self.fair <= FAIR_RANGE[1]:
            faults.append(f"fair is {self.fair}, outside {FAIR_RANGE[0]}..{FAIR_RANGE[1]}")
        if self.got and self.fair:
            faults.append("fair is asked only after a no")
        if faults:
            raise ValueError("; ".join(faults))

    def factor(self, factor: Factor) -> int:
        """The score of one treatment factor."""
        return int(getattr(self, factor.value))

    @property
    def result(self) -> int:
        """Points for the result, 0..25."""
        return GOT if self.got else self.fair

    @property
    def total(self) -> int:
        """The whole sheet, -50..+50."""
        treatment = self.priority + self.respect + self.involvement + self.communication + self.effort
        return self.result + treatment

    def answered(self, got: bool) -> PriceSheet:
        """The sheet with the result question answered; a yes clears the fair score."""
        return replace(self, got=got, fair=0 if got else self.fair)

    def scored(self, factor: Factor, points: int) -> PriceSheet:
        """The sheet with one factor set, held within its range."""
        low, high = FACTOR_RANGE
        fields = {name: getattr(self, name) for name in ("got", "fair", *Factor)}
        return PriceSheet(**{**fields, factor.value: max(low, min(high, points))})

    def judged_fair(self, points: int) -> PriceSheet:
        """The sheet with the fair score set, held within its range; unchanged unless the answer was no."""
        if self.got is not False:
            return self
        return replace(self, fair=max(FAIR_RANGE[0], min(FAIR_RANGE[1], points)))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a factor stands where it does: one move, what it added, and the words that made it."""

    factor: Factor
    points: int
    move: str
    answer: int
    quote: str


@dataclass(frozen=True, slots=True)
class Reference:
    """What the ending and the moves support, with evidence.

    `base` is the ending's own sheet; `sheet` is base plus the evidence, held in range.
    """

    base: PriceSheet
    sheet: PriceSheet
    evidence: tuple[Evidence, ...]


def reference(base: PriceSheet, evidence: tuple[Evidence, ...]) -> Reference:
    """The reference sheet: the ending's sheet plus what the moves of the call add and take.

    Per factor the helping evidence adds at most `MOST_FROM_HELP`; costs count in full.
    """
    sheet = base
    for factor in Factor:
        points = [item.points for item in evidence if item.factor is factor]
        helped = min(MOST_FROM_HELP, sum(p for p in points if p > 0))
        sheet = sheet.scored(factor, base.factor(factor) + helped + sum(p for p in points if p < 0))
    return Reference(base, sheet, evidence)


def gap(own: PriceSheet, ref: PriceSheet) -> Mapping[str, int]:
    """Own minus reference, by field name (`result`, then the five factors): above 0, scored too high."""
    gaps = {"result": own.result - ref.result}
    gaps.update({factor.value: own.factor(factor) - ref.factor(factor) for factor in Factor})
    return gaps
