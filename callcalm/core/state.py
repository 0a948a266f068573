"""A call at one moment, what it offers, and a turn: an action with the state and the events it led to."""

from __future__ import annotations

from collections.abc import Mapping

from callcalm.core import composure as meter
from callcalm.core.actions import Action
from callcalm.core.composure import Seen
from callcalm.core.condition import Value
from callcalm.core.events import Event
from callcalm.core.model import Beat, Ending, Promise, Reply, Scenario, Task
from callcalm.core.playbook import Playbook
from callcalm.core.records import dataclass
from callcalm.core.text import Text


@dataclass(frozen=True, slots=True)
class CallState:
    """A call at one moment.

    `heard` counts the parts of the beat already heard; `vars` the scenario's variables now; `answers` the answers
    given; `steadied` whether a breath has been taken since the last; `said` the helping sentences already used,
    folded; `names` how often the caller's name was used; `seen` every move that counted, in order; `curve` the
    composure at the start and after each answer; `ending` the id of the ending once the call is over.
    """

    scenario: Scenario
    playbook: Playbook
    seed: int
    beat: str
    heard: int
    composure: int
    vars: Mapping[str, Value]
    answers: int = 0
    breaths: int = 0
    steadied: bool = False
    presses: int = 0
    said: frozenset[str] = frozenset()
    names: int = 0
    seen: tuple[Seen, ...] = ()
    promises: tuple[Promise, ...] = ()
    notes: tuple[Text, ...] = ()
    curve: tuple[int, ...] = ()
    ending: str | None = None

    @property
    def here(self) -> Beat:
        """The beat the call stands at (the last one, once it is over)."""
        return self.scenario.beats[self.beat]

    @property
    def unheard(self) -> int:
        """Parts of this beat that the caller has not said yet."""
        return len(self.here.caller) - self.heard

    @property
    def over(self) -> Ending | None:
        """The ending reached, if the call is over."""
        return self.scenario.endings[self.ending] if self.ending is not None else None

    @property
    def brittle(self) -> bool:
        """Whether temper has the upper hand: composure under 25, and the house rules let it matter."""
        return self.playbook.temptation and self.composure < meter.BRITTLE_BELOW


class _Draft:
    """A state that is being filled in; it has the slots of a `CallState` and becomes one when all is in."""

    __slots__ = CallState.__slots__

    scenario: Scenario
    playbook: Playbook
    seed: int
    beat: str
    heard: int
    composure: int
    vars: Mapping[str, Value]
    answers: int
    breaths: int
    steadied: bool
    presses: int
    said: frozenset[str]
    names: int
    seen: tuple[Seen, ...]
    promises: tuple[Promise, ...]
    notes: tuple[Text, ...]
    curve: tuple[int, ...]
    ending: str | None


def made(
    scenario: Scenario,
    playbook: Playbook,
    seed: int,
    beat: str,
    heard: int,
    composure: int,
    variables: Mapping[str, Value],
    answers: int,
    breaths: int,
    steadied: bool,
    presses: int,
    said: frozenset[str],
    names: int,
    seen: tuple[Seen, ...],
    promises: tuple[Promise, ...],
    notes: tuple[Text, ...],
    curve: tuple[int, ...],
    ending: str | None,
    /,
) -> CallState:
    """`CallState` with all of its fields, by place, in a sixth of the time that a frozen class takes to fill.

    Every answer of every call that is played, proved or solved ends here.
    """
    draft = _Draft()
    draft.scenario = scenario
    draft.playbook = playbook
    draft.seed = seed
    draft.beat = beat
    draft.heard = heard
    draft.composure = composure
    draft.vars = variables
    draft.answers = answers
    draft.breaths = breaths
    draft.steadied = steadied
    draft.presses = presses
    draft.said = said
    draft.names = names
    draft.seen = seen
    draft.promises = promises
    draft.notes = notes
    draft.curve = curve
    draft.ending = ending
    draft.__class__ = CallState  # type: ignore[assignment]  # the same slots, and from here on frozen
    return draft  # type: ignore[return-value]  # it is one now


@dataclass(frozen=True, slots=True)
class Turn:
    """One action of the player, the state after it and the events it caused, in order."""

    state: CallState
    events: tuple[Event, ...]
    action: Action


@dataclass(frozen=True, slots=True)
class Offered:
    """A reply on offer; a `locked` one needs a breath first."""

    reply: Reply
    locked: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What the player can do now. While parts are unheard, there is only `listen` (and cutting in)."""

    listen: bool = False
    say: bool = False
    breathe: bool = False
    replies: tuple[Offered, ...] = ()
    task: Task | None = None
