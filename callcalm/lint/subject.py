"""One scenario as lint looks at it: what is known of it and where it stands, and the findings so far.

Proof, chances and the best replies are made when a check first asks for them. What must not be here: any check.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from callcalm.content.registry import LOST
from callcalm.content.scenarios import ScenarioFile
from callcalm.core.explore import Course, Offered, Player, Proof, prove, solve
from callcalm.core.model import Beat, Ending, Reply, Scenario, Tone
from callcalm.core.playbook import Playbook
from callcalm.intake import Code, Path, shown
from callcalm.language import _
from callcalm.lint import best
from callcalm.lint.domain import Domain
from callcalm.lint.levels import level_of
from callcalm.lint.ways import leading_to, targets, turned_round
from callcalm.report import Diagnostic

Weight = tuple[frozenset[str], int]
"""The moves that a reply makes, and what it adds to composure."""


class Subject:
    """A scenario that loads, the playbook that it is played by, and the shipped `schools` by id.

    A `course` is that of the scenario under the playbook, where it has been made already; it is used up.
    """

    def __init__(
        self,
        file: ScenarioFile,
        playbook: Playbook,
        schools: Mapping[str, Playbook],
        course: Course | None = None,
    ) -> None:
        self.scenario: Scenario = file.scenario
        self.playbook = playbook
        self.schools = schools
        self.source = file.source
        self._course = course
        self._positions = file.positions
        self._good: dict[tuple[Player, str], float] = {}
        self._weights: dict[str, list[Weight]] = {}
        self._alike: dict[tuple[str, ...], Weight] = {}
        self.found: list[Diagnostic] = []

    def add(
        self,
        code: Code,
        message: str,
        path: Path = (),
        *,
        hint: str = "",
        matched: str = "",
        at_key: bool = False,
        within: tuple[int, int] | None = None,
    ) -> None:
        """Put in one finding: at the value of `path`, or its key, or code points `within` its text.

        Machines get the path, too, ``beats.opening.replies.0.say``: a map or an editor can tell whose it is.
        """
        if path[-2:-1] == ("caller",) and not self._has(path):
            path = path[:-1]  # what the caller says all at once stands under the key itself
        if within is not None:
            place = self._positions.inside(path, *within)
        else:
            place = self._positions.key(path) if at_key else self._positions.value(path)
        more = {"path": ".".join(map(str, path))}
        self.found.append(
            Diagnostic(code.value, level_of(code), message, self.source.name, place, matched, hint=hint, more=more)
        )

    def written(self, path: Path) -> str:
        """A text of one line as it stands in the file, without its quotes, to be shown in a message."""
        place = self._positions.value(path)
        if place is None or place.end_line != place.line:
            return "…"
        return shown(self.source.line(place.line)[place.column - 1 : place.end_column - 1].strip("\"'"))

    @cached_property
    def own_endings(self) -> Mapping[str, Ending]:
        """The endings that stand in the file, without the general one that a scenario without one is given."""
        endings = self.scenario.endings
        given = LOST in endings and f"endings.{LOST}" not in self.source.text and not self._has(("endings", LOST))
        return {name: ending for name, ending in endings.items() if not (given and name == LOST)}

    def _has(self, path: Path) -> bool:
        return self._positions.has(path)

    @cached_property
    def domain(self) -> Domain:
        """What its variables can hold."""
        return Domain(self.scenario)

    @cached_property
    def proof(self) -> Proof:
        """What can happen in this encounter, and what cannot."""
        course, self._course = self._course, None
        return prove(self.scenario, self.playbook, course=course)

    def good(self, player: Player, opening: str = "", *, most: int | None = None) -> float:
        """How likely a good ending is for one kind of player, when the encounter begins by this opening.

        Raises `TooLongError` as `solve` does.
        """
        found = self._good.get((player, opening))
        if found is None:
            proof = self.proof
            odds = solve(self.scenario, self.playbook, player, proof=proof, opening=opening, brief=True, most=most)
            found = self._good[player, opening] = odds.good
        return found

    def easiest(self, player: Player, *, most: int | None = None) -> tuple[float, str]:
        """The greatest chance that this player has of a good ending, and the opening that gives it.

        Raises `TooLongError` as `solve` does.
        """
        chances = [(self.good(player, one, most=most), one) for one in ("", *self.scenario.openings)]
        return max(chances, key=lambda one: one[0])

    @cached_property
    def best(self) -> Mapping[str, Reply]:
        """The best reply of each beat that can be reached and has replies; see `lint.best`."""
        return best.best_replies(self)

    @cached_property
    def reached(self) -> tuple[Beat, ...]:
        """The beats that some play reaches, in the order of the file."""
        return tuple(beat for name, beat in self.scenario.beats.items() if self.proof.beats.get(name))

    @cached_property
    def ways(self) -> Mapping[str, set[str]]:
        """Where each reached beat leads, without the replies that are never on offer."""
        never = frozenset(key for key, offered in self.proof.replies.items() if offered is Offered.NEVER)
        return {beat.id: set(targets(beat, never)) for beat in self.reached}

    @cached_property
    def came_from(self) -> Mapping[str, set[str]]:
        """From which reached beats each place can be come to, the same way."""
        return turned_round(self.ways)

    @cached_property
    def endable(self) -> set[str]:
        """The endings that a play reaches, and the beats from which any of them can still be come to."""
        return leading_to(self.came_from.keys() & self.scenario.endings.keys(), self.came_from)

    @cached_property
    def hopeful(self) -> set[str]:
        """The good endings that a play reaches, and the beats from which one of them can still be come to."""
        return best.hopeful(self)

    @cached_property
    def _points(self) -> dict[str, int]:
        return {move: self.playbook.points(move) for move in self.playbook.registry.moves}

    def weights(self, beat: Beat) -> list[Weight]:
        """What each reply of a beat comes to when it is given for the first time."""
        found = self._weights.get(beat.id)
        if found is None:
            found = self._weights[beat.id] = [self._weigh(reply, beat) for reply in beat.replies]
        return found

    def moves(self, reply: Reply, beat: Beat) -> frozenset[str]:
        """Every move that a reply makes when it is given for the first time: said, declared, and by its tone."""
        return self.weights(beat)[place_of(reply, beat)][0]

    def _weigh(self, reply: Reply, beat: Beat) -> Weight:
        made = tuple([finding.move for finding in reply.findings]) + reply.moves
        if reply.tone is Tone.BRIGHT and self.playbook.registry.moods[beat.mood].hot:
            made = (*made, "tone.bright")
        # Most replies make the same few moves together: what those come to is worked out once, and held once.
        found = self._alike.get(made)
        if found is None:
            moves = frozenset(made)
            found = self._alike[made] = (moves, sum(self._points.get(move, 0) for move in moves))
        return (found[0], found[1] + reply.composure) if reply.composure else found

    def path(self, beat: Beat, reply: Reply) -> Path:
        """Where a reply stands in the file."""
        return ("beats", beat.id, "replies", place_of(reply, beat))


def place_of(reply: Reply, beat: Beat) -> int:
    """Where a reply stands among those of its beat, from 0. Raises `ValueError` if it is none of them."""
    for at, one in enumerate(beat.replies):
        if one is reply:
            return at
    raise ValueError(reply.key)


def called(reply: Reply) -> str:
    """What messages call a reply: “opening 1”, “opening stay”."""
    beat, _slash, name = reply.key.partition("/")
    return _("“{beat} {name}”").format(beat=beat, name=name)
