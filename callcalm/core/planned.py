"""What follows from a scenario and a playbook alone, worked out once: what each reply counts for, what is said.

A call asks for the same things at the same beat again and again; only what a call changes is left to `call`. What
must not be here: anything that depends on how a call has gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from callcalm.core.events import CallerSpoke, PlayerSpoke
from callcalm.core.model import Beat, Reply, Scenario, Step
from callcalm.core.playbook import Playbook
from callcalm.core.state import CallState, Offer, Offered
from callcalm.core.weighing import Words, declared, words

MEMORY: Final = 4
"""Pairs of scenario and playbook remembered; a fifth takes the place of the oldest."""


class PlannedReply:
    """One authored reply as its call will need it: on offer or locked, what it says, where it leads."""

    __slots__ = ("locked", "offered", "reply", "spoke", "step", "words")

    def __init__(self, reply: Reply, beat: Beat, playbook: Playbook) -> None:
        self.reply = reply
        self.words: Words = words(reply.say, reply.findings, declared(reply, beat, playbook.registry), playbook)
        self.offered = Offered(reply, locked=False)
        self.locked = Offered(reply, locked=True)
        self.spoke = PlayerSpoke(reply.say, reply.findings, reply.key, own=False)
        self.step = Step(reply.goto, reply.set, reply.promises, reply.add)

    def worth(self, state: CallState) -> int:
        """Whether the reply would help (above 0) or cost (below 0) now, in points."""
        return self.words.amount(state) + self.reply.composure


class PlannedBeat:
    """One beat as its calls will need it. `offer` is what it offers to all who are calm, if nothing depends."""

    __slots__ = ("beat", "by_key", "offer", "plan", "replies", "spoken")

    def __init__(self, beat: Beat, plan: Plan) -> None:
        self.beat = beat
        self.plan = plan
        replies = () if beat.compose is not None else beat.replies
        self.replies = tuple([PlannedReply(reply, beat, plan.playbook) for reply in replies])
        self.by_key: Mapping[str, PlannedReply] = {planned.reply.key: planned for planned in self.replies}
        more = len(beat.caller)
        self.spoken = tuple(
            [CallerSpoke(beat.id, part, text, beat.mood, more - part - 1) for part, text in enumerate(beat.caller)]
        )
        self.offer: Offer | None = None
        if beat.compose is not None:
            self.offer = Offer(breathe=True, task=beat.compose)
        elif all(reply.when is None for reply in replies):
            self.offer = Offer(say=True, breathe=True, replies=tuple([one.offered for one in self.replies]))


class Plan(dict[str, PlannedBeat]):
    """The beats of a scenario under a playbook, each worked out when it is first asked for."""

    def __init__(self, scenario: Scenario, playbook: Playbook) -> None:
        super().__init__()
        self.scenario = scenario
        self.playbook = playbook

    def __missing__(self, beat: str) -> PlannedBeat:
        made = self[beat] = PlannedBeat(self.scenario.beats[beat], self)
        return made


_plans: tuple[Plan, ...] = ()


def plan_of(scenario: Scenario, playbook: Playbook) -> Plan:
    """The plan of these two, which are frozen: the same for the same two, and remembered for a while."""
    global _plans  # noqa: PLW0603 - a memory only: what is in it never changes what comes out
    # Known by identity, since comparing stories word by word would cost more than it saves. The tuple is replaced
    # whole, so that threads may ask at the same time.
    for known in _plans:
        if known.scenario is scenario and known.playbook is playbook:
            return known
    made = Plan(scenario, playbook)
    _plans = (made, *_plans)[:MEMORY]
    return made
