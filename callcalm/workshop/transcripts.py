"""The turns of a conversation on paper into beats: what was said, and a slot for another answer in each.

What must not be here: how turns are read from lines (`conversations`), and other stories' formats.
"""

from __future__ import annotations

import re
from typing import Any, Final

from callcalm.core.records import NamedTuple
from callcalm.workshop.conversations import Conversation, Turn
from callcalm.workshop.ears import Heard, hear
from callcalm.workshop.fitting import LONGEST_REPLY, fits, one_line, parts
from callcalm.workshop.introduced import addressed, introduced
from callcalm.workshop.naming import Ids
from callcalm.workshop.skeleton import draft, ending
from callcalm.workshop.words import Words
from callcalm.workshop.writing import Draft, Path

MOST_TEACHES: Final = 4

MOST_TOLD: Final = 20
"""Most remarks that are told in full."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def transcript_draft(
    made: Conversation, words: Words, *, title: str, file: str, name: str = "", channel: str = "phone"
) -> Draft:
    """A scenario of the conversation: each answer that was given, and a slot for another, in every beat."""
    words = words.on(channel)
    turns, last = made.turns, ""
    if len(turns) > 1 and not turns[-1].answer:
        turns, last = turns[:-1], made.turns[-1].caller.strip()
    thanked = _thanks(last, words)
    ids = Ids()
    beats = [ids.give(f"{words('prefixes.moment')}-{number}", "x") for number in range(1, len(turns) + 1)]
    real, other = words("prefixes.as-it-was"), words(f"prefixes.ending-{'worse' if thanked else 'better'}")
    answers = [made.greeting, *[turn.answer for turn in turns]]
    caller = one_line(name or introduced([turn.caller for turn in turns], answers), 80) or words("defaults.name")
    forms = addressed(caller, answers)
    top = [words("transcript.made", file=file), "", *words.lines("transcript.next")]
    if told := told_remarks(made, words):
        top += ["", *told]
    result = draft(words, title=title, top=top, channel=channel)
    result.data["caller"] |= {"name": caller, "address": forms}
    result.data["start"]["beat"] = beats[0]
    for key in ("setting", "brief", "caller"):
        result.note((key,), words("new.usual"))
    if made.greeting:
        result.note(("brief",), words("transcript.greeting", text=one_line(made.greeting, 200)))
    taught: dict[str, None] = {}
    for index, turn in enumerate(turns):
        after = _After(beats[index + 1]) if index + 1 < len(beats) else _After(real, other, thanked)
        heard = _beat(result, beats[index], turn, after, words, forms)
        taught |= dict.fromkeys(heard.helps)
    result.data["teaches"] = list(taught)[:MOST_TEACHES]
    result.data["endings"] = _endings(result, (real, other), (last, thanked), caller, words)
    if all(turn.answer for turn in turns):
        result.checks = [{"name": words("new.check-real"), "do": ["said"] * len(turns), "ends": real}]
    return result


def told_remarks(made: Conversation, words: Words) -> list[str]:
    """What was left out or taken for something, each with its line; the first of many, and how many more."""
    told = [words(key, line=line, name=text, text=text) for key, line, text in made.remarks[:MOST_TOLD]]
    more = len(made.remarks) - MOST_TOLD
    return [*told, words("comments.more", n=more)] if more > 0 else told


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
    lessons = {"resolved": words("defaults.lesson-kept"), "unresolved": words("defaults.lesson")}
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
        another = ending("unresolved", words("defaults.as-it-was"), lessons["unresolved"])
    else:
        another = ending("resolved", words("defaults.better", name=caller), lessons["resolved"])
    return {real: ending(kind, text, lessons[kind]), other: another}


def _beat(result: Draft, name: str, turn: Turn, after: _After, words: Words, forms: list[str]) -> Heard:
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
    heard = hear(answer, words.language, forms, tuple(said))
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
