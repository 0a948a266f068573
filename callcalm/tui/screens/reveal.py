"""The reveal: own sheet beside the reference, the words behind the difference, and what to take along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from callcalm.core.playbook import Playbook
from callcalm.core.price import PriceSheet
from callcalm.insight.debrief import Debrief, debrief
from callcalm.insight.fieldguide import first_cost
from callcalm.insight.reveal import Contest, Moment, Reveal, Row, reveal
from callcalm.insight.wording import headed, kind_word, quoted, signed
from callcalm.language import _
from callcalm.practice.round import Practice, Stage
from callcalm.tui.commands import bindings
from callcalm.tui.literal import line, literal, wrapped
from callcalm.tui.messages import GoHome, Moved, ShowText
from callcalm.tui.messages_debrief import AnotherWay, OpenDebrief
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.debrief import decided
from callcalm.tui.screens.page import ReadingPage
from callcalm.tui.widgets.words import Words

INDENT = "  "


class RevealScreen(ReadingPage):
    """Read on; then the line for the next real call."""

    PLACE = "reveal"
    CSS_PATH = "../styles/reading.tcss"
    BINDINGS = bindings("reveal")

    def __init__(self, practice: Practice, playbooks: Sequence[Playbook]) -> None:
        super().__init__()
        self._practice = practice
        self._shown = reveal(practice.round, practice.own or PriceSheet(), playbooks)
        self._playbooks = tuple(playbooks)
        self._told: Debrief | None = None

    def heading(self) -> str:
        """What this is."""
        return _("The reveal: your sheet beside the evidence")

    def reading(self) -> Iterable[Widget]:
        """The lesson and the totals first, then row by row, then the words."""
        shown = self._shown
        yield Words(literal(_("It ended: {kind}.").format(kind=kind_word(shown.ending.kind)), "bold"))
        yield Words(line((_("To take along:"), "bold"), " ", shown.ending.lesson), classes="para")
        yield Words(Reflow(lambda width: totals(shown, width)), classes="para")
        yield Vertical(Words(literal(_("Working out what each turn could have become …"), "$muted")), id="decided")
        yield from _section(_("Row by row"), [Reflow(partial(row_lines, row)) for row in shown.rows])
        yield from _section(_("Words that cost"), [moment_lines(one) for one in shown.cost])
        yield from _section(_("Words that earned"), [moment_lines(one) for one in shown.earned])
        yield from _section(_("Where the schools differ"), [contest_lines(one) for one in shown.contests])
        yield from _section(_("Your notes"), [_note_lines(fact, held=held) for fact, held in shown.notes])
        yield from _section(_("And besides"), [_remark_lines(remark) for remark in shown.remarks])

    def on_mount(self) -> None:
        """The step before was saved, or was not. The debrief is worked out while the rest is read."""
        self.mind(self._practice)
        self.run_worker(partial(debrief, self._practice.round, self._playbooks), thread=True)

    async def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The debrief is there."""
        if event.state is not WorkerState.SUCCESS or not isinstance(event.worker.result, Debrief):
            return
        self._told = event.worker.result
        box = self.query_one("#decided")
        await box.remove_children()
        await box.mount(*decided(self._told, short=True))
        self.refresh_bindings()

    def action_debrief(self) -> None:
        """The debrief, turn by turn."""
        if self._told is not None:
            self.post_message(OpenDebrief(self._told))

    def action_another_way(self) -> None:
        """Take up a turn again."""
        if self._told is not None:
            self.post_message(AnotherWay(self._told))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The debrief opens once it is there."""
        if action in {"debrief", "another_way"}:
            return self._told is not None
        return super().check_action(action, parameters)

    def next_step(self) -> None:
        """On to the line for the next real call."""
        self._practice.go(Stage.TRANSFER)
        self.post_message(Moved())

    def action_copy(self) -> None:
        """The round as text."""
        from callcalm.insight.transcript import transcript

        self.post_message(ShowText(_("The whole round"), transcript(self._practice.round, self._practice.own)))

    def guide_at(self) -> str:
        """The first words that cost."""
        return first_cost(self._practice.round)

    def action_leave_round(self) -> None:
        """Back to the list; the reveal waits."""
        self.post_message(GoHome())


def _section(title: str, blocks: Sequence[Reflow]) -> Iterable[Widget]:
    """A heading and its blocks; nothing where there are none."""
    if blocks:
        yield Words(literal(title, "bold $heading"))
        for block in blocks[:-1]:
            yield Words(block)
        yield Words(blocks[-1], classes="para")


_COLUMNS = (14, 6, 10, 6)
"""Cells for the row's name, the own score, the evidence and the gap."""


