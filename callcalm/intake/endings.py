"""Which files are TOML files by their names: in small letters or capitals, as some Windows tools write them."""

from __future__ import annotations

from callcalm.core.hints import Final

TOML_FILES: Final = "*.[tT][oO][mM][lL]"
"""The TOML files of a folder, for `Path.glob`."""


def is_toml(name: str) -> bool:
    """Whether a file of this name is a TOML file.

    >>> is_toml("MY-CALL.TOML"), is_toml("my-call.toml.txt")
    (True, False)
    """
    return name.lower().endswith(".toml")
