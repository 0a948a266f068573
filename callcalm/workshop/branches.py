"""Conditions of ink that stand around more than words: ``{met: -> a | -> b}``, and blocks over several lines.

A way or a choice in a branch keeps its condition, and a way what is assigned and said before it. Of texts that no
way follows the first branch that has any stays; such assignments are left out. What must not be here: what a line
of ink is, and the weave.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from callcalm.language import _
from callcalm.workshop.foreign import condition_of, denied, joined
from callcalm.workshop.stories import Story
from callcalm.workshop.weaving import Item

Items = Callable[[str, int], Iterator[Item]]
"""What a line is, by itself."""

MOST_OPEN: Final = 10
"""Deepest nesting of blocks that is read."""

MOST_BEFORE: Final = 100
"""Most branches of a block whose conditions are kept for those after them: more than one can deny."""

_FIRST = re.compile(r"(?P<before>[^{}]*)\{(?P<inner>[^{}]*)\}")
_BRANCH = re.compile(r"\s*-(?!>)\s*(.*)")
_CHANGING: Final = frozenset(["stopping", "cycle", "once", "shuffle", "shuffle once", "shuffle stopping"])


@dataclass(slots=True)
class _Block:
    """An open block: what the branches before were asked, and what this one is; None is what ours cannot ask."""

    number: int
    subject: str = ""
    """What stands before the colon: branches may be values of it, as long as it has no words of its own."""
    changing: bool = False
    before: list[str | None] = field(default_factory=list)
    now: str | None = ""
    count: int = 0
    headed: bool = False
    """Whether nothing has come yet behind what stands before the colon."""
    left: set[int] = field(default_factory=set)
    """The branches that lead away."""
    last: bool = False
    """Whether this is what is left when all others lead away: nothing goes on behind it."""
    sets: list[Item] = field(default_factory=list)
    """What is assigned in this branch, for the way that leads out of it."""
    choosing: bool = False
    """Whether a choice stands open in this branch: what follows is its own."""
    texts: list[Item] = field(default_factory=list)
    """What is said in this branch, for the way that leads out of it."""
    worded: int = 0
    """The first branch with words that no way took along, from 1: those stay."""


class Branches:
    """Lines into items, with the conditions that stand around them."""

    def __init__(self, story: Story, items: Items) -> None:
        self.story = story
        self.items = items
        self.open: list[_Block] = []
        self.opened = 0

    def _next(self) -> int:
        self.opened += 1
        return self.opened

    def leave(self, number: int) -> Iterator[Item]:
        """A knot ends here: no block goes on."""
        while self.open:
            self.story.notes.add(_("braces that are not closed"), number)
            yield from self._close()

    def _filled(self) -> None:
        """Something stands in the innermost block: if that is right behind its head, the head was a condition."""
        if self.open and self.open[-1].headed:
            self.open[-1].headed, self.open[-1].subject = False, ""

    def _close(self) -> Iterator[Item]:
        yield from self._done()
        block = self.open.pop()
        if self.open and block.last and len(block.left) == block.count:
            self.open[-1].left.add(self.open[-1].count)

    def _done(self) -> Iterator[Item]:
        """The innermost branch is over: what it assigns goes nowhere if no way led out."""
        block = self.open[-1]
        for item in block.sets:
            self.story.notes.add(_("an assignment that is made only sometimes"), item.line)
        block.sets = []
        yield from self._words(block)

    def _words(self, block: _Block) -> Iterator[Item]:
        """What is said in the innermost branch and no way took along, if it stays."""
        texts, block.texts = block.texts, []
        # Whoever is still there hears what the last branch says: in all others the way leads elsewhere.
        if not texts or all(one.last for one in self.open):
            yield from texts
            return
        changing = any(one.changing for one in self.open)
        changes = _("a text that changes each time: its first form stays")
        depends = _("a text with a condition: the first branch that has words stays")
        for item in texts:
            self.story.notes.add(changes if changing else depends, item.line)
        if all(one.worded in {0, one.count} for one in self.open):
            for one in self.open:
                one.worded = one.count
            yield from texts

    def line(self, line: str, number: int) -> Iterator[Item]:
        """The items of a line, which may open, go on with or close blocks."""
        bare = line.strip()
        # A loop and no recursion: a line may hold hundreds of them.
        while (found := _FIRST.match(bare)) and "->" in found["inner"]:
            yield from self._plain(found["before"].strip(), number)
            yield from self._within(found["inner"], number)
            bare = bare[found.end() :].strip()
        at = _unpaired(bare)
        if at < 0 or (bare[at] == "{" and len(self.open) >= MOST_OPEN) or (bare[at] == "}" and not self.open):
            yield from self._plain(bare, number)
        elif bare[at] == "}":
            yield from self._plain(bare[:at].strip(), number)
            yield from self._close()
            yield from self.line(bare[at + 1 :], number)
        else:
            yield from self._plain(bare[:at].strip(), number)
            yield from self._enter(bare[at + 1 :].strip(), number)

    def _within(self, inner: str, number: int) -> Iterator[Item]:
        """Branches on one line."""
        self._filled()
        asked, colon, rest = inner.partition(":")
        block = _Block(self._next(), changing=not colon)
        self.open.append(block)
        for index, part in enumerate((rest if colon else inner.lstrip("&!~$")).split("|")):
            yield from self._begin(block, "else" if index else asked)
            yield from self._plain(part.strip(), number)
        yield from self._close()

    def _enter(self, head: str, number: int) -> Iterator[Item]:
        self._filled()
        asked, colon, rest = head.partition(":")
        changing = asked.strip() in _CHANGING or not colon
        block = _Block(self._next(), changing=changing and bool(head))
        self.open.append(block)
        if head and not changing:
            block.subject, block.headed = asked.strip(), True
            yield from self._begin(block, asked)
        yield from self._plain((rest if colon else head).strip(), number)

    def _begin(self, block: _Block, asked: str) -> Iterator[Item]:
        """The next branch of the innermost block: under which condition."""
        yield from self._done()
        types: dict[str, type] = {name: type(value) for name, value in self.story.vars.items()}
        own = "" if asked.strip() == "else" else condition_of(asked, types)
        others = [one if one is None else denied(one) for one in block.before]
        block.now = None if block.changing else joined([*others, *([] if own == "" else [own])])
        block.last = own == "" and len(block.left) == block.count and not block.changing
        if len(block.before) < MOST_BEFORE:
            block.before.append(own)
        block.count += 1
        block.choosing = False

    def _plain(self, bare: str, number: int) -> Iterator[Item]:
        """A line, or a part of one, that opens and closes nothing."""
        if not self.open:
            if bare:
                yield from self.items(bare, number)
            return
        block = self.open[-1]
        while found := _BRANCH.fullmatch(bare):
            asked, colon, rest = found[1].partition(":")
            if block.changing or not colon:
                asked, rest = "", found[1]
            elif block.subject and asked.strip() != "else":
                if block.headed:
                    block.before, block.count = [], 0
                asked = f"{block.subject} == {asked}"
            block.headed = False
            yield from self._begin(block, asked)
            bare = rest.strip()
        if bare:
            self._filled()
            for item in self.items(bare, number):
                yield from self._under(item, block)

    def _under(self, item: Item, block: _Block) -> Iterator[Item]:
        """An item of a branch, if it stays."""
        if block.choosing and item.kind != "choice":
            yield item
        elif item.kind in {"divert", "choice"}:
            block.choosing = item.kind == "choice"
            if block.choosing:
                yield from self._words(block)
            nows = [one.now for one in self.open]
            asked = joined([*nows, item.when])
            if asked is None:
                self.story.notes.add(
                    _("a condition that callcalm cannot ask: the answer is always there"), item.line
                )
            item.when = item.when if asked is None else asked
            if item.kind == "divert":
                item.sometimes = not all(one.last for one in self.open)
                item.block = block.number
                item.sets = [one for around in self.open for one in around.sets]
                item.said = [one.text for around in self.open for one in around.texts]
                block.sets, block.texts = [], []
                block.left.add(block.count)
            yield item
        elif item.kind == "set":
            block.sets.append(item)
        else:
            block.texts.append(item)


def _unpaired(bare: str) -> int:
    """Where the first brace stands that has no partner in the line; -1 if all have."""
    waiting: list[int] = []
    for at, char in enumerate(bare):
        if char == "{":
            waiting.append(at)
        elif char == "}" and not waiting:
            return at
        elif char == "}":
            waiting.pop()
    return waiting[0] if waiting else -1
