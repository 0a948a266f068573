"""A conversation on paper into turns: lines with `Caller:` and `Me:`, or the names of whoever speaks.

What must not be here: files (the text comes in as a `Source`), and what becomes of the turns (`transcripts`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from callcalm.intake import Source
from callcalm.workshop.asides import is_aside, is_rule, without_asides
from callcalm.workshop.fitting import one_line
from callcalm.workshop.speakers import (
    CALLERS,
    DESKS,
    GUESTS,
    PLAYERS,
    PRONOUNS,
    Spoken,
    before_dash,
    dashed,
    folded,
    only_time,
    plain,
    spoken,
)

CAP: Final = 1024 * 1024
"""Largest transcript, in bytes."""

MOST_TURNS: Final = 100
"""Most answers taken: a call is over after so many."""

MOST_FOUND: Final = 8
MOST_UNREAD: Final = 3

_AGAIN: Final = 2
"""A name before a colon may be a note; one that comes again is somebody who speaks."""

_NAME_WORDS: Final = 2
"""Words of a name that is taken for one at first sight. One that comes again may be longer."""

_DIALOGUE = ("- ", "– ", "— ")
"""What begins another voice's words in a dialogue without names, as books print it."""


class NoConversation(ValueError):
    """Nobody speaks in the text.

    `found` are the names before a colon that were seen, if any, each with its lines, from 1; `sides` are those
    that were heard, “caller” or “me”; `unread` are the first lines that were nobody's, with their numbers.
    """

    def __init__(
        self, strangers: Mapping[str, Sequence[int]], sides: frozenset[str], unread: Sequence[tuple[int, str]]
    ) -> None:
        self.strangers, self.sides, self.unread = strangers, sides, unread
        self.found = tuple(strangers)[:MOST_FOUND]
        super().__init__(f"no line begins with a known speaker; names seen: {', '.join(self.found) or 'none'}")


@dataclass(slots=True)
class Turn:
    """What the caller said, and the answer to it; `line` is the line of the answer, from 1, or 0 without one."""

    caller: str = ""
    answer: str = ""
    line: int = 0


@dataclass(slots=True)
class Conversation:
    """The turns of a transcript, what stood before the caller spoke, and remarks: word key, line and a name.

    `name` is what the lines call the caller where that was found out, not given.
    """

    turns: list[Turn] = field(default_factory=list)
    greeting: str = ""
    name: str = ""
    remarks: list[tuple[str, int, str]] = field(default_factory=list)


def conversation(source: Source, callers: Sequence[str] = (), players: Sequence[str] = ()) -> Conversation:
    """The turns of a text; the `callers` and `players` are further names of speakers, as the lines have them.

    Where a side has no sure name, the one guest or desk of the text is it; and where one of the two is known and
    a single other name speaks again and again, that is the other one.

    A dash stands for the colon after a name that was given; after others only where nobody answers without: no
    line begins so, or only the caller's do.

    Raises:
        NoConversation: nobody speaks, or only strangers answer.
    """
    by_colons: Conversation | NoConversation
    try:
        by_colons = _guessed(source, callers, players)
        if any(turn.answer for turn in by_colons.turns):
            return by_colons
    except NoConversation as nobody:
        by_colons = nobody
    with suppress(NoConversation):
        made = _guessed(source, callers, players, dashes=True)
        if any(turn.caller and turn.answer for turn in made.turns):
            return made
    if isinstance(by_colons, NoConversation):
        raise by_colons
    return by_colons


def _guessed(
    source: Source, callers: Sequence[str], players: Sequence[str], *, dashes: bool = False
) -> Conversation:
    try:
        return _read(source, callers, players, dashes=dashes)
    except NoConversation as nobody:
        for one in _guesses(nobody):
            try:
                made = _read(source, [*callers, *one["caller"]], [*players, *one["me"]], dashes=dashes)
            except NoConversation:
                continue
            new = [(side, name) for side, names in one.items() for name in names]
            if any(turn.answer for turn in made.turns) or all(map(_is_role, nobody.strangers)):
                told = sorted((nobody.strangers[name][0], f"transcript.taken-{side}", name) for side, name in new)
                made.remarks[:0] = [(key, line, name) for line, key, name in told]
                # What a desk is called is nobody's name; of whom nothing else is known, it may be.
                made.name = next((name for side, name in new if side == "caller" and not _is_role(name)), "")
                return made
        raise


def _guesses(nobody: NoConversation) -> Iterator[dict[str, list[str]]]:
    """Who the strangers may be, by side, likeliest first."""
    roles = {"caller": GUESTS, "me": DESKS}
    known: dict[str, list[str]] = {"caller": [], "me": []}
    for side in known.keys() - nobody.sides:
        fitting = [name for name in nobody.strangers if folded(name) in roles[side]]
        known[side] = fitting if len(fitting) == 1 else []
    if any(known.values()):
        yield known
    rest = [name for name in nobody.strangers if not any(name in names for names in known.values())]
    if len(rest) == 1 and len(nobody.strangers[rest[0]]) >= _AGAIN:
        for side in ("caller", "me"):
            yield {**known, side: [*known[side], *rest]}


