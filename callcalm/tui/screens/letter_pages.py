"""What is only read of a letter: the letter as its reader meets it, the two sheets, and what it has become."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from textual.content import Content
from textual.widget import Widget

from callcalm.core.moves import Registry
from callcalm.core.price import PriceSheet
from callcalm.core.text import safe
from callcalm.insight.letter_words import (
    Row,
    change_line,
    costs_line,
    gap_words,
    kept_line,
    points_lines,
    privacy,
    rows,
    total_line,
)
from callcalm.insight.saving import trouble_line
from callcalm.insight.wording import signed
from callcalm.language import _
from callcalm.practice.letter_files import is_there, path_named
from callcalm.practice.lettering import Lettering, Step
from callcalm.storage.trouble import CannotSave
from callcalm.tui.commands import bindings
from callcalm.tui.literal import line, literal, wrapped
from callcalm.tui.messages import LeaveDrill, Moved, SaveFailed, ShowText
from callcalm.tui.reflow import Reflow
from callcalm.tui.screens.page import ReadingPage
from callcalm.tui.screens.question import Ask, Choice, Question
from callcalm.tui.widgets.words import Words

LONGEST_PATH = 1_000


class LetterReadScreen(ReadingPage):
    """The letter, read once as the person who opens it."""

    PLACE = "letter-read"
    CSS_PATH = "../styles/reading.tcss"
    BINDINGS = bindings("letter-read")

    def __init__(self, lettering: Lettering) -> None:
        super().__init__()
        self._lettering = lettering

    def heading(self) -> str:
        """Which letter."""
        return _("Your letter: {name}").format(name=self._lettering.name)

    def reading(self) -> Iterable[Widget]:
        """What is kept, and the letter."""
        yield Words(literal(privacy(), "$muted"), classes="para")
        for remark in self._lettering.letter.remarks:
            yield Words(literal(remark, "$muted"), classes="para")
        yield Words(literal(_("Read it once as the person who opens it:"), "bold"), classes="para")
        yield Words(letter_lines(self._lettering.text), classes="para")

    def next_step(self) -> None:
        """On to the sheet."""
        self._lettering.go(Step.RATE)
        self.post_message(Moved())

    def action_leave_letter(self) -> None:
        """Nothing has been done yet."""
        self.post_message(LeaveDrill())


class LetterCompareScreen(ReadingPage):
    """The own sheet beside what the words support."""

    PLACE = "letter-compare"
    CSS_PATH = "../styles/reading.tcss"
    BINDINGS = bindings("letter-compare")

    def __init__(self, lettering: Lettering, registry: Registry) -> None:
        super().__init__()
        self._lettering = lettering
        self._rows = rows(lettering.own or PriceSheet(), lettering.brought, registry)

    def heading(self) -> str:
        """What this is."""
        return _("Your sheet beside the words")

    def reading(self) -> Iterable[Widget]:
        """The table, then the words behind it, then how many lines there are to look at."""
        lettering = self._lettering
        yield Words(Reflow(lambda width: list(_table(self._rows, width))), classes="para")
        yield Words(total_line(lettering.own or PriceSheet(), lettering.brought), classes="para")
        for row in self._rows:
            if row.evidence:
                yield Words(Reflow(partial(_reasons, row)), classes="para")
        about = _("Whether the reader gets what they need is not in the words.")
        yield Words(literal(about, "$muted"), classes="para")
        yield Words(literal(costs_line(lettering.before), "bold"))

    def next_step(self) -> None:
        """On to the first line."""
        self._lettering.go(Step.LINES)
        self.post_message(Moved())

    def guide_at(self) -> str:
        """The first move that costs."""
        first = self._lettering.line
        return first.costs[0].move if first is not None and first.costs else ""

    def action_leave_letter(self) -> None:
        """The sheet is kept."""
        leave(self, self._lettering)


class LetterEndScreen(ReadingPage):
    """What the letter has become, and where to put it."""

    PLACE = "letter-end"
    CSS_PATH = "../styles/reading.tcss"
    BINDINGS = bindings("letter-end")

    def __init__(self, lettering: Lettering) -> None:
        super().__init__()
        self._lettering = lettering

    def heading(self) -> str:
        """What this is."""
        return _("Your letter as it is now") if self._lettering.changed else _("The letter stays as it is")

    def reading(self) -> Iterable[Widget]:
        """What changed, the letter, and where it is kept."""
        lettering = self._lettering
        yield Words(literal(change_line(lettering.before, lettering.costs), "bold"), classes="para")
        points = list(points_lines(lettering.brought, lettering.reference))
        if points:
            yield Words("\n".join(points), classes="para")
        if lettering.changed:
            yield Words(letter_lines(lettering.text), classes="para")
        if lettering.saved_in is not None:
            yield Words(literal(_("Saved in {path}.").format(path=lettering.saved_in), "$muted"))
            yield Words(literal(kept_line(lettering.round_id), "$muted"))

    def on_mount(self) -> None:
        """It has just been saved, or was not."""
        if self._lettering.trouble is not None:
            self.post_message(SaveFailed())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A letter that did not change need not be written."""
        if action in {"write", "copy"}:
            return self._lettering.changed
        return super().check_action(action, parameters)

    def next_step(self) -> None:
        """Back to the list."""
        self.post_message(LeaveDrill())

    def action_leave_letter(self) -> None:
        """The same."""
        self.post_message(LeaveDrill())

    def action_copy(self) -> None:
        """The letter as text."""
        self.post_message(ShowText(_("Your letter as it is now"), safe(self._lettering.text)))

    def action_write(self) -> None:
        """Ask where to."""
        suggested = str(self._lettering.suggested)
        ask = Ask(
            _("Write it where?"),
            _("A new file; the letter you brought stays as it is."),
            value=suggested,
            most=LONGEST_PATH,
        )
        self.app.push_screen(ask, self._named)

    def _named(self, name: str | None) -> None:
        if name is None or not name.strip():
            return
        path = path_named(name)
        if not is_there(path):
            self._write(path, over=False)
            return
        about = (
            _("It is the letter you brought: only the new one would be left.")
            if self._lettering.is_original(path)
            else _("There is a file of this name already.")
        )
        ask = Question(
            _("Replace {name}?").format(name=path.name),
            about,
            [Choice("no", _("Leave it; choose another name.")), Choice("yes", _("Replace it."))],
            escape="no",
        )
        self.app.push_screen(ask, partial(self._answered, path))

    def _answered(self, path: Path, answer: str | None) -> None:
        if answer == "yes":
            self._write(path, over=True)
        else:
            self.action_write()

    def _write(self, path: Path, *, over: bool) -> None:
        try:
            self._lettering.write(path, over=over)
        except FileExistsError:
            self.note(_("{path} is there already.").format(path=path))
        except CannotSave as trouble:
            self.note(trouble_line(trouble))
        else:
            self.note(_("Written: {path}").format(path=path))


