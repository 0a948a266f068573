"""The debrief as a script of pages: reactions, description, analysis, summary (PEARLS), filled from this session.

A page has one line for the projector, and lines for the facilitator alone. What must not be here: layout.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from callcalm.core.composure import Seen
from callcalm.core.events import PlayerSpoke
from callcalm.core.round import reference_sheet
from callcalm.core.text import Text
from callcalm.insight.reread import say_instead
from callcalm.insight.wording import headed, kind_word, move_name, quoted, reason_words, series, signed
from callcalm.language import _
from callcalm.room.ballot import leaders
from callcalm.room.pricing import KEYS, median
from callcalm.room.questions import Kind, Question
from callcalm.room.words import by_words, key_name, points_words, tally_line

if TYPE_CHECKING:
    from callcalm.room.floor import Floor

MOST_TURNS: Final = 3
"""Most turns that the analysis takes up."""


@dataclass(frozen=True, slots=True)
class DebriefPage:
    """One page: its title, what the room is asked, and the lines that are the facilitator's alone."""

    title: str
    ask: str
    script: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Worked:
    """What came of one question that moved the encounter.

    `words` is what was said (empty for listening), `reasons` all that counted; `since` is what had counted since
    the question before: hearing the caller out, cutting in, breaths.
    """

    asked: Question
    words: Text
    before: int
    after: int
    reasons: tuple[Seen, ...]
    since: tuple[Seen, ...]


def pages(room: Floor) -> tuple[DebriefPage, ...]:
    """The whole script; the same for the same session."""
    return (
        _reactions(),
        _description(room),
        *(_analysis(room, one) for one in worth_talking(room)),
        *_price(room),
        _summary(room),
    )


def worked(room: Floor) -> tuple[Worked, ...]:
    """What came of each question that moved the encounter and stands, in order."""
    found = []
    known = 0
    for asked in room.history:
        if not asked.standing or asked.played is None or asked.played[0] == asked.played[1]:
            continue
        first, last = asked.played
        before = room.round.turns[first - 1].state if first else room.round.opening
        after = room.round.turns[last - 1].state
        events = [event for turn in room.round.turns[first:last] for event in turn.events]
        words = next((event.text for event in events if isinstance(event, PlayerSpoke)), Text(""))
        reasons, since = after.seen[len(before.seen) :], before.seen[known:]
        found.append(Worked(asked, words, before.composure, after.composure, reasons, since))
        known = len(after.seen)
    return tuple(found)


def worth_talking(room: Floor) -> tuple[Worked, ...]:
    """The turns to talk over, in the order of the call: where the room split most, where it cost most."""
    found = worked(room)
    telling = [one for one in found if split(one.asked) or one.after < one.before]
    telling.sort(key=lambda one: (-max(split(one.asked), 2 * (one.before - one.after)), one.asked.number))
    kept = {one.asked.number for one in telling[:MOST_TURNS]}
    return tuple(one for one in found if one.asked.number in kept)


def split(asked: Question) -> int:
    """How divided the room was at its first vote, 0..100: 100 if half chose otherwise than the most."""
    tally = asked.earlier[0] if asked.earlier else asked.ballot.tally
    total = sum(tally.values())
    return round(200 * min(total - max(tally.values()), total / 2) / total) if total else 0


def costly(room: Floor) -> tuple[Seen, ...]:
    """What cost most, each move once, the dearest first."""
    found: dict[str, Seen] = {}
    for seen in sorted(room.round.state.seen, key=lambda one: one.amount):
        if seen.amount < 0:
            found.setdefault(seen.move, seen)
    return tuple(found.values())


