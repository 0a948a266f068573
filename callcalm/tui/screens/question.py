"""Questions over a screen: one of several choices, or a line to write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.widgets import Input

from callcalm.tui.commands import bindings
from callcalm.tui.literal import line, literal, wrapped
from callcalm.tui.screens.dialogue import Dialogue
from callcalm.tui.widgets.field import Field
from callcalm.tui.widgets.keybar import KeyBar
from callcalm.tui.widgets.rows import Item, Rows
from callcalm.tui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question."""

    key: str
    words: str


class Question(Dialogue[str]):
    """Ask; the result is the key of the chosen answer, or `escape` (the answer that changes nothing)."""

    BINDINGS = bindings("question")
    AUTO_FOCUS = "Rows"

    def __init__(self, title: str, text: str, choices: Sequence[Choice], *, escape: str = "") -> None:
        super().__init__()
        self._title, self._text, self._choices, self._escape = title, text, choices, escape

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        with Vertical(id="box"):
            yield Words(literal(self._title, "bold $heading"), ident="question")
            with VerticalScroll(id="said", can_focus=False):
                yield Words(self._text)
            yield Rows(ident="choices")
            yield KeyBar(ident="keys")

    def on_mount(self) -> None:
        """Fill in the answers."""
        self.query_one(Rows).fill(
            Item(partial(_choice_lines, n, choice.words), key=choice.key)
            for n, choice in enumerate(self._choices, 1)
        )

    def action_choose(self) -> None:
        """The marked answer."""
        self.dismiss(self.query_one(Rows).chosen or self._escape)

    def action_answer(self, number: int) -> None:
        """The answer with this number."""
        if number <= len(self._choices):
            self.dismiss(self._choices[number - 1].key)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """A click answers too."""
        self.dismiss(event.key)

    def action_back(self) -> None:
        """The answer that changes nothing."""
        self.dismiss(self._escape)


def _choice_lines(number: int, words: str, width: int) -> list[Content]:
    return wrapped(literal(words), width, line((f"{number}  ", "bold $heading")))


def written_path(words: str) -> Path:
    """The path somebody wrote; a tilde is their home, where there is such a home."""
    path = Path(words.strip())
    try:
        return path.expanduser()
    except RuntimeError:
        return path


class AskField(Field):
    """The field of a question."""

    BINDINGS = bindings("asking")

    class Left(Message):
        """The player would rather not answer."""

    class Paged(Message):
        """The player would read more of what is said."""

        def __init__(self, pages: int) -> None:
            super().__init__()
            self.pages = pages

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Pages are turned only where more is said than is seen at once."""
        return action != "page" or self.screen.query_one("#said").max_scroll_y > 0

    def action_page(self, pages: int) -> None:
        """Read on, or back."""
        self.post_message(self.Paged(pages))

    def action_back(self) -> None:
        """Leave the question."""
        self.post_message(self.Left())


class Ask(Dialogue[str | None]):
    """Ask for a line; the result is the line, or None."""

    AUTO_FOCUS = "AskField"

    def __init__(self, title: str, text: str, *, value: str = "", most: int = 200) -> None:
        super().__init__()
        self._title, self._text, self._value, self._most = title, text, value, most

    def compose(self) -> ComposeResult:
        """The question and a field."""
        with Vertical(id="box"):
            yield Words(literal(self._title, "bold $heading"), ident="question")
            with VerticalScroll(id="said", can_focus=False):
                yield Words(self._text)
            yield AskField(self._value, most=self._most)
            yield KeyBar(ident="keys")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answered."""
        event.stop()
        self.dismiss(event.value)

    def on_mount(self) -> None:
        """Once it is laid out, it is known whether there are pages to turn."""
        self.call_after_refresh(self.refresh_bindings)

    def on_resize(self, event: Resize) -> None:
        """In another window there may be."""
        super().on_resize(event)
        self.call_after_refresh(self.refresh_bindings)

    def on_ask_field_paged(self, event: AskField.Paged) -> None:
        """Scroll what is said by a screenful."""
        said = self.query_one("#said", VerticalScroll)
        if event.pages > 0:
            said.scroll_page_down(animate=False)
        else:
            said.scroll_page_up(animate=False)

    def on_ask_field_left(self) -> None:
        """Not answered."""
        self.dismiss(None)
