"""Trees of patterns into positions that a machine can walk: which words may come next after which.

Every word of a pattern is a position, and says by its *label* which words fit it; positions that ask for the same
terms share a label. After a position follow others. No position is ever copied, so a pattern costs what it is
long. What must not be here: running anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from callcalm.coach.terms import ANY, POSITIVE
from callcalm.coach.trees import Choice, Gap, Maybe, Node, PatternError, Word
from callcalm.core.hints import TYPE_CHECKING, Final
from callcalm.core.records import NamedTuple
from callcalm.language import _, grouped

if TYPE_CHECKING:
    from callcalm.coach.layout import Next

MAX_POSITIONS: Final = 600
"""Most positions of one pattern, its lists written out."""

MAX_POOL: Final = 500_000
"""Most positions of all patterns together: ten times what a shipped book needs, and no danger to memory."""


class Fragment(NamedTuple):
    """A piece of a pattern: how it begins, may it be empty, where it ends, how many words it takes."""

    first: tuple[int, ...]
    empty: bool
    last: tuple[int, ...]
    least: int
    most: int


class Pool:
    """The positions of many patterns: a `Layout` that grows."""

    def __init__(self) -> None:
        self.follow: list[list[Next]] = []
        self.gap: list[bool] = []
        self.ends: list[int] = []
        self.label: list[int] = []
        """The label of each position; that of a root fits nothing."""
        self.labels: dict[tuple[str, ...], int] = {}
        """The label of each set of terms that positions ask for."""
        self._fitting: dict[tuple[str, ...], set[int]] = {}
        self._having: dict[str, list[int]] = {}
        self._room = 0

    def fitting(self, terms: tuple[str, ...]) -> set[int]:
        """The labels that a word with these terms fits."""
        found = self._fitting.get(terms)
        if found is None:
            found = self._fitting[terms] = {label for term in terms for label in self._having.get(term, ())}
        return found

    def after(self, position: int, /) -> list[Next]:
        """What may come after a position."""
        return self.follow[position]

    def reached(self, positions: Iterable[int], fitting: set[int]) -> set[int]:
        """The positions after these that a word reaches which fits these labels."""
        follow = self.follow
        return {after for position in positions for label, after in follow[position] if label in fitting}

    def add(self, node: Node, pattern: int) -> Fragment:
        """Lay out a pattern and mark its ends with the number `pattern`. Raises `PatternError` for a long one."""
        if len(self.follow) > MAX_POOL:
            message = _("all patterns together have more than {most} words, their lists written out")
            hint = _("Use shorter lists, or fewer rules.")
            raise PatternError(message.format(most=grouped(MAX_POOL)), 0, 1, hint)
        self._room = len(self.follow) + MAX_POSITIONS
        made = self._build(node)
        for position in made.last:
            self.ends[position] = pattern
        return made

    def root(self, firsts: Iterable[int]) -> int:
        """A position before all these: a walk that starts on it is anchored."""
        root = self._position(-1, skips=False)
        self.follow[root].extend(self.nexts(firsts))
        return root

    def nexts(self, positions: Iterable[int]) -> list[Next]:
        """These positions with their labels."""
        return [(self.label[position], position) for position in positions]

    def _labelled(self, terms: tuple[str, ...]) -> int:
        label = self.labels.get(terms)
        if label is None:
            label = self.labels[terms] = len(self.labels)
            for term in terms:
                self._having.setdefault(term, []).append(label)
            self._fitting.clear()
        return label

    def _position(self, label: int, *, skips: bool) -> int:
        self.follow.append([])
        self.gap.append(skips)
        self.ends.append(-1)
        self.label.append(label)
        return len(self.follow) - 1

    def _build(self, node: Node) -> Fragment:
        # The most frequent kinds come first: a first reading of a text waits for this.
        if isinstance(node, Word):
            here = (self._position(self._labelled(node.terms), skips=False),)
            if here[0] >= self._room:
                message = _("the pattern has more than {most} words, its lists written out")
                hint = _("Make two of it, or use shorter lists.")
                raise PatternError(message.format(most=MAX_POSITIONS), 0, 1, hint)
            return Fragment(here, False, here, 1, 1)
        if isinstance(node, Maybe):
            first, _nothing, last, _least, most = self._build(node.node)
            return Fragment(first, True, last, 0, most)
        if isinstance(node, Choice):
            return self._choice([self._build(part) for part in node.of])
        if isinstance(node, Gap):
            return self._gap(node.most, POSITIVE if node.positive else ANY)
        return self._run(node.nodes)

    def _gap(self, most: int, term: str) -> Fragment:
        label = self._labelled((term,))
        chain = tuple([self._position(label, skips=True) for _ in range(most)])
        for here, after in pairwise(chain):
            self.follow[here].append((label, after))
        return Fragment(chain[:1], empty=True, last=chain, least=0, most=most)

    def _choice(self, parts: list[Fragment]) -> Fragment:
        return Fragment(
            tuple([position for part in parts for position in part.first]),
            empty=any(part.empty for part in parts),
            last=tuple([position for part in parts for position in part.last]),
            least=min([part.least for part in parts]),
            most=max([part.most for part in parts]),
        )

    def _run(self, nodes: Sequence[Node]) -> Fragment:
        first: tuple[int, ...] = ()
        open_ends: tuple[int, ...] = ()
        empty = True
        least = most = 0
        for node in nodes:
            part = self._build(node)
            least += part.least
            most += part.most
            nexts = self.nexts(part.first)
            for position in open_ends:
                self.follow[position] += nexts
            if empty:
                first += part.first
                empty = part.empty
            open_ends = open_ends + part.last if part.empty else part.last
        return Fragment(first, empty, open_ends, least, most)
