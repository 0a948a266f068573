"""What the workshop's screen stands on: the file is watched, read, checked and mapped in threads.

Whoever leaves does not wait for what is read or mapped: that changes nothing on the disk.

One reading is at work at a time, and so is one drawing of the map: no older text can come after a newer one. What
must not be here: anything shown.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

from textual import work

from callcalm.language import _
from callcalm.tui.aside import aside
from callcalm.tui.screens.page import Page
from callcalm.tui.screens.workshop_messages import Arrived, Charted, Read, Saved, Slow
from callcalm.tui.widgets.words import Words
from callcalm.workshop.charting import Chart
from callcalm.workshop.session import Bench, NoWay, Workshop

PAINTING = 0.05
"""Seconds until the map is begun after a reading."""

SLOW = 0.5
"""Seconds after which it is said that what is shown is not the last save yet."""


class BenchPage(Page):
    """A page about a file that is being written.

    `bench` is the file and the preview as they are shown; `chart` is the map of its last good version, or of the
    one before while that is drawn; `reading` is whether the file is being read, `slow` whether that takes a
    while.
    """

    def __init__(self, workshop: Workshop, path: Path) -> None:
        super().__init__()
        self.workshop = workshop
        self.bench = Bench(path)
        self.chart: Chart | None = None
        self.reading = self.slow = False
        self._again = self._charting = False
        self._left, self._done = Event(), Event()

    def tell_read(self, old: Bench) -> None:
        """Show what a reading brought; `old` is the bench before it."""
        raise NotImplementedError

    def tell_chart(self) -> None:
        """Show the map that was drawn."""
        raise NotImplementedError

    def tell_way(self, bench: Bench) -> None:
        """Take over a bench whose preview stands at the place asked for, and show it."""
        raise NotImplementedError

    def watch_file(self) -> None:
        """Begin to watch; the first reading comes with it."""
        self._watch()

    def on_unmount(self) -> None:
        """Let the threads go that wait."""
        self._left.set()
        self._done.set()

    @work(thread=True, group="watch")
    def _watch(self) -> None:
        from callcalm.workshop.watching import saves

        for _saved in saves(self.bench.path, self._left):
            self.post_message(Saved())

    def on_saved(self) -> None:
        """Read the file, or once more when the reading at hand is done."""
        if self.reading:
            self._again = True
            return
        self.reading = True
        self._done = Event()
        self._mind(self._done)
        self._read(self.bench)

    @work(thread=True, group="mind")
    def _mind(self, done: Event) -> None:
        if not done.wait(SLOW):
            self.post_message(Slow())

    def on_slow(self) -> None:
        """Say so, unless it has been read meanwhile."""
        self.slow = self.reading
        self.query_one("#heading", Words).say(self.heading())

    @work(group="read")
    async def _read(self, bench: Bench) -> None:
        self.post_message(Read(bench, await aside(self.workshop.reload, bench)))

    def on_read(self, event: Read) -> None:
        """Take over what was read; if the preview has moved on meanwhile, read again from where it stands."""
        self.reading = self.slow = False
        self._done.set()
        moved = event.before is not self.bench
        if not moved:
            old, self.bench = self.bench, event.after
            self.tell_read(old)
            if old.file is not self.bench.file:
                self._draw()
        if self._again or moved:
            self._again = False
            self.on_saved()

    def _draw(self) -> None:
        """Have the map drawn, unless one is being drawn: then it is looked at again when that is done."""
        if self.bench.file is not None and not self._charting:
            self._charting = True
            self._draw_map(self.bench)

    @work(group="map")
    async def _draw_map(self, bench: Bench) -> None:
        chart = await aside(self._chart_of, bench)
        if chart is not None:
            self.post_message(Charted(bench.file, chart))

    def _chart_of(self, bench: Bench) -> Chart | None:
        from callcalm.workshop.charting import charted

        # What was found is painted first: the two would share one interpreter.
        if self._left.wait(PAINTING):
            return None
        proof = self.workshop.proof(bench)
        return charted(bench, proof) if proof is not None else None

    def on_charted(self, event: Charted) -> None:
        """Show the map; if the file has changed since it was begun, begin another."""
        self._charting = False
        self.chart = event.chart
        self.tell_chart()
        if event.file is not self.bench.file:
            self._draw()

    def go(self, place: str, under: int = 101) -> None:
        """Put the preview at a place, with a composure `under` that, by the shortest real way."""
        self._go(self.bench, place, under)

    @work(group="way")
    async def _go(self, bench: Bench, place: str, under: int) -> None:
        try:
            self.post_message(Arrived(bench, await aside(self.workshop.play_from, bench, place, under)))
        except NoWay as none:
            self.post_message(Arrived(bench, None, str(none)))

    def on_arrived(self, event: Arrived) -> None:
        """Show the preview at its new place, if that is still of this file."""
        if event.after is None:
            self.note(event.why)
        elif event.before.file is not self.bench.file:
            self.note(_("The file has changed meanwhile; try again."))
        else:
            self.tell_way(replace(self.bench, preview=event.after.preview, given={}, kept=""))
