"""What rounds tell over time, as values for JSON: the shape that docs/stats.md describes.

Keys and their order are a promise to scripts: what changes them changes `FORMAT`; new keys may be added. What must
not be here: computing.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Any

from callcalm.insight.trends_model import Trends, Week

FORMAT = 1
"""The format of the JSON."""

_DIGITS = 3


def as_values(trends: Trends) -> dict[str, Any]:
    """Tables, lists, numbers and strings; times in ISO 8601 with their offset, means to three digits."""
    made = {"format": FORMAT, **_plain(trends)}
    made["weeks"] = [_week(week) for week in trends.weeks]
    return made


def _week(week: Week) -> dict[str, Any]:
    return {
        **_plain(week),
        "helping_per_ten": _plain(week.helping_per_ten),
        "costing_per_ten": _plain(week.costing_per_ten),
    }


def _plain(value: Any) -> Any:
    """The value of any type of `trends_model`, field by field."""
    match value:
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case float():
            return round(value, _DIGITS)
    names = getattr(value, "_fields", None) or getattr(value, "__dataclass_fields__", None)
    if names is not None:
        return {name: _plain(getattr(value, name)) for name in names}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
