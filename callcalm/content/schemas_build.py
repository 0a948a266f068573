"""The JSON Schemas of what content and the coach read, for editors, made of the shapes that check those files.

What must not be here: writing them (`callcalm.workshop.schemas` does, with those of storage).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from callcalm.coach.loading import record as phrasebook_record
from callcalm.content.campaigns import campaign_record
from callcalm.content.drill_shape import drill_record
from callcalm.content.playbooks import playbook_record
from callcalm.content.registry import moves_record
from callcalm.content.scenario_shape import scenario_record
from callcalm.content.sources import sources_record
from callcalm.content.worked_calls import worked_record

FOLDER: Final = Path(__file__).parent / "schemas"


def schemas() -> dict[str, str]:
    """The text of every schema file, by its name."""
    records = {
        "scenario": ("A callcalm scenario", scenario_record()),
        "playbook": ("A callcalm playbook", playbook_record()),
        "phrasebook": ("A callcalm phrasebook", phrasebook_record()),
        "drill": ("A callcalm drill", drill_record()),
        "worked": ("A file of callcalm worked calls", worked_record()),
        "campaign": ("A callcalm campaign", campaign_record()),
        "sources": ("The callcalm list of sources", sources_record()),
        "moves": ("The callcalm registry of moves", moves_record()),
    }
    head = {"$schema": "http://json-schema.org/draft-07/schema#"}
    return {
        f"{name}.json": json.dumps({**head, "title": title, **record.json_schema()}, ensure_ascii=False, indent=2)
        + "\n"
        for name, (title, record) in records.items()
    }
