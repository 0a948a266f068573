"""What home shows of the rounds played. What must not be here: files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from callcalm.storage.roundlog import Head

_BEST_FIRST = ("resolved", "fair", "unresolved", "lost")


@dataclass(frozen=True, slots=True)
class Summary:
    """A player's rounds of one scenario: how many, how the last and the best ended.

    `last_ending` is the id of the last ending; of a drill it is its result, ``9-of-12``.
    Kinds of endings, best first: resolved, fair, unresolved, lost, and any that this callcalm does not know.
    """

    scenario: str
    count: int
    last_kind: str
    best_kind: str
    last_ending: str = ""


def summed_up(heads: Iterable[Head]) -> Mapping[str, Summary]:
    """A summary for each scenario, by its id, of rounds in the order in which they were played."""
    played: dict[str, list[Head]] = {}
    for head in heads:
        played.setdefault(head.scenario, []).append(head)
    return {scenario: _of_one(scenario, rounds) for scenario, rounds in played.items()}


def _of_one(scenario: str, rounds: list[Head]) -> Summary:
    best = min({head.kind for head in rounds}, key=_rank)
    return Summary(scenario, len(rounds), rounds[-1].kind, best, rounds[-1].ending)


def _rank(kind: str) -> tuple[int, str]:
    """The place among the kinds, best first; the unknown ones come last, in the order of the alphabet."""
    return (_BEST_FIRST.index(kind) if kind in _BEST_FIRST else len(_BEST_FIRST), kind)
