"""The call again, from the caller's side: what they heard, which words did it, and how it moved the call."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual.content import Content
from textual.widget import Widget

from callcalm.core.moves import Registry
from callcalm.insight.fieldguide import first_cost
from callcalm.insight.reread import Answer, reread
from callcalm.insight.wording import mood_word, move_name, phase_word, reason_words
from callcalm.language import _, ngettext
from callcalm.practice.round import Practice, Stage
from callcalm.tui.commands import bindings
from callcalm.tui.literal import line, literal, wrapped
from callcalm.tui.messages import GoHome, Moved
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.page import ReadingPage
from callcalm.tui.story import first_name
from callcalm.tui.widgets.transcript import Entry, Voice, entry_lines, name_cells
from callcalm.tui.widgets.words import Words


class RereadScreen(ReadingPage):
    """Read on; then to the PRICE sheet."""

    PLACE = "reread"
    CSS_PATH = "../styles/reading.tcss"
    BINDINGS = bindings("reread")

    def __init__(self, practice: Practice) -> None:
        super().__init__()
        self._practice = practice
        self._caller = first_name(practice.round.opening.scenario.caller)

    def heading(self) -> str:
        """Whose side this is."""
        return _("The call again, from {name}'s side").format(name=self._caller)

    def reading(self) -> Iterable[Widget]:
        """Answer by answer, then the end."""
        registry = self._practice.round.opening.playbook.registry
        yield Words(literal(_("Under your words: ^^^ cost something, ~~~ helped."), "$muted"), classes="para")
        for answer in reread(self._practice.round):
            yield Words(Reflow(partial(answer_lines, answer, self._caller, registry)))
        over = self._practice.round.state.over
        if over is not None:
            yield Words(literal(_("How it ended"), "bold $heading"))
            yield Words(over.text, classes="para")

    def on_mount(self) -> None:
        """The step before was saved, or was not."""
        self.mind(self._practice)

    def next_step(self) -> None:
        """On to the sheet."""
        self._practice.go(Stage.PRICE)
        self.post_message(Moved())

    def guide_at(self) -> str:
        """The first words that cost."""
        return first_cost(self._practice.round)

    def action_leave_round(self) -> None:
        """Back to the list; the round waits."""
        self.post_message(GoHome())


def answer_lines(answer: Answer, name: str, registry: Registry, width: int) -> list[Content]:
    """One answer as the caller lived it, with an empty line after it."""
    names = name_cells(max(literal(name).cell_length, literal(_("You")).cell_length), width)
    told = [Entry(Voice.CALLER, "" if index else name, part) for index, part in enumerate(answer.caller)]
    told += [Entry(Voice.ASIDE, "", aside) for aside in _before(answer, name)]
    told += [Entry(Voice.PLAYER, _("You"), answer.text, answer.marks)]
    told += [Entry(Voice.ASIDE, "", aside) for aside in _after(answer, registry)]
    lines = wrapped(_title(answer, name, registry), width)
    for entry in told:
        lines += entry_lines(entry, names, width)
    indent = " " * names
    if answer.heard:
        heard = _("What {name} hears: {heard}").format(name=name, heard=answer.heard)
        lines += wrapped(literal(heard, "$caller"), width, indent)
    return [*lines, *wrapped(_composure(answer), width, indent), Content("")]


def _title(answer: Answer, name: str, registry: Registry) -> Content:
    """Which answer, how the caller sounded before it, and whom it spoke to."""
    said = [_("{name} is {mood}").format(name=name, mood=mood_word(answer.mood, registry))]
    phases = [phase_word(phase) for phase in answer.phases]
    if len(phases) == 1:
        said.append(_("you speak to the {phase}").format(phase=phases[0]))
    elif phases:
        said.append(_("you speak to the {first}, then the {second}").format(first=phases[0], second=phases[1]))
    number = _("Answer {n}").format(n=answer.number)
    return line((number, "bold $heading"), (f" · {' · '.join(said)}", "$muted"))


def _before(answer: Answer, name: str) -> list[str]:
    """What happened between the caller's words and the answer."""
    asides = []
    if answer.cut_off:
        lost = ngettext(
            "One thing {name} had to say went unheard.",
            "{n} things {name} had to say went unheard.",
            answer.cut_off,
        )
        asides.append(lost.format(name=name, n=answer.cut_off))
    if answer.breaths:
        asides.append(_("You took a breath."))
    return asides


def _after(answer: Answer, registry: Registry) -> list[str]:
    """What counted without words to show for it."""
    asides = [reason_words(seen, registry) for seen in answer.unmarked]
    if answer.missing:
        parts = ", ".join(move_name(move, registry) for move in answer.missing)
        asides.append(_("Missing: {parts}.").format(parts=parts))
    if not answer.in_order:
        asides.append(_("The parts were out of order."))
    return asides


def _composure(answer: Answer) -> Content:
    """What the answer did to composure, with a glyph and in words."""
    now, step = answer.after, answer.after - answer.before
    if step > 0:
        return literal(_("▲ Composure {now}, up {points}").format(now=now, points=step), "$helps")
    if step < 0:
        return literal(_("▼ Composure {now}, down {points}").format(now=now, points=-step), "$costs")
    return literal(_("= Composure stays at {now}").format(now=now), "$muted")
