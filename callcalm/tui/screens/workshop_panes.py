"""The panes of the workshop: which there are, which one has the focus, and turning from one to another.

What must not be here: what is shown in them, and what keys do in them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus
from textual.widget import Widget

from callcalm.language import _
from callcalm.tui.literal import line, literal
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.workshop_bench import BenchPage
from callcalm.tui.screens.workshop_words import standing, unread
from callcalm.tui.widgets.lines import Lines
from callcalm.tui.widgets.preview import Preview
from callcalm.tui.widgets.transcript import Transcript
from callcalm.tui.widgets.words import Words
from callcalm.workshop.session import Workshop
from callcalm.workshop.trying import stands_at

if TYPE_CHECKING:
    from pathlib import Path

PANES = {"findings": "#findings", "map": "#map", "preview": "#answers"}
"""The panes, in the order tab goes through them, and what has the focus in each."""


class PanedPage(BenchPage):
    """Findings, map and preview, and which of them one is in."""

    def __init__(self, workshop: Workshop, path: Path) -> None:
        super().__init__(workshop, path)
        self.pane = "findings"

    def body(self) -> Iterable[Widget]:
        """The names of the panes, what is to be known of all of them, and the panes."""
        yield Words(ident="panes-bar")
        yield Words(ident="standing")
        findings = Vertical(Lines(ident="findings"), Words(ident="finding"), id="findings-pane")
        chart = Vertical(Lines(ident="map"), Words(ident="spot"), id="map-pane")
        yield Horizontal(Vertical(findings, chart, id="left"), Preview(ident="preview"), id="panes")

    def action_pane(self, name: str) -> None:
        """To this pane."""
        self.turn_to(name)
        self.set_focus(self.query_one(PANES[name]))

    def action_turn(self, way: int) -> None:
        """To the next pane or the one before."""
        names = list(PANES)
        self.action_pane(names[(names.index(self.pane) + way) % len(names)])

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """A click goes to a pane too."""
        for name, selector in PANES.items():
            if event.widget is self.query_one(selector) and name != self.pane:
                self.turn_to(name)

    def turn_to(self, pane: str) -> None:
        """This pane is in front now; who has the focus is not changed."""
        self.pane = pane
        for name in PANES:
            self.set_class(name == pane, f"-{name}")
        if not self.bench.kept:
            self.note("")  # it was about the pane before
        self.tell_panes()

    def action_page(self, pages: int) -> None:
        """Scroll the pane by a screenful."""
        if self.pane == "preview":
            self.query_one(Transcript).page(pages)
        else:
            self.query_one(PANES[self.pane], Lines).page(pages)

    def tell_panes(self) -> None:
        """Show the names of the panes, and what is to be known of all of them."""
        bench = self.bench
        self.query_one("#heading", Words).say(self.heading())
        names = (
            ("findings", _("Findings"), "" if unread(bench) else str(len(bench.findings))),
            ("map", _("Map"), str(len(bench.scenario.beats)) if bench.scenario else ""),
            ("preview", _("Preview"), stands_at(bench.preview) if bench.preview else ""),
        )
        tabs = line(
            *(
                (f"{'▸ ' if name == self.pane else '  '}{title} {more}  ", "bold" if name == self.pane else "")
                for name, title, more in names
            )
        )
        self.query_one("#panes-bar", Words).say(Reflow(lambda width: [tabs.truncate(width, ellipsis=True)]))
        state = standing(bench)
        self.query_one("#standing", Words).say(literal(f"! {state}" if state else ""))
        self.query_one("#standing").display = bool(state)
        self.refresh_bindings()

    def line_in_file(self) -> int:
        """The line of the file that the pane is about; 0 if there is none."""
        if self.pane == "findings":
            key = self.query_one("#findings", Lines).chosen
            place = self.bench.findings[int(key)].place if key else None
            return place.line if place else 0
        if self.chart is None:
            return 0
        name = self.query_one("#map", Lines).chosen or ""
        if self.pane == "preview" and self.bench.preview is not None:
            name = stands_at(self.bench.preview)
        spot = self.chart.spots().get(name)
        return spot.line if spot else 0
