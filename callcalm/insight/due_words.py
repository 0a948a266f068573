"""What is due, in sentences that every front end uses. What must not be here: layout."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from callcalm.core.moves import Registry
from callcalm.insight.due import Schedule, Standing
from callcalm.insight.due_evidence import Rung
from callcalm.insight.due_pick import Candidate, Proposal, next_rung
from callcalm.insight.wording import headed, move_name, quoted, series
from callcalm.language import _, ngettext

NEAR = 7
"""Days up to which a date is said as "in 3 days"; later it is said as a date."""


def today_line(proposal: Proposal) -> str:
    """How much is proposed for today, in a line."""
    return _("Today: {amount}").format(amount=amount_words(proposal))


def amount_words(proposal: Proposal) -> str:
    """How much is proposed: how many techniques, and how long it takes."""
    count, minutes = len(proposal.focus), proposal.candidate.minutes
    return _("{techniques}, {minutes}").format(
        techniques=ngettext("{n} technique", "{n} techniques", count).format(n=count),
        minutes=ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes),
    )


def why_line(proposal: Proposal, registry: Registry, today: date) -> str:
    """What is played, and what for."""
    pairs = zip(proposal.focus, proposal.rungs, strict=True)
    reasons = series(_reason(one, rung, registry, today) for one, rung in pairs)
    return f"{headed(quoted(proposal.candidate.title))} {reasons}"


def nothing_line(schedule: Schedule, registry: Registry) -> str:
    """That nothing is due, and what will be next."""
    if not schedule.standings:
        return _("Nothing is due. Techniques you practise come back here when it is time.")
    following = schedule.standings[0]
    return _("Nothing is due. Next: {technique}, {when}.").format(
        technique=move_name(following.move, registry), when=due_words(following.due, schedule.today)
    )


def missing_line(schedule: Schedule, registry: Registry) -> str:
    """That there is nothing to play for what is due, and what will be next."""
    following = next((one for one in schedule.standings if one.due > schedule.today), None)
    if following is None:
        return _("Nothing to play is due.")
    return _("Nothing to play is due. Next: {technique}, {when}.").format(
        technique=move_name(following.move, registry), when=due_words(following.due, schedule.today)
    )


def rung_words(rung: Rung) -> str:
    """A rung of the ladder, as something to do."""
    return {
        Rung.CHOOSE: _("choose it"),
        Rung.COMPLETE: _("put it together from parts"),
        Rung.SAY: _("say it yourself"),
    }[rung]


def ago_words(day: date, today: date) -> str:
    """When something was."""
    days = (today - day).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return ngettext("{n} day ago", "{n} days ago", days).format(n=days)


def due_words(day: date, today: date) -> str:
    """When something is due; what was due before is due today, for nobody is late here."""
    days = (day - today).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days <= NEAR:
        return ngettext("in {n} day", "in {n} days", days).format(n=days)
    return _("on {day}").format(day=day.isoformat())


def standing_line(one: Standing, registry: Registry, candidates: Sequence[Candidate], today: date) -> str:
    """How a technique stands, in a line."""
    rung = next_rung(one, candidates)
    line = _("{technique} due {when}, last practised {last}").format(
        technique=headed(move_name(one.move, registry)),
        when=due_words(one.due, today),
        last=ago_words(one.last, today),
    )
    return line + (_("; next: {rung}").format(rung=rung_words(rung)) if rung is not None else "")


def _reason(one: Standing, rung: Rung | None, registry: Registry, today: date) -> str:
    technique, when = move_name(one.move, registry), ago_words(one.last, today)
    if rung is None:
        return _("{technique} ({when})").format(technique=technique, when=when)
    return _("{technique} ({when}; now {rung})").format(technique=technique, when=when, rung=rung_words(rung))
