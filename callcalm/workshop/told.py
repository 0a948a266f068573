"""From the answers of an interview to a scenario: what was said, what should have been, and where each leads.

The call goes as it went; each better answer leads out of it, to what the caller would have said to that very
answer, and there good last words settle it and hurried ones do not. So nobody answers a line that they did not
hear, however many exchanges were told. What must not be here: the questions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from zlib import crc32

from callcalm.core.model import EndingKind
from callcalm.workshop.ears import hear
from callcalm.workshop.fitting import LONGEST_REPLY, one_line
from callcalm.workshop.interview import addresses, facts, questions, said_by_caller, turns
from callcalm.workshop.naming import Ids
from callcalm.workshop.skeleton import draft, ending
from callcalm.workshop.words import Words, words
from callcalm.workshop.writing import Draft

MOST_TEACHES: Final = 4

PLACES: Final = (2, 0, 2, 1, 2, 2)
"""Where good last words stand among three, beat after beat: with the better words, each place as often."""


def told_draft(answers: Mapping[str, str]) -> Draft:
    """The scenario that the answers tell; every question must be answered."""
    return _Telling(answers).draft


class _Telling:
    def __init__(self, answers: Mapping[str, str]) -> None:
        self.answers = answers
        self.words: Words = words(answers["lang"]).on(answers["channel"])
        self.count = turns(answers)
        self.names = addresses(answers) or (answers["name"],)
        ids, word = Ids(), self.words
        numbers = range(1, self.count + 1)
        self.moments = [ids.give(f"{word('prefixes.moment')}-{number}", "moment") for number in numbers]
        self.turned = [ids.give(f"{word('prefixes.better')}-{number}", "better") for number in numbers]
        self.real, self.good = word("prefixes.as-it-was"), word("prefixes.ending-better")
        # Where it really ended well, hurried last words would have ended it otherwise.
        well = answers["end.kind"] in {EndingKind.RESOLVED, EndingKind.FAIR}
        self.spoilt = word("prefixes.ending-worse") if well else self.real
        asked = questions(answers, "en")
        self.usual = {one.key for one in asked if not one.choices and answers[one.key] == one.default}
        self.taught: dict[str, None] = {}
        self.start = crc32(answers["title"].encode())
        self.draft = self._draft()

    def _draft(self) -> Draft:
        answers, word = self.answers, self.words
        made = draft(
            word,
            title=answers["title"],
            top=[word("new.made"), "", *word.lines("new.next")],
            channel=answers["channel"],
            setting=answers["setting"],
            brief=answers["brief"],
            caller={
                "name": answers["name"],
                "address": list(self.names),
                "wants": answers["wants"],
                "facts": facts(answers),
            },
            start={"beat": self.moments[0], "composure": 70},
        )
        for key, path in (
            ("title", ("title",)),
            ("setting", ("setting",)),
            ("brief", ("brief",)),
            ("name", ("caller", "name")),
            ("wants", ("caller", "wants")),
            ("facts", ("caller", "facts")),
        ):
            made.note(path, self._usual(key))
        for index in range(self.count):
            self._moment(made, index)
        for index in range(self.count):
            self._turned(made, index)
        made.data["teaches"] = list(self.taught)[:MOST_TEACHES]
        made.data["endings"] = {
            # Asked for once, and each ending teaches something of its own: the other is a usual one.
            self.good: ending("resolved", answers["end.better"], word("defaults.lesson-kept")),
            self.real: ending(answers["end.kind"], answers["end.as-it-was"], answers["lesson"]),
        }
        if self.spoilt != self.real:
            made.data["endings"][self.spoilt] = ending(
                "unresolved", word("defaults.as-it-was"), word("defaults.lesson-spoilt")
            )
            made.note(("endings", self.spoilt), word("new.worse"))
            for key in ("text", "lesson"):
                made.note(("endings", self.spoilt, key), word("new.usual"))
        for name, note, key in ((self.real, "as-it-was", "end.as-it-was"), (self.good, "better", "end.better")):
            made.note(("endings", name), word(f"new.{note}"))
            made.note(("endings", name, "text"), self._usual(key))
        made.note(("endings", self.real, "lesson"), self._usual("lesson"))
        made.note(("endings", self.good, "lesson"), word("new.usual"))
        made.checks = [
            {"name": word("new.check-better"), "do": ["better", "closing"], "ends": self.good},
            {"name": word("new.check-real"), "do": ["said"] * self.count, "ends": self.real},
        ]
        return made

    def _moment(self, made: Draft, index: int) -> None:
        """A beat as it was: what was said, and what should have been."""
        key = f"turn-{index + 1}"
        after = self.moments[index + 1] if index + 1 < self.count else self.real
        mood = self.answers["mood"]
        self._beat(made, self.moments[index], mood, f"{key}.they")
        given = [("said", "you", after, "new.said"), ("better", "should", self.turned[index], "new.should")]
        for name, asked, goto, note in given[:: -1 if index % 2 else 1]:
            self._reply(made, self.moments[index], name, f"{key}.{asked}", goto, note, f"{key}.they")

    def _turned(self, made: Draft, index: int) -> None:
        """A beat after better words: settle it, or spoil it with the last word, a hurried or a soothing one."""
        name, then = self.turned[index], f"turn-{index + 1}.then"
        self._beat(made, name, self.words("defaults.mood-calmer"), then)
        made.note(("beats", name), self.words("new.turned"))
        # Asked for once, for the end of the call: after which of several better answers nobody said.
        note = "new.should" if self.count == 1 else "new.closing"
        say, others = self._hurried(index)
        hurried = self.words("new.careless-others", others=others) if others else self.words("new.careless")
        soothing = self.words.lines("defaults.soothing")
        soothed = soothing[(self.start + index) % len(soothing)]
        spoil = [("careless", say, hurried), ("soothing", soothed, self.words("new.soothing"))]
        for place in range(len(spoil) + 1):
            if place == PLACES[index % len(PLACES)]:
                self._reply(made, name, "closing", "closing", self.good, note, then)
                continue
            which, say, why = spoil.pop(0)
            made.note(("beats", name, "replies", place), why)
            made.data["beats"][name]["replies"].append({"id": which, "say": say, "goto": self.spoilt})

    def _hurried(self, index: int) -> tuple[str, str]:
        """What somebody tired says at this place in the talk, never twice; and, at the first, what else."""
        if index:
            later = self.words.lines("defaults.hurried-later")
            return later[(self.start + index) % len(later)], ""
        first = self.words.lines("defaults.hurried-first")
        say = first[self.start % len(first)]
        return say, " ".join(self.words("new.quoted", text=one) for one in first if one != say)

    def _usual(self, key: str) -> str:
        """The comment on what was answered with nothing but Enter."""
        return self.words("new.usual") if key in self.usual else ""

    def _beat(self, made: Draft, name: str, mood: str, key: str) -> None:
        lines: Any = said_by_caller(self.answers[key])
        made.note(("beats", name, "caller"), self._usual(key))
        caller = lines[0] if len(lines) == 1 else lines
        made.data["beats"][name] = {"mood": mood, "caller": caller, "replies": []}

    def _reply(self, made: Draft, beat: str, name: str, key: str, goto: str, note: str, before: str) -> None:
        replies = made.data["beats"][beat]["replies"]
        say = one_line(self.answers[key], LONGEST_REPLY)
        heard = hear(say, self.words.language, self.names, said_by_caller(self.answers[before]))
        if name in {"better", "closing"}:
            self.taught |= dict.fromkeys(heard.helps)
        usual = self._usual(key)
        made.note(
            ("beats", beat, "replies", len(replies)),
            self.words(f"{note}-usual" if usual else note),
            usual,
            heard.told(self.words),
        )
        replies.append({"id": name, "say": say, "goto": goto})
