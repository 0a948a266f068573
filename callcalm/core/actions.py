"""Actions: all that a player can do in a call. Saves and replays are lists of these."""

from __future__ import annotations

from callcalm.core.moves import Finding
from callcalm.core.records import dataclass
from callcalm.core.text import Text


@dataclass(frozen=True, slots=True)
class Choose:
    """Give the authored reply with this key. `words`, if given, must be what that reply still says."""

    reply: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """Give an answer of one's own: what the coach found in it, and the reply it is nearest to (None: no reply)."""

    text: Text
    findings: tuple[Finding, ...] = ()
    reply: str | None = None


@dataclass(frozen=True, slots=True)
class Listen:
    """Let the caller go on to the next part of what they are saying (S2-1)."""


@dataclass(frozen=True, slots=True)
class CutIn:
    """Cut the caller off: the parts not yet heard are lost, and it costs unless danger calls for it (S2-1)."""


@dataclass(frozen=True, slots=True)
class Breathe:
    """Take a breath: free once a call, later ones cost contact (S2-11)."""


@dataclass(frozen=True, slots=True)
class Compose:
    """Give an answer made of parts of the beat's task, by index from 0, in the order to be said."""

    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Write a line into one's notes (S0-1, S0-2); it says nothing to the caller."""

    text: Text


Action = Choose | Say | Listen | CutIn | Breathe | Compose | Note


class IllegalAction(ValueError):
    """An action that the state does not allow; `reason` is a word from the table below, for front ends to word.

    over, not-on-offer, changed, locked, listen-first, nothing-to-hear, empty, too-long, too-many-notes, no-typing,
    bad-parts.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
