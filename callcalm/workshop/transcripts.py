"""A conversation on paper into beats: lines with `Caller:` and `Me:`, or the names of whoever speaks.

What must not be here: files (the text comes in as a `Source`), and other stories' formats.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from callcalm.core.records import NamedTuple
from callcalm.core.text import safe
from callcalm.intake import Source
from callcalm.workshop.ears import Heard, hear
from callcalm.workshop.fitting import LONGEST_REPLY, fits, one_line, parts
from callcalm.workshop.naming import Ids
from callcalm.workshop.skeleton import draft, ending
from callcalm.workshop.words import Words
from callcalm.workshop.writing import Draft, Path

CAP: Final = 1024 * 1024
"""Largest transcript, in bytes."""

MOST_TURNS: Final = 100
"""Most answers taken: a call is over after so many."""

MOST_TEACHES: Final = 4

CALLERS: Final = frozenset(
    ["caller", "client", "cliente", "customer", "patient", "patiente", "appelant", "appelante"]
)
PLAYERS: Final = frozenset(["me", "moi", "i", "je", "agent", "you", "vous"])

_AGAIN: Final = 2
"""A name before a colon may be a note; one that comes again is somebody who speaks."""

_SPOKEN = re.compile(
    r"\s*(?:[-–*>]\s*)?(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s*)?"
    r"(?P<name>[^\W\d_][\w .'’-]{0,40}?)\s*:\s*(?P<said>.*)"
)

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

_ASIDE = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])\s*")
"""A line all in brackets: what somebody noted beside the talk, such as ``(a long silence)``."""


class NoConversation(ValueError):
    """Nobody speaks in the text.

    `found` are the names before a colon that were seen, if any, on so many `lines`, the `first` of them from 1.
    """

    def __init__(self, found: Sequence[str], lines: int = 0, first: int = 0) -> None:
        self.found = tuple(found)
        self.lines, self.first = lines, first
        super().__init__(f"no line begins with a known speaker; names seen: {', '.join(found) or 'none'}")


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

    Where one of the two is known and a single other name speaks again and again, that is the other one.

    Raises:
        NoConversation: nobody speaks, or nobody answers.
    """
    try:
        return _read(source, callers, players)
    except NoConversation as nobody:
        if len(nobody.found) != 1 or nobody.lines < _AGAIN:
            raise
        name = nobody.found[0]
        for role, roles in (("caller", ([*callers, name], players)), ("me", (callers, [*players, name]))):
            try:
                made = _read(source, *roles)
            except NoConversation:
                continue
            if any(turn.answer for turn in made.turns):
                made.name = name if role == "caller" else ""
                made.remarks.insert(0, (f"transcript.taken-{role}", nobody.first, name))
                return made
        raise


def _read(source: Source, callers: Sequence[str], players: Sequence[str]) -> Conversation:
    theirs = CALLERS | {name.casefold().strip() for name in callers}
    mine = (PLAYERS | {name.casefold().strip() for name in players}) - {name.casefold() for name in callers}
    made = Conversation()
    who, strangers, first = "", [], 0
    for number, line in enumerate(source.text.split("\n"), 1):
        if not line.strip():
            continue
        if _ASIDE.fullmatch(line):
            made.remarks.append(("transcript.aside", number, one_line(line, 80)))
            continue
        spoken = _SPOKEN.fullmatch(line)
        name = spoken["name"].casefold().strip() if spoken else ""
        if spoken and name in theirs | mine:
            who = "caller" if name in theirs else "me"
            said = spoken["said"]
        else:
            said = line.strip()
            if spoken and len(name.split()) <= 2 and spoken["name"][0].isupper():  # noqa: PLR2004 - a first and a last name
                strangers.append(safe(spoken["name"].strip(), multiline=False))
                first = first or number
                made.remarks.append(("transcript.unknown", number, strangers[-1]))
        _add(made, who, said, number)
    made.turns = [turn for turn in made.turns if turn.caller or turn.answer]
    if len(made.turns) > MOST_TURNS:
        made.remarks.insert(0, ("transcript.long", made.turns[MOST_TURNS - 1].line, ""))
        del made.turns[MOST_TURNS:]
    unanswered = bool(strangers) and not any(turn.answer for turn in made.turns)
    if unanswered or not any(turn.caller for turn in made.turns):
        # Where only strangers answer, one of them is the writer: better ask who than make it all one voice.
        raise NoConversation(list(dict.fromkeys(strangers))[:8], len(strangers), first)
    return made


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


