"""What rounds tell over time, in sentences: warm, precise, and never a reproach for a pause.

Both front ends and `callcalm stats` say it with these words. What must not be here: pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from callcalm.core.model import Channel, EndingKind
from callcalm.core.moves import Factor, Registry
from callcalm.insight.trends_model import Calibration, Counts, Encounter, GapFinding, Rhythm, State, Week
from callcalm.insight.wording import channel_word, factor_name, kind_word, mood_word, series, signed
from callcalm.language import _, ngettext

NO_NUMBER = "–"
"""What stands where there is no number."""


def part_name(part: str) -> str:
    """The name of a part of the PRICE sheet: the result, or a treatment factor."""
    return factor_name(Factor(part)) if part in set(Factor) else _("Result")


def kind_name(kind: str) -> str:
    """What an ending amounts to; a kind that this callcalm does not know keeps its own word."""
    if kind in set(EndingKind):
        return kind_word(EndingKind(kind))
    return kind or _("without an ending")


def day(when: date) -> str:
    """A day, the same in every language and in order when sorted: 2026-11-21."""
    return f"{when.year:04}-{when.month:02}-{when.day:02}"


def decimal(number: float | None, *, sign: bool = False) -> str:
    """A number with one decimal and a true minus, and its sign if asked; a dash if there is none.

    >>> decimal(2.25, sign=True), decimal(-0.04), decimal(None)
    ('+2.2', '0.0', '–')
    """
    if number is None:
        return NO_NUMBER
    units, _point, tenths = f"{abs(number):.1f}".partition(".")
    shown = _("{units}.{tenths}").format(units=units, tenths=tenths)
    if units == tenths == "0":
        return shown
    return ("+" if sign else "") + shown if number > 0 else f"−{shown}"


def count_lines(counts: Counts) -> list[str]:
    """How much there is, and what is odd about it."""
    calls = ngettext("{n} call", "{n} calls", counts.calls).format(n=counts.calls)
    drills = ngettext("{n} drill", "{n} drills", counts.drills).format(n=counts.drills)
    lines = [_("{calls}, {drills}.").format(calls=calls, drills=drills)]
    odd = (
        (
            counts.newer,
            ngettext(
                "{n} call was played with a later callcalm: it is kept and counted, but there may be more to it.",
                "{n} calls were played with a later callcalm: they are kept and counted, but there may be more to "
                "them.",
                counts.newer,
            ),
        ),
        (
            counts.gone,
            ngettext(
                "{n} call is of an encounter that is no longer in the library; it counts all the same.",
                "{n} calls are of encounters that are no longer in the library; they count all the same.",
                counts.gone,
            ),
        ),
        (
            counts.changed,
            ngettext(
                "{n} call is of an encounter that has been rewritten since; it counts as it was played.",
                "{n} calls are of encounters that have been rewritten since; they count as they were played.",
                counts.changed,
            ),
        ),
        (
            counts.ahead,
            ngettext(
                "{n} call is dated after today, by a clock that was wrong; it counts, but in no week.",
                "{n} calls are dated after today, by a clock that was wrong; they count, but in no week.",
                counts.ahead,
            ),
        ),
        (
            counts.incomplete,
            ngettext(
                "{n} round has lost its end in the file; what is left of it counts.",
                "{n} rounds have lost their end in the file; what is left of them counts.",
                counts.incomplete,
            ),
        ),
    )
    return lines + [words.format(n=n) for n, words in odd if n]


def finding_sentence(finding: GapFinding, registry: Registry) -> str:
    """A habit of scoring: "You score Respect 3 points too high when callers come in furious (12 calls)."."""
    size = abs(finding.points)
    if finding.points > 0:
        habit = ngettext("{n} point too high", "{n} points too high", size).format(n=size)
    else:
        habit = ngettext("{n} point too low", "{n} points too low", size).format(n=size)
    rests_on = ngettext("{n} call", "{n} calls", finding.rounds).format(n=finding.rounds)
    named = {"part": part_name(finding.part), "habit": habit, "calls": rests_on}
    match finding.by:
        case "mood":
            mood = mood_word(finding.value, registry)
            return _("You score {part} {habit} when callers come in {mood} ({calls}).").format(mood=mood, **named)
        case "kind":
            kind = kind_name(finding.value)
            return _("You score {part} {habit} when a call ends like this: {kind} ({calls}).").format(
                kind=kind, **named
            )
        case "channel":
            channel = channel_word(Channel(finding.value))
            return _("You score {part} {habit} here: {channel} ({calls}).").format(channel=channel, **named)
        case "level":
            return _("You score {part} {habit} on level {level} ({calls}).").format(level=finding.value, **named)
    return _("You score {part} {habit}, whatever the call ({calls}).").format(**named)


def calibration_lines(calibration: Calibration, registry: Registry) -> list[str]:
    """The habits; or what can be said when there is none, or not enough to tell."""
    if not calibration.rounds:
        return [_("No call has both sheets yet: score yourself after a call, and the gap shows here.")]
    if calibration.rounds < calibration.needed:
        return [
            ngettext(
                "{n} scored call so far; from {needed} on, habits can be told from chance.",
                "{n} scored calls so far; from {needed} on, habits can be told from chance.",
                calibration.rounds,
            ).format(n=calibration.rounds, needed=calibration.needed)
        ]
    if not calibration.findings:
        return [
            ngettext(
                "No habit stands out: over your last {n} scored call you are near the evidence.",
                "No habit stands out: over your last {n} scored calls you are near the evidence.",
                calibration.rounds,
            ).format(n=calibration.rounds)
        ]
    return [finding_sentence(finding, registry) for finding in calibration.findings]


def rhythm_lines(rhythm: Rhythm) -> list[str]:
    """When there was practice: what has been done stays done."""
    if rhythm.days_since is None:
        return []
    lines = [
        ngettext("You have practised in {n} week.", "You have practised in {n} weeks.", rhythm.weeks).format(
            n=rhythm.weeks
        )
    ]
    if rhythm.run > 1:
        lines.append(_("{n} of them in a row, up to now.").format(n=rhythm.run))
    elif rhythm.longest > 1:
        lines.append(_("The most in a row were {n}.").format(n=rhythm.longest))
    lines.append(_since(rhythm.days_since))
    return lines


def _since(days: int) -> str:
    if days == 0:
        return _("The last time was today.")
    if days == 1:
        return _("The last time was yesterday.")
    return ngettext("The last time was {n} day ago.", "The last time was {n} days ago.", days).format(n=days)


def state_words(state: State) -> str:
    """What has become of a scenario; empty if nothing has."""
    return {
        State.HERE: "",
        State.CHANGED: _("rewritten since"),
        State.GONE: _("no longer in the library"),
    }[state]


def total_words(total: int | None) -> str:
    """A PRICE total, with its sign; a dash if there is none."""
    return NO_NUMBER if total is None else signed(total)


def encounter_line(encounter: Encounter) -> str:
    """One encounter: how often, the last and the best."""
    played = ngettext("played {n} time", "played {n} times", encounter.count).format(n=encounter.count)
    line = _("{title} ({id}): {played}; last {last_kind} ({last_total}) on {last_day}").format(
        title=encounter.title,
        id=encounter.scenario,
        played=played,
        last_kind=kind_name(encounter.last_kind),
        last_total=total_words(encounter.last_total),
        last_day=day(encounter.last_when),
    )
    if encounter.count > 1:
        line = _("{line}; best {best_kind} ({best_total}) on {best_day}").format(
            line=line,
            best_kind=kind_name(encounter.best_kind),
            best_total=total_words(encounter.best_total),
            best_day=day(encounter.best_when),
        )
    notes = [state_words(encounter.state)] if encounter.state is not State.HERE else []
    if encounter.newer:
        notes.append(
            ngettext("{n} call of a later callcalm", "{n} calls of a later callcalm", encounter.newer).format(
                n=encounter.newer
            )
        )
    return f"{line} [{series(notes)}]." if notes else f"{line}."


def moves_line(weeks: Sequence[Week]) -> str:
    """Moves per ten answers over these weeks together; empty without an answer."""
    answers = sum(week.answers for week in weeks)
    if not answers:
        return ""
    return _("Per ten answers: {helping} helping moves, {costing} costing.").format(
        helping=decimal(10 * sum(week.helping for week in weeks) / answers),
        costing=decimal(10 * sum(week.costing for week in weeks) / answers),
    )
