"""A page of the field guide: one move, how each school takes it, and the rules that find it in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from textual.content import Content
from textual.widget import Widget

from callcalm.core.moves import Effect
from callcalm.insight.fieldguide import FieldGuide
from callcalm.insight.guide import Page as GuidePage
from callcalm.insight.guide_words import Section, patterns, sections
from callcalm.insight.wording import quoted
from callcalm.language import _
from callcalm.tui.commands import bindings
from callcalm.tui.literal import beside, cut, line, literal, wrapped
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.page import Reading, ReadingPage
from callcalm.tui.widgets.transcript import SIGNS, STYLES
from callcalm.tui.widgets.words import Words

INDENT = "  "

MOST_LINES = 2
"""Most lines of one pattern that are shown."""


class MoveScreen(ReadingPage):
    """Read about a move; left and right turn to the moves beside it.

    `order` are the moves to turn through, `at` the one that is open; `listed` is whether the list lies below.
    """

    PLACE = "move"
    CSS_PATH = "../styles/reading.tcss"
    BINDINGS = bindings("move")

    def __init__(
        self, guide: FieldGuide, order: Sequence[str], at: str, *, listed: bool = False, notice: str = ""
    ) -> None:
        super().__init__()
        self._guide, self._order, self.at = guide, tuple(order), at
        self._listed, self._notice = listed, notice

    def heading(self) -> Reflow:
        """The move's name and id."""
        page = self._guide.page(self.at)
        title = _("Field guide · {name}").format(name=page.name)
        return Reflow(lambda width: [beside(literal(title), literal(page.key, "$muted"), width)])

    def reading(self) -> Iterable[Widget]:
        """The page."""
        yield Words(self._page(), ident="move")

    def on_mount(self) -> None:
        """What of the player's own is left out."""
        self.note(self._notice)

    def action_turn(self, by: int) -> None:
        """The page of a move beside this one."""
        self.at = self._order[self._order.index(self.at) + by]
        self.query_one("#heading", Words).say(self.heading())
        self.query_one("#move", Words).say(self._page())
        self.query_one(Reading).scroll_home(animate=False)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a first move and a last."""
        if action == "turn":
            by = parameters[0]
            return isinstance(by, int) and 0 <= self._order.index(self.at) + by < len(self._order)
        return super().check_action(action, parameters)

    def action_all(self) -> None:
        """The list: the one below, or one in place of this page."""
        if self._listed:
            self.dismiss()
            return
        from callcalm.tui.screens.guide import GuideScreen

        self.app.switch_screen(GuideScreen(self._guide, at=self.at))

    def action_back(self) -> None:
        """Back to where one was."""
        self.dismiss()

    def _page(self) -> Reflow:
        page, rules = self._guide.page(self.at), self._guide.rules(self.at)
        return Reflow(lambda width: [*page_lines(page, width), *rule_lines(rules, width)])


def page_lines(page: GuidePage, width: int) -> Iterator[Content]:
    """What is said of the move itself."""
    yield from wrapped(line((page.effect, "bold"), f" · {page.worth}"), width)
    yield from wrapped(literal(page.why), width)
    # The rules stand below with all they have, in every language.
    for section in sections(replace(page, rules=())):
        yield Content("")
        yield from section_lines(section, width)


def section_lines(section: Section, width: int) -> Iterator[Content]:
    """A title and its lines; words to avoid and to use have a sign, and a colour besides."""
    yield from wrapped(literal(section.title, "bold $heading"), width)
    sign = SIGNS.get(section.effect, "•") if section.effect else "•"
    style = STYLES.get(section.effect, "") if section.effect else ""
    for said in section.lines:
        yield from wrapped(literal(said, style), width, line(INDENT, (sign, style), " "))


def rule_lines(rules: Iterable[tuple[str, Sequence[GuidePage]]], width: int) -> Iterator[Content]:
    """The rules of each language: why, words in which they hear the move, words instead, what they listen for."""
    titles = {"en": _("Rules in English:"), "fr": _("Rules in French:")}
    for language, pages in rules:
        yield Content("")
        yield from wrapped(literal(titles[language], "bold $heading"), width)
        for page in pages:
            yield from wrapped(line((page.key, "bold"), f"  {page.why}"), width, INDENT, INDENT * 2)
            for effect, words in ((Effect.COSTS, page.bad), (Effect.HELPS, page.good)):
                lead = line(INDENT * 2, (SIGNS[effect], STYLES[effect]), " ")
                for said in words:
                    yield from wrapped(literal(quoted(said), STYLES[effect]), width, lead)
            yield from wrapped(literal(_("What it listens for:"), "$muted"), width, INDENT * 2)
            for pattern in patterns(page):
                lines = wrapped(literal(pattern, "$muted"), width, INDENT * 3, INDENT * 4)
                yield from cut(lines, MOST_LINES, width)
