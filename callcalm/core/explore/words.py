"""What an answer counts for, worked out once: its points fresh, worn out, and by how often the name was used.

It gives what `core.weighing` gives for the same answer, without a state. What must not be here: where it leads.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from callcalm.core.explore.bits import ALL, EVERY, LANE, LOCKED, NAMES, ROW, UNLOCKED
from callcalm.core.model import Beat, Part, Reply, Tone
from callcalm.core.moves import Effect, Finding
from callcalm.core.playbook import Playbook
from callcalm.core.records import NamedTuple
from callcalm.core.state import CallState
from callcalm.core.weighing import NAME_CREDITS, NAME_OVERUSE, sentences_of

MOST_NAMES = NAMES - 1
"""Uses of the name beyond which one more or less changes nothing."""

_ENDED = re.compile(r"[.!?…]+[\s»\"”')]*\Z")


class Words(NamedTuple):
    """An answer as the meter takes it.

    `moves` are those its words make, in order; `declared` those that count besides; `pairs` each helping move with
    the sentence it stands in, folded; `names` how often it uses the name; `points` the writer's own adjustment.
    """

    moves: tuple[str, ...]
    declared: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    names: int
    points: int = 0


Delta = tuple[int, int, int]
"""(packed composures at which it can be given, points, by how many bits the lane changes)."""

Deltas = tuple[int, list[Delta]]
"""(packed composures at which only a breath unlocks it, what it does at the others)."""


class Scales:
    """Weighs answers under one playbook."""

    def __init__(self, state: CallState) -> None:
        """`state` is any state of the scenario: the house rules are read from it, nothing else."""
        self._book: Playbook = state.playbook
        self._points: dict[str, int] = {}
        moves = self._book.registry.moves
        self._helping = {
            name for name, move in moves.items() if move.effect is Effect.HELPS and name != "use-name"
        }
        self.unsure: set[str] = set()
        # Most answers make the same few moves: what those come to is worked out once, and held once.
        self._alike: dict[tuple[tuple[str, ...], tuple[str, ...], int], Words] = {}
        self._fresh: dict[tuple[tuple[str, ...], tuple[str, ...], int, bool], Deltas] = {}

    def points(self, move: str) -> int:
        """What one move adds, in points."""
        found = self._points.get(move)
        if found is None:
            found = self._points[move] = self._book.points(move)
        return found

    def read(self, text: str, findings: tuple[Finding, ...], declared: tuple[str, ...], points: int = 0) -> Words:
        """An answer ready to be weighed."""
        moves = tuple([finding.move for finding in findings])
        if not self._helping.isdisjoint(moves):
            helping = [finding for finding in findings if finding.move in self._helping]
            pairs = tuple(sentences_of(text, helping))
            return Words(moves, declared, pairs, moves.count("use-name"), points)
        alike = (moves, declared, points)
        found = self._alike.get(alike)
        if found is None:
            found = self._alike[alike] = Words(moves, declared, (), moves.count("use-name"), points)
        return found

    def reply(self, reply: Reply, beat: Beat) -> Words:
        """An authored reply ready to be weighed."""
        declared = reply.moves
        if reply.tone is Tone.BRIGHT and self._book.registry.moods[beat.mood].hot:
            declared = (*declared, "tone.bright")
        return self.read(reply.say, reply.findings, declared, reply.composure)

    def parts(self, parts: Sequence[Part]) -> list[Words]:
        """Each part of a composed answer, as if it were said alone.

        Where one does not end a sentence, what it says runs on into the next: then their sentences are `unsure`.
        """
        read = [self.read(part.say, part.findings, () if part.move is None else (part.move,)) for part in parts]
        if not all(_ENDED.search(part.say) for part in parts):
            self.unsure.update(sentence for words in read for _, sentence in words.pairs)
        return read

    def weigh(self, words: Words, names: int = 0, worn: Collection[str] = ()) -> int:
        """What an answer adds, in points, when the name was used `names` times and the sentences `worn` before."""
        moves, declared, pairs, used, whole = words
        counted = set(declared)
        if not used and not worn:
            counted.update(moves)
        else:
            repeated = {move for move, sentence in pairs if sentence in worn} if worn else ()
            for move in moves:
                if move in repeated:
                    counted.add("script-repeat")
                elif move == "use-name":
                    names += 1
                    if names >= NAME_OVERUSE:
                        counted.add("name-overuse")
                    elif names <= NAME_CREDITS:
                        counted.add(move)
                else:
                    counted.add(move)
        points = self._points
        for move in counted:
            whole += points[move] if move in points else self.points(move)
        return whole

    def deltas(self, words: Words, worn: Collection[str] = (), *, tempts: bool = False) -> Deltas:
        """The same for all lanes, those that go alike together; what `tempts` is locked while it helps."""
        if worn:
            return self._deltas(words, worn, tempts)
        alike = (words.moves, words.declared, words.points, tempts)
        found = self._fresh.get(alike)
        if found is None:
            found = self._fresh[alike] = self._deltas(words, worn, tempts)
        return found

    def _deltas(self, words: Words, worn: Collection[str], tempts: bool) -> Deltas:
        tempts = tempts and self._book.temptation
        if not words.names:
            points = self.weigh(words, 0, worn)
            helps = tempts and points > 0
            return LOCKED if helps else 0, [(UNLOCKED if helps else _EVERYWHERE, points, 0)]
        found: dict[tuple[int, int], int] = {}
        for names in range(NAMES):
            alike = (self.weigh(words, names, worn), (min(names + words.names, MOST_NAMES) - names) * LANE)
            found[alike] = found.get(alike, 0) | ALL * _COLUMN << names * LANE
        locks = 0
        made: list[Delta] = []
        for (points, shift), lanes in found.items():
            helps = tempts and points > 0
            made.append((lanes & UNLOCKED if helps else lanes, points, shift))
            locks |= lanes & LOCKED if helps else 0
        return locks, made


_EVERYWHERE = ALL * EVERY
_COLUMN = EVERY // ROW
