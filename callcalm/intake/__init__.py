"""The way in for every file: bounded bytes, safe names, places, TOML, types, and all problems at once.

Bytes become a `Source` (`read`, `from_bytes`); `parse` gives a `Document` with the place of every value; shapes
check and clean it and put what is wrong in an `Inbox`. `load` does all of it for one file. What must not be here:
any knowledge of what a file is for.
"""

from __future__ import annotations

from callcalm.core.hints import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from callcalm.intake.codes import MEANINGS, Code
    from callcalm.intake.inbox import Inbox
    from callcalm.intake.loading import Loaded, load, load_source
    from callcalm.intake.positions import Positions
    from callcalm.intake.problems import BadFile, Problem, Severity, excerpt, in_one_line, render, render_all
    from callcalm.intake.reading import from_bytes, read, read_bytes
    from callcalm.intake.shape import BAD, Bool, Choice, Int, Plain, Shape, Str
    from callcalm.intake.shape_tables import Either, Field, ListOf, MapOf, Record
    from callcalm.intake.source import Place, Source
    from callcalm.intake.spans import Path
    from callcalm.intake.toml import parse
    from callcalm.intake.words import nearest, shown, tidied

__all__ = [
    "BAD",
    "MEANINGS",
    "BadFile",
    "Bool",
    "Choice",
    "Code",
    "Either",
    "Field",
    "Inbox",
    "Int",
    "ListOf",
    "Loaded",
    "MapOf",
    "Path",
    "Place",
    "Plain",
    "Positions",
    "Problem",
    "Record",
    "Severity",
    "Shape",
    "Source",
    "Str",
    "excerpt",
    "from_bytes",
    "in_one_line",
    "load",
    "load_source",
    "nearest",
    "parse",
    "read",
    "read_bytes",
    "render",
    "render_all",
    "shown",
    "tidied",
]

_HOMES: Final = {
    "codes": "MEANINGS Code",
    "inbox": "Inbox",
    "loading": "Loaded load load_source",
    "positions": "Positions",
    "problems": "BadFile Problem Severity excerpt in_one_line render render_all",
    "reading": "from_bytes read read_bytes",
    "shape": "BAD Bool Choice Int Plain Shape Str",
    "shape_tables": "Either Field ListOf MapOf Record",
    "source": "Place Source",
    "spans": "Path",
    "toml": "parse",
    "words": "nearest shown tidied",
}


def __getattr__(name: str) -> Any:
    # A letter needs bytes and places and none of the rest: each module is imported when a name of it is asked for.
    for module, names in _HOMES.items():
        if name in names.split():
            from importlib import import_module  # noqa: PLC0415 - nothing here is imported before it is needed

            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