def totals(shown: Reveal, width: int) -> list[Content]:
    """The two sheets as one table, the gap in number and words."""
    heads = ("", _("you"), _("evidence"), _("gap"))
    lines = [_cells(heads, literal("")).stylize("$muted")]
    for row in shown.rows:
        cells = (row.name, signed(row.own), signed(row.reference), signed(row.gap))
        lines += _with_words(cells, _gap_words(row.gap), _gap_style(row.gap), width)
    total = (_("Total"), signed(shown.own_total), signed(shown.reference_total))
    gap = shown.own_total - shown.reference_total
    scale = _("on a scale from −50 to +50")
    return [*lines, *_with_words((*total, signed(gap)), scale, "$muted", width, bold=True)]


def row_lines(row: Row, width: int) -> list[Content]:
    """Why one row stands where it does."""
    lines = [line((row.name, "bold"), f" {signed(row.reference)}")]
    return lines + [one for reason in row.evidence for one in wrapped(literal(reason), width, f"{INDENT}• ")]


def moment_lines(moment: Moment) -> Reflow:
    """Words that did something, why, and for a cost what to say instead."""

    def build(width: int) -> list[Content]:
        style = "$costs" if moment.amount < 0 else "$helps"
        glyph = "▼" if moment.amount < 0 else "▲"
        head = _("answer {n}, {name}").format(n=moment.answer, name=moment.name)
        words = f"{quoted(moment.quote)} · " if moment.quote else ""
        lines = wrapped(
            line((f"{words}{head}", style)),
            width,
            line((f"{glyph} {signed(moment.amount):>3}  ", f"bold {style}")),
        )
        sources = f" [{', '.join(moment.sources)}]" if moment.sources else ""
        lines += wrapped(line(moment.why, (sources, "$muted")), width, " " * 7)
        if moment.instead:
            lines += wrapped(line((_("Say instead:"), "bold"), f" {moment.instead}"), width, " " * 7)
        return lines

    return Reflow(build)


def contest_lines(contest: Contest) -> Reflow:
    """Each school's reading of a move on which they differ."""

    def build(width: int) -> list[Content]:
        words = f"{quoted(contest.quote)} · " if contest.quote else ""
        head = _("answer {n}, {name}").format(n=contest.answer, name=contest.name)
        lines = wrapped(literal(f"{words}{head}", "bold"), width)
        for school, stance, why in contest.readings:
            lines += wrapped(line((school, "bold"), f" {stance}. {why}"), width, f"{INDENT}• ")
        return lines

    return Reflow(build)


def _note_lines(fact: str, *, held: bool) -> Reflow:
    word = _("noted") if held else _("missed")
    return Reflow(
        lambda width: wrapped(literal(fact), width, line((f"{headed(word)} ", "bold" if held else "$muted")))
    )


def _remark_lines(remark: str) -> Reflow:
    return Reflow(lambda width: wrapped(literal(remark), width, "• "))


def _gap_words(gap: int) -> str:
    return _("you scored higher") if gap > 0 else _("you scored lower") if gap else _("no gap")


def _gap_style(gap: int) -> str:
    return "$helps" if gap == 0 else "$caller"


def _cells(cells: Sequence[str], last: Content) -> Content:
    name, *numbers = cells
    first = literal(name).truncate(_COLUMNS[0], ellipsis=True, pad=True)
    return line(first, *(f"{cell:>{size}}" for cell, size in zip(numbers, _COLUMNS[1:], strict=True)), "  ", last)


def _with_words(cells: Sequence[str], words: str, style: str, width: int, *, bold: bool = False) -> list[Content]:
    left = _cells(cells, literal(""))
    return wrapped(literal(words, style), width, left.stylize("bold") if bold else left)
