"""GitHub workflow commands: annotations on a pull request. GitHub shows ten a level, so ten are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from callcalm.core.hints import Final
from callcalm.language import _
from callcalm.report.model import Diagnostic, Level, Report, say_instead

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
        more = _("{n} more of the level {level} are not annotated: GitHub shows {most} a level and step.")
        yield more.format(n=count, level=command, most=MOST)


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
    told = item.message
    if item.matched and item.matched not in told:
        told = _("“{words}”: {message}").format(words=item.matched, message=told)
    parts = [told]
    parts += [say_instead(item.instead[0])] if item.instead else []
    parts += [item.hint] if item.hint else []
    all_told = "\n".join(parts)
    return f"::{command} {words}::{_data(all_told)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
