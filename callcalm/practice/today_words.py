"""Today in lines, for front ends that tell it line by line. What must not be here: asking anything."""

from __future__ import annotations

from callcalm.insight.due_evidence import DRILL
from callcalm.insight.due_words import (
    NEAR,
    due_words,
    missing_line,
    nothing_line,
    standing_line,
    today_line,
    why_line,
)
from callcalm.insight.goals import Journal
from callcalm.insight.goals_words import goal_line, intent_line
from callcalm.insight.wording import headed
from callcalm.language import _, ngettext
from callcalm.practice.today import Today

LAST = 5
"""So many goals and lines are told, the newest last."""


def proposed_line(today: Today) -> str:
    """What to play today and why, or that nothing is due."""
    schedule, proposal = today.schedule, today.proposal
    if proposal is not None:
        return f"{today_line(proposal)}. {why_line(proposal, today.registry, schedule.today)}."
    return (missing_line if schedule.due else nothing_line)(schedule, today.registry)


def promised_line(today: Today) -> str:
    """How many promises can be gone back to; empty if none can."""
    count = len(today.promises)
    if not count:
        return ""
    return ngettext("{n} promise is due; see promises.", "{n} promises are due; see promises.", count).format(
        n=count
    )


def begin_line(today: Today) -> str:
    """The command that plays what is proposed; empty if nothing is."""
    if today.proposal is None:
        return ""
    one = today.proposal.candidate
    command = f"drill {one.key.removeprefix(DRILL)}" if one.is_drill else f"play {one.key}"
    return _("To begin: callcalm {command}").format(command=command)


def due_lines(today: Today) -> tuple[str, ...]:
    """When each technique is due, soonest first: what is due or soon will be, and how much comes later."""
    schedule = today.schedule
    soon = [one for one in schedule.standings if (one.due - schedule.today).days <= NEAR]
    lines = [standing_line(one, today.registry, today.candidates, schedule.today) for one in soon]
    later = schedule.standings[len(soon) :]
    if later:
        lines.append(
            ngettext(
                "{n} more technique is due later, {when}.",
                "{n} more techniques are due later, the first of them {when}.",
                len(later),
            ).format(n=len(later), when=due_words(later[0].due, schedule.today))
        )
    return tuple(lines)


def kept_lines(kept: Journal) -> tuple[str, ...]:
    """How the last goals and the last lines for a real call went."""
    lines: list[str] = []
    if kept.goals:
        lines += [headed(_("Goals")), *map(goal_line, kept.goals[-LAST:])]
    if kept.intents:
        lines += [headed(_("For the next real call")), *map(intent_line, kept.intents[-LAST:])]
    return tuple(lines)
