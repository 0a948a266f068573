"""What the library teaches: for each source id and each move, the encounters, drills and worked calls that do.

Counted from the files, never kept by hand. What must not be here: how it is written out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from callcalm.core.drill import Drill
from callcalm.core.model import Beat, Scenario, Tone
from callcalm.core.moves import Registry
from callcalm.core.playbook import Playbook, Stance

EVERY_ROUND: Final = "S3-p"
"""PRICE: whoever plays any encounter to its end scores it, and sees the score beside the evidence."""

_AGREEING: Final = frozenset({Stance.ENDORSE, Stance.ALLOW, Stance.NEUTRAL})


@dataclass(frozen=True, slots=True)
class Row:
    """What teaches one source id."""

    id: str
    encounters: tuple[str, ...]
    drills: tuple[str, ...]
    worked: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing does."""
        return not (self.encounters or self.drills or self.worked)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The rows of every source id; by move the encounters that use it; by playbook the turns that it contests."""

    rows: tuple[Row, ...]
    moves: Mapping[str, tuple[str, ...]]
    contested: Mapping[str, tuple[str, ...]]


def coverage(
    sources: Iterable[str],
    scenarios: Iterable[Scenario],
    drills: Iterable[Drill],
    worked: Iterable[str],
    playbooks: Mapping[str, Playbook],
    registry: Registry,
) -> Coverage:
    """Count it. The scenarios have been read by the coach; `worked` are the moves that have a worked call."""
    calls, rounds, takes = tuple(scenarios), tuple(drills), tuple(worked)
    rows = []
    for source in sources:
        moves = {move.id for move in registry.moves.values() if source in move.sources}
        rows.append(
            Row(
                source,
                tuple(
                    call.id
                    for call in calls
                    if source in call.sources or moves.intersection(call.teaches) or source == EVERY_ROUND
                ),
                tuple(
                    drill.id for drill in rounds if source in drill.sources or moves.intersection(drill.teaches)
                ),
                tuple(move for move in takes if move in moves),
            )
        )
    used = {call.id: moves_of(call, registry) for call in calls}
    return Coverage(
        tuple(rows),
        {move: tuple(name for name, moves in used.items() if move in moves) for move in registry.moves},
        {name: contested_turns(book, calls, playbooks) for name, book in playbooks.items()},
    )


def moves_of(scenario: Scenario, registry: Registry) -> frozenset[str]:
    """Every move that somebody who plays a scenario by picking can make, or be shown to have made."""
    made: set[str] = {"breathe.first", "breathe.again"}
    names = 0
    helping: list[str] = []
    for beat in scenario.beats.values():
        if len(beat.caller) > 1:
            made |= {"listen", "cut-in"}
        if beat.compose is not None:
            made |= {"part.missing", "order.mixed"}
            made |= {part.move for part in beat.compose.parts if part.move is not None}
            made |= {finding.move for part in beat.compose.parts for finding in part.findings}
        for reply in beat.replies:
            moves = [finding.move for finding in reply.findings]
            made.update(moves, reply.moves)
            names += "use-name" in moves
            helping += [reply.say] if any(registry.helps(move) for move in moves) else []
            if reply.tone is Tone.BRIGHT and registry.moods[beat.mood].hot:
                made.add("tone.bright")
    if len(helping) > len(set(helping)) or _loops(scenario):
        made.add("script-repeat")
    if names > 4:  # noqa: PLR2004 - from the fifth use on a name grates
        made.add("name-overuse")
    return frozenset(made)


def contested_turns(
    book: Playbook, scenarios: Iterable[Scenario], playbooks: Mapping[str, Playbook]
) -> tuple[str, ...]:
    """The beats, as ``scenario/beat``, marked contested at which this school takes some answer unlike another."""
    return tuple(
        f"{scenario.id}/{beat.id}"
        for scenario in scenarios
        for beat in scenario.beats.values()
        if beat.contested and any(_differs(move, book, playbooks) for move in _moves_at(beat))
    )


def _moves_at(beat: Beat) -> set[str]:
    moves = {finding.move for reply in beat.replies for finding in reply.findings}
    moves |= {move for reply in beat.replies for move in reply.moves}
    if beat.compose is not None:
        moves |= {part.move for part in beat.compose.parts if part.move is not None}
    return moves


def _differs(move: str, book: Playbook, playbooks: Mapping[str, Playbook]) -> bool:
    """Whether this school speaks of the move itself, and another takes it otherwise."""
    position = book.position(move)
    mine = position.stance in _AGREEING
    return position.said_by == book.id and any(
        (other.position(move).stance in _AGREEING) is not mine for other in playbooks.values()
    )


def _loops(scenario: Scenario) -> bool:
    """Whether a call can come back to a beat."""
    ahead = {
        name: [reply.goto for reply in beat.replies]
        + ([beat.otherwise.goto] if beat.otherwise and beat.otherwise.goto else [])
        for name, beat in scenario.beats.items()
    }
    for first, ways in ahead.items():
        seen: set[str] = set()
        queue = list(ways)
        while queue:
            name = queue.pop()
            if name == first:
                return True
            if name in ahead and name not in seen:
                seen.add(name)
                queue += ahead[name]
    return False
