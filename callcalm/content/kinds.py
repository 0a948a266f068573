"""What kind a TOML file of callcalm is, told from its text. What must not be here: reading files, and judgement.

A `#:schema` line says what a file is; without one what callcalm itself writes into files that no writer writes, or
the first table that only one kind has.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from callcalm.intake import BadFile, Code, Problem, in_one_line
from callcalm.language import _, later

TOP: Final = 4_000
"""Code points in which a file must say what it is."""


class Kind(StrEnum):
    """What a file is for."""

    SCENARIO = "scenario"
    PHRASEBOOK = "phrasebook"
    PLAYBOOK = "playbook"
    MOVES = "moves"
    SETTINGS = "settings"
    DRILL = "drill"
    CAMPAIGN = "campaign"
    OTHER = "other"

    # What callcalm itself writes, or brings along.
    SAVE = "save"
    CALL = "call"
    WINDOW = "window"
    SESSION = "session"
    ALLOWED = "allowed"
    BASELINE = "baseline"
    PART = "part"


OUR_OWN: Final = frozenset(
    {Kind.SAVE, Kind.CALL, Kind.WINDOW, Kind.SESSION, Kind.ALLOWED, Kind.BASELINE, Kind.PART}
)
"""What no writer writes."""


_SCHEMA: Final = re.compile(r"^#:schema\s+\S*?([a-z]+)\.json\s*$", re.MULTILINE)
_SCHEMAS: Final = {
    **{kind.value: kind for kind in Kind if kind not in OUR_OWN},
    **dict.fromkeys(("sources", "worked"), Kind.PART),
}

_WRITTEN: Final = {
    Kind.SAVE: (r"^\[\[rounds\]\]", r'^player = "[\s\S]*^created = \d'),
    Kind.CALL: (r'^player = "[\s\S]*^saved = \d[\s\S]*^scenario = "',),
    Kind.WINDOW: (r"^pid = \d+\nhost = ",),
    Kind.SESSION: (r'^session = "[^\n]*\nstarted = \d',),
    Kind.ALLOWED: (r"^\[\[ignore\]\]", r"^ignore *= *\["),
    Kind.BASELINE: (r"^findings *= *\[",),
}
_NOT_WRITERS: Final = {kind: re.compile("|".join(forms), re.MULTILINE) for kind, forms in _WRITTEN.items()}
"""How files begin that callcalm writes: several keys together, so that no slip in an encounter looks like them."""

_TABLE: Final = re.compile(r"^[ \t]*\[+[ \t]*([a-z_-]+)", re.MULTILINE)
_KEY: Final = re.compile(
    r"^[ \t]*(stances|brief|items|rule|rules|ear|moves|theme|coach|motion|steps)[ \t]*=", re.MULTILINE
)
_KINDS: Final = {
    **dict.fromkeys(("caller", "start", "beats", "endings", "checks", "brief"), Kind.SCENARIO),
    **dict.fromkeys(("rules", "lists", "example", "by-ear", "ear"), Kind.PHRASEBOOK),
    **dict.fromkeys(("stances", "temptation"), Kind.PLAYBOOK),
    **dict.fromkeys(("moves", "moods"), Kind.MOVES),
    **dict.fromkeys(("items", "rule"), Kind.DRILL),
    **dict.fromkeys(("keys", "theme", "coach", "motion"), Kind.SETTINGS),
    "steps": Kind.CAMPAIGN,
}

_BEGUN: Final = re.compile(r"^(?:format|title)[ \t]*=", re.MULTILINE)
"""How a scenario begins of which no more is there yet."""

_SET: Final = re.compile(r"^(?:language|playbook|temptation|mouse|saves)[ \t]*=", re.MULTILINE)
"""What settings may hold; without a format or a title it is no scenario that has those."""

_PLAYER: Final = re.compile(r"^player[ \t]*=", re.MULTILINE)
"""What else settings may hold, and nothing that writers write."""


def kind_of(text: str) -> Kind:
    r"""What a file with this text is for.

    >>> kind_of("format = 1\n[[stances]]\n")
    <Kind.PLAYBOOK: 'playbook'>
    """
    top = text[:TOP]
    for said in _SCHEMA.finditer(top):
        if said.group(1) in _SCHEMAS:
            return _SCHEMAS[said.group(1)]
    for kind, form in _NOT_WRITERS.items():
        if form.search(top):
            return kind
    # A key at the top may be a slip; a table is what the file is made of.
    for form in (_TABLE, _KEY):
        for found in form.finditer(text):
            if found.group(1) in _KINDS:
                return _KINDS[found.group(1)]
    if _PLAYER.search(top):
        return Kind.SETTINGS
    if _BEGUN.search(top):
        return Kind.SCENARIO
    return Kind.SETTINGS if _SET.search(top) else Kind.OTHER


_SCENARIOS: Final = later(
    "“callcalm play FILE” plays it. To have it in the list, put it into the folder of scenarios: “callcalm paths” "
    "says where that is."
)
_DRILLS: Final = later(
    "“callcalm drill FILE” plays it. To have it in the list, put it into the folder `drills` beside the folder of "
    "scenarios: “callcalm paths” says where that is."
)
_CAMPAIGNS: Final = later(
    "To have it in the list, put it into the folder `campaigns` beside the folder of scenarios: “callcalm paths” "
    "says where that is."
)
_TOLD: Final = {
    Kind.SCENARIO: (later("an encounter"), _SCENARIOS),
    Kind.DRILL: (later("a drill"), _DRILLS),
    Kind.CAMPAIGN: (later("a campaign"), _CAMPAIGNS),
    Kind.PHRASEBOOK: (later("a phrasebook"), later("Name it with --phrases FILE.")),
    Kind.PLAYBOOK: (later("a playbook"), later("“callcalm lint FILE” looks at it.")),
    Kind.MOVES: (later("a file of moves"), later("“callcalm lint FILE” looks at it.")),
    Kind.SETTINGS: (later("a file of settings"), later("“callcalm lint FILE” looks at it.")),
    Kind.SAVE: (later("a player's save"), later("“callcalm stats” tells what is in a save.")),
    Kind.CALL: (later("a call in progress"), later("callcalm offers to go on with it when it is opened.")),
    Kind.WINDOW: (
        later("a note of which window is open"),
        later("callcalm writes it, and takes it away when the window is closed."),
    ),
    Kind.SESSION: (
        later("a session that a room has played"),
        later("“callcalm session FILE” writes its handout."),
    ),
    Kind.ALLOWED: (
        later("a list of what is let pass in letters"),
        later("“callcalm check” reads it with the letters of its folder and of those below."),
    ),
    Kind.BASELINE: (
        later("a baseline, with what was found in letters"),
        later("“callcalm check LETTER --baseline FILE” reads it."),
    ),
    Kind.PART: (later("a part of callcalm"), later("Its tests look at it.")),
}


def told(kind: Kind) -> tuple[str, str]:
    """What a file of a kind is, to be put into a sentence, and what reads it; not of `Kind.OTHER`."""
    what, reads = _TOLD[kind]
    return _(what), _(reads)


def as_meant(bad: BadFile, meant: Kind) -> BadFile:
    """What is wrong with a file that was meant to be of one kind: only that it is of another, if it is."""
    kind = meant if bad.source is None else kind_of(bad.source.text)
    if bad.source is None or kind in (meant, Kind.OTHER):
        return bad
    return BadFile(
        [Problem(Code.OTHER_KIND, not_meant(kind, meant), None, told(kind)[1], bad.source.name)], bad.source
    )


def not_meant(kind: Kind, meant: Kind) -> str:
    """That a file is of another kind than was meant."""
    return _("this is {what}, not {meant}").format(what=told(kind)[0], meant=told(meant)[0])


def in_a_line(bad: BadFile, meant: Kind) -> str:
    """What is wrong with a file that was meant to be of one kind, first of all, for a list of files."""
    problem = as_meant(bad, meant).problems[0]
    line = in_one_line(problem)
    return f"{line}. {problem.hint}" if problem.code is Code.OTHER_KIND else line
