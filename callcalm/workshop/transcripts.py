"""A conversation on paper into beats: lines with `Caller:` and `Me:`, or the names of whoever speaks.

What must not be here: files (the text comes in as a `Source`), and other stories' formats.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

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

_SPOKEN = re.compile(
    r"\s*(?:[-–*>]\s*)?(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s*)?"
    r"(?P<name>[^\W\d_][\w .'’-]{0,40}?)\s*:\s*(?P<said>.*)"
)


_ASIDE = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])\s*")
"""A line all in brackets: what somebody noted beside the talk, such as ``(a long silence)``."""


class NoConversation(ValueError):
    """Nobody speaks in the text. `found` are the names before a colon that were seen, if any."""

    def __init__(self, found: Sequence[str]) -> None:
        self.found = tuple(found)
        super().__init__(f"no line begins with a known speaker; names seen: {', '.join(found) or 'none'}")


@dataclass(slots=True)
class Turn:
    """What the caller said, and the answer to it; `line` is the line of the answer, from 1, or 0 without one."""

    caller: str = ""
    answer: str = ""
    line: int = 0


@dataclass(slots=True)
class Conversation:
    """The turns of a transcript, what stood before the caller spoke, and remarks: word key, line and a name."""

    turns: list[Turn] = field(default_factory=list)
    greeting: str = ""
    remarks: list[tuple[str, int, str]] = field(default_factory=list)


def conversation(source: Source, callers: Sequence[str] = (), players: Sequence[str] = ()) -> Conversation:
    """The turns of a text; the `callers` and `players` are further names of speakers, as the lines have them.

    Raises `NoConversation`.
    """
    theirs = CALLERS | {name.casefold().strip() for name in callers}
    mine = (PLAYERS | {name.casefold().strip() for name in players}) - {name.casefold() for name in callers}
    made = Conversation()
    who, strangers = "", []
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
                made.remarks.append(("transcript.unknown", number, strangers[-1]))
        _add(made, who, said, number)
    made.turns = [turn for turn in made.turns if turn.caller or turn.answer]
    if len(made.turns) > MOST_TURNS:
        made.remarks.insert(0, ("transcript.long", made.turns[MOST_TURNS - 1].line, ""))
        del made.turns[MOST_TURNS:]
    unanswered = bool(strangers) and not any(turn.answer for turn in made.turns)
    if unanswered or not any(turn.caller for turn in made.turns):
        # Where only strangers answer, one of them is the writer: better ask who than make it all one voice.
        raise NoConversation(list(dict.fromkeys(strangers))[:8])
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
    turns = made.turns
    ids = Ids()
    beats = [ids.give(f"{words('prefixes.moment')}-{number}", "x") for number in range(1, len(turns) + 1)]
    real, good = words("prefixes.as-it-was"), words("prefixes.ending-better")
    caller = one_line(name, 80) or words("defaults.name")
    top = [words("transcript.made", file=file), "", *words.lines("transcript.next")]
    top += [words(key, line=line, name=text, text=text) for key, line, text in made.remarks[:20]]
    result = draft(words, title=title, top=top, channel=channel, minutes=min(60, max(2, len(turns))))
    result.data["caller"] |= {"name": caller, "address": [caller]}
    result.data["start"]["beat"] = beats[0]
    for key in ("setting", "brief", "caller"):
        result.note((key,), words("new.usual"))
    if made.greeting:
        result.note(("brief",), words("transcript.greeting", text=one_line(made.greeting, 200)))
    taught: dict[str, None] = {}
    for index, turn in enumerate(turns):
        after = beats[index + 1] if index + 1 < len(beats) else ""
        heard = _beat(result, beats[index], turn, (after or real, after or good), words, caller)
        taught |= dict.fromkeys(heard.helps)
    result.data["teaches"] = list(taught)[:MOST_TEACHES]
    result.data["endings"] = {
        real: ending("unresolved", words("defaults.as-it-was"), words("defaults.lesson")),
        good: ending("resolved", words("defaults.better", name=caller), words("defaults.lesson")),
    }
    result.note(("endings", real), words("new.as-it-was"))
    result.note(("endings", good), words("new.better"))
    if all(turn.answer for turn in turns):
        result.checks = [{"name": words("new.check-real"), "do": ["said"] * len(turns), "ends": real}]
    return result


def _beat(result: Draft, name: str, turn: Turn, after: tuple[str, str], words: Words, caller: str) -> Heard:
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
    if not answer:
        _slot(result, path, "worse", after[0], words)
        _slot(result, path, "better", after[1], words)
        result.note((*path, "caller"), words("transcript.answered"))
        return heard
    cut = "" if fits(turn.answer, LONGEST_REPLY) else words("transcript.cut", line=turn.line)
    result.note((*path, "replies", 0), words("transcript.said", line=turn.line), cut, heard.told(words))
    beat["replies"].append({"id": "said", "say": answer, "goto": after[0]})
    kind = "better" if heard.costs else "worse" if heard.helps else "free"
    _slot(result, path, kind, after[0] if kind == "worse" else after[1], words, heard.instead)
    if kind == "worse" and after[0] != after[1]:
        # The last answer helped, and still it ended as it did: the way to the good ending is yet to be found.
        _slot(result, path, "better", after[1], words)
    return heard


def _slot(result: Draft, path: Path, kind: str, goto: str, words: Words, instead: str = "") -> None:
    replies = result.data["beats"][path[1]]["replies"]
    notes = [words(f"transcript.slot-{kind}"), words("coach.instead") if instead else ""]
    result.note((*path, "replies", len(replies)), *notes)
    say = one_line(instead or words(f"transcript.say-{kind}"), LONGEST_REPLY)
    replies.append({"id": kind, "say": say, "goto": goto})
