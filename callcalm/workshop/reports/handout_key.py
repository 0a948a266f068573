"""The key of a handout: what each answer does, the best way through, the techniques and where they come from.

What must not be here: how a form writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from callcalm.core.actions import Action, Breathe, Choose, Compose, CutIn, Listen
from callcalm.core.call import act, offer, start
from callcalm.core.explore import Odds, Player, Proof, prove, solve
from callcalm.core.model import Beat, EndingKind, Reply
from callcalm.core.moves import Effect, Factor
from callcalm.core.state import CallState
from callcalm.core.text import Text
from callcalm.core.weighing import lean
from callcalm.insight.exports.paper import Block, Heading, Items, Para, Quote
from callcalm.insight.wording import factor_name, headed, kind_word, move_name, quoted, series, signed
from callcalm.language import _, pick
from callcalm.workshop.reports import shorthand
from callcalm.workshop.reports.handout_script import Script
from callcalm.workshop.reports.survey import standing
from callcalm.workshop.reports.terms import promised

MOST_STEPS = 200
"""Steps of the best way that are told."""


def key(script: Script, sources: Mapping[str, Mapping[str, Text]]) -> tuple[Block, ...]:
    """The key; `sources` has what each source id teaches, by language."""
    proof = prove(script.scenario, script.playbook)
    odds = solve(script.scenario, script.playbook, Player.BEST, proof=proof)
    return (
        Heading(2, _("The key")),
        Para(_("Not to be read before it is played.")),
        *_best(script, odds),
        *_answers(script, proof),
        *_endings(script),
        *_techniques(script, sources),
    )


def _best(script: Script, odds: Odds) -> Iterator[Block]:
    scenario = script.scenario
    yield Heading(3, _("The best way"))
    opening = start(scenario, script.playbook)
    surest, kindest = _way(opening, odds.action), _way(opening, lambda state: _kindest(state, odds))
    way = kindest if _worth(opening, kindest) >= _worth(opening, surest) else surest
    state = opening
    steps: list[str] = []
    for done in way:
        step = _done(script, state, done)
        steps += [] if steps[-1:] == [step] else [step]
        state = act(state, done).state
    yield Items(tuple(steps), ordered=True)
    if state.over is not None and state.ending in script.endings:
        yield Para(
            _("It comes to ending {n} ({kind}), with a composure of {points}.").format(
                n=script.endings[state.ending], kind=kind_word(state.over.kind), points=state.composure
            )
        )


def _way(state: CallState, choose: Callable[[CallState], Action | None]) -> tuple[Action, ...]:
    """What is done from here to the end; nothing if it comes to none in `MOST_STEPS`."""
    way: list[Action] = []
    while len(way) < MOST_STEPS and (done := choose(state)) is not None:
        way.append(done)
        state = act(state, done).state
    return tuple(way) if state.over is not None else ()


def _kindest(state: CallState, odds: Odds) -> Action | None:
    """The answer that does most, of those after which the best ending is as near as before.

    The surest way may go round about to gain composure; a reader of the key wants the answers themselves.
    """
    now = offer(state)
    if state.ending is not None or now.listen or not now.replies:
        return odds.action(state)
    rated = [
        (odds.chance(act(state, Choose(one.reply.key)).state), lean(one.reply, state), one.reply.key)
        for one in now.replies
        if not one.locked
    ]
    return Choose(max(rated, key=lambda one: one[:2])[2]) if rated else odds.action(state)


def _worth(opening: CallState, way: tuple[Action, ...]) -> int:
    """How good the end of a way is: a fair no is less than a matter resolved."""
    state = opening
    for done in way:
        state = act(state, done).state
    return _RANK.get(state.over.kind, 0) if state.over is not None else -1


_RANK = {EndingKind.RESOLVED: 2, EndingKind.FAIR: 1}


def _done(script: Script, state: CallState, done: Action) -> str:
    number = script.numbers[state.beat]
    match done:
        case Choose(reply):
            order = [one.key for one in script.replies(state.here)]
            return _("At {n}: answer {answer}.").format(n=number, answer=order.index(reply) + 1)
        case Compose(parts):
            shown = ", ".join(str(part + 1) for part in parts)
            return _("At {n}: the parts {parts}, in this order.").format(n=number, parts=shown)
        case Listen():
            return _("At {n}: hear them out.").format(n=number)
        case CutIn():
            return _("At {n}: cut in.").format(n=number)
        case Breathe():
            return _("At {n}: take a breath.").format(n=number)
    return ""


def _answers(script: Script, proof: Proof) -> Iterator[Block]:
    scenario = script.scenario
    yield Heading(3, _("What each answer does"))
    for name, number in script.numbers.items():
        beat = scenario.beats[name]
        state = standing(scenario, script.playbook, proof, name)
        yield Para(_("At {n}:").format(n=number))
        if beat.contested:
            yield Para(_("Schools differ at this turn."), small=True)
        if beat.compose is not None:
            yield Para(_parts(script, beat))
        else:
            yield Items(tuple(_does(script, one, state) for one in script.replies(beat)), ordered=True)
    if script.letters:
        yield Para(_("The letters stand for:"))
        yield Items(tuple(f"{headed(letter)} {name}" for name, letter in script.letters.items()))


def _parts(script: Script, beat: Beat) -> str:
    task = beat.compose
    assert task is not None  # noqa: S101  (the caller has looked)
    registry = script.playbook.registry
    named = ", ".join(move_name(move, registry) for move in task.ideal)
    moves = [part.move for part in task.parts]
    order = ", ".join(str(moves.index(move) + 1) for move in task.ideal if move in moves)
    return _("Best: {parts}, in this order ({moves}).").format(parts=order, moves=named)


def _does(script: Script, reply: Reply, state: CallState | None) -> str:
    registry = script.playbook.registry
    facts = []
    if state is not None and state.over is None:
        facts.append(_("composure {points}").format(points=signed(lean(reply, state))))
    for move in shorthand.moves(reply):
        known = registry.moves[move]
        effect = {Effect.HELPS: _("helps"), Effect.COSTS: _("costs")}.get(known.effect, "")
        about = ", ".join([*([effect] if effect else []), *known.sources])
        facts.append(f"{move_name(move, registry)} ({about})" if about else move_name(move, registry))
    if reply.promises:
        facts.append(_("promises: {promises}").format(promises=promised(reply.promises)))
    return series(facts) or _("nothing that counts")


def _endings(script: Script) -> Iterator[Block]:
    yield Heading(3, _("What the endings are worth"))
    for name, number in script.endings.items():
        ending = script.scenario.endings[name]
        sheet = ending.price
        scores = ", ".join(f"{factor_name(factor)} {signed(sheet.factor(factor))}" for factor in Factor)
        yield Para(
            _("Ending {n} ({kind}): Result {result}, {scores}.").format(
                n=number, kind=kind_word(ending.kind), result=sheet.result, scores=scores
            )
        )
        if ending.lesson:
            yield Quote(ending.lesson, script.lang)


def _techniques(script: Script, sources: Mapping[str, Mapping[str, Text]]) -> Iterator[Block]:
    registry = script.playbook.registry
    taught = [registry.moves[move] for move in script.scenario.teaches if move in registry.moves]
    used = dict.fromkeys(source for move in taught for source in move.sources)
    yield Heading(3, _("What it teaches"))
    yield Items(
        tuple(
            f"{headed(move_name(move.id, registry))} {pick(move.why)}"
            + (f" {quoted(pick(move.example))}" if move.example else "")
            + f" [{', '.join(move.sources)}]"
            for move in taught
        )
    )
    known = tuple(f"{headed(source)} {pick(sources[source])}" for source in used if source in sources)
    if known:
        yield Heading(3, _("Sources"))
        yield Items(known)
