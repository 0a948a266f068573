"""JSON for programs: documented in docs/check.md, its version in `format`. Keys may be added, not changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from callcalm.core.hints import Any, Final
from callcalm.report.model import Diagnostic, Report, Sheet

FORMAT: Final = 1


def to_json(report: Report) -> str:
    """The whole report as one JSON document."""
    return "".join(json_pieces(report))


def json_pieces(report: Report) -> Iterator[str]:
    """`to_json` piece by piece: one letter of megabytes can have hundreds of thousands of findings."""
    document = {
        "format": FORMAT,
        "files": [_sheet(sheet) for sheet in report.sheets],
        "problems": [_diagnostic(item) for item in report.trouble],
        "notices": [_diagnostic(item) for item in report.notices],
        "suppressed": report.suppressed,
    }
    return json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(document)


class _Findings(list[Any]):
    """Findings that become data one by one, as they are written."""

    def __init__(self, items: Sequence[Diagnostic]) -> None:
        super().__init__()
        self._items = items

    def __iter__(self) -> Iterator[Any]:
        return map(_diagnostic, self._items)

    def __len__(self) -> int:
        return len(self._items)


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "file": sheet.source.name,
        "language": sheet.language,
        "remarks": list(sheet.remarks),
        "estimate": None if sheet.estimate is None else dict(sheet.estimate),
        "findings": _Findings(sheet.diagnostics),
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
