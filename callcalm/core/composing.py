"""A composed answer: what its parts say together and what they lack. What must not be here: what it counts for."""

from __future__ import annotations

from callcalm.core.model import Part, Task
from callcalm.core.moves import Finding
from callcalm.core.records import NamedTuple, replace
from callcalm.core.text import Text


class Composition(NamedTuple):
    """An answer made of parts.

    `moves` are those that its parts make and what is counted for a part that is missing or out of order; `missing`
    the ideal moves that are not there, `in_order` whether those that are stand as they should.
    """

    text: Text
    findings: tuple[Finding, ...]
    moves: tuple[str, ...]
    missing: tuple[str, ...]
    in_order: bool


def composed(task: Task, parts: tuple[int, ...]) -> Composition:
    """The answer that these parts make, by index from 0, in the order to be said."""
    chosen = [task.parts[index] for index in parts]
    text, findings = _joined(chosen)
    moves = [part.move for part in chosen if part.move is not None]
    missing = tuple(move for move in task.ideal if move not in moves)
    ranks = [task.ideal.index(move) for move in moves if move in task.ideal]
    in_order = ranks == sorted(ranks)
    if missing:
        moves.append("part.missing")
    if not in_order:
        moves.append("order.mixed")
    return Composition(text, findings, tuple(moves), missing, in_order)


def _joined(parts: list[Part]) -> tuple[Text, tuple[Finding, ...]]:
    """Parts as one text, their findings moved to where the words now stand."""
    text = ""
    findings: list[Finding] = []
    for part in parts:
        offset = len(text) + 1 if text else 0
        text = f"{text} {part.say}" if text else part.say
        findings.extend(replace(f, start=f.start + offset, end=f.end + offset) for f in part.findings)
    return Text(text), tuple(findings)
