"""What an answer counts for: its distinct moves, but for worn-out help (the same sentence or name again).

What must not be here: where an answer leads.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from callcalm.core import composure as meter
from callcalm.core.composure import Seen
from callcalm.core.model import Beat, Reply, Tone
from callcalm.core.moves import Finding, Registry
from callcalm.core.playbook import Playbook
from callcalm.core.records import NamedTuple
from callcalm.core.state import CallState

NAME_CREDITS = 3
"""Using the name helps up to so many times in a call (S0-1) …"""

NAME_OVERUSE = 5
"""… and from this use on it grates."""

_SENTENCE_END = re.compile(r"[.!?…]+[\s»\"”')]*|\n+")


class Words(NamedTuple):
    """What can be known of an answer before it is given.

    `pairs` are (move, quote) of its findings (`found` of them), then of what is declared; `helping` is
    (move, folded sentence) for each helping finding, `sentences` those sentences; `names` counts the uses of the
    caller's name. `fresh` is what it counts for if nothing in it is worn out, as (move, amount, halves, quote),
    and `points` what that comes to.
    """

    pairs: tuple[tuple[str, str], ...]
    found: int
    helping: tuple[tuple[str, str], ...]
    sentences: frozenset[str]
    names: int
    fresh: tuple[tuple[str, int, int, str], ...]
    points: int

    def worn(self, state: CallState) -> bool:
        """Whether a sentence of it was said before, or the name has been used too often for more credit."""
        if self.names and state.names + self.names > NAME_CREDITS:
            return True
        return bool(self.sentences) and not self.sentences.isdisjoint(state.said)

    def counted(self, state: CallState) -> tuple[Seen, ...]:
        """What the answer counts for, given now."""
        answer = state.answers + 1
        if self.worn(state):
            return meter.weigh(self._as_worn(state), state.playbook, answer)
        return tuple([Seen(move, amount, halves, quote, answer) for move, amount, halves, quote in self.fresh])

    def amount(self, state: CallState) -> int:
        """What that comes to, in points."""
        return sum(seen.amount for seen in self.counted(state)) if self.worn(state) else self.points

    def _as_worn(self, state: CallState) -> list[tuple[str, str]]:
        repeated = {move for move, sentence in self.helping if sentence in state.said}
        moves: list[tuple[str, str]] = []
        names = state.names
        for move, quote in self.pairs[: self.found]:
            if move in repeated:
                moves.append(("script-repeat", quote))
            elif move == "use-name":
                names += 1
                if names >= NAME_OVERUSE:
                    moves.append(("name-overuse", quote))
                elif names <= NAME_CREDITS:
                    moves.append((move, quote))
            else:
                moves.append((move, quote))
        moves.extend(self.pairs[self.found :])
        return moves


def words(text: str, findings: tuple[Finding, ...], declared: Iterable[str], playbook: Playbook) -> Words:
    """What can be known of an answer under these house rules before it is given."""
    found = tuple([(finding.move, finding.matched) for finding in findings])
    pairs = (*found, *((move, "") for move in declared))
    sentences = tuple(helping_sentences(text, findings, playbook.registry))
    weighed_once = meter.weigh(pairs, playbook, 0)
    return Words(
        pairs=pairs,
        found=len(found),
        helping=sentences,
        sentences=frozenset(sentence for _, sentence in sentences),
        names=sum(1 for move, _ in found if move == "use-name"),
        fresh=tuple([(seen.move, seen.amount, seen.halves, seen.quote) for seen in weighed_once]),
        points=sum(seen.amount for seen in weighed_once),
    )


def declared(reply: Reply, beat: Beat, registry: Registry) -> tuple[str, ...]:
    """The moves that the writer declares for a reply, and a bright tone on a hot beat (S2-9)."""
    bright = reply.tone is Tone.BRIGHT and registry.moods[beat.mood].hot
    return (*reply.moves, "tone.bright") if bright else reply.moves


def lean(reply: Reply, state: CallState) -> int:
    """Whether an authored reply would help (above 0) or cost (below 0) under these house rules, in points."""
    return sum(seen.amount for seen in authored(reply, state)) + reply.composure


def authored(reply: Reply, state: CallState) -> tuple[Seen, ...]:
    """What an authored reply counts for: its words, what is declared, and its tone on a hot beat (S2-9)."""
    return weighed(reply.say, reply.findings, declared(reply, state.here, state.playbook.registry), state)


def weighed(text: str, findings: tuple[Finding, ...], more: Iterable[str], state: CallState) -> tuple[Seen, ...]:
    """Every distinct move of an answer as it counts: worn-out sentences and names do not count as help."""
    return words(text, findings, more, state.playbook).counted(state)


def helping_sentences(text: str, findings: Iterable[Finding], registry: Registry) -> list[tuple[str, str]]:
    """(move, folded sentence) for each helping finding but the name, whose use has a rule of its own."""
    helping = [finding for finding in findings if finding.move != "use-name" and registry.helps(finding.move)]
    return sentences_of(text, helping) if helping else []


def sentences_of(text: str, findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """(move, folded sentence) for each of these findings."""
    end = _SENTENCE_END.search(text)
    if end is None or end.end() == len(text):
        whole = " ".join(text.casefold().split())
        return [(finding.move, whole) for finding in findings]
    ends = [0, *[end.end() for end in _SENTENCE_END.finditer(text)], len(text)]
    pairs = []
    for finding in findings:
        first = ends[bisect_right(ends, finding.start) - 1]
        last = ends[bisect_left(ends, finding.end)]
        pairs.append((finding.move, " ".join(text[first:last].casefold().split())))
    return pairs
