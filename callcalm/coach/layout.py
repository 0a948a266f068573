"""What machines ask of patterns that are laid out, wherever these come from: types, and nothing that runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from callcalm.core.hints import Protocol, TypeVar

Next = tuple[int, int]
"""A position that may follow another: its label and its number."""

_Value_co = TypeVar("_Value_co", covariant=True)


class ByNumber(Protocol[_Value_co]):
    """What can be asked for by a number: a list, a table, or what is fetched when it is asked for."""

    def __getitem__(self, number: int, /) -> _Value_co:
        """The value with this number."""


class Layout(Protocol):
    """Positions as a machine needs them, by their numbers."""

    @property
    def gap(self) -> ByNumber[int]:
        """Whether each stands for a word that a gap skips."""

    @property
    def ends(self) -> ByNumber[int]:
        """The number of the pattern that may end there, -1 for none."""

    def fitting(self, terms: tuple[str, ...]) -> set[int]:
        """The labels that a word with these terms fits."""

    def after(self, position: int, /) -> Sequence[Next]:
        """What may come after a position."""

    def reached(self, positions: Iterable[int], fitting: set[int]) -> set[int]:
        """The positions after these that a word reaches which fits these labels."""


class Begun(Protocol):
    """The patterns that one word begins."""

    @property
    def hits(self) -> Sequence[int]:
        """The numbers of those that the word is all of."""

    def reached(self, fitting: set[int]) -> Iterable[int]:
        """The positions that a next word reaches, in the others, which fits these labels."""
