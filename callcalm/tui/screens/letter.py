"""A letter line by line: what costs in a line and why; it is rewritten, read again at once, or kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget

from callcalm.core.moves import Registry
from callcalm.insight.letter_words import change_line, judged_line
from callcalm.insight.reread import Mark
from callcalm.insight.wording import headed, move_name, quoted
from callcalm.language import _
from callcalm.practice.letter_lines import Line, Spot
from callcalm.practice.lettering import Lettering
from callcalm.tui.commands import bindings
from callcalm.tui.literal import beside, line, literal, mark_under, wrapped
from callcalm.tui.messages import Moved
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.letter_pages import leave
from callcalm.tui.screens.page import Reading, ReadingPage
from callcalm.tui.widgets.answers import key_items
from callcalm.tui.widgets.keybar import keys_of
from callcalm.tui.widgets.rows import Rows
from callcalm.tui.widgets.transcript import GLYPHS, STYLES, unders
from callcalm.tui.widgets.words import Words

if TYPE_CHECKING:
    from callcalm.tui.widgets.line_box import LineBox

AIRY = 76
"""From so many cells on, an empty line stands between paragraphs."""


class LetterScreen(ReadingPage):
    """Read what costs, write the line anew, go on; at the end, the letter."""

    PLACE = "letter"
    CSS_PATH = "../styles/letter.tcss"
    BINDINGS = bindings("letter")
    AUTO_FOCUS = "#ways"

    def __init__(self, lettering: Lettering, registry: Registry) -> None:
        super().__init__()
        self._lettering = lettering
        self._registry = registry

    def heading(self) -> Reflow:
        """The letter, and which line of how many."""
        return Reflow(lambda width: [self._where(width)])

    def body(self) -> Iterable[Widget]:
        """The line and what the coach says of it, and below them what can be done."""
        yield Reading(Words(ident="line"), id="reading")
        yield Rows(ident="ways")

    def on_mount(self) -> None:
        """The first line."""
        self._tell()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """All of it can be done at every line."""
        return True

    async def action_choose(self) -> None:
        """Do what the marker stands on."""
        if self.query_one("#ways", Rows).chosen == "rewrite":
            await self.action_rewrite()
        else:
            await self.action_keep()

    async def action_rewrite(self) -> None:
        """Open the box, with the line as it is now in it."""
        from callcalm.tui.widgets.line_box import LineBox

        now = self._now()
        if now is None:
            return
        if not self.query(LineBox):
            await self.mount(LineBox(now.words, ident="own-words"), after="#reading")
        self.add_class("-typing")
        self.set_focus(self.query_one(LineBox))
        self.refresh_bindings()

    async def action_keep(self) -> None:
        """Leave the line as it is now, and go on to the next; after the last one, to the letter."""
        await self.query("#own-words").remove()
        self._close_box()
        self._lettering.next()
        if self._lettering.line is None:
            self.post_message(Moved())
            return
        self.note("")
        self._tell()

    def on_answer_box_said(self, event: LineBox.Said) -> None:
        """Have the line read."""
        now = self._now()
        if now is None or event.text.strip() != now.words:
            try:
                self._lettering.rewrite(event.text)
            except ValueError:
                self.note(_("There is nothing written yet."))
                return
        self._close_box()
        self.note("")
        self._tell()

    def on_answer_box_left(self) -> None:
        """Back to the letter; the box keeps its words."""
        self._close_box()

    async def on_rows_chosen(self) -> None:
        """A click does what enter on that row does."""
        await self.action_choose()

    def guide_at(self) -> str:
        """The first move that costs."""
        now = self._now()
        return now.costs[0].move if now is not None and now.costs else ""

    def action_leave_letter(self) -> None:
        """Ask how."""
        leave(self, self._lettering)

    def _now(self) -> Line | None:
        """The line as it is now."""
        tried = self._lettering.tried
        return tried.now if tried is not None else self._lettering.line

    def _close_box(self) -> None:
        self.remove_class("-typing")
        self.set_focus(self.query_one("#ways"))
        self.refresh_bindings()

    def _where(self, width: int) -> Content:
        lettering = self._lettering
        count = lettering.number - 1 + lettering.left
        where = _("line {n} of {all}").format(n=lettering.number, all=count)
        return beside(literal(lettering.name), literal(where, "$muted"), width)

    def _tell(self) -> None:
        self.query_one("#heading", Words).say(self.heading())
        self.query_one("#line", Words).say(Reflow(lambda width: list(self._lines(width))))
        keys = keys_of(self)
        tried = self._lettering.tried
        again = _("Write it once more.") if tried is not None else _("Write the line anew.")
        on = _("Go on with the line as it is now.") if tried is not None else _("Keep it, and go on.")
        pairs = [(keys.name("letter.rewrite"), again, "rewrite"), (keys.name("letter.keep"), on, "keep")]
        settled = tried is not None and not tried.now.costs
        self.query_one("#ways", Rows).fill(key_items(pairs), at=1 if settled else 0)
        self.call_after_refresh(self._to_top)

    def _to_top(self) -> None:
        self.query_one(Reading).scroll_home(animate=False, force=True)
        self.refresh_bindings()

    def _lines(self, width: int) -> Iterator[Content]:
        """The line, marked, and what the coach says; a rewritten one with how it was."""
        now, tried = self._now(), self._lettering.tried
        if now is None:
            return
        gap = [Content("")] if width >= AIRY else []
        if tried is not None:
            yield from wrapped(literal(quoted(tried.was.words), "$muted"), width, headed(_("It was")) + " ", "  ")
            yield from gap
            yield line((headed(_("It is now")), "bold"))
        yield from mark_under(now.words, unders(_mark(spot, self._registry) for spot in now.spots), width)
        yield from gap
        if tried is not None:
            told = f"{judged_line(len(now.costs))} {change_line(tried.before, tried.after)}"
            yield from wrapped(literal(told, "bold"), width)
            yield from gap
        for spot in now.spots if tried is not None else now.costs:
            yield from _about(spot, now, self._registry, width)
            yield from gap


def _mark(spot: Spot, registry: Registry) -> Mark:
    return Mark(spot.start, spot.end, spot.move, spot.effect, move_name(spot.move, registry), spot.why)


def _about(spot: Spot, now: Line, registry: Registry, width: int) -> Iterator[Content]:
    """Why some words of the line cost or help, and what to say instead."""
    style = STYLES[spot.effect]
    words = quoted(now.words[spot.start : spot.end])
    head = line((f"{headed(words)} {move_name(spot.move, registry)}", f"bold {style}"))
    yield from wrapped(head, width, line((f"{GLYPHS[spot.effect]} ", style)))
    source = f" [{spot.source}]" if spot.source else ""
    yield from wrapped(line(spot.why, (source, "$muted")), width, "  ")
    for instead in spot.instead:
        yield from wrapped(line((_("Say instead:"), "bold"), f" {instead}"), width, "  ", "    ")
