"""SARIF 2.1.0, which code hosts and editors read. What must not be here: anything SARIF has no word for."""

from __future__ import annotations

import json
from pathlib import PurePath
from urllib.parse import quote

from callcalm import __version__
from callcalm.core.hints import Any, Final
from callcalm.intake import MEANINGS
from callcalm.language import _
from callcalm.report.model import Diagnostic, Level, Report, say_instead

MOST_RESULTS: Final = 25_000
"""Most results of one run that code hosts take."""

_MEANINGS: Final = {code.value: meaning for code, meaning in MEANINGS.items()}
"""What a code means in general; a rule of a phrasebook is told by what it first said."""

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def to_sarif(report: Report) -> str:
    """The whole report as one SARIF log with one run."""
    found = [item for sheet in report.sheets for item in sheet.diagnostics]
    kept = [*found, *report.notices][:MOST_RESULTS]
    rules: dict[str, Diagnostic] = {}
    for item in kept:
        rules.setdefault(item.rule, item)
    numbers = {rule: number for number, rule in enumerate(rules)}
    notes = [_notification(item) for item in report.trouble]
    left_out = len(found) + len(report.notices) - len(kept)
    if left_out:
        text = _("{n} more results are left out: one run holds at most {most}.")
        text = text.format(n=left_out, most=MOST_RESULTS)
        notes.append({"level": "warning", "message": {"text": text}})
    run = {
        "tool": {
            "driver": {
                "name": "callcalm",
                "version": __version__,
                "rules": [_rule(item) for item in rules.values()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not report.trouble, "toolExecutionNotifications": notes}],
        "results": [_result(item, numbers[item.rule]) for item in kept],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(item: Diagnostic) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": item.rule,
        "shortDescription": {"text": _(_MEANINGS[item.rule]) if item.rule in _MEANINGS else item.message},
        "defaultConfiguration": {"level": item.level.value},
    }
    if item.instead:
        rule["help"] = {"text": say_instead(" / ".join(item.instead))}
    return rule


def _result(item: Diagnostic, number: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": item.rule,
        "ruleIndex": number,
        "level": item.level.value,
        "message": {"text": _told(item)},
        "locations": [_location(item)],
    }
    if item.level is Level.NONE:
        result["kind"] = "informational"
    if item.more:
        result["properties"] = dict(item.more)
    return result


def _told(item: Diagnostic) -> str:
    more = [say_instead(item.instead[0])] if item.instead else []
    more += [item.hint] if item.hint else []
    stop = "" if item.message.endswith((".", "!", "?", "…")) or not more else "."
    return " ".join((item.message + stop, *more))


def _location(item: Diagnostic) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri(item.file)}}
    if item.place is not None:
        physical["region"] = {
            "startLine": item.place.line,
            "startColumn": item.place.column,
            "endLine": item.place.end_line,
            "endColumn": item.place.end_column,
        }
        if item.matched:
            physical["region"]["snippet"] = {"text": item.matched}
    return {"physicalLocation": physical}


def _notification(item: Diagnostic) -> dict[str, Any]:
    return {
        "descriptor": {"id": item.rule},
        "level": item.level.value,
        "message": {"text": _told(item)},
        "locations": [_location(item)],
    }


def uri(file: str) -> str:
    """A file name as a relative or ``file:`` URI.

    >>> uri("letters/to Zoé.txt")
    'letters/to%20Zo%C3%A9.txt'
    """
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
