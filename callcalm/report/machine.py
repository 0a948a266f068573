"""JSON for programs: documented in docs/check.md, its version in `format`. Keys may be added, not changed."""

from __future__ import annotations

import json
from typing import Any, Final

from callcalm.report.model import Diagnostic, Report, Sheet

FORMAT: Final = 1


def to_json(report: Report) -> str:
    """The whole report as one JSON document."""
    document = {
        "format": FORMAT,
        "files": [_sheet(sheet) for sheet in report.sheets],
        "problems": [_diagnostic(item) for item in report.trouble],
        "notices": [_diagnostic(item) for item in report.notices],
        "suppressed": report.suppressed,
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "file": sheet.source.name,
        "language": sheet.language,
        "remarks": list(sheet.remarks),
        "estimate": None if sheet.estimate is None else dict(sheet.estimate),
        "findings": [_diagnostic(item) for item in sheet.diagnostics],
    }


def _diagnostic(item: Diagnostic) -> dict[str, Any]:
    found: dict[str, Any] = {
        "file": item.file,
        "rule": item.rule,
        "level": item.level.value,
        "message": item.message,
    }
    if item.place is not None:
        found.update(
            line=item.place.line,
            column=item.place.column,
            end_line=item.place.end_line,
            end_column=item.place.end_column,
        )
    if item.matched:
        found["matched"] = item.matched
    if item.instead:
        found["instead"] = list(item.instead)
    if item.hint:
        found["hint"] = item.hint
    return {**found, **item.more}
