"""A drill: one task after another, each judged at once. Every key is one step, and then all is told anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.widget import Widget

from callcalm.core.drill import ItemKind, Verdict
from callcalm.core.moves import Registry
from callcalm.core.text import safe
from callcalm.insight.drill_words import result_line, task_words
from callcalm.insight.saving import trouble_line
from callcalm.language import _
from callcalm.practice.drilling import Drilling
from callcalm.tui.commands import bindings
from callcalm.tui.drill_story import Told, heading_line, outcome_lines, task_lines
from callcalm.tui.literal import literal
from callcalm.tui.messages import LeaveDrill, SaveFailed
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.page import Page, Reading
from callcalm.tui.widgets.answers import go_on_items, task_items
from callcalm.tui.widgets.keybar import keys_of
from callcalm.tui.widgets.rows import Item, Rows
from callcalm.tui.widgets.words import Words

if TYPE_CHECKING:
    from callcalm.tui.widgets.answer_box import AnswerBox


class DrillScreen(Page):
    """Answer, read what became of it, go on; at the end, the result."""

    PLACE = "drill"
    CSS_PATH = "../styles/drill.tcss"
    BINDINGS = bindings("drill")
    AUTO_FOCUS = "#answers"

    def __init__(self, drilling: Drilling, registry: Registry) -> None:
        super().__init__()
        self._drilling = drilling
        self._registry = registry
        self._picks: tuple[int, ...] = ()
        self._tried: frozenset[int] = frozenset()
        self._told: Told | None = None
        self._words = ""

    def heading(self) -> Reflow:
        """The drill, and which item of how many."""
        return Reflow(lambda width: [heading_line(self._drilling, width)])

    def body(self) -> Iterable[Widget]:
        """The task and what became of the answer, and below them the ways to answer."""
        yield Reading(Words(ident="task"), Words(ident="outcome"), id="reading")
        yield Words(ident="ask")
        yield Rows(ident="answers")

    async def on_mount(self) -> None:
        """The first item."""
        await self._begin_item()

    @property
    def _kind(self) -> ItemKind | None:
        """What is asked for now; None once it is answered, or all is over."""
        return None if self._is_done else self._drilling.item.kind

    @property
    def _is_done(self) -> bool:
        return self._drilling.over or (self._told is not None and self._told.closed)

    # What a key does.

    def action_answer(self, number: int) -> None:
        """Choose, pick or mark a line by its number."""
        self._point(number - 1)

    def action_mark(self) -> None:
        """Mark or pick the line that the marker stands on."""
        self._point(int(self.query_one("#answers", Rows).chosen or 0))

    async def action_choose(self) -> None:
        """Do what the marker stands on."""
        key = self.query_one("#answers", Rows).chosen or ""
        if key == "type":
            await self.action_type()
        elif key == "give-up":
            self.action_give_up()
        else:
            self._point(int(key))

    def action_judge(self) -> None:
        """Hand in the parts, or the lines, as they are."""
        if self._kind is ItemKind.ORDER:
            self._judged(self._drilling.arrange(self._picks))
        else:
            self._judged(self._drilling.spot(self._picks))

    def action_unpick(self) -> None:
        """Take back the part picked last."""
        self._picks = self._picks[:-1]
        self._tell_answers()

    def action_give_up(self) -> None:
        """Show the answer; unless the item was tried before, it counts as not right."""
        if self._drilling.verdict is None:
            self._drilling.give_up()
        self._close_box()
        self._tell(Told(self._drilling.verdict, self._words, self._drilling.findings, gave_up=True))

    def action_read_on(self) -> None:
        """The next screenful of what became of the answer."""
        self.action_page(1)

    async def action_go_on(self) -> None:
        """The next item; at the end the result, and then home."""
        if self._drilling.over:
            self.post_message(LeaveDrill())
            return
        self._drilling.next()
        self._mind_saving()
        await self._begin_item()

    def action_leave_drill(self) -> None:
        """Back to the list; what was answered is kept."""
        self._drilling.save()
        self._mind_saving()
        self.post_message(LeaveDrill())

    def action_page(self, pages: int) -> None:
        """Scroll through the task and the outcome."""
        reading = self.query_one(Reading)
        if pages > 0:
            reading.scroll_page_down(animate=False)
        else:
            reading.scroll_page_up(animate=False)

    def guide_at(self) -> str:
        """The first move that cost, or what the drill practises."""
        cost = self._told.verdict.cost if self._told is not None and self._told.verdict is not None else ()
        return next(iter((*cost, *self._drilling.drill.teaches)), "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what this item allows now can be done, and only that is shown."""
        kind = self._kind
        match action:
            case "answer":
                return isinstance(parameters[0], int) and parameters[0] <= self._lines()
            case "judge":
                wanted = len(self._drilling.item.parts) if kind is ItemKind.ORDER else len(self._picks) or 1
                return kind in {ItemKind.SPOT, ItemKind.ORDER} and len(self._picks) == wanted
            case "mark":
                return kind in {ItemKind.SPOT, ItemKind.ORDER}
            case "choose":
                return kind not in {None, ItemKind.SPOT} and not self.check_action("judge", ())
            case "type":
                return kind is ItemKind.SAY
            case "unpick":
                return bool(self._picks) and kind is not None
            case "give_up":
                return kind is not None
            case "go_on" | "read_on":
                return kind is None and self._at_end() is (action == "go_on")
            case _:
                return True

    # Own words have a box, so that letters are letters there.

    async def action_type(self) -> None:
        """Open the box for own words."""
        from callcalm.tui.widgets.answer_box import AnswerBox

        if not self.query(AnswerBox):
            await self.mount(AnswerBox(ident="own-words"), after="#ask")
        self.add_class("-typing")
        self.set_focus(self.query_one(AnswerBox))
        self.refresh_bindings()

    def on_answer_box_said(self, event: AnswerBox.Said) -> None:
        """Have the words judged; they stay in the box, to be made better."""
        try:
            verdict = self._drilling.say(event.text)
        except ValueError:
            self.note(_("Write what you would say; escape leads to the answer."))
            return
        self._words = safe(event.text, multiline=False).strip()
        if verdict.right:
            self._close_box()
        self._judged(verdict)

    def on_answer_box_left(self) -> None:
        """Back to the rows; the box keeps its words."""
        self._close_box()
        self.refresh_bindings()

    async def on_rows_chosen(self) -> None:
        """A click does what enter on that row does."""
        await (self.action_go_on() if self._is_done else self.action_choose())

    def on_reading_moved(self) -> None:
        """At the end the keys change."""
        self.refresh_bindings()

    def _close_box(self) -> None:
        self.remove_class("-typing")
        self.set_focus(self.query_one("#answers"))

    # How it is told.

    def _point(self, place: int) -> None:
        """Choose the option shown at this place; or pick the part, mark the line, or put it back."""
        kind = self._kind
        if kind is ItemKind.CHOOSE:
            verdict = self._drilling.choose(place)
            self._tried |= set() if verdict.right else {place}
            self._judged(verdict)
        elif kind is not None:
            most = len(self._drilling.item.parts) if kind is ItemKind.ORDER else self._lines()
            if place in self._picks:
                self._picks = tuple(one for one in self._picks if one != place)
            elif len(self._picks) < most:
                self._picks = (*self._picks, place)
            self._tell_answers()

    def _judged(self, verdict: Verdict) -> None:
        self._tell(Told(verdict, self._words, self._drilling.findings))

    def _mind_saving(self) -> None:
        if self._drilling.trouble is not None:
            self.post_message(SaveFailed())

    def _at_end(self) -> bool:
        return self.is_mounted and self.query_one(Reading).at_end

    async def _begin_item(self) -> None:
        """Tell the task at hand, or at the end the result."""
        self._picks, self._tried, self._words = (), frozenset(), ""
        self.query_one("#heading", Words).say(self.heading())
        drilling = self._drilling
        await self.query("#own-words").remove()
        self.remove_class("-typing")
        if drilling.over:
            results = drilling.results
            self.query_one("#task", Words).say(result_line(drilling.drill, sum(results.values()), len(results)))
        else:
            item, about = drilling.item, drilling.drill.about if drilling.number == 1 else ""
            self.query_one("#task", Words).say(Reflow(lambda width: task_lines(item, about, width)))
        self._tell(None)
        if self._kind is ItemKind.SAY:
            await self.action_type()

    def _tell(self, told: Told | None) -> None:
        """Tell what became of the answer, if there was one, and what can be done now."""
        self._told = told
        self.note("")
        outcome = self.query_one("#outcome", Words)
        outcome.display = told is not None
        if told is not None:
            item, registry = self._drilling.item, self._registry
            outcome.say(Reflow(lambda width: list(outcome_lines(item, told, registry, width))))
        elif self._drilling.over and self._drilling.trouble is not None:
            self.note(trouble_line(self._drilling.trouble))
        elif self._drilling.over:
            self.note(_("Saved in {path}.").format(path=self._drilling.saved_in))
        self._tell_answers()
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """Bring what is new into sight, once it has been laid out."""
        reading, outcome = self.query_one(Reading), self.query_one("#outcome", Words)
        if outcome.display:
            reading.scroll_to_widget(outcome, top=True, animate=False, force=True)
        else:
            reading.scroll_home(animate=False, force=True)
        self.refresh_bindings()

    def _tell_answers(self) -> None:
        """The task in a sentence, and the rows that answer it."""
        ask = "" if self._is_done else task_words(self._drilling.item)
        self.query_one("#ask", Words).say(literal(ask, "bold"))
        self.query_one("#ask").display = bool(ask)
        rows = self.query_one("#answers", Rows)
        rows.fill(self._items(), at=rows.highlighted if self._picks or self._tried else 0)
        self.refresh_bindings()

    def _items(self) -> list[Item]:
        keys = keys_of(self)
        if self._kind is None:
            words = _("Back to the list.") if self._drilling.over else _("Go on.")
            return go_on_items(keys.name("drill.go-on"), words)
        tagged = self._tried if self._kind is ItemKind.CHOOSE else self._picks
        return task_items(self._drilling, tuple(tagged), keys.name("drill.type"), keys.name("drill.give-up"))

    def _lines(self) -> int:
        """How many lines can be chosen by their number now."""
        kind = self._kind
        if kind is ItemKind.SPOT:
            return len(self._drilling.item.lines)
        return len(self._drilling.layout) if kind in {ItemKind.CHOOSE, ItemKind.ORDER} else 0
