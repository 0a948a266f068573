"""The way in for every file: bounded bytes, safe names, places, TOML, types, and all problems at once.

Bytes become a `Source` (`read`, `from_bytes`); `parse` gives a `Document` with the place of every value; shapes
check and clean it and put what is wrong in an `Inbox`. `load` does all of it for one file. What must not be here:
any knowledge of what a file is for.
"""

from __future__ import annotations

from callcalm.intake.codes import MEANINGS, Code
from callcalm.intake.inbox import Inbox
from callcalm.intake.loading import Loaded, load, load_source
from callcalm.intake.positions import Positions
from callcalm.intake.problems import BadFile, Problem, Severity, render, render_all
from callcalm.intake.reading import from_bytes, read
from callcalm.intake.shape import BAD, Bool, Choice, Int, Plain, Shape, Str
from callcalm.intake.shape_tables import Either, Field, ListOf, MapOf, Record
from callcalm.intake.source import Place, Source
from callcalm.intake.spans import LIMITS, Limits, Path
from callcalm.intake.toml import Document, parse
from callcalm.intake.words import nearest, shown

__all__ = [
    "BAD",
    "LIMITS",
    "MEANINGS",
    "BadFile",
    "Bool",
    "Choice",
    "Code",
    "Document",
    "Either",
    "Field",
    "Inbox",
    "Int",
    "Limits",
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
    "from_bytes",
    "load",
    "load_source",
    "nearest",
    "parse",
    "read",
    "render",
    "render_all",
    "shown",
]
