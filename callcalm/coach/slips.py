"""Slips of the finger in long words: one letter too many, too few, wrong, or two swapped.

Only where it is safe: long words, the first letter and the ending right (so no *claim* for *claims* and no
*failed* for *sailed*), and never a word that is known to be another. What must not be here: phrases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from callcalm.core.hints import Final


class Slips:
    """Finds the known word that a written one was meant to be; the known ones are given `by_edges`."""

    LEAST: Final = 7
    """Letters a written word needs before a slip is looked for."""

    MOST: Final = 24
    """Longer ones are no words."""

    def __init__(self, by_edges: Mapping[str, Sequence[str]], lookalikes: frozenset[str]) -> None:
        self._by_edges = by_edges
        self._lookalikes = lookalikes

    def meant(self, word: str) -> str | None:
        """The one known word a slip away from `word`; None when there is none, or more than one."""
        if len(word) > self.MOST or not word.isalpha() or word in self._lookalikes:
            return None
        near = {known for known in self._by_edges.get(_edges(word), ()) if _one_slip(word, known)}
        return near.pop() if len(near) == 1 else None


def by_edges(words: Iterable[str]) -> dict[str, list[str]]:
    """The words that are long enough to have slips, by first letter and ending: for `Slips`."""
    found: dict[str, list[str]] = {}
    for word in words:
        if len(word) >= Slips.LEAST and word.isalpha():
            found.setdefault(_edges(word), []).append(word)
    return found


def _edges(word: str) -> str:
    return word[0] + word[-2:]


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
