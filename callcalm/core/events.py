"""Events: all that can happen in a call. Front ends show these, and nothing else, as the call goes on."""

from __future__ import annotations

from callcalm.core.composure import Seen
from callcalm.core.model import Ending, Promise
from callcalm.core.moves import Finding
from callcalm.core.records import dataclass
from callcalm.core.text import Text


@dataclass(frozen=True, slots=True)
class CallerSpoke:
    """The caller said one part; `more` are the parts of this beat still unheard."""

    beat: str
    part: int
    text: Text
    mood: str
    more: int


@dataclass(frozen=True, slots=True)
class PlayerSpoke:
    """The player answered. `reply` is the authored reply it was, or was taken for; `own` whether it was typed."""

    text: Text
    findings: tuple[Finding, ...]
    reply: str | None
    own: bool


@dataclass(frozen=True, slots=True)
class ComposureChanged:
    """The meter after an answer or action, with every reason; `adjustment` is the writer's own."""

    before: int
    after: int
    reasons: tuple[Seen, ...]
    adjustment: int = 0


@dataclass(frozen=True, slots=True)
class WasCutOff:
    """The player cut in; `lost` parts were never heard. With `right` it was the thing to do, and costs nothing."""

    lost: int
    right: bool = False


@dataclass(frozen=True, slots=True)
class Breathed:
    """The player took a breath; `first` is the free one."""

    first: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """The player wrote a note."""

    text: Text


@dataclass(frozen=True, slots=True)
class Composed:
    """What a composed answer lacked: the ideal moves that are missing, and whether the rest are in order."""

    missing: tuple[str, ...]
    in_order: bool


@dataclass(frozen=True, slots=True)
class PromiseMade:
    """The answer committed the player to something."""

    promise: Promise


@dataclass(frozen=True, slots=True)
class Pressed:
    """The answer answered nothing: the caller presses and the beat stands. `left` more and they hang up."""

    text: Text
    left: int


@dataclass(frozen=True, slots=True)
class EndingReached:
    """The call is over."""

    ending: Ending


Event = (
    CallerSpoke
    | PlayerSpoke
    | ComposureChanged
    | WasCutOff
    | Breathed
    | Noted
    | Composed
    | PromiseMade
    | Pressed
    | EndingReached
)
