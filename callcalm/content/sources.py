"""The ids of the sources and what each teaches, from `data/sources.toml`. What must not be here: counting."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from callcalm.content.shapes import FORMAT, SOURCE, VERSION, words
from callcalm.core.text import Text
from callcalm.intake import Code, Field, ListOf, Record, load
from callcalm.language import _

FILE: Final = Path(__file__).parent / "data" / "sources.toml"
CAP: Final = 128 * 1024


def sources_record() -> Record:
    """The shape of the list of sources."""
    source = Record(
        {
            "id": Field(SOURCE, "The id: source and step, tip or slide.", required=True),
            "teaches": Field(words(200), "What it teaches, in a sentence.", required=True),
        },
        example='id = "S0-3", teaches = { en = "…", fr = "…" }',
    )
    return Record(
        {"format": VERSION, "sources": Field(ListOf(source, 1, 200), "Every id there is.", required=True)}
    )


def load_sources(path: Path = FILE) -> dict[str, dict[str, Text]]:
    """What each id teaches, by language, in the order of the sources. Raises `BadFile`."""
    loaded = load(path, sources_record(), cap=CAP, number=FORMAT)
    found: dict[str, dict[str, Text]] = {}
    for index, source in enumerate(loaded.data.get("sources", ())):
        if isinstance(source, dict) and source.get("id") in found:
            loaded.inbox.add(
                Code.ID_TWICE,
                _("there is another `{name}` above").format(name=source["id"]),
                ("sources", index, "id"),
            )
        if isinstance(source, dict) and "id" in source:
            found[source["id"]] = source.get("teaches", {})
    loaded.inbox.warnings()
    return found
