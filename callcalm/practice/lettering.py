"""A letter of one's own, practised: rated, read by the coach, made better line by line, kept as a round.

The letter itself is never touched; what it has become can be written to another file. What must not be here: how
anything is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from hashlib import blake2s
from pathlib import Path
from typing import TYPE_CHECKING, Final

from callcalm import __version__
from callcalm.core.call import LONGEST_ANSWER
from callcalm.core.price import PriceSheet, Reference
from callcalm.core.text import Text, safe
from callcalm.intake import BadFile, Code, Problem
from callcalm.language import _, grouped
from callcalm.letters.books import Books
from callcalm.letters.house import house
from callcalm.letters.letter import Letter, letter_from, read_letter
from callcalm.letters.sidecars import Sidecars
from callcalm.letters.tongue import AUTO
from callcalm.practice import letter_files
from callcalm.practice.letter_lines import Line, MarkedLetter, Reader
from callcalm.storage import durable, records
from callcalm.storage.trouble import CannotSave

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk

KIND: Final = "letter"
"""What the log calls the end of a letter; its scenario is ``letter/`` and its name, its ending ``3-to-1``."""

LONGEST: Final = 50_000
"""Code points of a letter that is practised; `callcalm check` reads longer ones."""

_NAME: Final = 80


class Step(StrEnum):
    """How far it is: read it again, rate it, compare, line by line, the end."""

    READ = "read"
    RATE = "rate"
    COMPARE = "compare"
    LINES = "lines"
    END = "end"


@dataclass(frozen=True, slots=True)
class Tried:
    """A line rewritten: as it was, as it is now, and how many findings cost in the letter before and now."""

    was: Line
    now: Line
    before: int
    after: int


class Lettering:
    """One letter at hand.

    `draft` is the self sheet as it stands, `own` once it is locked; the result stays unanswered on both sheets: it
    is not in the words. `brought` is the coach's estimate of the letter as it came.
    `line` is the line at hand, None when there is none left; `tried` what became of it, None before it is
    rewritten. `trouble` is why saving failed, None when it worked.
    """

    def __init__(self, letter: Letter, desk: Desk, *, path: Path | None, language: str, playbook: str) -> None:
        """`path` is the letter's file, None for one that has none. Raises `BadFile` as `Books` does."""
        self.path = path
        self.step = Step.READ
        self.draft = PriceSheet()
        self.own: PriceSheet | None = None
        self.tried: Tried | None = None
        self.trouble: CannotSave | None = None
        self.written: Path | None = None
        self._desk = desk
        self._playbook = playbook
        self._first = letter.source.text
        self._windows = path is not None and not letter.remarks and letter_files.ends_as_windows(path)
        self._started = desk.now()
        self._id = records.new_id(self._started)
        self._actions: list[records.ActionRecord] = []
        self._moves: list[records.MoveRecord] = []
        self._saved = False
        self._at = 0
        self._lines = 0
        where = path.absolute() if path else Path.cwd() / KIND
        self._marked = MarkedLetter(
            letter, Reader(Books(desk.phrases), house(playbook), language, where, desk.registry, Sidecars())
        )
        self.brought = self.reference
        self.before = self.costs

    @property
    def letter(self) -> Letter:
        """The letter as it is now."""
        return self._marked.letter

    @property
    def language(self) -> str:
        """The main language of the letter."""
        return self._marked.language

    @property
    def reference(self) -> Reference:
        """The coach's estimate of the letter as it is now."""
        return self._marked.reference

    @property
    def costs(self) -> int:
        """How many findings cost in the letter as it is now."""
        return self._marked.costs

    @property
    def text(self) -> str:
        """The letter as it is now; it may hold unsafe characters."""
        return self.letter.source.text

    @property
    def changed(self) -> bool:
        """Whether any line has been rewritten."""
        return self.text != self._first

    @property
    def number(self) -> int:
        """Which line this is, from 1."""
        return self._lines + 1

    @property
    def left(self) -> int:
        """How many lines there are still to go, the one at hand among them."""
        count, at = (0, self._at) if self.tried is None else (1, self.tried.now.end)
        while (line := self._marked.line_from(at)) is not None:
            count, at = count + 1, line.end
        return count

    @cached_property
    def name(self) -> Text:
        """What the letter is called."""
        return Text(safe(self.path.name if self.path else KIND, multiline=False)[:_NAME] or KIND)

    @property
    def key(self) -> str:
        """What the log calls it."""
        return f"{KIND}/{self.name}"

    @property
    def saved_in(self) -> Path | None:
        """The file that holds the player's rounds; None while nothing is kept."""
        return self._desk.store.path if self._saved else None

    @property
    def round_id(self) -> str:
        """The id that the round has in the log."""
        return self._id

    @property
    def line(self) -> Line | None:
        """The line at hand."""
        return self.tried.was if self.tried is not None else self._marked.line_from(self._at)

    def go(self, step: Step) -> None:
        """Go on to a step.

        Raises:
            ValueError: what comes after the sheet needs the sheet.
        """
        if step in {Step.COMPARE, Step.LINES, Step.END} and self.own is None:
            raise ValueError(f"{step} comes after the sheet is confirmed")
        if step is Step.LINES and self.line is None:
            step = Step.END
        self.step = step
        if step is Step.END:
            self.save()

    def sketch(self, sheet: PriceSheet) -> None:
        """Keep the self sheet as it stands; ignored once it is confirmed."""
        if self.own is None:
            self.draft = replace(sheet, got=None, fair=0)

    def confirm(self) -> None:
        """Lock the self sheet, and go on to what the coach says."""
        self.own = self.draft
        self.go(Step.COMPARE)

    def rewrite(self, words: str) -> Tried:
        """Put these words in place of the line at hand, and have them read at once; it may be done again.

        Raises:
            ValueError: for no words or far too many, or when no line is at hand.
        """
        new = " ".join(safe(words).split())
        line = self.tried.now if self.tried is not None else self.line
        if line is None or not new or len(new) > LONGEST_ANSWER:
            raise ValueError(f"a line has 1 to {LONGEST_ANSWER} characters")
        first = self.tried.was if self.tried is not None else line
        now = line
        if new != line.words:
            now = self._marked.put(new, line)
        self.tried = Tried(first, now, self.before, self.costs)
        return self.tried

    def next(self) -> None:
        """Leave the line as it is now, and go on to the next one; after the last one comes the end."""
        line = self.line
        if line is None:
            return
        self._keep(line)
        self._at = self.tried.now.end if self.tried is not None else line.end
        self.tried = None
        if self.line is None:
            self.go(Step.END)

    def save(self) -> None:
        """Add what was done to the log, once; nothing before the sheet is locked. `trouble` is why it failed."""
        if self.own is None or self._saved:
            return
        if self.tried is not None:
            self._keep(self.tried.was)
            self._at, self.tried = self.tried.now.end, None
        try:
            self._desk.store.finish(self._record(), of_call=False)
        except CannotSave as trouble:
            self.trouble = trouble
        else:
            self.trouble, self._saved = None, True

    @property
    def suggested(self) -> Path:
        """A file for the letter as it is now: beside it, of a name that nothing has."""
        encoded = self.path is not None and bool(self.letter.remarks) and self.path.suffix.lower() == ".eml"
        return letter_files.improved(self.path, plain=encoded)

    def is_original(self, path: Path) -> bool:
        """Whether this is the file that the letter came from."""
        return self.path is not None and durable.is_same(path, self.path)

    def write(self, path: Path, *, over: bool = False) -> None:
        """Write the letter as it is now; only with `over` does it take the place of what is there.

        Raises:
            FileExistsError: something is there.
            CannotSave: it cannot be written.
        """
        letter_files.write(path, self.text, over=over, windows=self._windows)
        self.written = path

    def _keep(self, line: Line) -> None:
        """Note what became of a line."""
        self._lines += 1
        findings = tuple(records.FindingRecord(one.rule, one.move, one.start, one.end) for one in line.spots)
        rule = line.costs[0].rule if line.costs else ""
        self._actions.append(records.ActionRecord("line", rule, line.words, findings=findings))
        self._moves += [
            records.MoveRecord(self._lines, one.move, Text(line.words[one.start : one.end])) for one in line.spots
        ]
        if self.tried is not None and self.tried.now.words != line.words:
            still = next((one.rule for one in self.tried.now.costs), "")
            self._actions.append(records.ActionRecord("rewrote", still, self.tried.now.words))

    def _record(self) -> records.RoundRecord:
        whole = [records.ActionRecord("letter", "", safe(self.text))] if self.changed else []
        return records.RoundRecord(
            id=self._id,
            scenario=self.key,
            started=self._started,
            finished=self._desk.now(),
            title=self.name,
            digest=blake2s(self._first.encode("utf-8", "replace"), digest_size=8).hexdigest(),
            language=self.language,
            playbook=self._playbook,
            kind=KIND,
            ending=f"{self.before}-to-{self.costs}",
            own=self.own,
            reference=self.brought.sheet,
            moves=tuple(self._moves),
            actions=(*self._actions, *whole),
            app=__version__,
        )


def bring(
    desk: Desk, name: str, *, data: bytes | None = None, language: str = AUTO, playbook: str = "core"
) -> Lettering:
    """A letter to practise: the file of this name, or these bytes, which `name` then only calls.

    Raises:
        BadFile: as `callcalm check` does; and for one without words of its writer's own, or one over `LONGEST`.
        KeyError: for a playbook that does not ship.
    """
    letter = read_letter(name) if data is None else letter_from(data, name)
    if not letter.words.strip():
        message = _("there are no words of the writer's own in it")
        raise BadFile([Problem(Code.EMPTY_TEXT, message, file=letter.source.name)])
    if len(letter.words.strip()) > LONGEST:
        message = _("the letter has more than {most} characters, the most that can be practised at once")
        message = message.format(most=grouped(LONGEST))
        hint = _("Practise a part of it; callcalm check reads all of it.")
        raise BadFile([Problem(Code.TOO_LARGE, message, hint=hint, file=letter.source.name)])
    path = Path(name) if data is None else None
    return Lettering(letter, desk, path=path, language=language, playbook=playbook)
