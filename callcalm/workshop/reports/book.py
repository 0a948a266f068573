"""The review book: every line of an encounter once, in reading order, for an expert who opens no terminal.

What must not be here: which language the book is written in (see `pages`).
"""

from __future__ import annotations

from collections.abc import Iterator

from callcalm.core.explore import Player, span
from callcalm.core.model import Beat, Reply, Step
from callcalm.core.moves import Effect, Factor, Registry
from callcalm.core.playbook import Playbook
from callcalm.core.weighing import lean
from callcalm.insight.channel import Ways
from callcalm.insight.guide import source_name
from callcalm.insight.wording import (
    channel_word,
    factor_name,
    headed,
    kind_word,
    minutes_words,
    mood_word,
    move_name,
    quoted,
    series,
    signed,
)
from callcalm.language import _, said
from callcalm.workshop.reports import shorthand
from callcalm.workshop.reports.explore import length_lines
from callcalm.workshop.reports.mapped import drawing_notes, falls_words, map_lines, marked_lines
from callcalm.workshop.reports.pages import Block
from callcalm.workshop.reports.picture import svg
from callcalm.workshop.reports.survey import Survey, standing
from callcalm.workshop.reports.terms import (
    composure_words,
    offered_word,
    percent,
    player_name,
    promised,
    way_words,
)


def book(survey: Survey, playbook: Playbook) -> Iterator[Block]:
    """The blocks of the book."""
    scenario = survey.scenario
    yield Block("h1", scenario.title)
    yield Block("p", _("A book for reviewing the encounter. Every line stands here once. Please write into it."))
    yield from _about(survey)
    yield Block("h2", _("The map"))
    notes, boxes = drawing_notes(survey)
    yield Block("map", "\n".join(svg(survey.layout, notes, boxes, scenario.title)))
    yield from (Block("item" if line.startswith(" ") else "p", line.strip()) for line in map_lines(survey))
    if marked := list(marked_lines(survey)):
        yield Block("p", _("Behind each ! stands what callcalm itself has found there:"))
        yield from (Block("item", line) for line in marked)
    layout = survey.layout
    order = [name for layer in layout.layers for name in layer]
    order += [name for name in layout.cut_off if name in scenario.beats]
    yield Block("h2", Ways(scenario.channel).all_of_it)
    for name in order:
        yield from _beat(survey, playbook, scenario.beats[name])
    yield Block("h2", _("How it can end"))
    for name in survey.endings:
        yield from _ending(survey, name)
    yield from _techniques(survey, playbook.registry)


def _about(survey: Survey) -> Iterator[Block]:
    scenario = survey.scenario
    yield Block("h2", _("What it is"))
    yield Block(
        "item",
        _("{channel}, {setting}, level {level}, {minutes}").format(
            channel=channel_word(scenario.channel),
            setting=scenario.setting,
            level=scenario.level,
            minutes=minutes_words(scenario.minutes),
        ),
    )
    yield Block("item", _("{name} wants: {wants}").format(name=scenario.caller.name, wants=scenario.caller.wants))
    yield from (Block("item", _("A fact: {fact}").format(fact=fact)) for fact in scenario.caller.facts)
    good = ", ".join(f"{player_name(player)} {percent(survey.odds[player].good)}" for player in Player)
    yield Block("item", _("Who comes to a good ending: {chances}").format(chances=good))
    yield from (Block("item", line) for line in length_lines(survey))
    yield Block("h3", _("What the player knows before it begins"))
    yield from (Block("p", line) for line in scenario.brief.split("\n") if line.strip())


def _beat(survey: Survey, playbook: Playbook, beat: Beat) -> Iterator[Block]:
    registry = playbook.registry
    stand = survey.stands[beat.id]
    yield Block("h3", f"{beat.id} ({mood_word(beat.mood, registry)})", name=beat.id)
    if stand.composure is None:
        yield Block("small", _("Nobody can come here."))
    else:
        low, high = stand.composure
        points = str(low) if low == high else _("{low} to {high}").format(low=low, high=high)
        way = survey.way(beat.id) or ()
        yield Block(
            "small",
            _("{seen} of players at random come here, with a composure of {points}. Shortest way: {way}.").format(
                seen=percent(stand.visits[Player.RANDOM]), points=points, way=way_words(way)
            ),
        )
    if beat.contested:
        yield Block("small", _("Schools differ at this turn."))
    yield from (Block("quote", part) for part in beat.caller)
    yield from _step(_("If the player cuts in"), beat.cut_in)
    for number, reply in enumerate(beat.replies, 1):
        yield from _reply(survey, playbook, beat, reply, number)
    if beat.compose is not None:
        yield Block("p", _("The player puts {n} of these together:").format(n=beat.compose.pick))
        yield from (
            Block("item", part.say + (f" ({move_name(part.move, registry)})" if part.move else ""))
            for part in beat.compose.parts
        )
        ideal = ", ".join(move_name(move, registry) for move in beat.compose.ideal)
        yield Block("small", _("Best: {moves}. It leads to {goto}.").format(moves=ideal, goto=beat.compose.goto))
    yield from _step(_("Any other answer"), beat.otherwise)
    yield Block("p", _("Reviewer: ☐ rings true  ☐ fair  ☐ change:"))


