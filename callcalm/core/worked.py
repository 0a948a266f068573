"""Worked calls: one turn taken badly and taken well, with what came of each, and the rule. Frozen data only."""

from __future__ import annotations

from callcalm.core.records import dataclass
from callcalm.core.text import Text


@dataclass(frozen=True, slots=True)
class Worked:
    """The same turn, twice.

    `move` is the technique; `scene` who calls and why, `caller` what they say. `bad` costs `bad_move`; `then_bad`
    and `then_good` are what the caller says next. `rule` is the technique as an if-then.
    """

    move: str
    scene: Text
    caller: Text
    bad: Text
    bad_move: str
    then_bad: Text
    good: Text
    then_good: Text
    rule: Text
