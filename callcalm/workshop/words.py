"""The words that a written file holds besides the writer's own: comments, defaults, examples, in its language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parent / "data"


class Words:
    """The words of one language, by ``table.key``; what a channel has of its own comes before what all share."""

    def __init__(self, language: str, values: dict[str, Any], channel: str = "") -> None:
        self.language = language
        self._values = values
        self._channel = channel

    def on(self, channel: str) -> Words:
        """The same words for this channel: nobody hangs up at a counter."""
        return Words(self.language, self._values, channel)

    def __call__(self, key: str, **named: object) -> str:
        """The sentence, with its names filled in. Raises `KeyError` for one that is not there."""
        text: str = self._value(key)
        for name, value in named.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def lines(self, key: str) -> Sequence[str]:
        """A list of sentences."""
        found: list[str] = self._value(key)
        return found

    def _value(self, key: str) -> Any:
        table, _dot, name = key.partition(".")
        of_all = self._values[table]
        return of_all[own if (own := f"{name}-{self._channel}") in of_all else name]


@lru_cache(maxsize=4)
def words(language: str) -> Words:
    """The words for files in this language. Raises `FileNotFoundError` for one that there are none of."""
    import tomli  # noqa: PLC0415 - only writing needs it

    return Words(language, tomli.loads((DATA / f"words.{language}.toml").read_text("utf-8")))
