"""What the coach makes of an answer that is being written: comments for the file, and what to say instead.

What must not be here: files, and questions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from callcalm.core.moves import Move
from callcalm.workshop.finishing import Rules, shipped_rules
from callcalm.workshop.words import Words

if TYPE_CHECKING:
    from callcalm.coach import Hearing


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer as the coach reads it: the ids of the moves that help and that cost, and better words.

    `instead` is a sentence of the phrasebook for the first thing that costs; empty when nothing does.
    """

    helps: tuple[str, ...]
    costs: tuple[str, ...]
    instead: str

    def told(self, words: Words, rules: Rules | None = None) -> str:
        """The comment on it."""
        moves = (rules or shipped_rules()).rulebook.registry.moves
        if self.costs:
            return words("coach.costs", names=_names(self.costs, moves, words.language))
        if self.helps:
            return words("coach.helps", names=_names(self.helps, moves, words.language))
        return words("coach.nothing")


def hear(answer: str, language: str, names: Sequence[str] = (), said: Sequence[str] = ()) -> Heard:
    """Read an answer of this language, given after `said`, to somebody of these names."""
    from callcalm.coach import load_phrasebook, read  # noqa: PLC0415 - what asks nothing of the coach waits for none

    book = load_phrasebook(language)
    registry = shipped_rules().rulebook.registry
    found = read(answer, book, _hearing(names, said))
    helps = tuple(dict.fromkeys(one.move for one in found if registry.helps(one.move)))
    costs = [one for one in found if registry.costs(one.move)]
    instead = ""
    if costs:
        rule = book.rules.get(costs[0].rule)
        instead = rule.instead[0] if rule is not None and rule.instead else ""
    return Heard(helps, tuple(dict.fromkeys(one.move for one in costs)), instead)


def _hearing(names: Sequence[str], said: Sequence[str]) -> Hearing:
    from callcalm.coach import Hearing  # noqa: PLC0415 - see above

    return Hearing(tuple(names), (), tuple(said), hot=True)


def _names(moves: Sequence[str], known: Mapping[str, Move], language: str) -> str:
    return ", ".join(f"{known[move].name[language]} ({move})" for move in moves)
