"""Campaigns from TOML: an order through the library. What must not be here: how far somebody is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from callcalm.content.shapes import FORMAT, LANGUAGES, LONGEST_TITLE, VERSION, identifier
from callcalm.core.records import dataclass
from callcalm.core.text import Text, safe
from callcalm.intake import (
    BadFile,
    Choice,
    Code,
    Field,
    ListOf,
    Loaded,
    Record,
    Source,
    Str,
    load_source,
    read,
)
from callcalm.intake.endings import TOML_FILES
from callcalm.language import _

SHIPPED: Final = Path(__file__).parent / "campaigns"
CAP: Final = 128 * 1024
"""Largest campaign file, in bytes."""

MOST_FILES: Final = 200


@dataclass(frozen=True, slots=True)
class Step:
    """One step: an encounter or a drill, by id; `why` is what it is here for, and may be empty."""

    kind: str
    id: str
    why: Text


@dataclass(frozen=True, slots=True)
class Campaign:
    """Steps in an order that makes sense."""

    id: str
    title: Text
    language: str
    about: Text
    steps: tuple[Step, ...]


def campaign_record() -> Record:
    """The shape of a campaign file."""
    step = Record(
        {
            "encounter": Field(identifier(), "The id of an encounter."),
            "drill": Field(identifier(), "The id of a drill."),
            "why": Field(Str(200, strip=True), "What this step is here for."),
        },
        example='{ encounter = "lost-referral", why = "…" }',
    )
    return Record(
        {
            "format": VERSION,
            "title": Field(Str(LONGEST_TITLE, strip=True), "The title, as home shows it.", required=True),
            "language": Field(Choice(LANGUAGES), "The language it is written in.", required=True),
            "about": Field(
                Str(600, multiline=True, strip=True), "Whom it is for, and to what end.", required=True
            ),
            "steps": Field(ListOf(step, 1, 60), "The steps, in order.", required=True),
        }
    )


def load_campaign(path: Path) -> Campaign:
    """The campaign in a file; its id is the file's name. Raises `BadFile` with all that is wrong with it."""
    loaded = read_campaign(read(path, CAP))
    try:
        loaded.inbox.warnings()
    except BadFile as bad:
        from callcalm.content.kinds import Kind, as_meant  # noqa: PLC0415 - most files are what is meant

        raise as_meant(bad, Kind.CAMPAIGN) from None
    data = loaded.data
    steps = tuple(
        Step(kind, step[kind], step.get("why", safe("")))
        for step in data["steps"]
        for kind in ("encounter", "drill")
        if kind in step
    )
    name = safe(path.stem, multiline=False)
    return Campaign(name, data["title"], data["language"], data["about"], steps)


def read_campaign(source: Source) -> Loaded:
    """A campaign file with all that is wrong with it, if it is TOML at all. Raises `BadFile`."""
    loaded = load_source(source, campaign_record(), number=FORMAT)
    for index, step in enumerate(loaded.data.get("steps", ())):
        if isinstance(step, dict) and ("encounter" in step) == ("drill" in step):
            message = _("a step has either an `encounter` or a `drill`")
            loaded.inbox.add(Code.MISSING_KEY, message, ("steps", index))
    return loaded


def load_campaigns(folders: Iterable[Path], problems: list[BadFile] | None = None) -> tuple[Campaign, ...]:
    """Every campaign in these folders, the earlier folder first; what is wrong goes to `problems`."""
    found: dict[str, Campaign] = {}
    for folder in folders:
        for path in sorted(folder.glob(TOML_FILES))[:MOST_FILES]:
            try:
                campaign = load_campaign(path)
            except BadFile as bad:
                if problems is not None:
                    problems.append(bad)
                continue
            found.setdefault(campaign.id, campaign)
    return tuple(sorted(found.values(), key=lambda campaign: (campaign.language, campaign.id)))
