"""What an answer counts for: its distinct moves, but for worn-out help (the same sentence or name again).

What must not be here: where an answer leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from callcalm.core import composure as meter
from callcalm.core.composure import Seen
from callcalm.core.model import Reply, Tone
from callcalm.core.moves import Finding
from callcalm.core.state import CallState

NAME_CREDITS = 3
"""Using the name helps up to so many times in a call (S0-1) …"""

NAME_OVERUSE = 5
"""… and from this use on it grates."""

_SENTENCE_END = re.compile(r"[.!?…]+[\s»\"”')]*|\n+")


def lean(reply: Reply, state: CallState) -> int:
    """Whether an authored reply would help (above 0) or cost (below 0) under these house rules, in points."""
    return sum(seen.amount for seen in authored(reply, state)) + reply.composure


def authored(reply: Reply, state: CallState) -> tuple[Seen, ...]:
    """What an authored reply counts for: its words, what is declared, and its tone on a hot beat (S2-9)."""
    bright = reply.tone is Tone.BRIGHT and state.playbook.registry.moods[state.here.mood].hot
    return weighed(reply.say, reply.findings, (*reply.moves, *(["tone.bright"] if bright else [])), state)


def weighed(
    text: str, findings: tuple[Finding, ...], declared: Iterable[str], state: CallState
) -> tuple[Seen, ...]:
    """Every distinct move of an answer as it counts: worn-out sentences and names do not count as help."""
    repeated = {move for move, sentence in helping_sentences(text, findings, state) if sentence in state.said}
    moves: list[tuple[str, str]] = []
    names = state.names
    for finding in findings:
        move = finding.move
        if move in repeated:
            move = "script-repeat"
        elif move == "use-name":
            names += 1
            if names >= NAME_OVERUSE:
                move = "name-overuse"
            elif names > NAME_CREDITS:
                continue
        moves.append((move, finding.matched))
    moves.extend((move, "") for move in declared)
    return meter.weigh(moves, state.playbook, state.answers + 1)


def helping_sentences(text: str, findings: tuple[Finding, ...], state: CallState) -> list[tuple[str, str]]:
    """(move, folded sentence) for each helping finding but the name, whose use has a rule of its own."""
    registry = state.playbook.registry
    helping = [f for f in findings if f.move != "use-name" and registry.helps(f.move)]
    if not helping:
        return []
    ends = [0, *(end.end() for end in _SENTENCE_END.finditer(text)), len(text)]
    pairs = []
    for finding in helping:
        first = max(end for end in ends if end <= finding.start)
        last = min(end for end in ends if end >= finding.end)
        pairs.append((finding.move, " ".join(text[first:last].casefold().split())))
    return pairs
