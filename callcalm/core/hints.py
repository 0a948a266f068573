"""The names of `typing` that stand in type hints, without that module: it takes as long to load as the whole core.

Type checkers see the standard ones. At run time nobody asks, for hints are never evaluated; what is called or
inherited from is as little as will do. For modules that a start loads: elsewhere `typing` is as good. What must
not be here: anything that does something.
"""

from __future__ import annotations

__all__ = ["IO", "TYPE_CHECKING", "Any", "Final", "Literal", "NewType", "NoReturn", "Protocol", "TypeVar"]

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import IO, Any, Final, Literal, NewType, NoReturn, Protocol, TypeVar
else:
    IO = Any = Final = Literal = NoReturn = None

    class Protocol:
        """See `typing.Protocol`."""

        def __class_getitem__(cls, _kind: object) -> type:
            return cls

    def NewType(_name: str, of: type) -> type:  # noqa: N802 - it stands for one of that name
        """See `typing.NewType`."""
        return of

    def TypeVar(name: str, **_kind: object) -> str:  # noqa: N802 - as above
        """See `typing.TypeVar`."""
        return name