def letter_lines(text: str) -> Reflow:
    """A letter as it stands, its own line ends kept."""
    lines = safe(text.strip()).split("\n")
    return Reflow(lambda width: [one for each in lines for one in wrapped(literal(each), width)])


def leave(page: ReadingPage, lettering: Lettering) -> None:
    """Ask how to leave a letter in the middle; whatever the answer, what was done is kept."""

    def answered(answer: str | None) -> None:
        if answer == "leave":
            lettering.save()
            page.post_message(LeaveDrill())
            if lettering.trouble is not None:
                page.post_message(SaveFailed())
        elif answer == "end":
            lettering.go(Step.END)
            page.post_message(Moved())

    choices = [Choice("stay", _("Go on with the letter."))]
    if lettering.changed:
        choices.append(Choice("end", _("Stop here: see the letter as it is now, and write it to a file.")))
    choices.append(Choice("leave", _("Leave; what you have done is kept in your save.")))
    page.app.push_screen(Question(_("Leave the letter?"), kept_line(lettering.round_id), choices), answered)


_COLUMNS = (15, 5, 7, 6)


def _table(shown: Iterable[Row], width: int) -> Iterator[Content]:
    heads = _cells("", _("you"), _("words"), _("gap"))
    yield line((heads, "$muted")).truncate(width)
    for row in shown:
        cells = _cells(row.name, signed(row.own), signed(row.coach), signed(row.gap))
        style = "$helps" if row.gap == 0 else "$caller"
        yield from wrapped(literal(gap_words(row.gap), style), width, f"{cells}  ")


def _cells(name: str, *numbers: str) -> str:
    first = f"{name:<{_COLUMNS[0]}}"
    return first + "".join(f"{cell:>{size}}" for cell, size in zip(numbers, _COLUMNS[1:], strict=True))


def _reasons(row: Row, width: int) -> list[Content]:
    lines = [line((row.name, "bold"), f" {signed(row.coach)}")]
    return lines + [one for reason in row.evidence for one in wrapped(literal(reason), width, "  • ")]
