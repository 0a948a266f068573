"""The alphabet that automata read: numbers for words.

What must not be here: which terms a word has (see `lexicon`).
"""

from __future__ import annotations

from callcalm.coach.terms import FACT, START


class Alphabet:
    """Numbers for words: words with the same terms share one, for patterns cannot tell them apart.

    0 is the end of a sentence, 1 a pause: they stand among the words of a text. 2 is the edge of a sentence.
    """

    STOP, PAUSE, EDGE = 0, 1, 2

    def __init__(self) -> None:
        self.terms: list[tuple[str, ...]] = [(), (), (START,)]
        self.facts: set[int] = set()
        """The numbers of the words that the caller said too."""
        self._numbers: dict[tuple[str, ...], int] = {}

    def number(self, terms: tuple[str, ...]) -> int:
        """The number of all words that have just these terms."""
        known = self._numbers.get(terms)
        if known is None:
            known = self._numbers[terms] = len(self.terms)
            self.terms.append(terms)
            if FACT in terms:
                self.facts.add(known)
        return known
