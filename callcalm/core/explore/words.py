"""What an answer counts for, worked out once: its points fresh, worn out, and by how often the name was used.

It gives what `core.weighing` gives for the same answer, without a state. What must not be here: where it leads.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from callcalm.core.model import Beat, Part, Reply, Tone
from callcalm.core.moves import Finding
from callcalm.core.playbook import Playbook
from callcalm.core.state import CallState
from callcalm.core.weighing import NAME_CREDITS, NAME_OVERUSE, helping_sentences

MOST_NAMES = NAME_OVERUSE - 1
"""Uses of the name beyond which one more or less changes nothing."""


_ENDED = re.compile(r"[.!?…]+[\s»\"”')]*\Z")


@dataclass(frozen=True, slots=True)
class Words:
    """An answer as the meter takes it.

    `moves` are those its words make, in order; `declared` those that count besides; `pairs` each helping move with
    the sentence it stands in, folded; `names` how often it uses the name; `points` the writer's own adjustment.
    """

    moves: tuple[str, ...]
    declared: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    names: int
    points: int = 0


class Scales:
    """Weighs answers under one playbook."""

    def __init__(self, state: CallState) -> None:
        """`state` is any state of the scenario: the house rules are read from it, nothing else."""
        self._state = state
        self._book: Playbook = state.playbook
        self._points: dict[str, int] = {}
        self.unsure: set[str] = set()

    def points(self, move: str) -> int:
        """What one move adds, in points."""
        found = self._points.get(move)
        if found is None:
            found = self._points[move] = self._book.points(move)
        return found

    def read(self, text: str, findings: tuple[Finding, ...], declared: tuple[str, ...], points: int = 0) -> Words:
        """An answer ready to be weighed."""
        moves = tuple([finding.move for finding in findings])
        pairs = tuple(helping_sentences(text, findings, self._state)) if findings else ()
        return Words(moves, declared, pairs, moves.count("use-name"), points)

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

    def weigh(self, words: Words, names: int = 0, worn: Container[str] = ()) -> int:
        """What an answer adds, in points, when the name was used `names` times and the sentences `worn` before."""
        repeated = {move for move, sentence in words.pairs if sentence in worn} if worn else ()
        counted: dict[str, None] = {}
        for move in words.moves:
            if move in repeated:
                counted["script-repeat"] = None
            elif move == "use-name":
                names += 1
                if names >= NAME_OVERUSE:
                    counted["name-overuse"] = None
                elif names <= NAME_CREDITS:
                    counted[move] = None
            else:
                counted[move] = None
        counted.update(dict.fromkeys(words.declared))
        return sum([self.points(move) for move in counted]) + words.points
