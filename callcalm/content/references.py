"""What a scenario's shape cannot see: whether the things it names are there, and whether they fit together.

Works on cleaned data in which anything may be missing; every problem goes to the inbox. What must not be here:
types of single values, and whether a scenario is any good (lint).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from callcalm.content.registry import ALIKE, LOST, move_hint
from callcalm.content.scenario_shape import DEEDS
from callcalm.content.shapes import ID
from callcalm.content.variables import Variables
from callcalm.core.model import EndingKind
from callcalm.core.moves import Effect, Registry
from callcalm.intake import BAD, Code, Inbox, Path, Severity, shown, tidied
from callcalm.language import _, pick

Table = Mapping[str, Any]

_NOTHING: Final[Table] = {}

_FOLLOWING: Final = {"replies", "otherwise", "cut_in"}
"""What stands under headers of its own below a beat."""

_PLAIN: Final = {"say", "goto", "composure"}
"""The keys of a reply that only says something and leads somewhere."""


def check_references(
    data: Table, written: Table, inbox: Inbox, registry: Registry, playbooks: Mapping[str, Any]
) -> None:
    """Put in every problem of a scenario whose shape has been checked already; `written` is it as it was read."""
    _References(data, written, inbox, registry).check(playbooks)


class _References:
    def __init__(self, data: Table, written: Table, inbox: Inbox, registry: Registry) -> None:
        self.data = data
        # Every beat that has been cleaned was a table.
        self.written: Mapping[Any, Table] = written.get("beats", {})
        self.inbox = inbox
        self.registry = registry
        self.beats: Table = data.get("beats", {})
        self.endings: Table = data.get("endings", {})
        self.variables = Variables(data.get("vars", {}), inbox)
        # Looked up for every reply of the file: a dict, not a list.
        # What stands there and cannot be used is told where it stands, not wherever something leads to it.
        self.targets = dict.fromkeys(
            [*self.beats, *self.endings, *[name for name in self.written if isinstance(name, str)]]
        )

    @cached_property
    def misnamed(self) -> frozenset[str | None]:
        """What the names of beats and endings that have not the right form should be."""
        return frozenset(tidied(name, ID) for name in self.targets if not re.fullmatch(ID, name))

    @cached_property
    def headless(self) -> list[str]:
        """The beats that have replies and neither a mood nor a caller: what a renamed header leaves behind."""
        tables = ((name, beat) for name, beat in self.written.items() if isinstance(beat, dict))
        return [name for name, beat in tables if beat.keys() <= _FOLLOWING and "replies" in beat]

    def check(self, playbooks: Mapping[str, Any]) -> None:
        self.top(playbooks)
        for name, beat in self.beats.items():
            self.beat(beat, ("beats", name))
        for name, ending in self.endings.items():
            self.ending(name, ending, ("endings", name))
        for path, check in _tables(self.data.get("checks"), ("checks",)):
            self.check_table(check, path)

    def top(self, playbooks: Mapping[str, Any]) -> None:
        data, inbox = self.data, self.inbox
        playbook = data.get("playbook")
        if playbook is not None and playbook not in playbooks:
            message = _("there is no playbook `{name}`").format(name=playbook)
            inbox.add(Code.UNKNOWN_PLAYBOOK, message, ("playbook",), hint=inbox.guess(playbook, playbooks))
        for index, move in enumerate(data.get("teaches", ())):
            self.move(move, ("teaches", index), helping=True)
        self.variables.check()
        for name in self.endings:
            if name in self.beats:
                message = _("there is a beat `{name}` too, so that a `goto` to it could mean either")
                inbox.add(Code.TWO_TARGETS, message.format(name=name), ("endings", name), at_key=True)
        self.entrance(data.get("start", {}).get("beat"), ("start", "beat"))
        for name, opening in data.get("openings", {}).items():
            if isinstance(opening, dict):
                self.entrance(opening.get("beat"), ("openings", name, "beat"))
                self.variables.changes(opening, ("openings", name))
            elif opening is not BAD:
                self.entrance(opening, ("openings", name))

    def entrance(self, beat: str | None, path: Path) -> None:
        if beat is not None and beat not in self.beats and beat not in self.written:
            message = _("there is no beat `{name}` to begin with").format(name=beat)
            self.inbox.add(Code.NO_TARGET, message, path, hint=self.inbox.guess(beat, self.beats))

    def beat(self, beat: Table, path: Path) -> None:
        inbox = self.inbox
        if (mood := beat.get("mood")) is not None and mood not in self.registry.moods:
            self.mood(mood, (*path, "mood"))
        ids: set[str] = set()
        for at, reply in enumerate(beat.get("replies", ())):
            # Of what most replies are, where they lead is all that there is to ask.
            if reply is not BAD and not (reply.keys() == _PLAIN and reply["goto"] in self.targets):
                self.reply(reply, (*path, "replies", at), ids)
        for key in ("otherwise", "cut_in"):
            if key in beat:
                self.step(beat[key], (*path, key))
        caller = beat.get("caller")
        if "cut_in" in beat and (isinstance(caller, str) or (isinstance(caller, list) and len(caller) == 1)):
            message = _("nobody can cut in here: the caller says only one part")
            inbox.add(Code.NEVER_CUT, message, (*path, "cut_in"), severity=Severity.WARNING)
        self.compose(beat, path)

    def mood(self, mood: str, path: Path) -> None:
        """Tell that there is no such mood; one may have been meant by its name in the interface's language."""
        moods = {name: pick(mood.name) for name, mood in self.registry.moods.items()}
        meant = next((name for name, called in moods.items() if called == mood.strip().lower()), mood)
        listed = ", ".join(
            f"`{name}`" if called == name else f"`{name}` ({called})" for name, called in moods.items()
        )
        hint = self.inbox.guess(meant, moods, ALIKE) or _("The moods are {moods}.").format(moods=listed)
        message = _("there is no mood `{name}`").format(name=mood)
        self.inbox.add(Code.UNKNOWN_MOOD, message, path, hint=hint)

    def reply(self, reply: Table, path: Path, ids: set[str]) -> None:
        name = reply.get("id")
        if name is not None:
            if name in ids:
                message = _("there is another reply `{name}` above").format(name=name)
                self.inbox.add(Code.ID_TWICE, message, (*path, "id"))
            if name in DEEDS:
                message = _("`{name}` has a meaning of its own in checks; a reply needs another id")
                self.inbox.add(Code.RESERVED, message.format(name=name), (*path, "id"))
            ids.add(name)
        self.step(reply, path)
        if "when" in reply:
            self.variables.condition(reply["when"], (*path, "when"))
        for index, move in enumerate(reply.get("moves", ())):
            self.move(move, (*path, "moves", index))

    def step(self, step: Table, path: Path) -> None:
        if "goto" in step and step["goto"] not in self.targets:
            self.target(step["goto"], (*path, "goto"), self.targets)
        self.variables.changes(step, path)

    def compose(self, beat: Table, path: Path) -> None:
        inbox, here = self.inbox, (*path, "compose")
        compose, parts = beat.get("compose"), beat.get("parts")
        written = self.written.get(path[-1], {}).keys() & {"replies", "compose", "parts"}
        if written == {"replies"}:
            return
        if not written & {"replies", "compose"}:
            message = _("the beat `{name}` has no replies").format(name=path[-1])
            hint = _("Write at least one [[…replies]] for it, or `compose` and `parts`.")
            if len(self.headless) == 1:
                same = _("`{name}` has nothing but replies: if it is the same beat, give both one name.")
                hint = same.format(name=shown(self.headless[0]))
            inbox.add(Code.NO_ANSWER, message, path, hint=hint)
        if written >= {"replies", "compose"}:
            message = _("a beat has either replies or `compose`, not both")
            inbox.add(Code.COMPOSE, message, here, at_key=True)
        if len(written & {"parts", "compose"}) == 1:
            key, other = ("parts", "compose") if "parts" in written else ("compose", "parts")
            message = _("`{key}` needs `{other}` beside it").format(key=key, other=other)
            inbox.add(Code.COMPOSE, message, (*path, key), at_key=True)
        made = {part.get("move") for _at, part in _tables(parts, ())}
        for at, part in _tables(parts, (*path, "parts")):
            if "move" in part:
                self.move(part["move"], (*at, "move"))
        if compose is None:
            return
        if "goto" in compose:
            self.target(compose["goto"], (*here, "goto"), self.targets)
        ideal = compose.get("ideal", ())
        for index, move in enumerate(ideal):
            at = (*here, "ideal", index)
            if self.move(move, at, helping=True) and parts is not None and move not in made:
                inbox.add(Code.COMPOSE, _("no part makes the move `{move}`").format(move=move), at)
            elif move in ideal[:index]:
                inbox.add(Code.COMPOSE, _("`{move}` is in the list twice").format(move=move), at)
        pick = compose.get("pick", len(ideal))
        if pick < len(ideal):
            message = _("the ideal answer has {n} moves, but only {pick} parts are picked")
            inbox.add(Code.COMPOSE, message.format(n=len(ideal), pick=pick), (*here, "pick"))
        if parts is not None and pick > len(parts):
            message = _("{pick} parts are picked, but there are {n}").format(pick=pick, n=len(parts))
            inbox.add(Code.COMPOSE, message, (*here, "pick"))

    def ending(self, name: str, ending: Table, path: Path) -> None:
        price = ending.get("price", {})
        if price.get("got") and price.get("fair"):
            message = _("a fair score is given only after a no: leave `fair` out, or write got = false")
            self.inbox.add(Code.FAIRNESS, message, (*path, "price", "fair"))
        if name == LOST and ending.get("kind", EndingKind.LOST) != EndingKind.LOST:
            message = _('an ending called `{name}` must be of kind = "lost"').format(name=LOST)
            self.inbox.add(Code.RESERVED, message, path, at_key=True)

    def check_table(self, check: Table, path: Path) -> None:
        if "ends" in check and check["ends"] != LOST:
            self.target(check["ends"], (*path, "ends"), self.endings)
        opening = check.get("opening")
        if opening is not None and opening not in self.data.get("openings", _NOTHING):
            message = _("[openings] has no `{name}` for the check to begin by").format(name=opening)
            self.inbox.add(Code.NO_TARGET, message, (*path, "opening"))
        steps = check.get("do", ())
        for index, step in enumerate(steps):
            at = (*path, "do", index)
            if isinstance(step, dict) and len(step) != 1:
                self.inbox.add(Code.CHECK_STEP, _("a step has either `say` or `compose`"), at)

    def target(self, name: str, path: Path, known: Mapping[str, Any]) -> None:
        # That there are no endings at all, or that a name has not the right form, is said where that is, once.
        if name not in known and name not in self.misnamed and self.endings:
            message = (
                _("there is no ending `{name}`")
                if known is self.endings
                else _("there is no beat or ending `{name}`")
            )
            hint = self.inbox.guess(name, known)
            self.inbox.add(Code.NO_TARGET, message.format(name=name), path, hint=hint)

    def move(self, move: Any, path: Path, *, helping: bool = False) -> bool:
        """Whether there is such a move; with `helping`, only one that helps is likely to be meant."""
        if move is BAD or move in self.registry.moves:
            return move is not BAD
        moves = self.registry.moves
        likely = [name for name in moves if moves[name].effect is Effect.HELPS] if helping else moves
        hint = move_hint(self.inbox, move, likely)
        message = _("there is no move `{move}`").format(move=move)
        self.inbox.add(Code.UNKNOWN_MOVE, message, path, hint=hint)
        return False


def _tables(items: Any, path: Path) -> Iterator[tuple[Path, Table]]:
    for index, item in enumerate(items or ()):
        if item is not BAD:
            yield (*path, index), item
