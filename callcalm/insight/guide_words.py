"""What stands on a page of the field guide, section by section, the same in every front end.

Plain strings without markup. What must not be here: layout.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from callcalm.core.moves import Effect
from callcalm.core.worked import Worked
from callcalm.insight.guide import Page, View
from callcalm.insight.wording import headed, quoted, series
from callcalm.language import _, ngettext

MOST_PATTERNS = 4
"""Most patterns of one rule that are shown."""


@dataclass(frozen=True, slots=True)
class Section:
    """A title and its lines; `effect` where the lines are words to avoid or to use."""

    title: str
    lines: tuple[str, ...]
    effect: Effect | None = None


def headline(page: Page) -> str:
    """What the page is about and what that does, on one line."""
    kind = _("rule {id}, of the move {move}") if page.is_rule else _("move {id}")
    head = headed(kind.format(id=page.key, move=page.move))
    return f"{head} {page.name} ({series((page.effect, page.worth))})"


def sections(page: Page) -> Iterator[Section]:
    """What follows the headline and the why; a section that would be empty is left out."""
    examples = (
        Section(_("Say rather not:"), tuple(map(quoted, page.bad)), Effect.COSTS),
        Section(_("Say:"), tuple(map(quoted, page.good)), Effect.HELPS),
        Section(_("Looks like it, and is not:"), tuple(map(quoted, page.near))),
    )
    yield from (section for section in examples if section.lines)
    if page.worked is not None:
        yield Section(_("Worked call:"), worked_lines(page.worked))
    if page.if_then:
        yield Section(_("To take along:"), (page.if_then,))
    differ = _("How the schools take it (they differ):") if page.contested else _("How the schools take it:")
    yield Section(differ, tuple(_view(view) for view in page.views))
    yield Section(
        _("Sources:"), tuple(f"{source}, {named}" if named else source for source, named in page.sources)
    )
    if page.rules:
        yield Section(_("Rules that find it:"), (", ".join(page.rules),))
    if page.patterns or page.by_ear:
        yield Section(_("What it listens for:"), patterns(page))


def worked_lines(call: Worked) -> tuple[str, ...]:
    """One turn taken badly and taken well, and what came of each."""
    return (
        call.scene,
        _("They say: {words}").format(words=quoted(call.caller)),
        _("Badly: {words}").format(words=quoted(call.bad)),
        _("Then they say: {words}").format(words=quoted(call.then_bad)),
        _("Well: {words}").format(words=quoted(call.good)),
        _("Then they say: {words}").format(words=quoted(call.then_good)),
    )


def patterns(page: Page) -> tuple[str, ...]:
    """What a rule listens for: its first patterns, and how many more there are; without any, to whole sentences.

    Lines have room to break at their bars.
    """
    if page.by_ear:
        return (_("the sentence as a whole, where no rule that costs finds its wording"),)
    first = tuple(pattern.replace("|", " | ") for pattern in page.patterns[:MOST_PATTERNS])
    more = len(page.patterns) - MOST_PATTERNS
    if more <= 0:
        return first
    return (*first, ngettext("and {n} more", "and {n} more", more).format(n=more))


def _view(view: View) -> str:
    reason = f". {view.why}" if view.why else "."
    return f"{view.school} {view.stance}{reason}{f' ({view.source})' if view.source else ''}"
