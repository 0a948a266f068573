"""The workshop's screen: the findings in a file, its map, and a call in it, as the file stands.

What must not be here: reading it (`workshop_bench`), turning from pane to pane (`workshop_panes`), what the panes
say (`workshop_words`), and what a bench is (`callcalm.workshop`).
"""

from __future__ import annotations

from collections.abc import Callable

from callcalm.core.actions import IllegalAction
from callcalm.insight.wording import headed, refusal
from callcalm.language import _
from callcalm.tui.commands import bindings
from callcalm.tui.literal import beside, cut, line, literal
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.workshop_messages import Edit, Saved
from callcalm.tui.screens.workshop_panes import PANES, PanedPage
from callcalm.tui.screens.workshop_words import (
    counted,
    finding_lines,
    finding_rows,
    map_rows,
    map_waits,
    marked_after,
    spot_lines,
    unread,
)
from callcalm.tui.widgets.lines import Lines
from callcalm.tui.widgets.preview import Preview
from callcalm.tui.widgets.words import Words
from callcalm.workshop.charting import spot_facts
from callcalm.workshop.searching import finding_has, place_has
from callcalm.workshop.session import Bench
from callcalm.workshop.trying import parse_held, settable, stands_at

MOST_TOLD = 9
"""Lines for what is told of a marked finding or place."""


