"""The ear: what a sentence sounds like as a whole, from labelled replies, beside what the rules know word by word.

A rule knows a wording. The ear has learnt from thousands of labelled sentences (`tests/learn_ear.py`) which words,
alone or beside each other, speak for a cost and which against one; it adds them up. So a rule that stands in a
sentence that sounds innocent can be doubted, and a sentence that costs without any set phrase can be heard. What
must not be here: rules, files, where sentences begin.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import sqrt, tanh
from zlib import crc32

from callcalm.coach.pieces import REST, Bulk, Piece, Pile, firsts
from callcalm.core.hints import Final, Literal, TypeVar
from callcalm.core.records import NamedTuple

T = TypeVar("T")

STEM: Final = 5
"""Letters of a word that the ear hears: *explain*, *explained* and *explains* are one to it."""

SHAPES: Final = ((0,), (0, 1), (0, 2), (0, 1, 2))
"""What the ear listens for: one word, two side by side, two with one between, three in a row."""

MEMORY: Final = 20_000
"""Most signs, and most sentences, remembered before the memory starts afresh."""

_NUMBER: Final = "0"
GAP: Final = "_"
_BITS: Final = 0xFFFFFFFF
_SPREAD: Final = 0x9E3779B1
"""An odd number that keeps apart what stands in another order, or at another distance."""


def heard(word: str) -> str:
    """What the ear hears of a folded word or mark: its first letters; every number is one.

    >>> heard("explained"), heard("14h30"), heard("?")
    ('expla', '0', '?')
    """
    return _NUMBER if word[0].isdigit() else word[:STEM]


def helping(move: str) -> str:
    """What the ear takes note of where a helping move stands in the sentence: no word is written so."""
    return "+" + move


def mark(stem: str) -> int:
    """The number by which what was heard of a word is known."""
    return crc32(stem.encode())


BEGIN: Final = mark("^")
END: Final = mark("$")


def rows(sentence: Sequence[T]) -> list[Iterable[tuple[T, ...]]]:
    """All that stands in a sentence in each of the `SHAPES`, in their order."""
    return [zip(*[sentence[at:] for at in shape], strict=False) for shape in SHAPES]


def sign(marks: Iterable[int], shape: int) -> int:
    """The number, of 32 bits, of what these marks are together in a shape, by its place among the `SHAPES`."""
    found = shape
    for each in marks:
        found = (found * _SPREAD + each) & _BITS
    return found


def sign_of(text: str) -> int:
    """The sign that a line of the ear's file names: words as they are heard, ``_`` for one that does not count."""
    words = text.split()
    shape = tuple([at for at, word in enumerate(words) if word != GAP])
    return sign([mark(words[at]) for at in shape], SHAPES.index(shape))


class Kept(NamedTuple):
    """An ear as plain data; what is large stands in a bulk.

    `signs` are sorted; `starts` says where those with each of their first bits begin (see `firsts`). `pulls` has
    two numbers for each: how far it pulls towards a cost, times its rarity, and its rarity squared. `votes` has
    how much it speaks for its move, `moves` which of `names` that is. `least` is where a sentence without any sign
    stands; below the chance `doubt` a rule is doubted, from `sure` on a sentence costs without one.
    """

    least: float
    doubt: float
    sure: float
    names: tuple[str, ...]
    signs: Piece
    starts: Piece
    pulls: Piece
    votes: Piece
    moves: Piece


class _Known(NamedTuple):
    """The signs that were learnt, sorted, and where those with each of their first bits begin."""

    signs: memoryview[int]
    starts: memoryview[int]


class _Pulls(dict[tuple[int, ...], complex]):
    """From marks in a shape to the two numbers of their sign, as one number so that both are added up at once.

    Nothing for a sign that was never learnt.
    """

    def __init__(self, shape: int, known: _Known, pulls: memoryview[float]) -> None:
        super().__init__()
        self._shape = shape
        self._known = known
        self._pulls = pulls

    def __missing__(self, marks: tuple[int, ...]) -> complex:
        if len(self) >= MEMORY:
            self.clear()
        found = self[marks] = self.of(marks)
        return found

    def of(self, marks: tuple[int, ...]) -> complex:
        """The same, not remembered."""
        at = _place(self._known, sign(marks, self._shape))
        return 0j if at is None else complex(self._pulls[2 * at], self._pulls[2 * at + 1])


class _Steps(dict[tuple[int, int, int], complex]):
    """From three marks in a row to all that the last of them adds: in every shape, alone and with those before it.

    So a word of a sentence is one look into a table and not four.
    """

    def __init__(self, pulls: list[_Pulls]) -> None:
        super().__init__()
        self._one, self._two, self._apart, self._three = pulls

    def __missing__(self, marks: tuple[int, int, int]) -> complex:
        if len(self) >= MEMORY:
            self.clear()
        before, between, last = marks
        found = self[marks] = (
            self._one[last,] + self._two[between, last] + self._apart[before, last] + self._three.of(marks)
        )
        return found


class _Openings(dict[int, complex]):
    """From the first mark of a sentence to what it and the beginning add: they have not two marks before them."""

    def __init__(self, pulls: list[_Pulls]) -> None:
        super().__init__()
        self._one, self._two, *_ = pulls

    def __missing__(self, mark: int) -> complex:
        if len(self) >= MEMORY:
            self.clear()
        found = self[mark] = self._one[BEGIN,] + self._one[mark,] + self._two[BEGIN, mark]
        return found


