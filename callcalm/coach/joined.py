"""Many short texts laid end to end and walked as one stretch: what each costs by itself is paid once for all.

Every text is as if it stood alone: no sentence, quotation or neighbourhood reaches from one into another. What
must not be here: what rules that stand in a text amount to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, groupby, islice

from callcalm.coach.blocks import Block
from callcalm.coach.finding import Finder
from callcalm.coach.lexicon import Lexicon
from callcalm.coach.quotes import may_quote, quoted_spans
from callcalm.coach.spots import Spot
from callcalm.coach.words import CHUNK
from callcalm.core.hints import Final

BETWEEN: Final = "\n\n"
"""What is laid between two texts: a chunk that is one stop."""


class Joined(Block):
    """Texts laid end to end, each with the lexicon of the call that it is heard in.

    `text` is all of them; `starts` gives where each begins in it, in code points.
    """

    def __init__(self, texts: Sequence[str], lexicons: Iterable[Lexicon], matcher: Finder) -> None:
        self.text = BETWEEN.join(texts)
        self.starts = list(accumulate([len(text) + len(BETWEEN) for text in texts[:-1]], initial=0))
        self._texts = texts
        self._start, self._end = 0, len(self.text)
        chunks: list[str] = []
        numbers: list[tuple[int, ...]] = []
        ends: list[int] = []
        rest = iter(texts)
        # What is said in the same call, one after the other, is numbered together.
        for _, group in groupby(lexicons, id):
            alike = list(group)
            begun = len(chunks)
            for text in islice(rest, len(alike)):
                chunks += CHUNK.findall(text)
                chunks.append(BETWEEN)
                ends.append(len(chunks))
            numbers += alike[0].numbers(chunks[begun:])
        words = list(accumulate(map(len, numbers), initial=0))
        self._ends = {words[end] - 1 for end in ends}
        self._walk(self.text, chunks, numbers, matcher.lexicon.layouts, matcher)

    @property
    def quotes(self) -> list[tuple[int, int]]:
        """The quoted stretches, in order, in code points of the text."""
        if self._quotes is None:
            # Mostly nobody is quoted in any of them.
            texts = zip(self.starts, self._texts, strict=True) if may_quote(self.text) else ()
            spans = [(start, span) for start, text in texts for span in quoted_spans(text, 0, len(text))]
            self._quotes = [(start + low, start + high) for start, (low, high) in spans]
        return self._quotes

    def by_text(self, spots: Iterable[Spot]) -> dict[int, list[Spot]]:
        """The spots of each text that has any, by the text's place among them."""
        found: dict[int, list[Spot]] = {}
        for spot in spots:
            found.setdefault(bisect_right(self.starts, spot.start) - 1, []).append(spot)
        return found
