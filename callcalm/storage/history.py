"""Finished rounds as far as what they tell over time needs them: no words of an answer, no notes, no quotes.

What must not be here: what they tell (see `insight`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from callcalm.core.price import PriceSheet
from callcalm.core.text import Text
from callcalm.storage.records import PromiseRecord, RoundRecord


@dataclass(frozen=True, slots=True)
class Played:
    """A finished round, in short. The fields mean what they mean in `RoundRecord`.

    `moves` has the answer (from 1) and the move of everything that counted. `newer` tells that a later callcalm
    wrote it. What is no call (a drill, a goal, a letter) has a slash in `scenario`. `ways` tells how each answer
    was given, in order: choose, compose or say; in a drill choose, order, spot or say.
    """

    id: str
    finished: datetime
    scenario: str
    kind: str
    ending: str
    started: datetime | None
    title: Text
    digest: str
    language: str
    playbook: str
    coached: bool
    undone: int
    composure: tuple[int, ...]
    own: PriceSheet | None
    reference: PriceSheet | None
    moves: tuple[tuple[int, str], ...]
    promises: tuple[PromiseRecord, ...]
    transfer: Text
    follows: str
    newer: bool
    complete: bool
    ways: tuple[str, ...] = ()

    @property
    def is_call(self) -> bool:
        """Whether this was an encounter, not a drill or anything else that the log keeps."""
        return "/" not in self.scenario

    @property
    def answers(self) -> int:
        """How many answers were given."""
        return max(0, len(self.composure) - 1)

    @classmethod
    def of(cls, record: RoundRecord) -> Played:
        """The same of a whole round."""
        return cls(
            record.id,
            record.finished,
            record.scenario,
            record.kind,
            record.ending,
            record.started,
            record.title,
            record.digest,
            record.language,
            record.playbook,
            record.coached,
            record.undone,
            record.composure,
            record.own,
            record.reference,
            tuple((move.turn, move.move) for move in record.moves),
            record.promises,
            record.transfer,
            record.follows,
            record.newer,
            record.complete,
            tuple(way for action in record.actions if (way := way_of(action.do, action.reply))),
        )


def way_of(do: str, reply: str) -> str:
    """How an answer was given; empty for what is no answer. A drill has it in the key of the item, ``say/3``."""
    if do in {"choose", "compose", "say"}:
        return do
    return reply.partition("/")[0] if do in {"right", "wrong"} else ""