class Ear:
    """Hears one language. Signs come from `signs`; chances are from 0 to 1."""

    def __init__(self, kept: Kept, bulk: Bulk) -> None:
        self.doubt = kept.doubt
        self.sure = kept.sure
        self._least = kept.least
        self._names = kept.names
        self._known = _Known(_numbers(bulk, kept.signs, "I"), _numbers(bulk, kept.starts, "I"))
        self._votes = _fractions(bulk, kept.votes)
        self._moves = _numbers(bulk, kept.moves, "B")
        pulls = _fractions(bulk, kept.pulls)
        self._pulls = [_Pulls(shape, self._known, pulls) for shape in range(len(SHAPES))]
        self._openings = _Openings(self._pulls)
        self._steps = _Steps(self._pulls)
        self._chances: dict[tuple[tuple[int, ...], tuple[int, ...]], float] = {}

    def chance(self, marks: Iterable[int], helps: Iterable[int] = ()) -> float:
        """How likely a sentence of these marks is to cost; `helps` are the marks of what helps in it."""
        words, beside = key = tuple(marks), tuple(helps)
        found = self._chances.get(key)
        if found is None:
            if len(self._chances) >= MEMORY:
                self._chances.clear()
            after = (*words, END)
            whole = (BEGIN, *after)
            total = self._openings[after[0]] + sum(
                map(self._steps.__getitem__, zip(whole, after, after[1:], strict=False)), 0j
            )
            for each in beside:
                total += self._pulls[0][each,]
            pull = total.real / sqrt(total.imag) if total.imag else 0.0
            # The logistic function, in a form that no sentence is too long for.
            found = self._chances[key] = (1 + tanh((self._least + pull) / 2)) / 2
        return found

    def knows(self, marks: Iterable[int]) -> bool:
        """Whether two thirds of these marks were learnt: of another language, or of codes, few are."""
        known = [bool(self._pulls[0][(each,)]) for each in marks]
        return 3 * sum(known) >= 2 * len(known)

    def forget(self) -> None:
        """Forget the sentences listened to."""
        self._chances.clear()

    def move(self, marks: Iterable[int]) -> str | None:
        """The costing move that a sentence of these marks sounds most like; None where nothing in it was heard."""
        votes: defaultdict[int, float] = defaultdict(float)
        for shape, row in enumerate(rows((BEGIN, *marks, END))):
            for each in row:
                at = _place(self._known, sign(each, shape))
                if at is not None:
                    votes[self._moves[at]] += self._votes[at]
        votes.pop(len(self._names), None)
        return self._names[max(votes, key=votes.__getitem__)] if votes else None


class Line(NamedTuple):
    """One sign of an ear's file.

    `text` is what it is (see `sign_of`); `rarity` is 0 or more; `weight` pulls towards a cost when above 0. `move`
    is the costing move it speaks for, nothing for none, and `vote` how much.
    """

    text: str
    rarity: float
    weight: float
    move: str
    vote: float


def lines(text: str) -> Iterator[Line | tuple[str, float]]:
    """What stands in an ear's file: first its few settings by name, then its signs."""
    for row in text.splitlines():
        if row.startswith("#") or not row:
            continue
        name, number, *others = row.split("\t")
        if others:
            weight, move, vote = others
            yield Line(name, float(number), float(weight), move, float(vote))
        else:
            yield name, float(number)


def kept(text: str, pile: Pile) -> Kept:
    """An ear's file as it is kept; most of it is put on the pile."""
    settings: dict[str, float] = {}
    by_sign: dict[int, Line] = {}
    for row in lines(text):
        if isinstance(row, Line):
            by_sign[sign_of(row.text)] = row
        else:
            settings[row[0]] = row[1]
    names = tuple(sorted({row.move for row in by_sign.values()} - {""}))
    numbers = {name: number for number, name in enumerate((*names, ""))}
    order = sorted(by_sign)
    found = [by_sign[each] for each in order]
    return Kept(
        settings["least"],
        settings["doubt"],
        settings["sure"],
        names,
        pile.put(array("I", order).tobytes()),
        pile.put(firsts(order).tobytes()),
        pile.put(array("f", [n for row in found for n in (row.weight * row.rarity, row.rarity**2)]).tobytes()),
        pile.put(array("f", [row.vote for row in found]).tobytes()),
        pile.put(array("B", [numbers[row.move] for row in found]).tobytes()),
    )


def _place(known: _Known, sign: int) -> int | None:
    signs, starts = known
    first = sign >> REST
    end = starts[first + 1]
    at = bisect_left(signs, sign, starts[first], end)
    return at if at < end and signs[at] == sign else None


def _numbers(bulk: Bulk, piece: Piece, kind: Literal["B", "I"]) -> memoryview[int]:
    return _piece(bulk, piece).cast(kind)


def _fractions(bulk: Bulk, piece: Piece) -> memoryview[float]:
    return _piece(bulk, piece).cast("f")


def _piece(bulk: Bulk, piece: Piece) -> memoryview:
    start, end = piece
    return memoryview(bulk)[start:end]
