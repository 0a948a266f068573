"""GitHub workflow commands: annotations on a pull request. GitHub shows ten a level, so ten are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from callcalm.report.model import Diagnostic, Level, Report

MOST: Final = 10
"""Annotations of one level that GitHub shows for one step."""

_COMMANDS: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice", Level.NONE: "notice"}


def to_github(report: Report) -> Iterator[str]:
    """The report line by line: commands, and a plain line that says how many were left out."""
    written: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    found = (item for sheet in report.sheets for item in sheet.diagnostics)
    for item in (*report.trouble, *found, *report.notices):
        command = _COMMANDS[item.level]
        if written[command] >= MOST:
            left_out[command] += 1
            continue
        written[command] += 1
        yield _command(command, item)
    for command, count in left_out.items():
        yield f"{count} more of the level {command} are not annotated: GitHub shows {MOST} a level and step."


def _command(command: str, item: Diagnostic) -> str:
    fields = {"file": item.file}
    if item.place is not None:
        fields.update(
            line=str(item.place.line),
            col=str(item.place.column),
            endLine=str(item.place.end_line),
            endColumn=str(item.place.end_column),
        )
    fields["title"] = f"callcalm {item.rule}"
    words = ",".join(f"{key}={_property(value)}" for key, value in fields.items())
    parts = [f"“{item.matched}”: {item.message}" if item.matched else item.message]
    parts += [f"Say instead: {item.instead[0]}"] if item.instead else []
    parts += [item.hint] if item.hint else []
    told = "\n".join(parts)
    return f"::{command} {words}::{_data(told)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
