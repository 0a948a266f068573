"""Two schools: one turn of the call as two playbooks count it, side by side.

What must not be here: the vote on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from callcalm.core.actions import Action, Choose, Compose, IllegalAction, Say
from callcalm.core.call import act
from callcalm.core.composure import Seen
from callcalm.core.events import ComposureChanged, PlayerSpoke
from callcalm.core.playbook import Playbook
from callcalm.core.round import Round
from callcalm.core.state import CallState
from callcalm.core.text import Text
from callcalm.language import pick


@dataclass(frozen=True, slots=True)
class Side:
    """One school's count of the turn: composure before and after, and every reason."""

    book: Playbook
    before: int
    after: int
    reasons: tuple[Seen, ...]

    @property
    def points(self) -> int:
        """What all reasons come to, before the meter stops at either end."""
        return sum(seen.amount for seen in self.reasons)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The same words under two schools; `given` is False if they were on offer and not said."""

    words: Text
    given: bool
    left: Side
    right: Side

    @property
    def differing(self) -> tuple[str, ...]:
        """The moves that the two count differently."""
        left, right = ({seen.move: seen.amount for seen in side.reasons} for side in (self.left, self.right))
        return tuple(move for move in left if left[move] != right.get(move))


def compare(
    round_: Round, playbooks: Mapping[str, Playbook], books: tuple[str, str] | None = None
) -> Comparison | None:
    """The latest turn on which two schools differ most, or, where none does, another answer that was on offer.

    `books` names the two, else they are those that differ most. None if they agree on everything said so far.
    """
    pairs = [books] if books else list(combinations(playbooks, 2))
    calm = {name: replace(book, temptation=False) for name, book in playbooks.items()}
    turns = [(before, action) for before, action in _turns(round_) if isinstance(action, Choose | Say | Compose)]
    for before, action in reversed(turns):
        found = _widest(before, action, calm, pairs, given=True)
        if found is not None:
            return found
    for before, _action in reversed(turns):
        others = [_widest(before, Choose(reply.key), calm, pairs, given=False) for reply in before.here.replies]
        best = max((one for one in others if one is not None), key=_width, default=None)
        if best is not None:
            return best
    return None


def school_name(book: Playbook) -> Text:
    """What the house rules are called, in the language in use."""
    return pick(book.name)


def _turns(round_: Round) -> Iterator[tuple[CallState, Action]]:
    before = round_.opening
    for turn in round_.turns:
        yield before, turn.action
        before = turn.state


def _widest(
    before: CallState,
    action: Action,
    books: Mapping[str, Playbook],
    pairs: list[tuple[str, str]],
    *,
    given: bool,
) -> Comparison | None:
    sides: dict[str, tuple[Text, Side]] = {}
    for name in dict.fromkeys(name for pair in pairs for name in pair):
        side = _side(before, action, books[name])
        if side is None:
            return None
        sides[name] = side
    found = [Comparison(sides[one][0], given, sides[one][1], sides[two][1]) for one, two in pairs]
    best = max(found, key=_width)
    return best if _width(best) else None


def _side(before: CallState, action: Action, book: Playbook) -> tuple[Text, Side] | None:
    try:
        turn = act(replace(before, playbook=book), action)
    except IllegalAction:
        return None  # on offer only later in the call
    changed = next(event for event in turn.events if isinstance(event, ComposureChanged))
    spoke = next(event for event in turn.events if isinstance(event, PlayerSpoke))
    return spoke.text, Side(book, changed.before, changed.after, changed.reasons)


def _width(one: Comparison) -> int:
    left, right = ({seen.move: seen.amount for seen in side.reasons} for side in (one.left, one.right))
    return sum(abs(points - right.get(move, 0)) for move, points in left.items())
