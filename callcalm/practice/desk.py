"""The desk: a player's settings, saves, encounters and house rules, each loaded when it is first used.

Imports stand inside the methods that need them: home must not wait for the engine or the coach.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from callcalm.content.library import Library, is_path
from callcalm.language import _, ngettext, use
from callcalm.storage import folders
from callcalm.storage.settings import Settings, load_settings
from callcalm.storage.trouble import CannotSave, SaveProblem

if TYPE_CHECKING:
    from callcalm.content.registry import Rulebook
    from callcalm.core.model import Scenario
    from callcalm.core.moves import Registry
    from callcalm.core.playbook import Playbook
    from callcalm.practice.ears import Ears
    from callcalm.practice.round import Practice, Returning
    from callcalm.storage.records import CallRecord
    from callcalm.storage.store import Store


class UnknownPlaybook(LookupError):
    """There is no playbook of that name; `str()` says which there are."""


def clock() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


class Desk:
    """What a front end needs of everything below it.

    `player` is whose save is in use, `phrases` the phrasebooks of one's own. `served` says that whoever plays sits
    at another machine (`callcalm serve`): no path may be typed then.
    """

    def __init__(
        self,
        places: folders.Folders,
        settings: Settings,
        player: str,
        now: Callable[[], datetime],
        phrases: tuple[Path, ...] = (),
        *,
        served: bool = False,
    ) -> None:
        self.folders = places
        self.served = served
        self.phrases = phrases
        self.settings = settings
        self.player = player
        self.setting_problems: tuple[SaveProblem, ...] = ()
        self.now = now

    @classmethod
    def open(
        cls,
        *,
        player: str | None = None,
        saves: Path | None = None,
        phrases: tuple[Path, ...] = (),
        now: Callable[[], datetime] = clock,
        served: bool = False,
    ) -> Desk:
        """Sit down: find the folders, read the settings, speak their language. Nothing is written yet."""
        places = folders.find(saves, os.environ, Path.cwd())
        met: list[SaveProblem] = []
        settings = load_settings(places.settings, met)
        use(settings.language)
        if settings.saves:
            from callcalm.practice.moving import placed

            places = placed(places, settings, met)
        books = (*places.phrasebooks(), *phrases)
        desk = cls(places, settings, player or settings.player, now, books, served=served)
        desk.setting_problems = tuple(met)
        return desk

    def as_player(self, player: str) -> Desk:
        """The same desk for somebody else; this one's save is let go."""
        self.close()
        return Desk(self.folders, self.settings, player, self.now, self.phrases, served=self.served)

    @cached_property
    def store(self) -> Store:
        """The player's saves."""
        from callcalm.storage.store import Store

        return Store.open(self.player, self.folders.saves, self.now, language=self.settings.language)

    @property
    def problems(self) -> tuple[SaveProblem, ...]:
        """What was met in the settings and the save so far."""
        return (*self.setting_problems, *self.store.problems)

    @cached_property
    def library(self) -> Library:
        """Every encounter there is."""
        return Library.standard(self.folders.scenarios)

    @cached_property
    def rulebook(self) -> Rulebook:
        """The moves and moods, and what is said when a call is lost or an answer is none."""
        from callcalm.content.registry import load_rulebook

        return load_rulebook()

    @property
    def registry(self) -> Registry:
        """The moves and moods."""
        return self.rulebook.registry

    @cached_property
    def playbooks(self) -> Mapping[str, Playbook]:
        """The house rules there are, by id."""
        from callcalm.content.playbooks import load_playbooks

        return load_playbooks(self.registry)

    def playbook(self, name: str) -> Playbook:
        """House rules by id, with temptation as the settings have it.

        Raises:
            UnknownPlaybook: if there are none of that id.
        """
        if name not in self.playbooks:
            known = ", ".join(self.playbooks)
            raise UnknownPlaybook(
                _("There is no playbook “{name}”. There are: {known}.").format(name=name, known=known)
            )
        rules = self.playbooks[name]
        return rules if self.settings.temptation else replace(rules, temptation=False)

    def scenario(self, name: str) -> Scenario:
        """An encounter by id or path, its answers not yet read by the coach.

        Raises:
            UnknownScenario: if there is none of that id.
            BadFile: if it cannot be played, with everything that is wrong with it.
        """
        from callcalm.content.hearing import not_yet

        return self.library.load(name, self.rulebook, self.playbooks, not_yet)

    def begin(
        self,
        name: str,
        *,
        playbook: str | None = None,
        seed: int | None = None,
        coached: bool | None = None,
        returning: Returning | None = None,
    ) -> Practice:
        """Start a round. By default the scenario's house rules (or the settings'), coached as the settings say.

        A call that still waits is kept aside; `notice` says where. House rules of the settings that do not exist
        give way to the scenario's own, and `notice` says so.
        Without a seed the first round keeps the writer's order of answers, each later one has its own. One that is
        `returning` to a promise begins by the opening for what became of it.

        Raises:
            UnknownScenario, BadFile, UnknownPlaybook: as `scenario` and `playbook` do.
        """
        from callcalm.core.round import begin
        from callcalm.practice.round import Practice

        scenario = self.scenario(name)
        wished = playbook or self.settings.playbook
        unknown = self._unknown_rules() if wished and not playbook else ""
        rules = self.playbook(scenario.playbook if unknown or not wished else wished)
        if seed is None:
            played = self.store.summaries().get(scenario.id)
            seed = played.count if played else 0
        live = self.settings.coach == "live" if coached is None else coached
        opening = "" if returning is None else scenario.opening_for(returning.kept)
        fresh = begin(scenario, rules, seed, coached=live, opening=opening)
        ears = self._ears(scenario.language, rules.registry)
        waiting = self.keep_aside() if self.waiting() is not None else ""
        practice = Practice(fresh, self.store, ears, self.now, source=lasting(name), returning=returning)
        practice.notice = " ".join(filter(None, (waiting, unknown)))
        return practice

    def _unknown_rules(self) -> str:
        """A sentence about house rules of the settings that do not exist; empty where they do."""
        name = self.settings.playbook
        if name in self.playbooks:
            return ""
        from callcalm.storage.settings import line_of

        path = self.folders.settings
        return _("{where}: there is no playbook “{name}”; the encounter's own house rules count.").format(
            where=f"{path}:{line_of(path, 'playbook')}", name=name
        )

    def _ears(self, language: str, registry: Registry) -> Ears:
        """The coach; a phrasebook of one's own is read at once, so that its problems are told before the call."""
        from callcalm.practice.ears import Ears

        ears = Ears(language, registry, self.phrases)
        if self.phrases:
            ears.book  # noqa: B018  (for the problems that it may raise)
        return ears

    def waiting(self) -> CallRecord | None:
        """The call in progress, if there is one."""
        return self.store.load_call()

    def resume(self, record: CallRecord) -> Practice:
        """Come back to a call: its actions are played again, as far as the scenario still allows.

        Raises:
            UnknownScenario, BadFile, UnknownPlaybook: if it cannot be played any more; the record is untouched.
        """
        from callcalm.core.actions import Say
        from callcalm.core.round import begin, numbered, replay
        from callcalm.practice.promises import returning
        from callcalm.practice.round import Practice
        from callcalm.storage import convert

        scenario = self.scenario(record.scenario)
        rules = self.playbook(record.playbook or scenario.playbook)
        ears = self._ears(scenario.language, rules.registry)
        scenario = scenario if scenario.read else ears.read(scenario)
        begun = begin(scenario, rules, record.seed, coached=record.coached, opening=record.opening)
        fresh = replace(begun, undone=record.undone)
        actions = convert.actions(record.actions)
        played = replay(fresh, actions)
        promise = returning(self, record)
        practice = Practice(
            played.round, self.store, ears, self.now, source=record.scenario, record=record, returning=promise
        )
        lost = len(record.actions) - len(played.round.turns)
        if lost:
            practice.notice = ngettext(
                "The scenario has changed since; the call comes back as far as it still fits, {n} action short.",
                "The scenario has changed since; the call comes back as far as it still fits, {n} actions short.",
                lost,
            ).format(n=lost)
        elif record.digest != scenario.digest:
            practice.notice = _("The scenario has changed since; all that you did still fits.")
            if any(isinstance(action, Say) and numbered(action.reply or "") for action in actions):
                practice.notice += " " + _(
                    "Answers without an id go by their number: see whether these are the ones that were given."
                )
        return practice

    def let_go(self) -> CannotSave | None:
        """Give up the call in progress; the trouble, if it cannot be removed."""
        try:
            self.store.clear_call()
        except CannotSave as trouble:
            return trouble
        return None

    def keep_aside(self) -> str:
        """Move a call that cannot be gone on with out of the way of the next one; a sentence about where it is."""
        moved = self.store.set_call_aside()
        if moved is None:
            return _("The call stays where it is: {path}.").format(path=self.folders.saves)
        return _("The call is kept in {path}.").format(path=moved)

    def change_settings(self, **changes: object) -> CannotSave | None:
        """Change settings and write them; they apply at once, also when they cannot be written."""
        from callcalm.storage.settings import save_settings

        self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]  # the names are those of Settings
        use(self.settings.language)
        try:
            moved = save_settings(self.folders.settings, self.settings)
        except CannotSave as trouble:
            return trouble
        if moved is not None:
            self.setting_problems = (moved,)
        return None

    def places(self) -> dict[str, Path]:
        """Where everything lives, by name."""
        return {**self.folders.paths(), "save": self.store.path}

    def close(self) -> None:
        """Let another window have the save."""
        if "store" in vars(self):
            self.store.close()


def lasting(name: str) -> str:
    """An id as it is; a path so that it means the same file from any folder."""
    return str(Path(name).resolve()) if is_path(name) else name
