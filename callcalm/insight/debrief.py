"""The solved debrief: turn by turn, what was left to hope for, and what the best answer would have left.

Told from a finished round and from `core.explore.hopes`. What must not be here: the sentences (`debrief_words`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, IllegalAction, Listen, Note, Say
from callcalm.core.call import act
from callcalm.core.composing import composed
from callcalm.core.explore.hopes import SAME, Hope, Hopes, hopes
from callcalm.core.moves import Move
from callcalm.core.playbook import Playbook, contested
from callcalm.core.round import Round
from callcalm.core.state import CallState, Turn
from callcalm.core.text import Text

MOST_MATTERED = 2
"""How many turns the short debrief names."""

CALMER_BY = 5
"""Points of composure from which an answer as likely to end well is called calmer; fewer teach nothing."""


class Kind(StrEnum):
    """What the player did at a turn."""

    ANSWER = "answer"
    LISTEN = "listen"
    CUT_IN = "cut-in"
    BREATH = "breath"


class Verdict(StrEnum):
    """How what was done stands beside the best: above it, as good, as likely but less calm, or worse.

    HOPELESS: nothing could bring a good ending any more, whatever was done.
    """

    ABOVE = "above"
    BEST = "best"
    CALMER = "calmer"
    WORSE = "worse"
    HOPELESS = "hopeless"


@dataclass(frozen=True, slots=True)
class Better:
    """What would have been best: listening or cutting in, or an answer with its words, perhaps after a breath.

    `does` are the helping moves of that answer, in the order in which they come.
    """

    kind: Kind
    text: Text
    breath: bool
    hope: Hope
    does: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Turning:
    """One thing that the player did, and what it left.

    `index` is its place among the round's turns (from 0), `answer` the number of the answer that it was or led up
    to (from 1); `text` what was said, `own` if it was typed. `best` is None where nothing else could be done.
    `contested` is whether the schools differ on what was, or could have been, said.
    """

    index: int
    answer: int
    kind: Kind
    text: Text
    own: bool
    before: Hope
    after: Hope
    best: Better | None
    verdict: Verdict
    contested: bool

    @property
    def fell(self) -> float:
        """By how much a good ending became less likely; below 0, more."""
        return self.before.likely - self.after.likely


@dataclass(frozen=True, slots=True)
class Debrief:
    """The turns of a round that weigh. `rules` are the house rules by which the best is best.

    `gone` is the turn with which the last hope of a good ending went, `fell_most` the one after which it was less
    likely by most (and by enough to speak of); `mattered` are these, the first first. `complete` is whether
    everything about the encounter could be followed.
    """

    rules: Playbook
    turnings: tuple[Turning, ...]
    gone: Turning | None
    fell_most: Turning | None
    complete: bool
    good: bool
    undone: int

    @property
    def mattered(self) -> tuple[Turning, ...]:
        """The one or two turns that mattered most, in order."""
        both = {each.index: each for each in (self.fell_most, self.gone) if each is not None}
        return tuple(both[index] for index in sorted(both))[:MOST_MATTERED]


def debrief(round_: Round, playbooks: tuple[Playbook, ...] = (), *, solved: Hopes | None = None) -> Debrief:
    """Solve a finished round. `playbooks` are the schools that may differ; `solved` saves work done before.

    Raises:
        ValueError: if the call is not over.
    """
    if round_.state.over is None:
        raise ValueError("a call is debriefed once it is over")
    opening = round_.opening
    known = solved or hopes(opening.scenario, opening.playbook)
    turnings: list[Turning] = []
    state = opening
    for index, turn in enumerate(round_.turns):
        one = _turning(index, state, turn, known, playbooks)
        if one is not None:
            turnings.append(one)
        state = turn.state
    fallen = [one for one in turnings if one.fell >= SAME]
    return Debrief(
        rules=opening.playbook,
        turnings=tuple(turnings),
        gone=next((one for one in turnings if one.before.can and not one.after.can), None),
        fell_most=max(fallen, key=lambda one: one.fell, default=None),
        complete=not known.unproved,
        good=known.of(round_.state).can,
        undone=round_.undone,
    )


def _turning(
    index: int, state: CallState, turn: Turn, known: Hopes, playbooks: tuple[Playbook, ...]
) -> Turning | None:
    """What an action was for the call; None if it is not worth a word."""
    action = turn.action
    if isinstance(action, Note):
        return None
    before, after = known.of(state), known.of(turn.state)
    text, own = Text(""), False
    best: Better | None = None
    match action:
        case Listen():
            kind, best = Kind.LISTEN, _had_cut_in(state, known)
        case CutIn():
            kind, best = Kind.CUT_IN, _had_listened(state, known)
        case Breathe():
            kind = Kind.BREATH
        case Say():
            kind, text, own, best = Kind.ANSWER, action.text, True, _best(state, known)
        case Choose() | Compose():
            kind, text, best = Kind.ANSWER, _said(state, action), _best(state, known)
    verdict = _verdict(before, after, best, text)
    if kind is not Kind.ANSWER and not _weighs(before, after, verdict, kind):
        return None
    return Turning(
        index=index,
        answer=state.answers + 1,
        kind=kind,
        text=text,
        own=own,
        before=before,
        after=after,
        best=best,
        verdict=verdict,
        contested=kind is Kind.ANSWER and _is_contested(state, turn, playbooks),
    )


def _weighs(before: Hope, after: Hope, verdict: Verdict, kind: Kind) -> bool:
    """Whether listening, cutting in or a breath is worth a line: it changed something, or was the wrong thing."""
    changed = before.can is not after.can or abs(before.likely - after.likely) >= SAME
    return changed or kind is Kind.CUT_IN or (verdict is Verdict.WORSE and before.can)


def _best(state: CallState, known: Hopes) -> Better | None:
    found = known.best(state)
    if found is None:
        return None
    before = after = state
    try:
        for action in found.actions:
            before, after = after, act(after, action).state
    except IllegalAction:
        return None  # where the graph left something open, the engine has the last word
    words, breath = _said(state, found.actions[-1]), len(found.actions) > 1
    return Better(Kind.ANSWER, words, breath, known.of(after), _helping(before, after))


def _helping(before: CallState, after: CallState) -> tuple[Move, ...]:
    """The moves that helped between two states, each once."""
    moves = before.playbook.registry.moves
    made = dict.fromkeys(seen.move for seen in after.seen[len(before.seen) :] if seen.amount > 0)
    return tuple(moves[move] for move in made if move in moves)


def _had_listened(state: CallState, known: Hopes) -> Better:
    while state.unheard and state.ending is None:
        state = act(state, Listen()).state
    return Better(Kind.LISTEN, Text(""), breath=False, hope=known.of(state))


def _had_cut_in(state: CallState, known: Hopes) -> Better | None:
    """Cutting in, where the writer says that it is right: elsewhere nobody is told to."""
    if not state.here.cut_in_right:
        return None
    return Better(Kind.CUT_IN, Text(""), breath=False, hope=known.of(act(state, CutIn()).state))


def _said(state: CallState, action: Action) -> Text:
    """The words of an answer."""
    if isinstance(action, Choose):
        reply = state.scenario.reply(action.reply)
        return reply.say if reply is not None else Text("")
    task = state.here.compose
    if isinstance(action, Compose) and task is not None:
        return composed(task, action.parts).text
    return Text("")


def _verdict(before: Hope, after: Hope, best: Better | None, text: Text) -> Verdict:
    if not before.can and not after.can and (best is None or not best.hope.can):
        return Verdict.HOPELESS
    if best is None or best.text == text != "":
        return Verdict.BEST
    hope = best.hope
    if (hope.can, hope.settles) != (after.can, after.settles):
        return Verdict.WORSE if (hope.can, hope.settles) > (after.can, after.settles) else Verdict.ABOVE
    if abs(hope.likely - after.likely) >= SAME:
        return Verdict.WORSE if hope.likely > after.likely else Verdict.ABOVE
    return Verdict.CALMER if hope.composure >= after.composure + CALMER_BY else Verdict.BEST


def _is_contested(state: CallState, turn: Turn, playbooks: tuple[Playbook, ...]) -> bool:
    """Whether the writer marked the turn so, or the schools differ on a move of what was said there."""
    made = {seen.move for seen in turn.state.seen[len(state.seen) :]}
    return state.here.contested or any(contested(move, playbooks) for move in made)