class WorkshopScreen(PanedPage):
    """Findings, map and preview: side by side in a wide window, one at a time in others."""

    PLACE = "write"
    BINDINGS = bindings("write")
    AUTO_FOCUS = "#findings"

    def heading(self) -> Reflow:
        """The file, and how much was found in it."""
        left = line(("callcalm write", "bold $heading"), f"  {self.bench.path.name}")
        right = "" if unread(self.bench) else _("Reading the file…") if self.slow else counted(self.bench.findings)
        return Reflow(lambda width: [beside(left, literal(right), width)])

    def on_mount(self) -> None:
        """Begin to watch; the first look comes with it."""
        self.turn_to(self.pane)
        self.watch_file()

    # Showing.

    def tell_read(self, old: Bench) -> None:
        """Show what the reading brought."""
        if old.findings != self.bench.findings or old.source is not self.bench.source:
            lines, new = self.query_one("#findings", Lines), self.bench.findings
            lines.fill(finding_rows(new), key=marked_after(old.findings, lines.chosen, new))
        if old.file is not self.bench.file:
            self._tell_preview()
            self._tell_map()
        self.note(self.bench.kept)
        self.tell_panes()

    def tell_chart(self) -> None:
        """Show the map that was drawn."""
        self._tell_map()
        self.tell_panes()

    def tell_way(self, bench: Bench) -> None:
        """Show the preview at its new place."""
        self._move_to(bench)
        self.action_pane("preview")

    def _tell_map(self) -> None:
        lines = self.query_one("#map", Lines)
        if self.chart is None:
            lines.fill(map_waits() if self.bench.scenario else ())
        else:
            here = stands_at(self.bench.preview) if self.bench.preview else ""
            lines.fill(map_rows(self.chart, here), key=lines.chosen or here)

    def _tell_preview(self) -> None:
        played = self.workshop.now(self.bench)
        if played is not None:
            self.query_one(Preview).tell(played, by_hand=bool(self.bench.given))

    def _move_to(self, bench: Bench) -> None:
        """The preview stands elsewhere."""
        self.bench = bench
        self.note("")
        self._tell_preview()
        self._tell_map()
        self.tell_panes()

    def on_lines_marked(self, event: Lines.Marked) -> None:
        """Tell of the finding or place that the marker stands on."""
        findings = event.lines.id == "findings"
        panel = self.query_one("#finding" if findings else "#spot", Words)
        key, bench, chart = event.lines.chosen, self.bench, self.chart
        if findings and key:
            found = bench.findings[int(key)]
            panel.say(Reflow(lambda width: cut(finding_lines(found, bench, width), MOST_TOLD, width)))
        elif key and chart is not None:
            spot, scenario = chart.spots()[key], chart.scenario
            panel.say(Reflow(lambda width: cut(spot_lines(spot, scenario, width), MOST_TOLD, width)))
        panel.display = bool(key)
        self.refresh_bindings()

    # What a key does.

    def action_open(self) -> None:
        """Open the editor at the marked finding."""
        self.action_edit()

    def action_edit(self) -> None:
        """Open the editor at what is marked."""
        self.post_message(Edit(self.bench.path, self.line_in_file()))

    def action_reload(self) -> None:
        """Read the file again."""
        self.post_message(Saved())

    def action_play_from(self) -> None:
        """Put the preview at the marked place."""
        if place := self.query_one("#map", Lines).chosen:
            self.go(place)

    def action_play_under(self) -> None:
        """The same, with a composure under a number that is asked for."""
        place, chart = self.query_one("#map", Lines).chosen, self.chart
        if not place or chart is None:
            return

        def asked(words: str) -> None:
            under = words.strip()
            if under.isdecimal() and 0 < int(under[:4]) <= 101:  # noqa: PLR2004 - one above the full meter
                self.go(place, int(under))
            else:
                self.note(_("Write a whole number from 1 to 101."))

        who = f"{headed(place)} {spot_facts(chart.spots()[place])}\n"
        told = who + _("The shortest real way there is taken.")
        self._ask(_("With a composure under which number?"), told, asked)

    def action_find(self) -> None:
        """Mark the next finding or place that has the words that are asked for."""

        def asked(words: str) -> None:
            def wanted(key: str) -> bool:
                if self.pane == "findings":
                    return finding_has(self.bench.findings[int(key)], words)
                return self.chart is not None and place_has(self.chart.scenario, key, words)

            if not self.query_one(PANES[self.pane], Lines).find(wanted):
                self.note(_("Nothing here has “{words}” in it.").format(words=words.strip()))

        self._ask(_("Find what?"), _("A name, a code, or words; the next one that has them is marked."), asked)

    def action_set(self) -> None:
        """Set a variable or the composure."""
        played = self.workshop.now(self.bench)
        if played is None:
            return

        def asked(words: str) -> None:
            try:
                name, held = parse_held(played.state.scenario, words)
                self._move_to(self.workshop.set(self.bench, name, held))
            except ValueError as no:
                self.note(str(no))
            else:
                self.action_pane("preview")  # where it can be seen

        self._ask(_("Set what?"), "\n".join([*settable(played), _("Write a name and a value.")]), asked)

    def action_undo(self) -> None:
        """Take the last action back."""
        self._move_to(self.workshop.undo(self.bench))

    def action_restart(self) -> None:
        """Begin again."""
        self._move_to(self.workshop.restart(self.bench))

    def on_preview_do(self, event: Preview.Do) -> None:
        """Do it in the call, or say why it cannot be done."""
        try:
            self._move_to(self.workshop.take(self.bench, event.action))
        except IllegalAction as refused:
            self.note(refusal(refused.reason))

    def on_preview_again(self) -> None:
        """Begin again."""
        self.action_restart()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only what is possible in this pane now, and only that is shown."""
        preview = self.bench.preview
        match action:
            case "open":
                return self.pane == "findings"
            case "find":
                there = {"findings": bool(self.bench.findings), "map": self.chart is not None}
                return there.get(self.pane, False)
            case "play_from" | "play_under":
                return self.pane == "map" and self.chart is not None
            case "undo":
                return bool(self.bench.given or (preview is not None and preview.turns))
            case "set" | "restart":
                return preview is not None
            case _:
                return True

    def _ask(self, title: str, text: str, then: Callable[[str], None]) -> None:
        from callcalm.tui.screens.question import Ask

        def answered(words: str | None) -> None:
            if words:
                then(words)

        self.app.push_screen(Ask(title, text), answered)
