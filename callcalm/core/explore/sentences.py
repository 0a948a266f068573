"""Which helping sentences can be met again: worked out over nodes, since variables often rule it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from callcalm.core.explore.answers import Answer

if TYPE_CHECKING:
    from callcalm.core.explore.nodes import Node


def follow_sentences(
    nodes: Sequence[Node], answers: Mapping[str, Sequence[Answer]], loops: Mapping[str, int]
) -> dict[str, int]:
    """The sentences that can be said twice in a call, each with a bit; every node's `live` gets those ahead of it.

    `answers` and the number of its loop are by beat.
    """
    uses = _candidates(answers, loops)
    if not uses:
        return {}
    bit = {sentence: 1 << index for index, sentence in enumerate(uses)}
    bits: dict[Answer, int] = {}
    for given in answers.values():
        for answer in given:
            for _, sentence in answer.words.pairs:
                if sentence in bit:
                    bits[answer] = bits.get(answer, 0) | bit[sentence]
    back = list(reversed(nodes))
    changed = True
    while changed:
        changed = False
        for node in back:
            now = node.live
            for answer, _, target, _ in node.ways:
                now |= target.live
                if answer in bits:
                    now |= bits[answer]
            if node.cut is not None:
                now |= node.cut[1].live
            if now != node.live:
                node.live = now
                changed = True
    again = 0
    for node in nodes:
        for answer, _, target, _ in node.ways:
            if answer in bits:
                again |= bits[answer] & target.live
    for node in nodes:
        node.live &= again
    return {sentence: number for sentence, number in bit.items() if number & again}


def _candidates(answers: Mapping[str, Sequence[Answer]], loops: Mapping[str, int]) -> list[str]:
    """Sentences of two beats, or of an answer that leads round in a loop."""
    first: dict[str, str] = {}
    found: dict[str, None] = {}
    for name, given in answers.items():
        loop = loops[name]
        for answer in given:
            pairs = answer.words.pairs
            if not pairs:
                continue
            round_ = answer.goto is None or loops.get(answer.goto) == loop
            for _, sentence in pairs:
                if round_ or first.setdefault(sentence, name) != name:
                    found[sentence] = None
    return list(found)