def transcript_draft(
    made: Conversation, words: Words, *, title: str, file: str, name: str = "", channel: str = "phone"
) -> Draft:
    """A scenario of the conversation: each answer that was given, and a slot for another, in every beat."""
    turns, last = made.turns, ""
    if len(turns) > 1 and not turns[-1].answer:
        turns, last = turns[:-1], made.turns[-1].caller.strip()
    thanked = _thanks(last, words)
    ids = Ids()
    beats = [ids.give(f"{words('prefixes.moment')}-{number}", "x") for number in range(1, len(turns) + 1)]
    real, other = words("prefixes.as-it-was"), words(f"prefixes.ending-{'worse' if thanked else 'better'}")
    caller = one_line(name, 80) or words("defaults.name")
    top = [words("transcript.made", file=file), "", *words.lines("transcript.next")]
    top += [words(key, line=line, name=text, text=text) for key, line, text in made.remarks[:20]]
    result = draft(words, title=title, top=top, channel=channel)
    result.data["caller"] |= {"name": caller, "address": [caller]}
    result.data["start"]["beat"] = beats[0]
    for key in ("setting", "brief", "caller"):
        result.note((key,), words("new.usual"))
    if made.greeting:
        result.note(("brief",), words("transcript.greeting", text=one_line(made.greeting, 200)))
    taught: dict[str, None] = {}
    for index, turn in enumerate(turns):
        after = _After(beats[index + 1]) if index + 1 < len(beats) else _After(real, other, thanked)
        heard = _beat(result, beats[index], turn, after, words, caller)
        taught |= dict.fromkeys(heard.helps)
    result.data["teaches"] = list(taught)[:MOST_TEACHES]
    result.data["endings"] = _endings(result, (real, other), (last, thanked), caller, words)
    if all(turn.answer for turn in turns):
        result.checks = [{"name": words("new.check-real"), "do": ["said"] * len(turns), "ends": real}]
    return result


class _After(NamedTuple):
    """Where the answer that was given leads, another way if there is one, and whether that is the worse one."""

    goto: str
    other: str = ""
    worse: bool = False


def _thanks(said: str, words: Words) -> bool:
    """Whether these last words are plain thanks: none that go on with a “but”, and none for nothing."""
    heard = [word.replace("’", "'") for word in _WORD.findall(said.casefold())]
    no, but = words.lines("transcript.no"), words.lines("transcript.but")
    if any(word in but or word.endswith("n't") for word in heard):
        return False
    thanks = words.lines("transcript.thanks")
    return any(word in thanks and (at == 0 or heard[at - 1] not in no) for at, word in enumerate(heard))


def _endings(
    result: Draft, names: tuple[str, str], said: tuple[str, bool], caller: str, words: Words
) -> dict[str, Any]:
    """How it really ended, told by the caller's last words if nobody answered them, and how else it could have."""
    (real, other), (last, thanked) = names, said
    lesson = words("defaults.lesson")
    text = words("transcript.last", name=caller, text=one_line(last, 300)) if last else words("defaults.as-it-was")
    kind = "resolved" if thanked else "unresolved"
    result.note(("endings", real), words("new.as-it-was"))
    if last:
        result.note(("endings", real, "kind"), words(f"transcript.{'thanked' if thanked else 'last-kind'}"))
    else:
        result.note(("endings", real, "text"), words("new.usual"))
    result.note(("endings", other), words(f"new.{'worse' if thanked else 'better'}"))
    result.note(("endings", other, "text"), words("new.usual"))
    if thanked:
        another = ending("unresolved", words("defaults.as-it-was"), lesson)
    else:
        another = ending("resolved", words("defaults.better", name=caller), lesson)
    return {real: ending(kind, text, lesson), other: another}


def _beat(result: Draft, name: str, turn: Turn, after: _After, words: Words, caller: str) -> Heard:
    said, whole = parts(turn.caller)
    path = ("beats", name)
    result.note((*path, "mood"), words("transcript.mood"))
    if not whole:
        result.note((*path, "caller"), words("transcript.cut", line=turn.line))
    beat: dict[str, Any] = {"mood": words("defaults.mood"), "caller": said or ["…"], "replies": []}
    beat["caller"] = beat["caller"][0] if len(beat["caller"]) == 1 else beat["caller"]
    if not said:
        result.note((*path, "caller"), words("transcript.empty"))
    result.data["beats"][name] = beat
    answer = one_line(turn.answer, LONGEST_REPLY)
    heard = hear(answer, words.language, (caller,), tuple(said))
    other = after.other or after.goto
    if not answer:
        _slot(result, path, "worse", after.goto, words)
        _slot(result, path, "better", other, words)
        result.note((*path, "caller"), words("transcript.answered"))
        return heard
    cut = "" if fits(turn.answer, LONGEST_REPLY) else words("transcript.cut", line=turn.line)
    result.note((*path, "replies", 0), words("transcript.said", line=turn.line), cut, heard.told(words))
    beat["replies"].append({"id": "said", "say": answer, "goto": after.goto})
    model = words("transcript.model", text=heard.instead) if heard.instead else ""
    slots = (
        {"better": model} if heard.costs else {"worse": words("transcript.above")} if heard.helps else {"free": ""}
    )
    if after.worse:
        # It ended well: what would have spoilt it is yet to be found.
        slots = {kind: more for kind, more in slots.items() if kind != "free"}
        slots.setdefault("worse", "")
    elif after.other and "worse" in slots:
        # The last answer helped, and still it ended as it did: the way to the good ending is yet to be found.
        slots["better"] = ""
    for kind, more in slots.items():
        leads_there = kind == "worse" if after.worse else kind != "worse"
        _slot(result, path, kind, other if leads_there else after.goto, words, more)
    return heard


def _slot(result: Draft, path: Path, kind: str, goto: str, words: Words, more: str = "") -> None:
    replies = result.data["beats"][path[1]]["replies"]
    result.note((*path, "replies", len(replies)), words(f"transcript.slot-{kind}"), more)
    replies.append({"id": kind, "say": words(f"transcript.say-{kind}"), "goto": goto})
