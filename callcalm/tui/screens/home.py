"""Home: the call that waits, then every encounter by language and level, with how it last went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from textual.content import Content
from textual.visual import Visual
from textual.widget import Widget

from callcalm.core.model import EndingKind
from callcalm.insight.saving import problem_line
from callcalm.insight.wording import channel_word, kind_word, minutes_words
from callcalm.language import _, ngettext
from callcalm.practice import Desk, Practice
from callcalm.tui.commands import bindings
from callcalm.tui.literal import beside, line, literal, wrapped
from callcalm.tui.messages import Opened, OpenSettings, Play, Resume
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.page import Page
from callcalm.tui.widgets.rows import Item, Rows, heading
from callcalm.tui.widgets.words import Words

if TYPE_CHECKING:
    from callcalm.content.headers import Header
    from callcalm.storage.summary import Summary

WAITING = ":waiting"
"""The key of the row of the call in progress; no scenario id has a colon."""

_WIDE_ROW = 100
"""From so many cells on, a row has room for everything on one line."""

_TITLE_CELLS = 36
"""Of which the title takes so many."""


class HomeScreen(Page):
    """Choose what to play."""

    PLACE = "home"
    CSS_PATH = "../styles/home.tcss"
    BINDINGS = bindings("home")
    AUTO_FOCUS = "#encounters"

    def __init__(self, desk: Desk, finished: Practice | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._finished = finished
        self._filled = False

    def heading(self) -> Visual:
        """The name of the game, and who plays."""
        left = line(("callcalm", "bold $heading"), (f"  {_('difficult calls, practised calmly')}", "$muted"))
        right = literal(self._desk.player, "$muted")
        return Reflow(lambda width: [beside(left, right, width)])

    def body(self) -> Iterable[Widget]:
        """The list, and where saves live."""
        yield Rows(ident="encounters")
        yield Words(ident="saves")

    def on_screen_resume(self) -> None:
        """Fill the list, once; reading files waits until the first picture is there."""
        if not self._filled:
            self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        if self._filled or not self.is_current:
            return
        self._filled = True
        done = self._finished
        key = done.round.opening.scenario.id if done is not None else None
        self.query_one("#encounters", Rows).fill(self._items(), key=key)
        if done is not None:
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
        if key == WAITING:
            self.post_message(Resume())
        elif key:
            self.post_message(Play(key))

    def on_rows_chosen(self) -> None:
        """A click plays too."""
        self.action_play()

    def action_settings(self) -> None:
        """To the settings."""
        self.post_message(OpenSettings())

    def _items(self) -> Iterator[Item]:
        waiting = self._desk.waiting()
        if waiting is not None:
            yield heading(literal(_("Waiting for you"), "bold $heading"), first=True)
            title = waiting.title or waiting.scenario
            answers = sum(1 for action in waiting.actions if action.do in {"choose", "say", "compose"})
            far = ngettext("{n} answer so far", "{n} answers so far", answers).format(n=answers)
            yield _row(_("Go on: {title}").format(title=title), "", far, WAITING)
        headers = self._desk.library.headers()
        results = self._desk.store.summaries()
        first = waiting is None
        sound = sorted((one for one in headers if one.problem is None), key=_place)
        for (language, level), group in groupby(sound, key=lambda one: (one.language, one.level)):
            title = _("{language}, level {n}").format(language=_language(language), n=level)
            yield heading(literal(title, "bold $heading"), first=first)
            first = False
            for header in group:
                yield _row(header.title, _about(header), _result(results.get(header.id)), header.id)
        broken = [one for one in headers if one.problem is not None]
        lines = [line((header.id, "bold"), f": {header.problem}") for header in broken]
        lines += [literal(problem_line(problem)) for problem in self._desk.store.problems]
        if lines:
            yield heading(literal(_("Files with problems"), "bold $costs"), first=first)
        for one in lines:
            yield Item(partial(_problem_lines, one), idle=True)


def _place(header: Header) -> tuple[str, int, str]:
    return (header.language, header.level, header.title.casefold())


def _language(code: str) -> str:
    return {"en": "English", "fr": "Français"}.get(code, code)


def _about(header: Header) -> str:
    return f"{channel_word(header.channel)}, {header.setting}, {minutes_words(header.minutes)}"


def _result(played: Summary | None) -> str:
    """How it last went, in words."""
    if played is None:
        return _("not played yet")
    kinds = {kind.value: kind_word(kind) for kind in EndingKind}
    last = kinds.get(played.last_kind, played.last_kind)
    return ngettext("{n} round, last {kind}", "{n} rounds, last {kind}", played.count).format(
        n=played.count, kind=last
    )


def _row(title: str, about: str, right: str, key: str) -> Item:
    """One line where there is room, else the particulars go on a second."""

    def build(width: int) -> list[Content]:
        name, result = literal(title), literal(right, "$muted")
        if not about:
            return [beside(name, result, width)]
        particulars = literal(about, "$muted")
        if width >= _WIDE_ROW:
            column = name.truncate(_TITLE_CELLS, ellipsis=True, pad=True)
            return [beside(line(column, "  ", particulars), result, width)]
        return [beside(name, result, width), *wrapped(particulars, width, "  ")]

    return Item(build, key=key)


def _problem_lines(problem: Content, width: int) -> list[Content]:
    return wrapped(problem, width, "! ")
