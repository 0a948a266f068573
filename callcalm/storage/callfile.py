"""The call in progress: ``NAME.call.toml``, replaced whole after every turn, gone once the round is in the log.

What cannot be read is moved out of the way, never removed. What must not be here: rounds, or which call is whose.
"""

from __future__ import annotations

import itertools
import os
from datetime import datetime
from pathlib import Path

from callcalm.core.text import Text
from callcalm.storage import durable, emit
from callcalm.storage.blocks import MAX_BLOCK
from callcalm.storage.fields import Fields
from callcalm.storage.parsing import NotRead, read_values
from callcalm.storage.recording import BadRecord, call_pairs, read_call
from callcalm.storage.records import FORMAT, CallRecord, stamp
from callcalm.storage.trouble import CannotSave, Reason, Saved, SaveProblem, Trouble

_FIRST_LINE = "# A call in progress. callcalm offers it again at the next start.\n"


def save_call(path: Path, record: CallRecord, player: Text) -> Saved:
    """Write the call. It is on the disk then.

    Raises:
        CannotSave: the file is as it was.
    """
    data = (_FIRST_LINE + emit.lines([("player", player), *call_pairs(record)])).encode()
    if len(data) > MAX_BLOCK:
        raise CannotSave(path, Reason.TOO_LARGE)
    return Saved(path, durable.replace_file(path, data))


def load_call(path: Path, now: datetime, problems: list[SaveProblem]) -> CallRecord | None:
    """The call in the file, if there is one that this callcalm can go on with.

    One that cannot be read is moved to ``NAME.call.toml.corrupt-…``; one of a later callcalm stays until another
    call needs its place (`make_way`). Both go to `problems`. Never raises.
    """
    if not os.path.lexists(path):
        return None  # the most common case, and reading would first have to load the parser
    try:
        table = dict(read_values(path, MAX_BLOCK))
        table.pop("player", None)
        record, faults = read_call(table)
    except NotRead as error:
        if error.closed:
            problems.append(SaveProblem(Trouble.UNREADABLE, path, detail=str(error)))
        elif not error.gone:
            lines = (error.line, error.line) if error.line else None
            moved = set_aside(path, "corrupt", now)
            problems.append(SaveProblem(Trouble.CALL_CORRUPT, path, lines, str(error), moved))
        return None
    except BadRecord as error:
        if Fields(table).number("format") > FORMAT:
            problems.append(SaveProblem(Trouble.CALL_NEWER, path))
        else:
            moved = set_aside(path, "corrupt", now)
            problems.append(SaveProblem(Trouble.CALL_CORRUPT, path, None, str(error), moved))
        return None
    if record.newer:
        problems.append(SaveProblem(Trouble.CALL_NEWER, path))
        return None
    if faults:
        problems.append(SaveProblem(Trouble.FIELDS, path, detail="; ".join(faults)))
    return record


def make_way(path: Path, now: datetime, problems: list[SaveProblem]) -> None:
    """Before a call is written where nobody has looked yet: move away what no callcalm of this version wrote.

    Raises:
        CannotSave: it cannot be moved.
    """
    met: list[SaveProblem] = []
    load_call(path, now, met)
    for problem in met:
        if problem.kind is Trouble.CALL_NEWER:
            moved = set_aside(path, "newer", now)
            problem = SaveProblem(Trouble.CALL_NEWER, path, moved_to=moved)  # noqa: PLW2901 - the same, told in full
        problems.append(problem)
        if problem.kind is not Trouble.FIELDS and problem.moved_to is None:
            raise CannotSave(path, Reason.DENIED)


def clear_call(path: Path) -> None:
    """Remove the call.

    Raises:
        CannotSave: it is still there.
    """
    try:
        path.unlink()
    except FileNotFoundError:
        return
    except OSError as error:
        raise CannotSave.because(path, error) from error
    durable.sync_folder(path.parent)


def set_aside(path: Path, why: str, now: datetime) -> Path | None:
    """Rename the file to ``….<why>-<UTC>``, or one like it that is free. None if the system refuses."""
    moment = stamp(now)
    names = (f"{path.name}.{why}-{moment}{f'-{n}' if n > 1 else ''}" for n in itertools.count(1))
    aside = next(free for name in names if not (free := path.with_name(name)).exists())
    try:
        path.rename(aside)
    except OSError:
        return None
    durable.sync_folder(path.parent)
    return aside
