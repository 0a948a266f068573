"""A call on the screen: every key is one action on what is played, and then all is told again from its state.

What must not be here: what comes after the call, which is another thing in a round and in a ghost.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, IllegalAction, Listen, Note
from callcalm.core.call import offer
from callcalm.core.events import ComposureChanged
from callcalm.core.state import CallState, Turn
from callcalm.core.text import safe
from callcalm.insight.wording import refusal
from callcalm.language import _
from callcalm.practice.playing import Playing
from callcalm.tui.commands import bindings
from callcalm.tui.literal import cut, literal, wrapped
from callcalm.tui.messages import ShowText
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.page import Page
from callcalm.tui.story import entries, first_name, heading_line, question, what_happened
from callcalm.tui.widgets.answers import go_on_items, listen_items, part_items, reply_items
from callcalm.tui.widgets.keybar import keys_of
from callcalm.tui.widgets.meter import Meter
from callcalm.tui.widgets.notes import NotesPad
from callcalm.tui.widgets.rows import Item, Rows
from callcalm.tui.widgets.transcript import Transcript
from callcalm.tui.widgets.words import Words

if TYPE_CHECKING:
    from callcalm.tui.widgets.answer_box import AnswerBox


RIBBON = 2
"""Lines for what just happened."""


class CallPage(Page):
    """Listen, answer, breathe, note; until the call is over. What comes after that is for subclasses to say."""

    CSS_PATH = "../styles/call.tcss"
    BINDINGS = bindings("call")
    AUTO_FOCUS = "#answers"

    def __init__(self, practice: Playing) -> None:
        super().__init__()
        self._practice = practice
        self._caller = first_name(practice.round.opening.scenario.caller)
        self._offer = offer(practice.round.state)
        self._picks: tuple[int, ...] = ()

    @property
    def _state(self) -> CallState:
        return self._practice.round.state

    def heading(self) -> Reflow:
        """Who, what, in what mood, and which turn; in a narrow window the least telling goes first."""
        return Reflow(lambda width: [heading_line(self._state, width)])

    def body(self) -> Iterable[Widget]:
        """Meter, what just happened, the call, the notes, the answers."""
        yield Meter(id="meter")
        yield Words(ident="ribbon")
        yield Horizontal(Transcript(ident="transcript"), NotesPad(id="notes"), id="middle")
        yield Words(ident="ask")
        yield Rows(ident="answers")

    def on_mount(self) -> None:
        """Show the call as it stands."""
        self._tell(literal(""))

    # What a key does. Each tries one thing; the call itself says whether it may be done.

    def action_answer(self, number: int) -> None:
        """Give an answer, or pick a part, by its number."""
        if self._offer.task is not None:
            self._pick(number - 1)
        else:
            self._take(Choose(self._offer.replies[number - 1].reply.key))

    def action_choose(self) -> None:
        """Do what the marker stands on."""
        key = self.query_one("#answers", Rows).chosen or ""
        if self._offer.listen:
            self._take(Listen() if key == "listen" else CutIn())
        elif self._offer.task is None:
            self._take(Choose(key))
        else:
            self._pick(int(key))

    def action_compose(self) -> None:
        """Say the picked parts."""
        self._take(Compose(self._picks))

    def action_listen(self) -> None:
        """Let the caller go on."""
        self._take(Listen())

    def action_cut_in(self) -> None:
        """Cut the caller off."""
        self._take(CutIn())

    def action_breathe(self) -> None:
        """Take a breath."""
        self._take(Breathe())

    def action_undo(self) -> None:
        """Take the last action back."""
        if self._practice.undo():
            self._tell(literal(_("Taken back; the round remembers that.")))

    def action_unpick(self) -> None:
        """Take back the part picked last."""
        self._picks = self._picks[:-1]
        self._tell_answers()

    def action_go_on(self) -> None:
        """To what comes after the call."""
        raise NotImplementedError

    def go_on_words(self) -> str:
        """What that is, on the row that leads there."""
        raise NotImplementedError

    def asked(self) -> str:
        """What is asked now."""
        return question(self._state, self._offer, len(self._picks), typing=self.has_class("-typing"))

    def action_copy(self) -> None:
        """The call as text."""
        from callcalm.insight.transcript import transcript

        self.post_message(ShowText(_("The call so far"), transcript(self._practice.round)))

    def action_page(self, pages: int) -> None:
        """Scroll through what was said."""
        self.query_one(Transcript).page(pages)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the call allows now can be done, and only that is shown."""
        now, over = self._offer, self._state.over is not None
        task = now.task
        match action:
            case "answer":
                count = len(task.parts) if task else len(now.replies)
                return isinstance(parameters[0], int) and parameters[0] <= count
            case "type":
                return now.say
            case "listen" | "cut_in":
                return now.listen
            case "breathe":
                return now.breathe
            case "notes":
                return not over
            case "compose":
                return task is not None and len(self._picks) == task.pick
            case "choose":
                return not over and not self.check_action("compose", ())
            case "go_on":
                return over
            case "undo":
                return bool(self._practice.round.turns)
            case "unpick":
                return bool(self._picks)
            case _:
                return True

    # Own words and notes: a panel each, so that digits are digits there.

    async def action_type(self) -> None:
        """Open the box for own words."""
        from callcalm.tui.widgets.answer_box import AnswerBox

        if not self.query(AnswerBox):
            await self.mount(AnswerBox(ident="own-words"), after="#ask")
        self.add_class("-typing")
        self._tell_answers()
        self.set_focus(self.query_one(AnswerBox))

    def on_answer_box_said(self, event: AnswerBox.Said) -> None:
        """Say what was typed, and what it was taken for."""
        try:
            turn, match = self._practice.say(event.text)
        except IllegalAction as refused:
            self._ribbon(literal(refusal(refused.reason)))
            return
        event.box.text = ""
        self._close_panels()
        self._tell(_joined(what_happened(turn), match.why), turn)

    def on_answer_box_left(self) -> None:
        """Back to the answers; the box keeps its words."""
        self._close_panels()
        self._tell_answers()

    def action_notes(self) -> None:
        """Open the notes, or write in them where they are in sight already."""
        self.add_class("-noting")
        self.query_one(NotesPad).write()

    def on_notes_pad_written(self, event: NotesPad.Written) -> None:
        """Keep a note, and stay to write another."""
        self._take(Note(safe(event.text, multiline=False)))

    def on_notes_pad_left(self) -> None:
        """Back to the answers."""
        self._close_panels()

    def on_rows_chosen(self) -> None:
        """A click does what enter does."""
        if self._state.over is None:
            self.action_choose()
        else:
            self.action_go_on()

    def _close_panels(self) -> None:
        self.remove_class("-typing", "-noting")
        self.set_focus(self.query_one("#answers"))

    def _take(self, action: Action) -> None:
        try:
            turn = self._practice.take(action)
        except IllegalAction as refused:
            self._ribbon(literal(refusal(refused.reason)))
            return
        self._tell(literal(what_happened(turn)), turn)

    def _tell(self, happened: Content, turn: Turn | None = None) -> None:
        """Show the call as it stands, and what just happened."""
        state, task = self._state, self._offer.task
        self._offer = offer(state)
        if self._offer.task is not task:
            self._picks = ()
        self.query_one("#heading", Words).say(self.heading())
        meter = self.query_one(Meter)
        meter.composure = state.composure
        meter.step = _step(turn)
        self._ribbon(happened)
        round_ = self._practice.round
        self.query_one(Transcript).tell(entries(round_, marked=round_.coached))
        self.query_one(NotesPad).tell(state.notes)
        self._tell_answers()
        self.mind(self._practice)

    def _ribbon(self, happened: Content) -> None:
        self.query_one("#ribbon", Words).say(Reflow(lambda width: cut(wrapped(happened, width), RIBBON, width)))

    def _tell_answers(self) -> None:
        """The question at hand, and the rows that answer it."""
        self.query_one("#ask", Words).say(literal(self.asked(), "bold"))
        rows = self.query_one("#answers", Rows)
        task = self._offer.task
        rows.fill(self._items(), at=rows.highlighted if task else 0)
        self.refresh_bindings()

    def _items(self) -> list[Item]:
        keys = keys_of(self)
        if self._state.over is not None:
            return go_on_items(keys.name("call.go-on"), self.go_on_words())
        if self._offer.listen:
            channel = self._state.scenario.channel
            return listen_items(self._caller, channel, keys.name("call.listen"), keys.name("call.cut-in"))
        if self._offer.task is not None:
            return part_items([part.say for part in self._offer.task.parts], self._picks)
        return reply_items(self._offer, keys.name("call.breathe"))

    def _pick(self, index: int) -> None:
        """Pick a part, or put a picked one back."""
        task = self._offer.task
        if index in self._picks:
            self._picks = tuple(one for one in self._picks if one != index)
        elif task is not None and len(self._picks) < task.pick:
            self._picks = (*self._picks, index)
        self._tell_answers()


def _step(turn: Turn | None) -> int:
    """How far the meter moved in this turn."""
    events = turn.events if turn is not None else ()
    return sum(event.after - event.before for event in events if isinstance(event, ComposureChanged))


def _joined(*sentences: str) -> Content:
    return literal(" ".join(sentence for sentence in sentences if sentence))