def _reply(survey: Survey, playbook: Playbook, beat: Beat, reply: Reply, number: int) -> Iterator[Block]:
    registry = playbook.registry
    yield Block("item", f"{number}. {quoted(reply.say)}")
    state = standing(survey.scenario, playbook, survey.proof, beat.id)
    facts = [_("leads to {goto}").format(goto=reply.goto)]
    if state is not None and state.over is None:
        facts.append(_("composure {points}").format(points=signed(lean(reply, state))))
    moves = shorthand.moves(reply)
    if moves:
        facts.append(", ".join(f"{move_name(move, registry)} ({_sources(move, registry)})" for move in moves))
    if reply.tone is not None:
        facts.append(_("tone: {tone}").format(tone=reply.tone.value))
    if reply.when is not None:
        offered = offered_word(survey.proof.replies[reply.key])
        facts.append(
            _("on offer {how_often}: when {condition}").format(
                how_often=offered, condition=shorthand.condition(reply.when)
            )
        )
    if effects := shorthand.effects(reply):
        facts.append(_("then {effects}").format(effects=effects))
    if reply.promises:
        facts.append(_("promises: {promises}").format(promises=promised(reply.promises)))
    yield Block("small", series(facts))


def _step(title: str, step: Step | None) -> Iterator[Block]:
    if step is not None:
        goto = step.goto or _("the same beat")
        facts = [_("{what}: on to {goto}.").format(what=title, goto=goto)]
        if effects := shorthand.effects(step):
            facts.append(_("What changes: {effects}.").format(effects=effects))
        if step.promises:
            facts.append(_("It promises: {promises}.").format(promises=promised(step.promises)))
        yield Block("p", " ".join(facts))


def _ending(survey: Survey, name: str) -> Iterator[Block]:
    ending = survey.scenario.endings[name]
    yield Block("h3", f"{name} ({kind_word(ending.kind)})", name=name)
    bits = survey.proof.endings.get(name, 0)
    why = " ".join(falls_words(survey, name))
    if bits:
        chances = ", ".join(
            f"{player_name(player)} {percent(survey.odds[player].endings.get(name, 0.0))}" for player in Player
        )
        yield Block("small", series((chances, composure_words(*span(bits)))))
    elif not why:
        yield Block("small", _("Nobody can come here."))
    if why:
        yield Block("small", why)
    yield from (Block("p", line) for line in ending.text.split("\n") if line.strip())
    yield Block("quote", ending.lesson)
    sheet = ending.price
    scores = ", ".join(f"{factor_name(factor)} {signed(sheet.factor(factor))}" for factor in Factor)
    yield Block("small", _("PRICE: result {result}, {scores}").format(result=sheet.result, scores=scores))


def _techniques(survey: Survey, registry: Registry) -> Iterator[Block]:
    scenario = survey.scenario
    used = dict.fromkeys(
        move for beat in scenario.beats.values() for reply in beat.replies for move in shorthand.moves(reply)
    )
    yield Block("h2", _("Techniques and their sources"))
    for move in used:
        known = registry.moves[move]
        taught = _(", taught here") if move in scenario.teaches else ""
        names = ", ".join(f"{source} {source_name(source)}" for source in known.sources)
        effect = _("helps") if known.effect is Effect.HELPS else _("costs")
        head = headed(f"{move_name(move, registry)} ({effect}{taught})")
        yield Block("item", f"{head} {names}")
    yield Block("h2", _("What the proof takes for granted"))
    yield from (Block("item", said(sentence)) for sentence in survey.caveats)


def _sources(move: str, registry: Registry) -> str:
    return ", ".join(registry.moves[move].sources)
