"""The call again, from the caller's side: what they heard, which words did it, and how it moved the call."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual.content import Content
from textual.widget import Widget

from callcalm.core.moves import Registry
from callcalm.insight.reread import Answer, reread
from callcalm.insight.wording import mood_word, move_name, phase_word, reason_words, signed
from callcalm.language import _, ngettext
from callcalm.practice import Practice, Stage
from callcalm.tui.commands import bindings
from callcalm.tui.literal import line, literal, wrapped
from callcalm.tui.messages import GoHome, Moved
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.page import ReadingPage
from callcalm.tui.story import first_name
from callcalm.tui.widgets.transcript import NAME_CELLS, Entry, Voice, entry_lines
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

    def action_leave_round(self) -> None:
        """Back to the list; the round waits."""
        self.post_message(GoHome())


def answer_lines(answer: Answer, name: str, registry: Registry, width: int) -> list[Content]:
    """One answer as the caller lived it, with an empty line after it."""
    names = min(NAME_CELLS, max(len(name), len(_("You")))) + 2
    indent = " " * names
    lines = [
        line(
            (_("Answer {n}").format(n=answer.number), "bold $heading"),
            (
                " · "
                + _("{name} is {mood}").format(name=name, mood=mood_word(answer.mood, registry))
                + "".join(
                    f" · {_('you speak to the {phase}').format(phase=phase_word(p))}" for p in answer.phases
                ),
                "$muted",
            ),
        )
    ]
    lines = wrapped(lines[0], width)
    for part in answer.caller:
        lines += entry_lines(Entry(Voice.CALLER, name, part), names, width)
    asides = []
    if answer.cut_off:
        asides.append(
            ngettext(
                "One thing {name} had to say went unheard.",
                "{n} things {name} had to say went unheard.",
                answer.cut_off,
            ).format(name=name, n=answer.cut_off)
        )
    if answer.breaths:
        asides.append(_("You took a breath."))
    for aside in asides:
        lines += entry_lines(Entry(Voice.ASIDE, "", aside), names, width)
    lines += entry_lines(Entry(Voice.PLAYER, _("You"), answer.text, answer.marks), names, width)
    for seen in answer.unmarked:
        lines += entry_lines(Entry(Voice.ASIDE, "", reason_words(seen, registry)), names, width)
    if answer.missing:
        parts = ", ".join(move_name(move, registry) for move in answer.missing)
        lines += entry_lines(Entry(Voice.ASIDE, "", _("Missing: {parts}.").format(parts=parts)), names, width)
    if not answer.in_order:
        lines += entry_lines(Entry(Voice.ASIDE, "", _("The parts were out of order.")), names, width)
    if answer.heard:
        heard = _("What {name} hears: {heard}").format(name=name, heard=answer.heard)
        lines += wrapped(literal(heard, "$caller"), width, indent)
    step = answer.after - answer.before
    glyph = "▲" if step > 0 else "▼" if step < 0 else "="
    composure = _("{glyph} Composure {before}, then {after} ({step})").format(
        glyph=glyph, before=answer.before, after=answer.after, step=signed(step)
    )
    lines += wrapped(
        literal(composure, "$helps" if step > 0 else "$costs" if step < 0 else "$muted"), width, indent
    )
    return [*lines, Content("")]
