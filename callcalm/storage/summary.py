"""What home shows of the rounds played. What must not be here: files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from callcalm.storage.roundlog import Head

_BEST_FIRST = ("resolved", "fair", "unresolved", "lost")


@dataclass(frozen=True, slots=True)
class Summary:
    """A player's rounds of one scenario: how many, when the last one ended, and how the last and the best ended.

    Kinds of endings, best first: resolved, fair, unresolved, lost, and any that this callcalm does not know.
    """

    scenario: str
    count: int
    last_finished: datetime
    last_kind: str
    best_kind: str


def summed_up(heads: Iterable[Head]) -> Mapping[str, Summary]:
    """A summary for each scenario, by its id, of rounds in the order in which they were played."""
    found: dict[str, Summary] = {}
    for head in heads:
        so_far = found.get(head.scenario)
        if so_far is None:
            found[head.scenario] = Summary(head.scenario, 1, head.finished, head.kind, head.kind)
        else:
            best = min(so_far.best_kind, head.kind, key=_rank)
            found[head.scenario] = replace(
                so_far,
                count=so_far.count + 1,
                last_finished=head.finished,
                last_kind=head.kind,
                best_kind=best,
            )
    return found


def _rank(kind: str) -> int:
    return _BEST_FIRST.index(kind) if kind in _BEST_FIRST else len(_BEST_FIRST)
