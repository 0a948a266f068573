"""The whole way in for one TOML file whose top is a record. What must not be here: any step of it."""

from __future__ import annotations

import os
from typing import Any

from callcalm.core.records import dataclass
from callcalm.intake.codes import Code
from callcalm.intake.inbox import Inbox
from callcalm.intake.problems import BadFile, Problem
from callcalm.intake.reading import read
from callcalm.intake.shape_tables import Record
from callcalm.intake.source import Source
from callcalm.intake.spans import LIMITS, Limits
from callcalm.intake.toml import Document, parse
from callcalm.intake.words import shown
from callcalm.language import _


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file as its record wants it: cleaned `data` (keys with an error are missing), and what was wrong.

    The caller goes on to check what the record cannot see, puts that in the same `inbox`, and ends with
    ``inbox.warnings()``, which raises when there was an error.
    """

    data: dict[str, Any]
    inbox: Inbox
    document: Document


def load(
    path: str | os.PathLike[str], record: Record, *, cap: int, number: int | None = None, limits: Limits = LIMITS
) -> Loaded:
    """Read, parse and check a file of at most `cap` bytes.

    With `number`, the number that its key `format` must have: of a file from a newer version only that is said.
    Raises `BadFile` for what cannot be read or is not TOML; what the record finds is left in the inbox.
    """
    return load_source(read(path, cap), record, number=number, limits=limits)


def load_source(source: Source, record: Record, *, number: int | None = None, limits: Limits = LIMITS) -> Loaded:
    """`load`, for a text that is there already. Raises `BadFile` as it does."""
    return checked(parse(source, limits), record, number=number)


def checked(document: Document, record: Record, *, number: int | None = None) -> Loaded:
    """`load`, for a document that was parsed already. Raises `BadFile` for one from a newer version."""
    source = document.source
    written = document.values.get("format")
    if number is not None and isinstance(written, int) and written > number:
        message = _("the file is of format {written}; this version of callcalm reads format {number}")
        message = message.format(written=shown(written), number=number)
        place = document.positions.value(("format",))
        raise BadFile([Problem(Code.NEWER_FORMAT, message, place, _("Update callcalm."), source.name)], source)
    inbox = Inbox(document)
    return Loaded(record.check(document.values, (), inbox), inbox, document)
