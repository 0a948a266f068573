"""A phrasebook as it is kept between starts: its patterns are laid out, and read where a walk comes by.

`KeptFinder` finds the patterns from what `compiling` made just as `Matcher` does from their sources; it wakes
none, for all that it needs of one is in tables. What must not be here: files, the reading of patterns, and any
difference in what is found.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, NamedTuple, TypeVar

from callcalm.coach.finding import Finder
from callcalm.coach.guards import MEMORY, Contexts, Guard
from callcalm.coach.lexicon import Vocabulary
from callcalm.coach.machine import Alphabet, Begun, Machine
from callcalm.coach.program import Next
from callcalm.coach.slips import Slips
from callcalm.coach.tongues import Tongue

_Value = TypeVar("_Value")

Packed = bytes
"""Plain data that is read only where it is needed."""

Tables = tuple[Packed, Packed, Packed, Packed, Packed]
"""Positions in tables of numbers: where in the next two stands what follows each, the labels of what follows it,
how many follow and which, the end and the gap of each."""


KeptContexts = tuple[int, int, tuple[tuple[int, int], ...], int, int]
"""The roots of contexts, -1 for none: before a hit, after, around, near it, near it where a sentence begins."""


class Compiled(NamedTuple):
    """All that a `KeptFinder` needs, as plain data.

    `labels` has the labels that each term fits, for words of contexts and lists, too; `edges` are the long words
    by how they begin and end (see `Slips`). `anywhere` has, by term, what a word begins (see `Begun`), `starting`
    what it begins besides where a sentence does. `owner` and `lengths` are those of a `Finder`; `turned` has, for
    each pattern, the root of it read backwards, twice, and one more if it has gaps. `own` are the roots of each
    rule's contexts, `shared` those of lists of contexts by name, `always` the names of such lists that hold for
    each rule. `naming` is the first rule for a name, -1 for none.
    """

    labels: dict[str, Packed]
    stems: tuple[str, ...]
    listed: dict[str, tuple[str, ...]]
    edges: Packed
    anywhere: dict[str, Packed]
    starting: dict[str, Packed]
    owner: Packed
    lengths: Packed
    turned: Packed
    own: tuple[KeptContexts, ...]
    shared: dict[str, KeptContexts]
    always: tuple[tuple[str, ...], ...]
    naming: int
    tables: Tables


class Fetched(Mapping[str, _Value]):
    """Things by name, each made of what was packed when it is first asked for."""

    def __init__(self, packed: Mapping[str, Packed], make: Callable[[Any], _Value]) -> None:
        self._packed = packed
        self._make = make
        self._made: dict[str, _Value] = {}

    def __getitem__(self, name: str) -> _Value:
        found = self._made.get(name)
        if found is None:
            # Our own data: `intake.kept` says how far it is trusted.
            found = self._made[name] = self._make(marshal.loads(self._packed[name]))  # noqa: S302
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._packed

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


class _Follow(dict[int, list[Next]]):
    """What comes after each position, got from the tables when it is first asked for."""

    def __init__(self, at: memoryview, labels: memoryview, nexts: memoryview) -> None:
        super().__init__()
        self._at = at
        self._labels = labels
        self._nexts = nexts

    def __missing__(self, position: int) -> list[Next]:
        start = self._at[position]
        end = start + self._nexts[start]
        found = list(zip(self._labels[start:end], self._nexts[start + 1 : end + 1], strict=True))
        self[position] = found
        return found


class KeptLayout:
    """The positions of all patterns in tables: a `Layout`."""

    def __init__(self, tables: Tables, labels: dict[str, Packed]) -> None:
        at, labels_of, nexts, ends, gap = tables
        self.follow = _Follow(_numbers(at, "I"), _numbers(labels_of, "H"), _numbers(nexts, "I"))
        self.ends = _numbers(ends, "i")
        self.gap = _numbers(gap, "B")
        self._labels = labels
        self._fitting: dict[tuple[str, ...], set[int]] = {}

    def fitting(self, terms: tuple[str, ...]) -> set[int]:
        """The labels that a word with these terms fits."""
        found = self._fitting.get(terms)
        if found is None:
            found = self._fitting[terms] = set()
            for term in terms:
                found.update(_numbers(self._labels.get(term, b""), "H"))
        return found


class _KeptMachine(Machine):
    """Knows by the terms of a word what it begins."""

    def __init__(self, layout: KeptLayout, anywhere: Mapping[str, Packed], starting: Mapping[str, Packed]) -> None:
        self._packed = {False: (anywhere,), True: (anywhere, starting)}
        self._by_terms: dict[tuple[tuple[str, ...], bool], tuple[Begun, ...]] = {}
        super().__init__(layout, Alphabet())

    def _begun(self, terms: tuple[str, ...], *, at_start: bool) -> tuple[Begun, ...]:
        key = (terms, at_start)
        found = self._by_terms.get(key)
        if found is None:
            packed = [by_term[term] for by_term in self._packed[at_start] for term in terms if term in by_term]
            # As in `Fetched`.
            found = self._by_terms[key] = tuple([Begun(*marshal.loads(one)) for one in packed])  # noqa: S302
            self.steps += sum([len(one.after) for one in found])
        return found


class KeptFinder(Finder):
    """A `Finder` whose patterns come from what `compiled` made of the same rules."""

    def __init__(self, kept: Compiled, tongue: Tongue) -> None:
        self._kept = kept
        self._turns = _numbers(kept.turned, "I")
        self._tables = KeptLayout(kept.tables, kept.labels)
        machine = _KeptMachine(self._tables, kept.anywhere, kept.starting)
        super().__init__(machine, _numbers(kept.owner, "H").tolist(), _numbers(kept.lengths, "H").tolist(), tongue)
        self._shared: dict[str, Contexts] = {}

    def _known_words(self) -> tuple[Vocabulary, Callable[[tuple[str, ...]], None] | None]:
        kept, lookalikes = self._kept, self._tongue.lookalikes

        def slips() -> Slips:
            return Slips((), lookalikes, marshal.loads(kept.edges))  # noqa: S302 - as in `Fetched`

        return Vocabulary(kept.labels, kept.stems, kept.listed, slips), None

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

    def _contexts(
        self, before: int, after: int, around: tuple[tuple[int, int], ...], near: int, near_start: int
    ) -> Contexts:
        machine = None
        if max(near, near_start) >= 0:
            machine = Machine(self._tables, self.alphabet, MEMORY)
            for root, at_start in ((near, False), (near_start, True)):
                machine.begins(self._tables.follow[root] if root >= 0 else (), at_start=at_start)
        return Contexts(
            (before,) if before >= 0 else (),
            (after,) if after >= 0 else (),
            tuple([((left,), (right,)) for left, right in around]),
            machine,
        )


def _numbers(packed: Packed, kind: Literal["B", "H", "I", "i"]) -> memoryview:
    return memoryview(packed).cast(kind)
