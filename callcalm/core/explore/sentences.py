"""Which helping sentences can be met again: worked out over nodes, since variables often rule it out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from callcalm.core.explore.answers import Answer

if TYPE_CHECKING:
    from callcalm.core.explore.nodes import Node


def follow_sentences(
    nodes: Sequence[Node],
    answers: Mapping[str, Sequence[Answer]],
    loops: Mapping[str, int],
    round_: Collection[int],
) -> dict[str, int]:
    """The sentences that can be said twice in a call, each with a bit; every node's `live` gets those ahead of it.

    `answers` and the number of its loop are by beat; a loop has a higher number than any that it leads to.
    `round_` are the numbers of those in which a call can come back.
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
    by_loop: dict[int, list[Node]] = {}
    for node in nodes:
        by_loop.setdefault(loops[node.name], []).append(node)
    for number in sorted(by_loop):
        while _ahead(by_loop[number], bits) and number in round_:
            pass  # what one adds may be ahead of another
    again = 0
    for node in nodes:
        for answer, _, target, _ in node.ways:
            if answer in bits:
                again |= bits[answer] & target.live
    for node in nodes:
        node.live &= again
    return {sentence: number for sentence, number in bit.items() if number & again}


def _ahead(nodes: Sequence[Node], bits: Mapping[Answer, int]) -> bool:
    """Give each node what is ahead of it, as far as those that it leads to have it; whether any got more."""
    changed = False
    for node in nodes:
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
    return changed


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
