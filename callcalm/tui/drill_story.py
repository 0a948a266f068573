"""A drill in words: its heading, the task at hand, what became of an answer. What must not be here: widgets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.content import Content

from callcalm.core.drill import Item, ItemKind, Verdict
from callcalm.core.moves import Finding, Registry
from callcalm.insight.drill_words import verdict_line
from callcalm.insight.reread import marks
from callcalm.insight.wording import quoted
from callcalm.language import _
from callcalm.practice.drilling import Drilling
from callcalm.tui.literal import Under, beside, line, literal, mark_under, wrapped
from callcalm.tui.widgets.transcript import unders

AIRY = 76
"""From so many cells on, an empty line stands between paragraphs."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of an answer: the verdict, if it was tried; own words with what the coach found in them."""

    verdict: Verdict | None
    said: str = ""
    findings: tuple[Finding, ...] = ()
    gave_up: bool = False

    @property
    def closed(self) -> bool:
        """Whether the item is done with."""
        return self.gave_up or (self.verdict is not None and self.verdict.right)


def heading_line(drilling: Drilling, width: int) -> Content:
    """The drill's title, and which item it is."""
    count = len(drilling.drill.items)
    where = _("done") if drilling.over else _("item {n} of {all}").format(n=drilling.number, all=count)
    return beside(literal(drilling.drill.title), literal(where, "$muted"), width)


def task_lines(item: Item, about: str, width: int) -> list[Content]:
    """What goes before, and the words to work on; `about` says what the drill is for, at its first item."""
    given = literal(quoted(item.given), "bold") if item.given else None
    parts = [literal(about, "$muted") if about else None, literal(item.scene) if item.scene else None, given]
    return _paragraphs([wrapped(part, width) for part in parts if part is not None], width)


def outcome_lines(item: Item, told: Told, registry: Registry, width: int) -> list[Content]:
    """What became of the answer; once the item is done with, its key and what to take from it."""
    blocks = [list(_verdict(item, told, registry, width))]
    if told.said:
        blocks.append(_own_words(told, registry, width))
    if told.closed:
        blocks += [list(_key(item, told, width)), wrapped(literal(item.why), width)]
    return [*([Content("")] if width >= AIRY else []), *_paragraphs([one for one in blocks if one], width)]


def _verdict(item: Item, told: Told, registry: Registry, width: int) -> Iterator[Content]:
    verdict = told.verdict
    if told.gave_up or verdict is None:
        return
    said = (verdict_line(item, verdict, registry), "bold")
    why = f" {verdict.why}" if item.kind is ItemKind.CHOOSE else ""
    yield from wrapped(line(said, why), width)


def _own_words(told: Told, registry: Registry, width: int) -> list[Content]:
    """Own words with the coach's marks under them."""
    lead = literal(_("You:") + " ", "bold $player")
    said = mark_under(told.said, unders(marks(told.findings, registry)), width - lead.cell_length)
    return [line(lead if n == 0 else " " * lead.cell_length, one) for n, one in enumerate(said)]


def _key(item: Item, told: Told, width: int) -> Iterator[Content]:
    """The answer as its writer has it."""
    ways: list[str] = list(item.takes)
    if told.gave_up:
        ways += [option.say for option in item.options if option.right]
        ways += [" ".join(item.parts)] * bool(item.parts)
    for words in ways:
        yield from wrapped(literal(_("One way: “{words}”").format(words=words)), width, "", "  ")
    for number, words in enumerate(item.lines):
        lead = literal(f"{number + 1:>2}  ", "$muted")
        costs = [Under(start, end, "^", _("costs"), "$costs") for at, start, end in item.costs if at == number]
        for n, one in enumerate(mark_under(words, costs, width - lead.cell_length)):
            yield line(lead if n == 0 else " " * lead.cell_length, one)


def _paragraphs(blocks: list[list[Content]], width: int) -> list[Content]:
    gap = [Content("")] if width >= AIRY else []
    lines: list[Content] = []
    for block in blocks:
        lines += [*gap, *block] if lines else block
    return lines
