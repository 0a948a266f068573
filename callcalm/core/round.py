"""A round: one play-through of a scenario, turn by turn, with what it adds up to.

Frozen like the state it carries: taking an action or undoing one gives a new round. Replay is taking a list of
actions again.
"""

from __future__ import annotations

from collections.abc import Iterable

from callcalm.core.actions import Action, Choose, IllegalAction, Say
from callcalm.core.call import act, offer, start
from callcalm.core.model import Scenario
from callcalm.core.playbook import Playbook, share
from callcalm.core.price import Evidence, Reference, reference
from callcalm.core.records import dataclass, replace
from callcalm.core.state import CallState, Turn


@dataclass(frozen=True, slots=True)
class Round:
    """One play-through so far.

    `opening` is the state before the first action; `undone` counts the actions taken back; `coached` is whether
    the player saw findings or hints during the call; `way_in` names the scenario's opening that it began by, empty
    for the plain start.
    """

    opening: CallState
    turns: tuple[Turn, ...] = ()
    undone: int = 0
    coached: bool = False
    way_in: str = ""

    @property
    def state(self) -> CallState:
        """The call as it stands now."""
        return self.turns[-1].state if self.turns else self.opening

    @property
    def actions(self) -> tuple[Action, ...]:
        """What the player did, in order, without what was undone."""
        return tuple(turn.action for turn in self.turns)

    def take(self, action: Action) -> Round:
        """The round with one more action.

        Raises:
            IllegalAction: if the state does not allow it.
        """
        if isinstance(action, Choose) and not action.words:
            reply = self.state.scenario.reply(action.reply)
            action = replace(action, words=reply.say if reply else "")
        return replace(self, turns=(*self.turns, act(self.state, action)))

    def undo(self) -> Round:
        """The round with its last action taken back, and marked so; unchanged if there is none."""
        return replace(self, turns=self.turns[:-1], undone=self.undone + 1) if self.turns else self


@dataclass(frozen=True, slots=True)
class Replayed:
    """A replay: the round as far as it could be played, and the action it stopped at, with why."""

    round: Round
    stopped_at: int | None = None
    reason: str = ""


def begin(
    scenario: Scenario, playbook: Playbook, seed: int = 0, *, coached: bool = False, opening: str = ""
) -> Round:
    """A round before its first action; with the name of an `opening`, it begins there."""
    return Round(start(scenario, playbook, seed, opening), coached=coached, way_in=opening)


def replay(fresh: Round, actions: Iterable[Action]) -> Replayed:
    """Take the actions again from a fresh round: all of them, or the longest valid prefix.

    An action is valid if the state allows it and, for an authored reply, if the reply still says the same words or
    is known by an id of the writer's (then its words may have been edited). A reply that has got an id since, or
    another place in its beat, is found by its words.
    """
    played = fresh
    for index, action in enumerate(actions):
        try:
            played = played.take(_as_now(action, played.state))
        except IllegalAction as refusal:
            return Replayed(played, index, refusal.reason)
    return Replayed(played)


def key_now(key: str, state: CallState) -> str:
    """The key of a reply of this beat that was known by its number, before the writer gave it an id."""
    beat, _slash, number = key.partition("/")
    here = enumerate(state.here.replies, 1) if beat == state.beat else ()
    return next((reply.key for place, reply in here if str(place) == number), key)


def reference_sheet(state: CallState) -> Reference:
    """What the ending and the moves of a finished call support, with evidence.

    Raises:
        ValueError: if the call is not over.
    """
    if state.over is None:
        raise ValueError("a call has a reference sheet once it is over")
    registry = state.playbook.registry
    evidence = []
    for seen in state.seen:
        move = registry.moves.get(seen.move)
        for factor, points in move.price.items() if move else ():
            counted = share(points, seen.halves)
            if counted:
                evidence.append(Evidence(factor, counted, seen.move, seen.answer, seen.quote))
    return reference(state.over.price, tuple(evidence))


def _as_now(action: Action, state: CallState) -> Action:
    """The action by the name that its reply has now: an id may have come or gone, a number may be another's."""
    if isinstance(action, Choose):
        known = state.scenario.reply(action.reply)
        if known is not None and not numbered(action.reply):
            return replace(action, words="")
        if known is None or known.say != action.words:
            same = (one.reply.key for one in offer(state).replies if one.reply.say == action.words)
            return replace(action, reply=next(same, key_now(action.reply, state)))
        return action
    if isinstance(action, Say) and action.reply is not None:
        return replace(action, reply=key_now(action.reply, state))
    return action


def numbered(key: str) -> bool:
    """Whether this is the key of a reply that goes by its number, which is another's when the writer moves it."""
    _beat, slash, name = key.rpartition("/")
    return bool(slash) and name.isdecimal()
