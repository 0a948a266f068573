"""What a session's file holds: one entry for each thing the facilitator did. Frozen data only.

An entry has tallies and authored words, never who voted and never what a participant wrote, but for an answer that
was picked and projected. Taking the entries again gives the same room. What must not be here: files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from callcalm.core.moves import Finding
from callcalm.core.text import Text


class Do(StrEnum):
    """What the facilitator did."""

    START = "start"
    LISTEN = "listen"
    CUT_IN = "cut-in"
    BREATHE = "breathe"
    ASK = "ask"
    CLOSE = "close"
    REVEAL = "reveal"
    REVOTE = "revote"
    REOPEN = "reopen"
    RESET = "reset"
    HANDS = "hands"
    PICK = "pick"
    PLAY = "play"
    UNDO = "undo"
    DROP = "drop"
    SAYING = "saying"
    PICK_SAID = "pick-said"
    SCHOOLS = "schools"
    ASK_SCHOOLS = "ask-schools"
    PRICE = "price"
    HANDS_PRICE = "hands-price"
    SHOW_PRICE = "show-price"
    DEBRIEF = "debrief"
    PAGE = "page"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing the facilitator did.

    `keys` are the choices of a question in the order of their letters; `counts` a tally by letter; `letter` what
    was picked, and `by` how; `text`, `findings` and `reply` an answer that was said and projected; `books` the
    two house rules compared; `spreads` how often each value was given, by factor; `factor` which of them was
    counted by hands; `page` the debrief's page now open; `joined` how many took part so far.
    """

    do: Do
    keys: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    letter: str = ""
    by: str = ""
    text: Text = Text("")  # noqa: RUF009  (a NewType of str: immutable)
    findings: tuple[Finding, ...] = ()
    reply: str = ""
    books: tuple[str, ...] = ()
    factor: str = ""
    spreads: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    page: int = 0
    joined: int = 0
