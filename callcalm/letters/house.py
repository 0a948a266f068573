"""What one playbook makes of the moves in a letter: what each adds to a PRICE sheet, and what it warns of.

Taken from the registry and the playbooks, and kept, for a start needs only this much of them. What must not be
here: finding moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from callcalm.core.hints import Final
from callcalm.core.moves import Factor, Finding
from callcalm.core.price import Evidence, PriceSheet, Reference, reference
from callcalm.core.records import NamedTuple
from callcalm.intake.kept import kept

CORE: Final = "core"
"""The house rules for whoever names none."""

_CONTENT: Final = Path(__file__).parent.parent / "content"


class Take(NamedTuple):
    """How a playbook takes a move: points by factor as they count, its share in halves, its reason by language."""

    price: dict[str, int]
    halves: int
    why: dict[str, str]


House = Mapping[str, Take]
"""The takes of one playbook, by move."""


def playbook_names() -> tuple[str, ...]:
    """The shipped playbooks, in their order."""
    return tuple(_houses())


def house(name: str = CORE) -> House:
    """The takes of a shipped playbook. Raises `KeyError` for one that there is none of."""
    return {move: Take(*take) for move, take in _houses()[name].items()}


def estimate(findings: Iterable[Finding], rules: House) -> Reference:
    """The treatment factors as these words alone support them, with the words; a move counts once.

    The result, whether the reader got what they needed, is not in the words: it stays unanswered.
    """
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.move, finding)
    evidence = [
        Evidence(Factor(factor), points, move, 0, finding.matched)
        for move, finding in first.items()
        if move in rules
        for factor, points in rules[move].price.items()
    ]
    return reference(PriceSheet(), tuple(evidence))


@cache
def _houses() -> dict[str, dict[str, tuple[dict[str, int], int, dict[str, str]]]]:
    sources = [
        _CONTENT / "data" / "moves.toml",
        *sorted((_CONTENT / "playbooks").glob("*.toml")),
        Path(__file__),
        _CONTENT.parent / "core" / "playbook.py",
    ]
    found: dict[str, dict[str, tuple[dict[str, int], int, dict[str, str]]]] = kept("houses", sources, _make)
    return found


def _make() -> dict[str, dict[str, tuple[dict[str, int], int, dict[str, str]]]]:
    from callcalm.content.playbooks import load_playbooks  # noqa: PLC0415 - what is kept needs none of it
    from callcalm.content.registry import load_rulebook  # noqa: PLC0415
    from callcalm.core.playbook import Playbook, share  # noqa: PLC0415

    registry = load_rulebook().registry

    def takes(book: Playbook) -> dict[str, tuple[dict[str, int], int, dict[str, str]]]:
        found = {}
        for name, move in registry.moves.items():
            halves = book.halves(name)
            counted = {factor.value: share(points, halves) for factor, points in move.price.items()}
            why: dict[str, str] = {**(book.position(name).why or {})}
            found[name] = ({factor: points for factor, points in counted.items() if points}, halves, why)
        return found

    return {name: takes(book) for name, book in load_playbooks(registry).items()}
