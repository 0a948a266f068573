"""The solved debrief: turn by turn, what was left to hope for, and what the best answer would have left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from textual.content import Content
from textual.widget import Widget

from callcalm.insight.debrief import Debrief, Turning, Verdict
from callcalm.insight.debrief_words import meaning_lines, turning_head, turning_lines, verdict_lines
from callcalm.language import _
from callcalm.tui.commands import bindings
from callcalm.tui.literal import line, literal, wrapped
from callcalm.tui.messages_debrief import AnotherWay
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.page import ReadingPage
from callcalm.tui.screens.question import Choice, Question
from callcalm.tui.widgets.words import Words

_GLYPHS = {
    Verdict.ABOVE: ("+", "$helps"),
    Verdict.BEST: ("=", "$helps"),
    Verdict.CALMER: ("~", "$muted"),
    Verdict.WORSE: ("▼", "$costs"),
    Verdict.HOPELESS: ("·", "$muted"),
}
"""Before each turn: how it stands beside the best, told apart without colour; the words say it too."""


class DebriefScreen(ReadingPage):
    """Read on; then back to the reveal."""

    PLACE = "debrief"
    CSS_PATH = "../styles/reading.tcss"
    BINDINGS = bindings("debrief")

    def __init__(self, told: Debrief) -> None:
        super().__init__()
        self._told = told

    def heading(self) -> str:
        """What this is."""
        return _("The debrief, turn by turn")

    def reading(self) -> Iterable[Widget]:
        """Where it was decided, every turn, and what the numbers mean."""
        yield from decided(self._told, short=False)
        for one in self._told.turnings:
            yield Words(Reflow(partial(turning_block, one)), classes="para")
        yield Words(literal(_("What the numbers mean"), "bold $heading"))
        for sentence in meaning_lines(self._told):
            yield Words(_bullet(sentence))

    def next_step(self) -> None:
        """Read."""
        self.dismiss()

    def action_back(self) -> None:
        """Back to the reveal."""
        self.dismiss()

    def action_another_way(self) -> None:
        """Choose a turn to take up again."""
        self.post_message(AnotherWay(self._told))


def decided(told: Debrief, *, short: bool) -> Iterable[Widget]:
    """Where the call was decided; `short` with the turns that mattered, and no more."""
    yield Words(literal(_("Where the call was decided"), "bold $heading"))
    sentences = verdict_lines(told)
    last = not (short and told.mattered)
    for number, sentence in enumerate(sentences, 1):
        yield Words(_bullet(sentence), classes="para" if last and number == len(sentences) else None)
    if short:
        for number, one in enumerate(told.mattered, 1):
            yield Words(
                Reflow(partial(turning_block, one)), classes="para" if number == len(told.mattered) else None
            )


def turning_block(one: Turning, width: int) -> list[Content]:
    """One turn: what was done, what it left, what would have been best."""
    glyph, style = _GLYPHS[one.verdict]
    lines = wrapped(literal(turning_head(one), "bold"), width, line((f"{glyph} ", f"bold {style}")))
    return lines + [each for words in turning_lines(one) for each in wrapped(literal(words), width, "  ")]


def which_turn(turnings: Sequence[Turning]) -> Question:
    """At which turn to take the call up again; the result is its index, or empty."""
    return Question(
        _("Another way"),
        _("From which turn? It is only tried out: your round stays as it was."),
        [Choice(str(one.index), turning_head(one)) for one in turnings],
    )


def _bullet(words: str) -> Reflow:
    return Reflow(lambda width: wrapped(literal(words), width, "• "))
