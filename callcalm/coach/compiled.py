"""A phrasebook as it is kept between starts: its patterns are laid out, and read where a walk comes by.

`KeptFinder` finds the patterns from what `compiling` made just as `Matcher` does from their sources; it wakes
none, for all that it needs of one is in tables. What must not be here: files, the reading of patterns, and any
difference in what is found.
"""

from __future__ import annotations

import marshal
from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import compress

from callcalm.coach.alphabet import Alphabet
from callcalm.coach.finding import Finder
from callcalm.coach.guards import MEMORY, Contexts, Guard
from callcalm.coach.lexicon import Vocabulary
from callcalm.coach.machine import Machine
from callcalm.coach.pieces import Bulk, Chest, Drawers, Piece
from callcalm.coach.slips import Slips
from callcalm.coach.tongues import Tongue
from callcalm.core.hints import TYPE_CHECKING, Final, Literal, TypeVar
from callcalm.core.records import NamedTuple

if TYPE_CHECKING:
    from callcalm.coach.layout import Next

_Value = TypeVar("_Value")

Tables = tuple[Piece, Piece, Piece, Piece, Piece]
"""Positions in tables of numbers: for each the label of what follows it, and its number, as nearly everywhere one
does; where many do, how many numbers tell of them, then these, a label and a position in turn; the end and the gap
of each."""

NONE_FOLLOWS: Final = 0xFFFE
MANY_FOLLOW: Final = 0xFFFF
"""Stand for a label: no word fits these. Where many follow, the number is where they stand among many."""

KeptContexts = tuple[int, int, tuple[tuple[int, int], ...], int, int]
"""The roots of contexts, -1 for none: before a hit, after, around, near it, near it where a sentence begins."""


class Compiled(NamedTuple):
    """All that a `KeptFinder` needs, as plain data: most of it is where it stands in a bulk.

    `labels` has the labels that each term fits, for words of contexts and lists, too; `listed` the lists that
    each word is in, and `feelings` the words of one of them; `edges` are the long words by how they begin and
    end (see `Slips`). `anywhere` has, by term, what a word begins (see `_Begun`), `starting` what it begins
    besides where a sentence does. `owner` and `lengths` are those of a `Finder`; `turned` has, for each
    pattern, the root of it read backwards, twice, and one more if it has gaps. `own` are the roots of each
    rule's contexts, `shared` those of lists of contexts by name and of lists that no rule asks for, `always`
    the names of such lists that hold for each rule. `naming` is the first rule for a name, -1 for none.
    """

    labels: Drawers
    stems: tuple[str, ...]
    listed: Drawers
    feelings: tuple[str, ...]
    edges: Drawers
    anywhere: Drawers
    starting: Drawers
    owner: Piece
    lengths: Piece
    turned: Piece
    own: tuple[KeptContexts, ...]
    shared: dict[str, KeptContexts]
    always: tuple[tuple[str, ...], ...]
    naming: int
    tables: Tables


class _Once(dict[str, "_Value | None"]):
    """What a chest has for a term, looked for when it is first asked for."""

    def __init__(self, chest: Chest[_Value]) -> None:
        super().__init__()
        self._chest = chest

    def __missing__(self, term: str) -> _Value | None:
        found = self[term] = self._chest.fetch(term)
        return found


class KeptLayout:
    """The positions of all patterns in tables: a `Layout`."""

    def __init__(self, tables: Tables, labels: Chest[memoryview], bulk: Bulk) -> None:
        label, following, more, ends, gap = tables
        self._label = _numbers(bulk, label, "H")
        self._next = _numbers(bulk, following, "I")
        self._more = _numbers(bulk, more, "I")
        self.ends = _numbers(bulk, ends, "i")
        self.gap = _numbers(bulk, gap, "B")
        self._labels = _Once(labels)
        self._fitting: dict[tuple[str, ...], set[int]] = {}

    def after(self, position: int) -> list[Next]:
        """What may come after a position."""
        label, after = self._label[position], self._next[position]
        if label == NONE_FOLLOWS:
            return []
        return self._pairs(after) if label == MANY_FOLLOW else [(label, after)]

    def reached(self, positions: Iterable[int], fitting: set[int]) -> set[int]:
        """The positions after these that a word reaches which fits these labels."""
        label_of, next_of, more = self._label, self._next, self._more
        found: set[int] = set()
        many: list[memoryview] = []
        for position in positions:
            label = label_of[position]
            if label in fitting:
                found.add(next_of[position])
            elif label == MANY_FOLLOW:
                at = next_of[position]
                many.append(more[at + 1 : at + 1 + more[at]])
        if many:
            numbers = memoryview(b"".join(many)).cast("I").tolist()
            found.update(compress(numbers[1::2], map(fitting.__contains__, numbers[::2])))
        return found

    def _pairs(self, at: int) -> list[Next]:
        numbers = self._more[at + 1 : at + 1 + self._more[at]].tolist()
        return list(zip(numbers[::2], numbers[1::2], strict=True))

    def fitting(self, terms: tuple[str, ...]) -> set[int]:
        """The labels that a word with these terms fits."""
        found = self._fitting.get(terms)
        if found is None:
            found = self._fitting[terms] = set()
            for term in terms:
                labels = self._labels[term]
                if labels is not None:
                    found.update(labels.tolist())
        return found