def rules(room: Floor, most: int = MOST_TURNS) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What to try next: an if-then for each of the moves that cost most, with its sources."""
    state = room.round.state
    registry = state.playbook.registry
    found = []
    for seen in costly(room):
        move = registry.moves.get(seen.move)
        good = say_instead(move, state.scenario.language) if move else ""
        if move is None or not good:
            continue
        line = (
            _("If I hear myself say “{bad}”, then I stop and say: “{good}”").format(bad=seen.quote, good=good)
            if seen.quote
            else _("If I notice {name}, then I say: “{good}”").format(
                name=move_name(seen.move, registry), good=good
            )
        )
        found.append((line, move.sources))
    return tuple(found[:most])


def _reactions() -> DebriefPage:
    return DebriefPage(
        _("Reactions"),
        _("In one word: how was that?"),
        (
            _("Once round the room, one word each, no comment. Then on."),
            _("If somebody was hit by it, stay there first: what did you need?"),
        ),
    )


def _description(room: Floor) -> DebriefPage:
    state = room.round.state
    lines = [_("Let one person tell it, and the others fill in. No judging yet.")]
    lines += [
        _("{n}. {what} Composure {before}, then {after}.").format(
            n=one.asked.number, what=came_of(one), before=one.before, after=one.after
        )
        for one in worked(room)
    ]
    if state.over is not None:
        lines.append(f"{headed(kind_word(state.over.kind))} {state.over.text}")
    return DebriefPage(
        _("Description"),
        _("What happened, as {name} would tell it?").format(name=state.scenario.caller.name),
        tuple(lines),
    )


def _analysis(room: Floor, one: Worked) -> DebriefPage:
    asked = one.asked
    registry = room.book.registry
    lines = [came_of(one)]
    if asked.earlier:
        lines.append(
            _("First vote: {tally}. After the talk: {then}.").format(
                tally=tally_line(asked.earlier[0]), then=tally_line(asked.ballot.tally)
            )
        )
    elif asked.ballot.total:
        lines.append(_("The vote: {tally}.").format(tally=tally_line(asked.ballot.tally)))
    counted = [seen for seen in one.reasons if seen.amount]
    if counted:
        lines.append(
            _("What it did: {reasons}.").format(reasons=series(reason_words(seen, registry) for seen in counted))
        )
    for seen in counted:
        move = registry.moves.get(seen.move)
        if move is not None and seen.amount < 0:
            instead = say_instead(move, room.round.state.scenario.language)
            if instead:
                lines.append(_("Say instead: {words}").format(words=instead) + f" [{', '.join(move.sources)}]")
    first = leaders(asked.earlier[0] if asked.earlier else asked.ballot.tally)
    if split(asked) and first and asked.kind is not Kind.SAY:
        ask = _("What spoke for {first}, and what for the others?").format(first=", ".join(first))
    elif one.after < one.before:
        ask = _("What did the caller hear there? What would you have needed to hear?")
    else:
        ask = _("What made that land?")
    return DebriefPage(_("Analysis: question {n}").format(n=asked.number), ask, tuple(lines))


def _price(room: Floor) -> tuple[DebriefPage, ...]:
    spreads = room.pricing.spreads()
    if room.round.state.over is None or not any(spreads[key] for key in KEYS):
        return ()
    sheet = reference_sheet(room.round.state).sheet
    gaps = []
    for key in KEYS:
        middle = median(spreads[key])
        if middle is not None:
            gaps.append((key, middle, sheet.result if key == "result" else getattr(sheet, key)))
    lines = [
        _("{factor}: the room {median}, reference {reference}.").format(
            factor=key_name(key), median=points_words(middle), reference=signed(reference)
        )
        for key, middle, reference in gaps
    ]
    widest = max(gaps, key=lambda gap: abs(gap[1] - gap[2]))
    return (
        DebriefPage(
            _("Analysis: PRICE"),
            _("{factor}: what did we see that the evidence does not, or the other way round?").format(
                factor=key_name(widest[0])
            ),
            tuple(lines),
        ),
    )


def _summary(room: Floor) -> DebriefPage:
    state = room.round.state
    lines = [_("One line each, written down: next real call I will …")]
    if state.over is not None:
        lines.append(state.over.lesson)
    lines += [f"{line} [{', '.join(sources)}]" for line, sources in rules(room)]
    return DebriefPage(_("Summary"), _("One thing you take along: next real call I will …"), tuple(lines))


def came_of(one: Worked) -> str:
    """What was answered and how it was picked, in one sentence."""
    asked = one.asked
    if asked.kind is Kind.SAY:
        return _("In somebody’s own words: {words}").format(words=quoted(asked.answer))
    choice = asked.choice(asked.chosen)
    words = quoted(one.words or (choice.text if choice else ""))
    return _("{letter}, {by}: {words}").format(letter=asked.chosen, by=by_words(asked.by), words=words)
