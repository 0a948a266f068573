"""The types of a scenario: what a writer's file becomes. Frozen data only; no rule of play lives here."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from callcalm.core.condition import Condition, Value
from callcalm.core.moves import Finding
from callcalm.core.price import PriceSheet
from callcalm.core.records import dataclass, field
from callcalm.core.text import Text


class Channel(StrEnum):
    """How the encounter reaches the player."""

    PHONE = "phone"
    IN_PERSON = "in-person"
    LETTER = "letter"


class EndingKind(StrEnum):
    """What an ending amounts to; `FAIR` is a refusal that was fairly made."""

    RESOLVED = "resolved"
    FAIR = "fair"
    UNRESOLVED = "unresolved"
    LOST = "lost"


class Tone(StrEnum):
    """How an authored reply is said, where words cannot show it (S2-7, S2-9)."""

    BRIGHT = "bright"
    WARM = "warm"
    CALM = "calm"
    FLAT = "flat"


@dataclass(frozen=True, slots=True)
class Caller:
    """The person on the other end.

    `address` are the forms of the name a player may use; `facts` what good notes would hold.
    """

    name: Text
    address: tuple[Text, ...]
    wants: Text
    facts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """Something a reply commits the player to; `follow_up` is the scenario in which it comes due."""

    what: Text
    by: Text | None
    keepable: bool
    follow_up: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """Where a call goes when no authored reply took it there; `goto` None stays at the beat.

    `set` gives variables a new value; `add` changes variables that have a range, and stops at its ends.
    """

    goto: str | None
    set: Mapping[str, Value] = field(default_factory=dict)
    promises: tuple[Promise, ...] = ()
    add: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """An authored answer.

    `key` is ``beat/id`` or ``beat/number`` (from 1, as written). `findings` are what the coach reads in `say`;
    `moves` what the writer declares besides; `composure` the writer's own adjustment in points. `set` and `add`
    are those of a `Step`.
    """

    key: str
    say: Text
    goto: str
    when: Condition | None = None
    set: Mapping[str, Value] = field(default_factory=dict)
    add: Mapping[str, int] = field(default_factory=dict)
    promises: tuple[Promise, ...] = ()
    moves: tuple[str, ...] = ()
    tone: Tone | None = None
    composure: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One block that may be picked for a composed answer, and the move it makes."""

    say: Text
    move: str | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A composed answer: pick and order `pick` of the `parts`.

    `ideal` are the moves, in order, that lead to `goto`.
    """

    pick: int
    ideal: tuple[str, ...]
    goto: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Beat:
    """A moment: the caller says `caller` (in parts), the player answers.

    With a `compose` task there are no replies. `otherwise` takes a typed answer near no reply, or a composed one
    that is not the ideal. `cut_in` is what cutting the caller off changes besides its cost; with `cut_in_right` it
    is the right thing here and costs nothing: danger overrides every school (S2-1). `contested` marks a turn on
    which the schools differ: the reveal shows each reading.
    """

    id: str
    mood: str
    caller: tuple[Text, ...]
    replies: tuple[Reply, ...] = ()
    otherwise: Step | None = None
    compose: Task | None = None
    cut_in: Step | None = None
    cut_in_right: bool = False
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Ending:
    """How a call can end; `price` is the reference sheet before the moves of the call are counted."""

    id: str
    kind: EndingKind
    text: Text
    lesson: Text
    price: PriceSheet


class Kept(StrEnum):
    """What became of a promise when the encounter that it comes back in begins; openings are named so."""

    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Opening:
    """Where an encounter begins when a promise brings it back, and the variables that differ then."""

    beat: str
    set: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """A writer's own regression test: play `do`, then `ends` and `composure` must hold.

    It begins by the `opening` of that name, or where the encounter begins plainly.
    """

    name: Text
    do: tuple[CheckStep, ...]
    ends: str | None
    composure: Condition | None
    opening: str = ""


@dataclass(frozen=True, slots=True)
class CheckStep:
    """One step of a check: `kind` is reply, listen, cut-in, breathe, say or compose."""

    kind: str
    reply: str = ""
    say: str = ""
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """One encounter.

    `vars` are the variables at the start, `ranges` the least and the most of those whole numbers that declare
    them; `lost` is the ending for a call whose composure is gone (the writer's, or the general one); `pressed`
    what this caller says, in turn, when an answer was none; `digest` identifies the text of the file; `read` is
    whether the coach has found the moves of its answers; `sources` are the ids of what it teaches by what happens
    in it, besides what its moves teach. `openings` are the other ways in, by the names of `Kept`; `after` is the
    encounter that it comes back from: lists leave it out, since it begins with a promise made there. `general` is
    whether `lost` is the general ending, which stands in no file.
    """

    id: str
    title: Text
    language: str
    channel: Channel
    setting: Text
    level: int
    minutes: int
    playbook: str
    teaches: tuple[str, ...]
    brief: Text
    caller: Caller
    start: str
    composure: int
    vars: Mapping[str, Value]
    beats: Mapping[str, Beat]
    endings: Mapping[str, Ending]
    lost: str
    pressed: tuple[Text, ...]
    checks: tuple[Check, ...] = ()
    ranges: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    digest: str = ""
    read: bool = False
    sources: tuple[str, ...] = ()
    openings: Mapping[str, Opening] = field(default_factory=dict)
    after: str = ""
    general: bool = False

    @property
    def entrances(self) -> tuple[str, ...]:
        """The beats at which it can begin, the plain one first."""
        return tuple(dict.fromkeys([self.start, *[opening.beat for opening in self.openings.values()]]))

    def opening_for(self, kept: Kept) -> str:
        """The opening to use for a promise of which this became; empty where the plain start has to do.

        What is late and what is broken stand in for one another: a caller who waited in vain is told apart first
        from one who did not.
        """
        other = {Kept.LATE: Kept.BROKEN, Kept.BROKEN: Kept.LATE}.get(kept, kept)
        return next((one.value for one in (kept, other) if one in self.openings), "")

    def reply(self, key: str) -> Reply | None:
        """The reply with this ``beat/…`` key, if there is one."""
        beat = self.beats.get(key.partition("/")[0])
        return next((reply for reply in beat.replies if reply.key == key), None) if beat else None
