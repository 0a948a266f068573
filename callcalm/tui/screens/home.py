"""Home: the call that waits, every encounter by language and level, drills and campaigns, with how each went."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

from callcalm.language import _
from callcalm.tui.commands import bindings
from callcalm.tui.literal import beside, line, literal
from callcalm.tui.messages import (
    CAMPAIGN,
    DRILL,
    PROMISE,
    SESSION,
    TODAY,
    WAITING,
    AskBack,
    ChooseGoal,
    ComeBack,
    GoOnCampaign,
    Opened,
    OpenProgress,
    OpenPromises,
    OpenSettings,
    Play,
    PlayDrill,
    Resume,
)
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.page import Page
from callcalm.tui.widgets.keybar import keys_of
from callcalm.tui.widgets.rows import Item, Rows
from callcalm.tui.widgets.words import Words

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk
    from callcalm.practice.drilling import Drilling
    from callcalm.practice.lettering import Lettering
    from callcalm.practice.round import Practice
    from callcalm.practice.today import Look, Today


class HomeScreen(Page):
    """Choose what to play."""

    class Looked(Message):
        """The log has been read."""

        def __init__(self, look: Look, today: Today) -> None:
            super().__init__()
            self.look, self.today = look, today

    PLACE = "home"
    BINDINGS = bindings("home")
    AUTO_FOCUS = "#encounters"

    def __init__(self, desk: Desk, finished: Practice | Drilling | Lettering | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._finished = finished
        self._filled = False
        self._list: list[Item] = []
        self._look: Look | None = None
        self._today: Today | None = None
        self._asked: set[str] = set()

    def heading(self) -> Reflow:
        """The name of the game, and who plays."""
        left = line(("callcalm", "bold $heading"), ("  " + _("difficult calls, practised calmly"), "$muted"))
        right = literal(self._desk.player, "$muted")
        return Reflow(lambda width: [beside(left, right, width)])

    def body(self) -> Iterable[Widget]:
        """The list, and where saves live."""
        yield Rows(ident="encounters")
        yield Words(ident="saves")

    def come_back(self, desk: Desk, finished: Practice | Drilling | Lettering | None) -> None:
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
        self._list, self._today = list(items(self._desk)), None
        self.query_one("#encounters", Rows).fill(self._list, key=key)
        if done is not None and done.saved_in is not None and done.trouble is None:
            self.note(_("Saved in {path}.").format(path=done.saved_in))
        elif done is None and self._desk.problems:
            self.note(_("Some files have problems: the end of the list says which."))
        self.post_message(Opened())
        self.query_one("#heading", Words).say(self.heading())
        if self._desk.served:
            where = _("Kept for this browser until callcalm stops.")
        else:
            where = _("Saved in {folder}").format(folder=self._desk.store.folder)
        self.query_one("#saves", Words).say(
            Reflow(lambda width: [literal(where, "$muted").truncate(width, ellipsis=True)])
        )
        self.refresh_bindings()
        self.look()

    def look(self) -> None:
        """Have the log read beside the screen; what is for today comes above the list when that is done."""
        from callcalm.practice.today import Look

        look = self._look = Look(self._desk)
        self.run_worker(lambda: self._take(look), thread=True, group="today", exclusive=True)

    def _take(self, look: Look) -> None:
        """In a thread of its own: no widget is touched here."""
        self.post_message(self.Looked(look, look.take()))

    def on_home_screen_looked(self, event: Looked) -> None:
        """Put what is for today above the list, and leave the marker on its row."""
        if event.look is not self._look or not self._filled:
            return
        from callcalm.tui.screens.shelf import above, below

        self._today = event.today
        names = keys_of(self)
        top = above(event.today, {ident: names.name(ident) for ident in ("home.today", "home.goal")})
        rows = self.query_one("#encounters", Rows)
        rows.fill([*top, *below(self._list)] if top else self._list, key=rows.chosen)
        self._ask_after(event.today, names.name("home.goal"))
        self.refresh_bindings()

    def _ask_after(self, today: Today, key: str) -> None:
        """After a round, ask about the goal where it cannot be overlooked: once, and other keys pass it by."""
        from callcalm.insight.wording import quoted

        goal, done = today.journal.ask_goal, self._finished
        if goal is None and self._asked:
            self._asked.clear()
            self.note("")  # it has been answered
        if goal is None or done is None or done.saved_in is None or goal.id in self._asked:
            return
        self._asked.add(goal.id)
        saved = _("Saved in {path}.").format(path=done.saved_in) if done.trouble is None else ""
        question = _("Your goal was {goal}. Did you? {key} to say.").format(goal=quoted(goal.text), key=key)
        self.note(f"{question} {saved}".rstrip())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What is for today can be played once it is known."""
        return action != "today" or (self._today is not None and self._today.proposal is not None)

    def action_today(self) -> None:
        """What is proposed for today."""
        if self._today is not None and self._today.proposal is not None:
            self._play(self._today.proposal.candidate.key)

    def action_goal(self) -> None:
        """Say what became of the goal, or choose one, from what is due or in own words."""
        asked = self._today.journal.ask_goal if self._today is not None else None
        if asked is not None:
            self.post_message(AskBack(asked))
            return
        from callcalm.insight.wording import move_name

        offered = self._today.goals if self._today is not None else ()
        self.post_message(ChooseGoal(tuple((move, move_name(move, self._desk.registry)) for move in offered)))

    def action_play(self) -> None:
        """What the marker stands on."""
        key = self.query_one("#encounters", Rows).chosen
        if key is not None:
            self._play(key)

    def _play(self, key: str) -> None:
        kind, _slash, ident = key.removeprefix(f"{TODAY}/").rpartition("/")
        if key == WAITING:
            self.post_message(Resume())
        elif key.startswith(f"{PROMISE}/"):
            self._come_back(key.removeprefix(f"{PROMISE}/"))
        elif kind == SESSION:
            self._session(ident)
        elif kind == DRILL:
            self.post_message(PlayDrill(ident))
        elif kind == CAMPAIGN:
            self.post_message(GoOnCampaign(ident))
        else:
            self.post_message(Play(ident))

    def _come_back(self, follows: str) -> None:
        """Go back to a promise."""
        for entry in self._today.promises if self._today is not None else ():
            if entry.follows == follows:
                self.post_message(ComeBack(entry))

    def _session(self, what: str) -> None:
        """Choose a goal, or say what became of one or of a line."""
        kept = self._today.journal if self._today is not None else None
        about = None if kept is None else {"goal": kept.ask_goal, "intent": kept.ask_intent}.get(what)
        if about is not None:
            self.post_message(AskBack(about))
        else:
            self.action_goal()

    def on_rows_chosen(self) -> None:
        """A click plays too."""
        self.action_play()

    def action_promises(self) -> None:
        """To the ledger of promises."""
        self.post_message(OpenPromises())

    def action_progress(self) -> None:
        """To what the rounds tell over time."""
        self.post_message(OpenProgress())

    def action_settings(self) -> None:
        """To the settings."""
        self.post_message(OpenSettings())
