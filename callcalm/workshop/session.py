"""The workshop's bench: one file, read again whenever it is saved, and a call in it that keeps its place.

While the file cannot be read the last good version stays up, with the problems beside it. What must not be here: a
front end, and watching the disk.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from callcalm.content.library import Library
from callcalm.content.registry import Rulebook
from callcalm.content.remaining import with_rest
from callcalm.content.remembering import Remembering
from callcalm.content.scenarios import CAP, ScenarioFile, read_scenario, scenario_id
from callcalm.content.standing import standing
from callcalm.core.actions import Action, Choose
from callcalm.core.condition import Value
from callcalm.core.explore import Proof, prove, span
from callcalm.core.model import Scenario
from callcalm.core.playbook import Playbook
from callcalm.core.round import Round, begin, replay
from callcalm.intake import BadFile, Code, Problem, Source, read
from callcalm.intake.words import nearest
from callcalm.language import _, later
from callcalm.lint.allowing import kept as unallowed
from callcalm.lint.namesakes import among, hiding
from callcalm.lint.scenario import lint_scenario, lint_standing
from callcalm.report import Diagnostic, about
from callcalm.workshop.reports.layers import Layout, layout

MOST_ACTIONS: Final = 500
"""A preview longer than this starts again."""


MOST_NAMED: Final = 6
"""So many variables are named to somebody who names none of them."""

_NOT_THERE: Final = later("It is read as soon as it is there. “callcalm new” writes a first one.")


class NoWay(LookupError):
    """There is no real way to the place that was asked for; `str()` says which."""


@dataclass(frozen=True, slots=True)
class Bench:
    """The file as it stands, and the call in the preview.

    `scenario` is the last version that could be read, None if there was none yet; `findings` are those of the text
    on the disk now, `current` whether that is the text of `scenario`. `kept` says what became of the preview's
    place: empty, or a sentence. `given` are variables set by hand, in order, after the actions of the preview.
    """

    path: Path
    source: Source | None = None
    file: ScenarioFile | None = None
    findings: tuple[Diagnostic, ...] = ()
    preview: Round | None = None
    kept: str = ""
    given: Mapping[str, Value] = field(default_factory=dict)

    @property
    def scenario(self) -> Scenario | None:
        """The last version that could be read."""
        return self.file.scenario if self.file else None

    @property
    def current(self) -> bool:
        """Whether the scenario is that of the text on the disk."""
        return self.file is not None and self.source is not None and self.file.source.text == self.source.text


class Workshop:
    """Opens benches, and moves the preview on them.

    `rulebook` and `playbooks` are those of the desk; `own` are folders whose encounters come first.
    """

    def __init__(self, rulebook: Rulebook, playbooks: Mapping[str, Playbook], own: Iterable[Path] = ()) -> None:
        self._own = tuple(own)
        self._rulebook = rulebook
        self._playbooks = playbooks
        self._reader = Remembering(rulebook.registry)
        self._latest: tuple[Scenario, Proof] | None = None

    def open(self, path: Path) -> Bench:
        """The bench for a file; it may not be there yet, or be broken."""
        return self.reload(Bench(path))

    def reload(self, bench: Bench) -> Bench:
        """The bench after a save: the new findings, and the preview at the same place if that is still there."""
        try:
            source = read(bench.path, CAP)
        except BadFile as bad:
            return replace(bench, source=bad.source, findings=tuple(map(_found, bad.problems)), kept="")
        if bench.source is not None and source.text == bench.source.text and bench.current:
            return replace(bench, kept="")
        try:
            file = read_scenario(source, scenario_id(bench.path), self._rulebook, self._playbooks, self._reader)
        except BadFile as bad:
            return replace(bench, source=source, findings=self._beside(source, bench.path, bad), kept="")
        found = [*lint_scenario(file, self._playbooks, _encounters(bench.path)), *self._twin(source, bench.path)]
        findings = tuple(unallowed(found, source, frozenset())[0])
        fresh = begin(file.scenario, self._playbook(file.scenario), coached=True)
        preview, kept = fresh, ""
        if bench.preview is not None:
            preview, kept = self._kept(fresh, bench.preview)
        given = {name: held for name, held in bench.given.items() if _fits(file.scenario, name, held)}
        return Bench(bench.path, source, file, findings, preview, kept, given)

    def _beside(self, source: Source, path: Path, bad: BadFile) -> tuple[Diagnostic, ...]:
        """What there is to say of a file that cannot be played: its errors, and what does not hang on them."""
        bad = with_rest(bad, self._rulebook, self._playbooks)
        found = [*map(about, bad.problems), *self._twin(source, path)]
        stands = standing(source, scenario_id(path), self._rulebook, bad, self._reader)
        if stands is not None:
            found += lint_standing(stands, self._playbooks, _encounters(path))
        return tuple(unallowed(found, source, frozenset())[0])

    def _twin(self, source: Source, path: Path) -> list[Diagnostic]:
        """That another file has the same name, if one has."""
        twin = hiding(path, source, lambda: self._own) or among(path, source, self._own)
        return [] if twin is None else [twin]

    def proof(self, bench: Bench) -> Proof | None:
        """The proof of the last good version; it is made once for each."""
        return self._proved(bench.scenario) if bench.scenario is not None else None

    def map(self, bench: Bench) -> Layout | None:
        """The graph of the last good version, in layers."""
        return layout(bench.scenario) if bench.scenario else None

    def take(self, bench: Bench, action: Action) -> Bench:
        """Do one thing in the preview. Raises IllegalAction as `Round.take` does."""
        if bench.preview is None:
            return bench
        return replace(bench, preview=self._as_set(bench).take(action), given={}, kept="")

    def undo(self, bench: Bench) -> Bench:
        """Take back the last action of the preview, or what was set last by hand after it."""
        if bench.preview is None or bench.given:
            return replace(bench, given=dict(list(bench.given.items())[:-1]))
        return replace(bench, preview=bench.preview.undo(), kept="")

    def restart(self, bench: Bench) -> Bench:
        """Begin the preview again."""
        if bench.scenario is None:
            return bench
        fresh = begin(bench.scenario, self._playbook(bench.scenario), coached=True)
        return replace(bench, preview=fresh, given={}, kept="")

    def play_from(self, bench: Bench, place: str, under: int = 101) -> Bench:
        """Put the preview at a beat or ending, by the shortest real way there with a composure `under` so much.

        Raises:
            NoWay: if there is none.
        """
        proof = self.proof(bench)
        if proof is None or bench.scenario is None:
            raise NoWay(_("It cannot be played yet."))
        try:
            way = proof.witness(place, 0, under - 1)
        except KeyError as unknown:
            raise NoWay(_("There is no beat or ending `{name}`.").format(name=place)) from unknown
        if way is None:
            bits = proof.beats.get(place) or proof.endings.get(place)
            if not bits:
                raise NoWay(_("Nobody comes to `{name}`.").format(name=place))
            told = _("Nobody comes to `{name}` with a composure under {under}; the least is {least}.")
            raise NoWay(told.format(name=place, under=under, least=span(bits)[0]))
        fresh = begin(bench.scenario, self._playbook(bench.scenario), coached=True, opening=way.opening)
        return replace(bench, preview=replay(fresh, way).round, given={}, kept="")

    def set(self, bench: Bench, name: str, held: Value) -> Bench:
        """Set a variable, or `composure`, in the preview as it stands: a state that need not be a real one.

        Raises:
            ValueError: if there is no such variable, or it cannot hold that.
        """
        if bench.scenario is None or not _fits(bench.scenario, name, held):
            raise ValueError(_refused(bench.scenario, name, held))
        before = {other: value for other, value in bench.given.items() if other != name}
        return replace(bench, given={**before, name: held})

    def now(self, bench: Bench) -> Round | None:
        """The preview with what was set by hand."""
        return self._as_set(bench) if bench.preview is not None else None

    def _as_set(self, bench: Bench) -> Round:
        assert bench.preview is not None  # noqa: S101 - asked before
        played = bench.preview
        if not bench.given:
            return played
        composure = bench.given.get("composure", played.state.composure)
        held = {name: value for name, value in bench.given.items() if name != "composure"}
        state = replace(played.state, vars={**played.state.vars, **held}, composure=int(composure))
        if not played.turns:
            return replace(played, opening=state)
        return replace(played, turns=(*played.turns[:-1], replace(played.turns[-1], state=state)))

    def _proved(self, scenario: Scenario) -> Proof:
        if self._latest is None or self._latest[0] is not scenario:
            self._latest = (scenario, prove(scenario, self._playbook(scenario)))
        return self._latest[1]

    def _kept(self, fresh: Round, old: Round) -> tuple[Round, str]:
        """The preview at its old place in the new version, and what to say if that is not quite the same.

        Its actions are played again, replies known by id; where they no longer lead there, the shortest way does.
        """
        actions = [
            replace(one, words="") if isinstance(one, Choose) else one for one in old.actions[:MOST_ACTIONS]
        ]
        scenario = fresh.opening.scenario
        rules = fresh.opening.playbook
        played = replay(begin(scenario, rules, coached=True, opening=old.way_in), actions)
        place, state = old.state.ending or old.state.beat, played.round.state
        if (state.ending or state.beat) == place:
            return played.round, ""
        if place in scenario.beats:
            way = self._proved(scenario).witness(place)
            if way is not None:
                fresh = begin(scenario, rules, coached=True, opening=way.opening)
                told = _("The old way is gone; it stands at `{name}` by the shortest one.")
                return replay(fresh, way).round, told.format(name=place)
        told = _("`{name}` is out of reach now; it stands as far on the old way as that goes.")
        return played.round, told.format(name=place)

    def _playbook(self, scenario: Scenario) -> Playbook:
        return self._playbooks[scenario.playbook]


def _encounters(path: Path) -> Collection[str]:
    """The ids of the encounters beside a file, and of those that are there for everybody."""
    return Library([path.parent, *Library.standard().folders]).ids


def _found(problem: Problem) -> Diagnostic:
    found = about(problem)
    return found._replace(hint=_(_NOT_THERE)) if problem.code is Code.NO_FILE else found


def _fits(scenario: Scenario, name: str, held: Value) -> bool:
    if name == "composure":
        return isinstance(held, int) and not isinstance(held, bool) and 0 < held <= 100  # noqa: PLR2004 - the full meter
    if name not in scenario.vars or type(held) is not type(scenario.vars[name]):
        return False
    if name in scenario.ranges and isinstance(held, int):
        least, most = scenario.ranges[name]
        return least <= held <= most
    return True


def _refused(scenario: Scenario | None, name: str, held: Value) -> str:
    """Why a variable cannot hold this, and what it can."""
    said = str(held).lower() if isinstance(held, bool) else str(held)
    known = scenario.vars if scenario is not None else {}
    ranges = {"composure": (1, 100), **(scenario.ranges if scenario is not None else {})}
    if name not in known and name != "composure":
        near = nearest(name, ("composure", *known))
        if near is not None:
            return _("There is no variable `{name}`. Did you mean `{near}`?").format(name=name, near=near)
        some = ("composure", *known)
        names = ", ".join((*some[:MOST_NAMED], "…") if len(some) > MOST_NAMED else some)
        return _("`{name}` cannot be set; what can is {names}").format(name=name, names=names)
    if name in ranges:
        told = _("`{name}` cannot be {said}: it is a whole number from {least} to {most}")
    elif isinstance(known[name], bool):
        told = _("`{name}` cannot be {said}: it is true or false")
    elif isinstance(known[name], str):
        told = _("`{name}` cannot be {said}: it is text")
    else:
        told = _("`{name}` cannot be {said}: it is a whole number")
    least, most = ranges.get(name, (0, 0))
    return told.format(name=name, said=said, least=least, most=most)
