"""A letter of one's own, practised: rated, read by the coach, made better line by line, kept as a round.

The letter itself is never touched; what it has become can be written to another file. What must not be here: how
anything is shown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from hashlib import blake2s
from itertools import accumulate
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from callcalm import __version__
from callcalm.core.call import LONGEST_ANSWER
from callcalm.core.moves import Effect
from callcalm.core.price import PriceSheet, Reference
from callcalm.core.sentences import sentence_at
from callcalm.core.text import Text, safe
from callcalm.intake import BadFile, Code, Problem, Source
from callcalm.letters.blanks import without_addresses
from callcalm.letters.books import Books
from callcalm.letters.checking import Found
from callcalm.letters.house import House, house
from callcalm.letters.letter import Letter
from callcalm.letters.sidecars import Sidecars
from callcalm.letters.survey import Survey
from callcalm.letters.tongue import AUTO
from callcalm.storage import durable, records
from callcalm.storage.trouble import CannotSave

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk

KIND: Final = "letter"
"""What the log calls the end of a letter; its scenario is ``letter/`` and its name, its ending ``3-to-1``."""

LONGEST: Final = 50_000
"""Code points of a letter that is practised; `callcalm check` reads longer ones."""

_NAME: Final = 80
_READABLE: Final = 0o644
_BLANK: Final = re.compile(r"[\t\n]")


class Step(StrEnum):
    """How far it is: read it again, rate it, compare, line by line, the end."""

    READ = "read"
    RATE = "rate"
    COMPARE = "compare"
    LINES = "lines"
    END = "end"


@dataclass(frozen=True, slots=True)
class Spot:
    """A finding in a line: code points into its words, end exclusive; what it does and what to say instead."""

    start: int
    end: int
    rule: str
    move: str
    effect: Effect
    why: str
    instead: tuple[str, ...]
    source: str

    @property
    def costs(self) -> bool:
        """Whether it costs under the house rules."""
        return self.effect is Effect.COSTS


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the letter that holds something, on one line; `start` and `end` are places in the letter."""

    start: int
    end: int
    words: Text
    spots: tuple[Spot, ...]

    @property
    def costs(self) -> tuple[Spot, ...]:
        """What costs in it."""
        return tuple(spot for spot in self.spots if spot.costs)


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
    is not in the words. `brought` is the coach's estimate of the letter as it came, `reference` of what it is now.
    `line` is the line at hand, None when there is none left; `tried` what became of it, None before it is
    rewritten. `trouble` is why saving failed, None when it worked.
    """

    def __init__(self, letter: Letter, desk: Desk, *, path: Path | None, language: str, playbook: str) -> None:
        """`path` is the letter's file, None for one that has none. Raises `BadFile` as `Books` does."""
        self.letter = letter
        self.path = path
        self.step = Step.READ
        self.draft = PriceSheet()
        self.own: PriceSheet | None = None
        self.tried: Tried | None = None
        self.trouble: CannotSave | None = None
        self.written: Path | None = None
        self._desk = desk
        self._asked = language
        self._playbook = playbook
        self._books = Books(desk.phrases)
        self._house: House = house(playbook)
        self._sidecars = Sidecars()
        self._first = letter.source.text
        self._started = desk.now()
        self._id = records.new_id(self._started)
        self._actions: list[records.ActionRecord] = []
        self._moves: list[records.MoveRecord] = []
        self._saved = False
        self._at = 0
        self._lines = 0
        self.language = ""
        self.reference: Reference
        self._look()
        self.brought = self.reference
        self.before = self.costs

    @property
    def costs(self) -> int:
        """How many findings cost in the letter as it is now."""
        return len(self._costs)

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
        while (line := self._line_from(at)) is not None:
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
        return self.tried.was if self.tried is not None else self._line_from(self._at)

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
            put = self._set(new, line)
            self._replace(line.start, line.end, put)
            now = self._read(line.start, line.start + len(put))
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
        plain = self.path is None or (self.letter.remarks and self.path.suffix.lower() == ".eml")
        stem, ending = (self.path.stem, self.path.suffix) if self.path else (KIND, "")
        folder = self.path.parent if self.path else Path()
        number, path = 1, folder / f"{stem}-improved{'.txt' if plain else ending}"
        while path.exists() or path.is_symlink():
            number += 1
            path = path.with_name(f"{stem}-improved-{number}{path.suffix}")
        return path

    def is_original(self, path: Path) -> bool:
        """Whether this is the file that the letter came from."""
        return self.path is not None and durable.is_same(path, self.path)

    def write(self, path: Path, *, over: bool = False) -> None:
        """Write the letter as it is now; only with `over` does it take the place of what is there.

        Raises:
            FileExistsError: something is there.
            CannotSave: it cannot be written.
        """
        text = self.text.replace("\n", "\r\n") if self._crlf else self.text
        data = text.encode("utf-8", "replace")
        if over:
            durable.replace_file(path, data)
        else:
            durable.create_file(path, data)
        self.written = path

    @cached_property
    def _crlf(self) -> bool:
        """Whether the lines of the file end as Windows has it."""
        if self.path is None or self.letter.remarks:
            return False
        with self.path.open("rb") as stream:
            return stream.read(LONGEST).partition(b"\n")[0].endswith(b"\r")

    def _look(self) -> None:
        """Have the coach read the whole letter."""
        survey = Survey(self._books, self._house, self._asked, helpful=True, sidecars=self._sidecars)
        where = self.path.absolute() if self.path else Path.cwd() / KIND
        _sheet, checked = survey.look(self.letter, where)
        self.language = checked.language
        self.reference = checked.reference
        starts = [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))]
        let_pass = {id(found) for found in checked.found if found.costs} - {id(one) for _path, one in survey.costs}
        placed = [(*_span(found, starts), found) for found in checked.found if id(found) not in let_pass]
        self._found = sorted(placed, key=lambda one: one[:2])
        self._costs = [one for one in self._found if one[2].costs]

    def _line_from(self, at: int) -> Line | None:
        """The first line with a cost that begins at this place or after it."""
        index = bisect_right(self._costs, at - 1, key=lambda one: one[0])
        if index == len(self._costs):
            return None
        start, end, _found = self._costs[index]
        offset = self.letter.start
        first, last = sentence_at(self.letter.words, start - offset, end - offset)
        return self._read(max(first + offset, at), last + offset)

    def _read(self, start: int, end: int) -> Line:
        """A stretch of the letter as a line, with what stands in it."""
        raw = _BLANK.sub(" ", self.text[start:end])
        words = safe(raw, multiline=False)
        spots = tuple(
            _spot(found, max(0, low - start), min(len(words), high - start))
            for low, high, found in self._found
            if start <= low < end
            and low - start < len(words)
            and (found.costs or self._desk.registry.helps(found.move))
        )
        return Line(start, end, words, spots)

    def _set(self, words: str, line: Line) -> str:
        """The words broken into lines as the letter around them is, if it is."""
        if "\n" not in self.text[line.start : line.end]:
            return words
        begin = self.text.rfind("\n\n", 0, line.start) + 2
        stop = self.text.find("\n\n", line.end)
        paragraph = self.text[max(0, begin) : stop if stop >= 0 else len(self.text)]
        width = max(20, *map(len, paragraph.split("\n")))
        column = line.start - (self.text.rfind("\n", 0, line.start) + 1)
        broken = wrap(words, width, initial_indent="x" * min(column, width - 1), break_long_words=False)
        return "\n".join(broken)[min(column, width - 1) :].lstrip("\n")

    def _replace(self, start: int, end: int, put: str) -> None:
        letter = self.letter
        low, high = start - letter.start, end - letter.start
        text = letter.source.text[:start] + put + letter.source.text[end:]
        words = letter.words[:low] + without_addresses(put) + letter.words[high:]
        source = Source(letter.source.name, text, marked=letter.source.marked)
        self.letter = Letter(source, words, letter.start, letter.remarks)
        self._look()

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
    from callcalm.letters.letter import letter_from, read_letter  # noqa: PLC0415  (a front end shows first)

    letter = read_letter(name) if data is None else letter_from(data, name)
    if not letter.words.strip():
        problem = Problem(Code.EMPTY_TEXT, "there are no words of the writer's own in it", file=letter.source.name)
        raise BadFile([problem])
    if len(letter.words.strip()) > LONGEST:
        message = f"the letter has more than {LONGEST:,} characters, the most that can be practised at once"
        hint = "Practise a part of it; callcalm check reads all of it."
        raise BadFile([Problem(Code.TOO_LARGE, message, hint=hint, file=letter.source.name)])
    path = Path(name) if data is None else None
    return Lettering(letter, desk, path=path, language=language, playbook=playbook)


def _span(found: Found, starts: list[int]) -> tuple[int, int]:
    """From where to where a finding stands, in code points of the letter."""
    place = found.diagnostic.place
    assert place is not None  # noqa: S101  (whatever is found in words has a place)
    return starts[place.line - 1] + place.column - 1, starts[place.end_line - 1] + place.end_column - 1


def _spot(found: Found, start: int, end: int) -> Spot:
    told = found.diagnostic
    return Spot(
        start=start,
        end=max(start, end),
        rule=told.rule,
        move=found.move,
        effect=Effect.COSTS if found.costs else Effect.HELPS,
        why=safe(told.message, multiline=False),
        instead=told.instead,
        source=told.more.get("source", ""),
    )
