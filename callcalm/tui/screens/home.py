"""Home: the call that waits, every encounter by language and level, drills and campaigns, with how each went."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.widget import Widget

from callcalm.language import _
from callcalm.tui.commands import bindings
from callcalm.tui.literal import beside, line, literal
from callcalm.tui.messages import (
    CAMPAIGN,
    DRILL,
    WAITING,
    GoOnCampaign,
    Opened,
    OpenSettings,
    Play,
    PlayDrill,
    Resume,
)
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.page import Page
from callcalm.tui.widgets.rows import Rows
from callcalm.tui.widgets.words import Words

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk
    from callcalm.practice.drilling import Drilling
    from callcalm.practice.round import Practice


class HomeScreen(Page):
    """Choose what to play."""

    PLACE = "home"
    BINDINGS = bindings("home")
    AUTO_FOCUS = "#encounters"

    def __init__(self, desk: Desk, finished: Practice | Drilling | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._finished = finished
        self._filled = False

    def heading(self) -> Reflow:
        """The name of the game, and who plays."""
        left = line(("callcalm", "bold $heading"), ("  " + _("difficult calls, practised calmly"), "$muted"))
        right = literal(self._desk.player, "$muted")
        return Reflow(lambda width: [beside(left, right, width)])

    def body(self) -> Iterable[Widget]:
        """The list, and where saves live."""
        yield Rows(ident="encounters")
        yield Words(ident="saves")

    def come_back(self, desk: Desk, finished: Practice | Drilling | None) -> None:
        """The player comes back here, perhaps as somebody else, perhaps from a round that is done."""
        self._desk, self._finished, self._filled = desk, finished, False
        self.note("")
        if self.is_current:
            self._fill()

    def on_screen_resume(self) -> None:
        """Fill the list, once; reading files waits until the first picture is there."""
        if not self._filled:
            self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        if self._filled or not self.is_current:
            return
        from callcalm.tui.screens.shelf import items

        self._filled = True
        done = self._finished
        key = done.key if done is not None else None
        self.query_one("#encounters", Rows).fill(items(self._desk), key=key)
        if done is not None and done.saved_in is not None and done.trouble is None:
            self.note(_("Saved in {path}.").format(path=done.saved_in))
        self.post_message(Opened())
        self.query_one("#heading", Words).say(self.heading())
        where = _("Saved in {folder}").format(folder=self._desk.store.folder)
        self.query_one("#saves", Words).say(
            Reflow(lambda width: [literal(where, "$muted").truncate(width, ellipsis=True)])
        )
        self.refresh_bindings()

    def action_play(self) -> None:
        """What the marker stands on."""
        key = self.query_one("#encounters", Rows).chosen
        if key is None:
            return
        kind, _slash, ident = key.rpartition("/")
        if key == WAITING:
            self.post_message(Resume())
        elif kind == DRILL:
            self.post_message(PlayDrill(ident))
        elif kind == CAMPAIGN:
            self.post_message(GoOnCampaign(ident))
        else:
            self.post_message(Play(key))

    def on_rows_chosen(self) -> None:
        """A click plays too."""
        self.action_play()

    def action_settings(self) -> None:
        """To the settings."""
        self.post_message(OpenSettings())
