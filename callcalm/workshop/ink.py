"""ink dialogue: knots, stitches, choices, gathers, diverts and simple variables, as a `Story`.

Not the whole of ink: what a scenario cannot hold (alternatives, functions, threads, tunnels, lists, external
calls) is named in the notes. What stands under conditions: see `branches`. What must not be here: other formats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from callcalm.core.text import safe
from callcalm.intake import BadFile, Code, Problem, Source
from callcalm.language import _, grouped
from callcalm.workshop.branches import Branches
from callcalm.workshop.foreign import condition_of, joined, plain_name, value_of
from callcalm.workshop.includes import Files, Line
from callcalm.workshop.stories import MOST_NODES, MOST_VARIABLES, Story
from callcalm.workshop.voices import with_name
from callcalm.workshop.weaving import Item, Weaving

MOST_DEPTH: Final = 20
"""Deepest nesting of choices that is read; ink itself is unreadable long before."""

CAP: Final = 1024 * 1024
"""Most bytes of all files that one includes together."""

LONGEST_LINE: Final = 5_000

MOST_BRACES: Final = 4
"""Deepest nesting of texts in braces that is taken apart."""

MOST_ITEMS: Final = 10_000

_KNOT = re.compile(r"\s*={2,}\s*(function\s+)?([A-Za-z_]\w*)\s*(\([^)]*\))?\s*=*\s*")
_STITCH = re.compile(r"\s*=\s*([A-Za-z_]\w*)\s*(\([^)]*\))?\s*")
_VAR = re.compile(r"\s*(VAR|CONST)\s+([A-Za-z_]\w*)\s*=\s*(.+)")
_LEFT_OUT = re.compile(r"\s*(EXTERNAL|LIST|TODO)\b:?(.*)")
_CHOICE = re.compile(r"\s*((?:[*+]\s*)+)(?:\(\s*([A-Za-z_]\w*)\s*\)\s*)?(.*)")
_GATHER = re.compile(r"\s*((?:-(?!>)\s*)+)(?:\(\s*([A-Za-z_]\w*)\s*\)\s*)?(.*)")
_DIVERT = re.compile(r"->\s*([A-Za-z_][\w.]*)\s*(\([^)]*\))?\s*$")
_CONDITION = re.compile(r"\{([^{}]*)\}\s*")
_BRACES = re.compile(r"\{([^{}]*)\}")
_CALLED = re.compile(r"[A-Za-z_]\w*\s*\(.*\)")
_MARKUP = re.compile(
    r"</[A-Za-z][\w-]{0,40}>|<(?P<name>[A-Za-z][\w-]{0,40})(?:=[^<>]{0,100}|(?=>[^<>]{0,500}(?:<[^<>]{0,100}>[^<>]{0,500}){0,9}</(?P=name)>))/?>"
)
"""What game engines style text with: a tag that is given a value, or that is closed again in its line."""
_TAG = re.compile(r"(?<!\\)#\s*((?:(?!->)[^#\]])*)")
_SPEAKER = re.compile(r"(?:speaker|character)\s*:\s*([^\W\d_][\w .'’-]{0,30})", re.IGNORECASE)


def ink_story(source: Source, folder: Path | None = None) -> Story:
    """The story in an ink file, and in those of its `folder` that it includes.

    Raises `BadFile` when there is nothing to play, or far too much.
    """
    story = Story(title=next((tag[7:].strip() for tag in _titles(source)), ""))
    lines = Files(story.notes, folder, CAP).lines(source)
    flows = _Reading(story).flows(lines)
    if not any(item.kind in {"text", "choice"} or item.said for items in flows.values() for item in items):
        unread = next((f"{note}." for note in story.notes.lines() if note.startswith("INCLUDE")), None)
        hint = unread or _("An ink file has text, and choices after * or +.")
        raise _bad(source, _("there is nothing to play in it"), hint)
    if sum(map(len, flows.values())) > MOST_ITEMS:
        raise _bad(source, _("it has more than {most} lines of story").format(most=grouped(MOST_ITEMS)))
    Weaving(story, flows).weave()
    if len(story.nodes) > MOST_NODES:
        message = _("it has {n} moments; at most {most} can be brought over")
        raise _bad(source, message.format(n=grouped(len(story.nodes)), most=grouped(MOST_NODES)))
    return story


def _titles(source: Source) -> Iterator[str]:
    for line in source.text[:4_000].split("\n"):
        tag = line.strip().lstrip("#").strip()
        if line.strip().startswith("#") and tag.lower().startswith("title:"):
            yield tag[:7].lower() + tag[7:] if tag[6:7] == " " else tag[:6] + " " + tag[6:]


class _Reading:
    """Lines into items, by knot or stitch."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.speaker = ""

    def flows(self, lines: list[Line]) -> dict[str, list[Item]]:
        """The items of every knot and stitch, the top of the file under an empty name; variables are declared."""
        for number, line in lines:
            if len(line) > LONGEST_LINE:
                self.story.notes.add(
                    _("a line of more than {most} characters was cut").format(most=grouped(LONGEST_LINE)), number
                )
        lines = [(number, line[:LONGEST_LINE]) for number, line in lines]
        for number, line in lines:
            self._declare(line, number)
        flows: dict[str, list[Item]] = {"": []}
        branches = Branches(self.story, self._items)
        at, knot, skipped = "", "", False
        for number, line in lines:
            if not line.strip() or _VAR.fullmatch(line):
                continue
            if found := _KNOT.fullmatch(line):
                flows[at] += branches.leave(number)
                skipped = bool(found[1])
                if skipped:
                    self.story.notes.add(_("a function"), number)
                    continue
                at = knot = self._opened(found[2], flows, number, found[3])
            elif (found := _STITCH.fullmatch(line)) and not skipped:
                name = self._opened(f"{knot}.{found[1]}", flows, number, found[2])
                if knot and not flows[knot]:
                    flows[knot].append(Item("divert", name, number))
                at = name
            elif left := _LEFT_OUT.match(line):
                if left[1] != "TODO":
                    self.story.notes.add(left[1], number)
            elif not skipped:
                flows[at] += branches.line(line, number)
        flows[at] += branches.leave(lines[-1][0] if lines else 0)
        return flows

    def _opened(self, name: str, flows: dict[str, list[Item]], number: int, arguments: str | None) -> str:
        if arguments:
            self.story.notes.add(_("a knot with parameters: they are not passed"), number)
        if name in flows:
            self.story.notes.add(_("a second knot of the same name: the first counts"), number)
            name = f"{name}-again-{number}"
        flows[name] = []
        return name

    def _declare(self, line: str, number: int) -> None:
        found = _VAR.fullmatch(line)
        if found is None:
            return
        value = value_of(found[3])
        if value is None:
            self.story.notes.add(_("a variable that is no truth value, whole number or text"), number)
        elif len(self.story.vars) >= MOST_VARIABLES:
            self.story.notes.add(
                _("a scenario has at most {most} variables: one more was left out").format(most=MOST_VARIABLES),
                number,
            )
        else:
            self.story.vars[plain_name(found[2])] = value

    def _items(self, line: str, number: int) -> Iterator[Item]:
        bare = line.strip()
        if bare.startswith("~"):
            yield Item("set", bare[1:].strip(), number)
            return
        bare, speaker = self._untagged(bare, number)
        if not bare:
            # A tag alone on a line is for the next.
            self.speaker = speaker or self.speaker
            return
        speaker, self.speaker = speaker or self.speaker, ""
        if bare.startswith("<-"):
            self.story.notes.add(_("a thread (<-)"), number)
            return
        choice = _CHOICE.fullmatch(bare) if bare[0] in "*+" else None
        gather = _GATHER.fullmatch(bare) if bare[0] == "-" and not bare.startswith("->") else None
        if choice or gather:
            found = choice or gather
            assert found is not None  # noqa: S101 - one of the two is
            depth = len(re.sub(r"\s", "", found[1]))
            if depth > MOST_DEPTH:
                self.story.notes.add(_("choices nested more than {most} deep").format(most=MOST_DEPTH), number)
                depth = MOST_DEPTH
            kind = "choice" if choice else "gather"
            rest, when = self._guard(found[3], number) if choice else (found[3], "")
            words, divert = self._divert(rest, number)
            said = self._text(words, number) if choice else self._said(words, number, speaker)
            yield Item(kind, said, number, depth, found[2] or "", when, once="*" in found[1])
        else:
            words, divert = self._divert(bare, number)
            if said := self._said(words, number, speaker):
                yield Item("text", said, number)
        if divert:
            yield Item("divert", divert, number)

    def _guard(self, rest: str, number: int) -> tuple[str, str]:
        """The conditions before a choice, joined; what cannot be asked is left out, with a note."""
        types: dict[str, type] = {name: type(value) for name, value in self.story.vars.items()}
        asked: list[str] = []
        while found := _CONDITION.match(rest):
            said = condition_of(found[1], types)
            if said is None:
                self.story.notes.add(_("a condition that callcalm cannot ask: the answer is always there"), number)
            else:
                asked.append(said)
            rest = rest[found.end() :]
        return rest, joined(asked) or ""

    def _divert(self, words: str, number: int) -> tuple[str, str]:
        if "->" not in words:
            return words, ""
        if "->->" in words or re.search(r"->[^>]*->", words):
            self.story.notes.add(_("a tunnel (-> … ->): it only leads there"), number)
            words = re.sub(r"->\s*$", "", words.replace("->->", "-> DONE"))
        found = _DIVERT.search(words)
        if found is None:
            if words.rstrip().endswith("->"):
                return words.rstrip()[:-2], ""
            self.story.notes.add(_("an arrow that leads nowhere callcalm can see: it stays as text"), number)
            return words, ""
        return words[: found.start()], found[1]

    def _untagged(self, bare: str, number: int) -> tuple[str, str]:
        """A line without its tags, and who speaks in it, if a tag says so."""
        speaker = ""
        for tag in _TAG.findall(bare):
            if found := _SPEAKER.fullmatch(tag.strip()):
                speaker = found[1].strip()
            elif not tag.lower().startswith("title:"):
                self.story.notes.add(_("a tag (#): callcalm has no place for it"), number)
        return _TAG.sub("", bare).strip(), speaker

    def _said(self, words: str, number: int, speaker: str) -> str:
        """A text as it is said, with its speaker's name before it, if that is known."""
        said = self._text(words, number)
        if not said or not speaker:
            return said
        self.story.voices.add(speaker)
        return with_name(speaker, said)

    def _text(self, words: str, number: int) -> str:
        said = words.replace("<>", " ")
        if _MARKUP.search(said):
            self.story.notes.add(_("an HTML tag: its text stays"), number)
            said = _MARKUP.sub("", said)
        for _depth in range(MOST_BRACES):
            for found in _BRACES.finditer(said):
                self.story.notes.add(self._first(found[1].strip())[0], number)
            said = _BRACES.sub(lambda hit: self._first(hit[1].strip())[1], said)
        if "{" in said or "}" in said:
            self.story.notes.add(_("braces over several lines: they stay as text"), number)
        return safe(re.sub(r"\\(.)", r"\1", said), multiline=False).strip()

    def _first(self, inner: str) -> tuple[str, str]:
        """What a text in braces is, and what of it is kept."""
        if ":" in inner:
            words = next((part for part in inner.partition(":")[2].split("|") if part.strip()), "")
            return _("a text with a condition: the first branch that has words stays"), words
        if "|" in inner:
            return _("a text that changes each time: its first form stays"), inner.lstrip("&!~$").split("|")[0]
        if _CALLED.fullmatch(inner):
            return _("a function called in the text: what it gives was left out"), ""
        value = self.story.vars.get(plain_name(inner), "")
        shown = "" if isinstance(value, bool) else str(value)
        return _("a variable shown in the text: its first value, or “…”, stands there"), shown or "…"


def _bad(source: Source, message: str, hint: str | None = None) -> BadFile:
    return BadFile([Problem(Code.SYNTAX, message, source.place(0), hint, source.name)], source)
