"""The call in the workshop's preview: where it stands, the talk with every move marked, and what can be done.

It shows a round and says what the writer would do in it. What must not be here: doing it.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import OptionList

from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, Listen, Say
from callcalm.core.call import offer
from callcalm.core.events import ComposureChanged
from callcalm.core.round import Round
from callcalm.core.state import Offer
from callcalm.core.text import Text
from callcalm.insight.channel import Ways
from callcalm.insight.wording import kind_word, mood_word
from callcalm.language import _
from callcalm.tui.commands import bindings
from callcalm.tui.literal import cut, line, literal, wrapped
from callcalm.tui.reflow import Reflow
from callcalm.tui.story import entries, first_name, question, what_happened
from callcalm.tui.widgets.answers import go_on_items, listen_items, part_items, reply_items
from callcalm.tui.widgets.keybar import keys_of
from callcalm.tui.widgets.meter import Meter
from callcalm.tui.widgets.rows import Item, Rows
from callcalm.tui.widgets.transcript import Transcript
from callcalm.tui.widgets.words import Words
from callcalm.workshop.trying import foreseen, held_words, stands_at

MOST_WHY = 3
"""Lines for what the marked answer would do, and for what the last one did."""


class Preview(Vertical):
    """A round that is tried out."""

    BINDINGS = bindings("preview")

    class Do(Message):
        """The writer would do this in the call."""

        def __init__(self, action: Action) -> None:
            super().__init__()
            self.action = action

    class Again(Message):
        """The writer would begin again."""

    def __init__(self, *, ident: str) -> None:
        super().__init__(id=ident, classes="-empty")
        self._offer = Offer()
        self._picks: tuple[int, ...] = ()
        self._round: Round | None = None

    def compose(self) -> ComposeResult:
        """Where, the meter, what just happened, the talk, the answers, and what the marked one would do."""
        yield Words(ident="where")
        meter = Meter(id="meter")
        meter.display = False  # Nobody is on the line until there is a file to play.
        yield meter
        yield Words(ident="ribbon")
        yield Transcript(ident="transcript")
        yield Words(ident="ask")
        yield Rows(ident="answers")
        yield Words(ident="why")

    def tell(self, played: Round, *, by_hand: bool) -> None:
        """Show this round; `by_hand` if something in it was set by hand."""
        again = self._round is not None and self._round.state is played.state
        if not again:
            self._picks = ()
        self._round = played
        self.remove_class("-empty")
        self._offer = offer(played.state)
        self._tell_where(played, by_hand=by_hand)
        turn = played.turns[-1] if played.turns else None
        meter = self.query_one(Meter)
        meter.display = True
        meter.composure = played.state.composure
        events = turn.events if turn is not None and not by_hand else ()
        meter.step = sum(each.after - each.before for each in events if isinstance(each, ComposureChanged))
        happened = literal(what_happened(turn) if turn is not None else "")
        self.query_one("#ribbon", Words).say(Reflow(lambda width: cut(wrapped(happened, width), MOST_WHY, width)))
        self.query_one(Transcript).tell(entries(played, marked=True))
        self._tell_answers()

    # What a key does: it is asked for here, and done by whoever holds the round.

    def action_answer(self, number: int) -> None:
        """Give an answer, or pick a part, by its number."""
        if self._offer.task is not None:
            self._pick(number - 1)
        else:
            self.post_message(self.Do(Choose(self._offer.replies[number - 1].reply.key)))

    def action_choose(self) -> None:
        """Do what the marker stands on."""
        key = self.query_one("#answers", Rows).chosen or ""
        if key == "go-on":
            self.post_message(self.Again())
        elif self._offer.listen:
            self.post_message(self.Do(Listen() if key == "listen" else CutIn()))
        elif self._offer.task is not None:
            self._pick(int(key))
        elif key:
            self.post_message(self.Do(Choose(key)))

    def action_compose(self) -> None:
        """Say the picked parts."""
        self.post_message(self.Do(Compose(self._picks)))

    def action_unpick(self) -> None:
        """Take back the part picked last."""
        self._picks = self._picks[:-1]
        self._tell_answers()

    def action_listen(self) -> None:
        """Let the caller go on."""
        self.post_message(self.Do(Listen()))

    def action_cut_in(self) -> None:
        """Cut the caller off."""
        self.post_message(self.Do(CutIn()))

    def action_breathe(self) -> None:
        """Take a breath."""
        self.post_message(self.Do(Breathe()))

    def action_other(self) -> None:
        """Say what is no reply."""
        self.post_message(self.Do(Say(Text("…"))))

    def on_rows_chosen(self) -> None:
        """A click does what enter does."""
        self.action_choose()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the call allows now."""
        now, task = self._offer, self._offer.task
        match action:
            case "answer":
                count = len(task.parts) if task else len(now.replies)
                return isinstance(parameters[0], int) and parameters[0] <= count
            case "compose":
                return task is not None and len(self._picks) == task.pick
            case "choose":
                return self._round is not None and not self.check_action("compose", ())
            case "listen" | "cut_in":
                return now.listen
            case "breathe":
                return now.breathe
            case "other":
                return now.say
            case "unpick":
                return bool(self._picks)
            case _:
                return True

    def _pick(self, index: int) -> None:
        task = self._offer.task
        if index in self._picks:
            self._picks = tuple(one for one in self._picks if one != index)
        elif task is not None and len(self._picks) < task.pick:
            self._picks = (*self._picks, index)
        self._tell_answers()

    def _tell_answers(self) -> None:
        """The question at hand, and the rows that answer it."""
        if self._round is None:
            return
        state = self._round.state
        asked = (
            Ways(state.scenario.channel).over(state.over.kind)
            if state.over is not None
            else question(state, self._offer, len(self._picks), typing=False)
        )
        self.query_one("#ask", Words).say(literal(asked, "bold"))
        rows = self.query_one("#answers", Rows)
        rows.fill(self._items(), at=rows.highlighted if self._picks else 0)
        self._tell_why()
        self.refresh_bindings()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another answer is marked: say what it would do."""
        event.stop()
        self._tell_why()

    def _tell_where(self, played: Round, *, by_hand: bool) -> None:
        state = played.state
        word = (
            kind_word(state.over.kind)
            if state.over is not None
            else mood_word(state.here.mood, state.playbook.registry)
        )
        told = [f"{stands_at(played)} ({word})"]
        told += [words for words in (_("set by hand") if by_hand else "", held_words(played)) if words]
        words = line((told[0], "bold"), *(f" · {each}" for each in told[1:]))
        self.query_one("#where", Words).say(Reflow(lambda width: [words.truncate(width, ellipsis=True)]))

    def _tell_why(self) -> None:
        key = self.query_one("#answers", Rows).chosen
        why = foreseen(self._round, key) if self._round is not None and key and self._offer.replies else ""
        said = literal(why, "$muted")
        panel = self.query_one("#why", Words)
        panel.say(Reflow(lambda width: cut(wrapped(said, width), MOST_WHY, width)))
        panel.display = bool(why)

    def _items(self) -> Sequence[Item]:
        keys = keys_of(self.screen)
        if self._round is None or self._round.state.over is not None:
            return go_on_items(keys.name("write.restart"), _("Begin the preview again."))
        if self._offer.listen:
            name = first_name(self._round.state.scenario.caller)
            channel = self._round.state.scenario.channel
            return listen_items(name, channel, keys.name("preview.listen"), keys.name("preview.cut-in"))
        if self._offer.task is not None:
            return part_items([part.say for part in self._offer.task.parts], self._picks)
        return reply_items(self._offer, keys.name("preview.breathe"))
