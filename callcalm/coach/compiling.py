"""Patterns into the plain data that is kept between starts (see `compiled`). Finding them is not for here."""

from __future__ import annotations

import marshal
from collections.abc import Mapping, Sequence
from typing import Any

from callcalm.coach.compiled import Compiled, Packed
from callcalm.coach.lists import Lists
from callcalm.coach.pattern import context, phrase
from callcalm.coach.program import Pool
from callcalm.coach.slips import Slips
from callcalm.coach.tongues import Tongue
from callcalm.coach.trees import Context, Node, backwards, first_terms, has_gap
from callcalm.coach.triggers import Needs, all_words, survey


def compiled(
    patterns: Sequence[str], contexts: Sequence[str], lists: Mapping[str, Sequence[str]], tongue: Tongue
) -> Compiled:
    """The patterns and the lines of contexts of a phrasebook, laid out. Raises `PatternError`."""
    named = Lists(lists, tongue)
    pool = Pool()
    asleep: dict[str, list[int]] = {}
    ready: list[int] = []
    all_needs: list[Needs] = []
    packed: list[Packed] = []
    turned: list[Packed] = []
    for number, (source, told) in enumerate(zip(patterns, survey(patterns, tongue), strict=True)):
        read = phrase(source, tongue, named.named)
        needs = told or (tuple(first_terms(read.node)),)
        for term in needs[0]:
            asleep.setdefault(term, []).append(number)
        if not needs[0]:
            ready.append(number)
        all_needs.append(needs)
        packed.append(marshal.dumps((read.at_start, _laid(pool, read.node, number))))
        turned.append(marshal.dumps((has_gap(read.node), _laid(pool, backwards(read.node), number))))
    shared = (
        line
        for name, found in lists.items()
        if name.startswith("not-") or any("_" in line for line in found)
        for line in found
    )
    lines = list(dict.fromkeys([*contexts, *shared]))
    lines = [line for line in lines if list(named.contexts((line,))) == [line]]
    around = {
        line: (needs, marshal.dumps(_context(pool, context(line, tongue, named.named))))
        for line, needs in zip(lines, survey(lines, tongue), strict=True)
    }
    words, stems = all_words([*patterns, *contexts, *(line for found in lists.values() for line in found)], tongue)
    known = frozenset(words | tongue.titles | {"?", "!"})
    listed = named.words()
    return Compiled(
        known,
        frozenset(stems),
        listed,
        Slips((*known, *listed), tongue.lookalikes).by_edges,
        {term: tuple(numbers) for term, numbers in asleep.items()},
        tuple(ready),
        tuple(all_needs),
        tuple(packed),
        tuple(turned),
        around,
        len(pool.follow),
    )


def _laid(pool: Pool, node: Node, number: int) -> tuple[Any, ...]:
    start = len(pool.follow)
    made = pool.add(node, number)
    return (start, pool.follow[start:], pool.gap[start:], pool.ends[start:], tuple(made))


def _context(pool: Pool, read: Context) -> tuple[Any, ...]:
    before = None if read.before is None else _laid(pool, backwards(read.before), 0)
    after = None if read.after is None else _laid(pool, read.after, 0)
    near = None if read.near is None else (_laid(pool, read.near.node, 0), read.near.at_start)
    return before, after, near