def _is_role(name: str) -> bool:
    return folded(name) in GUESTS | DESKS


def _read(source: Source, callers: Sequence[str], players: Sequence[str], *, dashes: bool) -> Conversation:
    theirs = CALLERS | set(map(folded, callers))
    mine = (PLAYERS | set(map(folded, players))) - set(map(folded, callers))
    known = theirs | mine
    lines = source.text.split("\n")
    heard = [spoken(line) for line in lines]
    heard = _with_dashes(lines, heard, (theirs, mine) if dashes else None, {*map(folded, (*callers, *players))})
    often = Counter(folded(one.name) for one in heard if one)
    made = Conversation()
    who, sides = "", set()
    strangers: dict[str, list[int]] = {}
    as_first: dict[str, str] = {}
    for number, (line, one) in enumerate(zip(lines, heard, strict=True), 1):
        if not line.strip() or only_time(line) or is_rule(line) or _counts(lines, number):
            continue
        if one is None and is_aside(line) and folded(dashed(line)) not in known:
            made.remarks.append(("transcript.aside", number, one_line(line, 80)))
            continue
        name = folded(one.name) if one else ""
        if one and name in known:
            who = "caller" if name in theirs else "me"
            sides.add(who)
            said, notes = without_asides(one.said)
            notes = (one.note, *notes) if one.note else notes
        else:
            said, notes = without_asides(plain(line))
            if one and _may_speak(one.name, often[name]):
                shown = as_first.setdefault(name, one_line(one.name, 60))
                strangers.setdefault(shown, []).append(number)
                made.remarks.append(("transcript.unknown", number, shown))
            elif who and folded(dashed(line)) in known:
                made.remarks.append(("transcript.no-colon", number, one_line(line, 80)))
            elif who and line.strip().startswith(_DIALOGUE):
                made.remarks.append(("transcript.no-name", number, one_line(line, 80)))
        made.remarks += [("transcript.aside", number, one_line(note, 80)) for note in notes]
        _add(made, who, said, number)
    made.turns = [turn for turn in made.turns if turn.caller or turn.answer]
    if len(made.turns) > MOST_TURNS:
        made.remarks.insert(0, ("transcript.long", made.turns[MOST_TURNS - 1].line, ""))
        del made.turns[MOST_TURNS:]
    unanswered = bool(strangers) and not any(turn.answer for turn in made.turns)
    if unanswered or not any(turn.caller for turn in made.turns):
        # Where only strangers answer, one of them is the writer: better ask who than make it all one voice.
        left = [(number, text) for key, number, text in made.remarks if key == "transcript.left"]
        raise NoConversation(strangers, frozenset(sides), left[:MOST_UNREAD])
    return made


def _with_dashes(
    lines: Sequence[str],
    heard: Sequence[Spoken | None],
    sides: tuple[AbstractSet[str], AbstractSet[str]] | None,
    given: AbstractSet[str],
) -> list[Spoken | None]:
    """Who speaks in each line where a dash may stand for the colon: the `given`, and one of each of the `sides`.

    That is the one that comes most often, for whoever speaks as “Me – …” may well begin a line with “You – …”. Of
    names that are on neither side only those count that come again.
    """
    found = [before_dash(line) for line in lines]
    often = Counter(folded(one.name) for one in found if one)
    speak = set(given)
    for side in sides or ():
        names = [name for name in often if name in side and (often[name] >= _AGAIN or name not in PRONOUNS)]
        speak.update(sorted(names, key=often.__getitem__)[-1:])
    if sides is not None:
        speak.update(name for name in often if often[name] >= _AGAIN and not any(name in side for side in sides))
    return [
        dash if dash and folded(dash.name) in speak and not (one and len(one.name) < len(dash.name)) else one
        for dash, one in zip(found, heard, strict=True)
    ]


def _may_speak(name: str, times: int) -> bool:
    """Whether what stands before a colon is like a name: of one or two words, or one that comes again."""
    many = len(name.split())
    return (many <= _NAME_WORDS and name[0].isupper()) or (many <= 2 * _NAME_WORDS and times >= _AGAIN)


def _counts(lines: Sequence[str], number: int) -> bool:
    """Whether a line only counts the subtitle under it."""
    return lines[number - 1].strip().isdigit() and number < len(lines) and "-->" in lines[number]


def _add(made: Conversation, who: str, said: str, number: int) -> None:
    if who == "":
        made.remarks.append(("transcript.left", number, one_line(said, 80)))
    elif who == "caller":
        if not made.turns or made.turns[-1].answer:
            made.turns.append(Turn())
        made.turns[-1].caller += f" {said}"
    elif not made.turns:
        made.greeting = f"{made.greeting} {said}".strip()
    else:
        turn = made.turns[-1]
        turn.answer = f"{turn.answer} {said}".strip()
        turn.line = turn.line or number
