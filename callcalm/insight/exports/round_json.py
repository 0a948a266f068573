"""A round as JSON, version 1; docs/exports.md says what each key means.

What must not be here: where its facts come from.
"""

from __future__ import annotations

import json
from typing import Any, Final

from callcalm import __version__
from callcalm.core.moves import Factor
from callcalm.core.price import PriceSheet
from callcalm.insight.exports.account import Account
from callcalm.insight.exports.answers import Seen, Told

VERSION: Final = 1
"""Goes up when a key changes its meaning or goes away; new keys may come at any time."""


def round_json(told: Account) -> str:
    """The document; ends with a line end."""
    return json.dumps(round_data(told), ensure_ascii=False, indent=2) + "\n"


def round_data(told: Account) -> dict[str, Any]:
    """The same as values."""
    record = told.record
    return {
        "callcalm": {"kind": "round", "version": VERSION, "app": __version__},
        "id": record.id,
        "scenario": record.scenario,
        "title": record.title,
        "language": record.language,
        "playbook": record.playbook,
        "digest": record.digest,
        "seed": record.seed,
        "started": record.started.isoformat() if record.started else None,
        "finished": record.finished.isoformat(),
        "coached": record.coached,
        "undone": record.undone,
        "ending": {"id": record.ending, "kind": record.kind, "text": told.ending_text, "lesson": told.lesson},
        "remarks": list(told.remarks),
        "answers": [_answer(one) for one in told.told],
        "actions": [
            {"do": one.do, "reply": one.reply, "text": one.text, "parts": [part + 1 for part in one.parts]}
            for one in record.actions
        ],
        "composure": list(record.composure),
        "sheets": {
            "self": _sheet(record.own),
            "reference": _sheet(record.reference),
            "gap": {row.id: row.gap for row in told.rows} or None,
            "evidence": {row.id: list(row.evidence) for row in told.rows if row.evidence},
        },
        "promises": [
            {
                "what": one.what,
                "by": one.by,
                "keepable": one.keepable,
                "follow_up": one.follow_up,
                "answer": one.turn,
            }
            for one in record.promises
        ],
        "notes": list(record.notes),
        "facts": list(record.facts),
        "goal": told.goal,
        "transfer": record.transfer,
        "follows": record.follows,
        "replay": told.replay,
    }


def _answer(one: Told) -> dict[str, Any]:
    return {
        "answer": one.number,
        "caller": list(one.caller),
        "words": one.words,
        "typed": one.typed,
        "before": one.before,
        "after": one.after,
        "moves": [_seen(seen) for seen in one.seen],
    }


def _seen(one: Seen) -> dict[str, Any]:
    return {
        "move": one.move,
        "name": one.name,
        "effect": "costs" if one.costs else "helps",
        "quote": one.quote,
        "start": one.start,
        "end": one.end,
        "points": one.points,
        "why": one.why,
        "instead": one.instead,
        "sources": list(one.sources),
    }


def _sheet(sheet: PriceSheet | None) -> dict[str, Any] | None:
    if sheet is None:
        return None
    factors = {factor.value: sheet.factor(factor) for factor in Factor}
    return {"got": sheet.got, "fair": sheet.fair, "result": sheet.result, **factors, "total": sheet.total}
