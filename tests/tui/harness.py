"""What the screen tests share: a desk over a temporary folder, a small library, and the screen as text."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from textual.pilot import Pilot

from callcalm.coach import Hearing, Phrasebook, Rule
from callcalm.content.headers import Header
from callcalm.content.library import UnknownScenario
from callcalm.core.model import Scenario
from callcalm.core.playbook import Playbook, Stance
from callcalm.core.text import Text
from callcalm.language import use
from callcalm.practice.desk import Desk
from callcalm.practice.round import Stage
from callcalm.storage.folders import Folders, Origin
from callcalm.storage.settings import Settings
from callcalm.tui.app import CallcalmApp
from tests.support import REGISTRY, playbook, scenario

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
SIZES = [(60, 20), (80, 24), (140, 40)]


class Shelf:
    """A library of scenarios that are in memory."""

    def __init__(self, scenarios: Iterable[Scenario], extra: Iterable[Header] = ()) -> None:
        self.scenarios = {one.id: one for one in scenarios}
        self.extra = list(extra)

    def headers(self, *, all_of_them: bool = False) -> list[Header]:
        """What a promise brings back has no place in a small library."""
        del all_of_them
        made = [
            Header(
                one.id,  # type: ignore[arg-type]  # an id is safe by its rules
                Path(f"{one.id}.toml"),
                title=one.title,
                language=one.language,
                channel=one.channel,
                setting=one.setting,
                level=one.level,
                minutes=one.minutes,
                caller=one.caller.name,
                teaches=one.teaches,
            )
            for one in self.scenarios.values()
        ]
        return [*made, *self.extra]

    def load(self, name: str, *_rest: object) -> Scenario:
        if name not in self.scenarios:
            raise UnknownScenario(name, None)
        return self.scenarios[name]


def books() -> Mapping[str, Playbook]:
    """Two schools that differ on one move."""
    return {"core": playbook("core"), "strict": playbook("strict", empathy_named=Stance.FORBID)}


def make_desk(
    folder: Path,
    *scenarios: Scenario,
    broken: Iterable[Header] = (),
    rules: Mapping[str, Playbook] | None = None,
    **settings: Any,
) -> Desk:
    """A desk whose saves are in `folder`; without scenarios it has the one of `tests.support`."""
    chosen = Settings(**{"player": "Sam", "language": "en", "motion": "reduced", **settings})
    places = Folders(folder / "saves", folder / "settings.toml", folder / "scenarios", Origin.ARGUMENT)
    desk = Desk(places, chosen, chosen.player, lambda: NOW)
    shelf: Any = Shelf(scenarios or [scenario()], broken)
    use(chosen.language)
    desk.__dict__.update(library=shelf, rulebook=SimpleNamespace(registry=REGISTRY), playbooks=rules or books())
    return desk


@asynccontextmanager
async def running(
    desk: Desk,
    size: tuple[int, int] = (80, 24),
    play: str | None = None,
    theme: str | None = None,
    stage: Stage = Stage.BRIEF,
) -> AsyncIterator[tuple[CallcalmApp, Pilot[None]]]:
    """The app in a window of this size, at home or at a stage of a round that begins."""
    practice = desk.begin(play) if play is not None else None
    if practice is not None and stage is not Stage.BRIEF:
        practice.go(stage)
    app = CallcalmApp(desk, practice, theme)
    try:
        async with app.run_test(size=size) as pilot:
            await looked(pilot)
            yield app, pilot
    finally:
        app.desk.store.close()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each once the one before has been dealt with."""
    for key in keys:
        await pilot.press(key)
        await looked(pilot)


async def typed(pilot: Pilot[None], words: str) -> None:
    """Type words as a quick typist does: no key waits for the one before it."""
    await pilot.press(*words)
    await looked(pilot)


async def looked(pilot: Pilot[None]) -> None:
    """Let everything happen that is under way, also the look at the log that home takes in a thread."""
    await settled(pilot)
    looking = [worker for worker in pilot.app.workers if worker.group == "today"]
    if looking:
        await pilot.app.workers.wait_for_complete(looking)
        await settled(pilot)


async def settled(pilot: Pilot[None]) -> None:
    """Let every widget deal with its messages, and with those that come of them.

    On a busy machine a process that waits for its turn looks idle: what happens in steps is waited for in steps.
    """
    for _step in range(4):
        await pilot.pause(0)
    await pilot.pause()


async def solved(pilot: Pilot[None]) -> None:
    """Wait until what is worked out beside the screen stands on it."""
    await pilot.app.workers.wait_for_complete()
    await settled(pilot)


def shown(app: CallcalmApp) -> str:
    """The screen as plain text, without what is blank at the ends of lines."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def place(app: CallcalmApp) -> str:
    """The name of the screen's class."""
    return type(app.screen).__name__


class SmallBooks:
    """Phrasebooks of two rules in English and one in French, which no change of the shipped ones touches."""

    def __init__(self, _files: tuple[Path, ...] = ()) -> None:
        self._rules = {
            "en": (
                _rule("why-did-you", "blame.why-you", "why (did|had) [not] you", "Why did you wait until now?"),
                _rule("it-is-policy", "rule-wall", "it is [our] policy", "I'm afraid it is our policy."),
            ),
            "fr": (_rule("cest-le-reglement", "rule-wall", "c'est le règlement", "Désolée, c’est le règlement."),),
        }

    def __getitem__(self, language: str) -> Phrasebook:
        return Phrasebook(language, {rule.id: rule for rule in self._rules[language]}, {}, Hearing())


def _rule(ident: str, move: str, pattern: str, hit: str) -> Rule:
    why, instead = Text(f"Why {ident} costs."), (Text(f"Something better than {ident}."),)
    return Rule(ident, move, 2, (pattern,), (), why, instead, "S0-1", (hit,), (f"Not {ident}.",))
