"""Slips of the finger in long words: one letter too many, too few, wrong, or two swapped.

Only where it is safe: long words, the first letter and the ending right (so no *claim* for *claims* and no
*failed* for *sailed*), and never a word that is known to be another. What must not be here: phrases.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final


class Slips:
    """Finds the known word that a written one was meant to be."""

    LEAST: Final = 7
    """Letters a written word needs before a slip is looked for."""

    MOST: Final = 24
    """Longer ones are no words."""

    def __init__(
        self,
        words: Iterable[str],
        lookalikes: frozenset[str],
        by_edges: dict[tuple[str, str], list[str]] | None = None,
    ) -> None:
        self._lookalikes = lookalikes
        self.by_edges: dict[tuple[str, str], list[str]] = {} if by_edges is None else by_edges
        """The known words by first letter and ending; given, it was made of such words before."""
        for word in words:
            if len(word) >= self.LEAST and word.isalpha():
                self.by_edges.setdefault((word[0], word[-2:]), []).append(word)

    def meant(self, word: str) -> str | None:
        """The one known word a slip away from `word`; None when there is none, or more than one."""
        if len(word) > self.MOST or not word.isalpha() or word in self._lookalikes:
            return None
        near = {known for known in self.by_edges.get((word[0], word[-2:]), ()) if _one_slip(word, known)}
        return near.pop() if len(near) == 1 else None


def _one_slip(word: str, known: str) -> bool:
    if abs(len(word) - len(known)) > 1 or known == word:
        return False
    at = 0
    while word[at : at + 1] == known[at : at + 1]:
        at += 1
    if len(word) == len(known):
        if word[at + 1 :] == known[at + 1 :]:
            # A wrong letter makes another real word more easily than the other slips do.
            return len(known) > Slips.LEAST
        return word[at : at + 2] == known[at : at + 2][::-1] and word[at + 2 :] == known[at + 2 :]
    longer, shorter = (word, known) if len(word) > len(known) else (known, word)
    return longer[at + 1 :] == shorter[at:]
