"""Trees of patterns into positions that a machine can walk: which words may come next after which.

Every word of a pattern is a position. After a position follow *hubs*: tables from a term to the positions that a
word with that term reaches. No position is ever copied, so a pattern costs what it is long. What must not be
here: running anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from callcalm.coach.trees import ANY, POSITIVE, Choice, Gap, Laid, Maybe, Node, PatternError, Word

MAX_POSITIONS: Final = 600
"""Most positions of one pattern, its lists written out."""

MAX_POOL: Final = 500_000
"""Most positions of all patterns together: ten times what a shipped book needs, and no danger to memory."""

Hub = dict[str, tuple[int, ...]]


class Fragment(NamedTuple):
    """A piece of a pattern: how it begins, may it be empty, where it ends, how many words it takes."""

    first: tuple[Hub, ...]
    empty: bool
    last: tuple[int, ...]
    least: int
    most: int


class Pool:
    """The positions of many patterns.

    `follow[p]` are the hubs after position `p`, `gap[p]` whether it stands for a word that a gap skips, and
    `ends[p]` the number of the pattern that may end there, -1 for none.
    """

    def __init__(self) -> None:
        self.follow: list[list[Hub]] = []
        self.gap: list[bool] = []
        self.ends: list[int] = []
        self._room = 0

    def reserve(self, size: int) -> None:
        """Keep the first `size` positions for patterns that were laid out before. For an empty pool."""
        nothing: list[Hub] = []
        self.follow = [nothing] * size
        self.gap = [False] * size
        self.ends = [-1] * size

    def add(self, node: Node, pattern: int) -> Fragment:
        """Lay out a pattern and mark its ends with the number `pattern`. Raises `PatternError` for a long one."""
        if len(self.follow) > MAX_POOL:
            message = f"all patterns together have more than {MAX_POOL:,} words, their lists written out"
            raise PatternError(message, 0, 1, "Use shorter lists, or fewer rules.")
        self._room = len(self.follow) + MAX_POSITIONS
        made = self._build(node)
        for position in made.last:
            self.ends[position] = pattern
        return made

    def _put(self, laid: Laid) -> Fragment:
        start, follow, gap, ends, made = laid
        end = start + len(follow)
        self.follow[start:end], self.gap[start:end], self.ends[start:end] = follow, gap, ends
        return Fragment(*made)

    def root(self, fragments: Iterable[Fragment]) -> int:
        """A position before all these: a walk that starts on it is anchored."""
        root = self._position(skips=False)
        for fragment in fragments:
            self.follow[root].extend(fragment.first)
        return root

    def _position(self, *, skips: bool) -> int:
        self.follow.append([])
        self.gap.append(skips)
        self.ends.append(-1)
        return len(self.follow) - 1

    def _build(self, node: Node) -> Fragment:
        # The most frequent kinds come first: a first reading of a text waits for this.
        if isinstance(node, Word):
            here = (self._position(skips=False),)
            if here[0] >= self._room:
                message = f"the pattern has more than {MAX_POSITIONS} words, its lists written out"
                raise PatternError(message, 0, 1, "Make two of it, or use shorter lists.")
            return Fragment((dict.fromkeys(node.terms, here),), False, here, 1, 1)
        if isinstance(node, Maybe):
            first, _, last, _, most = self._build(node.node)
            return Fragment(first, True, last, 0, most)
        if isinstance(node, Choice):
            return self._choice([self._build(part) for part in node.of])
        if isinstance(node, Gap):
            return self._gap(node.most, POSITIVE if node.positive else ANY)
        if isinstance(node, Laid):
            return self._put(node)
        return self._run(node.nodes)

    def _gap(self, most: int, term: str) -> Fragment:
        chain = [self._position(skips=True) for _ in range(most)]
        hubs: list[Hub] = [{term: (here,)} for here in chain]
        for here, hub in zip(chain, hubs[1:], strict=False):
            self.follow[here].append(hub)
        return Fragment((hubs[0],), empty=True, last=tuple(chain), least=0, most=most)

    def _choice(self, parts: list[Fragment]) -> Fragment:
        hub: Hub = {}
        last: list[int] = []
        for part in parts:
            last += part.last
            for first in part.first:
                for term, positions in first.items():
                    hub[term] = hub[term] + positions if term in hub else positions
        return Fragment(
            (hub,),
            empty=any(part.empty for part in parts),
            last=tuple(last),
            least=min([part.least for part in parts]),
            most=max([part.most for part in parts]),
        )

    def _run(self, nodes: Sequence[Node]) -> Fragment:
        first: tuple[Hub, ...] = ()
        open_ends: tuple[int, ...] = ()
        empty = True
        least = most = 0
        for node in nodes:
            part = self._build(node)
            least += part.least
            most += part.most
            for position in open_ends:
                self.follow[position] += part.first
            if empty:
                first += part.first
                empty = part.empty
            open_ends = open_ends + part.last if part.empty else part.last
        return Fragment(first, empty, open_ends, least, most)