class _Begun:
    """See `Begun`: `labels` are in order, and `starts` says where the positions with each begin."""

    __slots__ = ("_labels", "_positions", "_starts", "hits")

    def __init__(self, packed: Bulk) -> None:
        numbers = memoryview(packed).cast("I")
        hits, labels = numbers[0] + 2, numbers[0] + 2 + numbers[1]
        self.hits = numbers[2:hits].tolist()
        self._labels = numbers[hits:labels].tolist()
        self._starts = numbers[labels : labels + len(self) + 1]
        self._positions = numbers[labels + len(self) + 1 :]

    def __len__(self) -> int:
        return len(self._labels)

    def reached(self, fitting: set[int]) -> set[int]:
        found: set[int] = set()
        labels, starts = self._labels, self._starts
        for label in fitting.intersection(labels):
            at = bisect_left(labels, label)
            found.update(self._positions[starts[at] : starts[at + 1]].tolist())
        return found


def _labels(packed: Bulk) -> memoryview:
    return memoryview(packed).cast("H")


class _KeptMachine(Machine):
    """Knows by the terms of a word what it begins."""

    def __init__(self, layout: KeptLayout, anywhere: Chest[_Begun], starting: Chest[_Begun]) -> None:
        everywhere, starts = _Once(anywhere), _Once(starting)
        self._by_place = {False: (everywhere,), True: (everywhere, starts)}
        self._by_terms: dict[tuple[tuple[str, ...], bool], tuple[_Begun, ...]] = {}
        super().__init__(layout, Alphabet())

    def _begun(self, terms: tuple[str, ...], *, at_start: bool) -> tuple[_Begun, ...]:
        key = (terms, at_start)
        found = self._by_terms.get(key)
        if found is None:
            begun = [by_term[term] for by_term in self._by_place[at_start] for term in terms]
            found = self._by_terms[key] = tuple([one for one in begun if one is not None])
            self.steps += sum(map(len, found))
        return found


class KeptFinder(Finder):
    """A `Finder` whose patterns come from what `compiled` made of the same rules, and put in this bulk."""

    def __init__(self, kept: Compiled, bulk: Bulk, tongue: Tongue) -> None:
        self._kept = kept
        self._bulk = bulk
        self._turns = _numbers(bulk, kept.turned, "I")
        self._labels = Chest(kept.labels, bulk, _labels)
        self._tables = KeptLayout(kept.tables, self._labels, bulk)
        machine = _KeptMachine(
            self._tables, Chest(kept.anywhere, bulk, _Begun), Chest(kept.starting, bulk, _Begun)
        )
        owner, lengths = (_numbers(bulk, piece, "H").tolist() for piece in (kept.owner, kept.lengths))
        super().__init__(machine, owner, lengths, tongue)
        self._shared: dict[str, Contexts] = {}

    def _known_words(self) -> tuple[Vocabulary, Callable[[tuple[str, ...]], None] | None]:
        kept, lookalikes = self._kept, self._tongue.lookalikes
        listed: Chest[tuple[str, ...]] = Chest(kept.listed, self._bulk, marshal.loads)

        def slips() -> Slips:
            edges: Chest[list[str]] = Chest(kept.edges, self._bulk, marshal.loads)
            return Slips(edges, lookalikes)

        return Vocabulary(self._labels, kept.stems, listed, slips), None

    @cached_property
    def feelings(self) -> frozenset[str]:
        """See `Finder`."""
        return frozenset(self._kept.feelings)

    def _turned(self, pattern: int) -> tuple[int, bool]:
        root, gaps = divmod(self._turns[pattern], 2)
        return root, bool(gaps)

    def _guard(self, rule: int) -> Guard:
        kept = self._kept
        parts = [self._contexts(*kept.own[rule])]
        for name in kept.always[rule]:
            if name not in self._shared:
                self._shared[name] = self._contexts(*kept.shared[name])
            parts.append(self._shared[name])
        return Guard(self._sides, parts)

    def _listed(self, name: str) -> Machine | None:
        kept = self._kept.shared.get(name)
        return None if kept is None else self._contexts(*kept).near

    def _contexts(
        self, before: int, after: int, around: tuple[tuple[int, int], ...], near: int, near_start: int
    ) -> Contexts:
        machine = None
        if max(near, near_start) >= 0:
            machine = Machine(self._tables, self.alphabet, MEMORY, self.machine.held)
            for root, at_start in ((near, False), (near_start, True)):
                machine.begins(self._tables.after(root) if root >= 0 else (), at_start=at_start)
        return Contexts(
            (before,) if before >= 0 else (),
            (after,) if after >= 0 else (),
            tuple([((left,), (right,)) for left, right in around]),
            machine,
        )


def _numbers(bulk: Bulk, piece: Piece, kind: Literal["B", "H", "I", "i"]) -> memoryview:
    start, end = piece
    return memoryview(bulk)[start:end].cast(kind)
