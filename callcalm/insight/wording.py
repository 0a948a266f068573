"""The sentences and words that every front end uses for what happens in a call, in the interface's language.

Plain strings without markup. What must not be here: layout, and anything a writer's file could say instead.
"""

from __future__ import annotations

from collections.abc import Iterable

from callcalm.core.composure import Level, Seen
from callcalm.core.events import ComposureChanged
from callcalm.core.model import Channel, EndingKind, Tone
from callcalm.core.moves import Factor, Phase, Registry
from callcalm.core.playbook import Stance
from callcalm.language import _, ngettext, pick

MOST_REASONS = 3
"""How many reasons one sentence about composure names; the rest are on the reveal."""


def level_word(level: Level) -> str:
    """The word for a level of composure."""
    return {
        Level.STEADY: _("steady"),
        Level.TENSE: _("tense"),
        Level.STRAINED: _("strained"),
        Level.BRITTLE: _("brittle"),
        Level.LOST: _("lost"),
    }[level]


def in_whole(name: str) -> str:
    """The name of a move that was heard in a sentence as a whole, and in no wording of it."""
    return _("{name}, in the sentence as a whole").format(name=name)


def mood_word(mood: str, registry: Registry) -> str:
    """The word for a caller's mood; the id itself if the registry does not know it."""
    known = registry.moods.get(mood)
    return pick(known.name) if known else mood


def move_name(move: str, registry: Registry) -> str:
    """A move's name; the id itself if the registry does not know it."""
    known = registry.moves.get(move)
    return pick(known.name) if known else move


def channel_word(channel: Channel) -> str:
    """The word for a channel."""
    return {
        Channel.PHONE: _("phone"),
        Channel.IN_PERSON: _("in person"),
        Channel.LETTER: _("letter"),
    }[channel]


def tone_word(tone: Tone) -> str:
    """How something is said (S2-7, S2-9)."""
    return {
        Tone.BRIGHT: _("brightly"),
        Tone.WARM: _("warmly"),
        Tone.CALM: _("calmly"),
        Tone.FLAT: _("without tone"),
    }[tone]


def kind_word(kind: EndingKind) -> str:
    """What an ending amounts to, in a word or two."""
    return {
        EndingKind.RESOLVED: _("resolved"),
        EndingKind.FAIR: _("a fair no"),
        EndingKind.UNRESOLVED: _("unresolved"),
        EndingKind.LOST: _("lost"),
    }[kind]


def phase_word(phase: Phase) -> str:
    """Heart or head (S1-h)."""
    return {Phase.HEART: _("heart"), Phase.HEAD: _("head"), Phase.EITHER: _("either")}[phase]


def stance_word(stance: Stance) -> str:
    """What a school says to a move, as a verb it does."""
    return {
        Stance.ENDORSE: _("recommends it"),
        Stance.ALLOW: _("allows it"),
        Stance.NEUTRAL: _("takes no side"),
        Stance.CAUTION: _("warns of it"),
        Stance.FORBID: _("forbids it"),
    }[stance]


def factor_name(factor: Factor) -> str:
    """The name of a treatment factor."""
    return {
        Factor.PRIORITY: _("Priority"),
        Factor.RESPECT: _("Respect"),
        Factor.INVOLVEMENT: _("Involvement"),
        Factor.COMMUNICATION: _("Communication"),
        Factor.EFFORT: _("Effort"),
    }[factor]


def factor_question(factor: Factor) -> str:
    """What a caller who scores the factor high would say (S3-p)."""
    return {
        Factor.PRIORITY: _("“They listened, and my matter came first.”"),
        Factor.RESPECT: _("“I was treated with respect, as the person I am.”"),
        Factor.INVOLVEMENT: _("“They cared about my problem.”"),
        Factor.COMMUNICATION: _("“I was told what was going on and what comes next.”"),
        Factor.EFFORT: _("“They really tried to get me what I needed.”"),
    }[factor]


def refusal(reason: str) -> str:
    """Why an action was not allowed (`IllegalAction.reason`), and what can be done instead."""
    return {
        "over": _("The call is over."),
        "not-on-offer": _("That answer is not on offer here."),
        "changed": _("That answer now reads differently in the scenario."),
        "locked": _("That answer needs a breath first."),
        "listen-first": _("The caller is still talking: listen on, or cut in."),
        "nothing-to-hear": _("The caller has finished; it is your turn."),
        "empty": _("There is nothing written yet."),
        "too-long": _("That is too long; make it shorter."),
        "too-many-notes": _("The notes are full."),
        "no-typing": _("Here the answer is put together from the parts."),
        "bad-parts": _("Pick the number of parts asked for, each once."),
    }[reason]


def signed(points: int) -> str:
    """Points with their sign, a true minus: +3, −8, 0."""
    return f"+{points}" if points > 0 else f"−{-points}" if points else "0"


def headed(head: str) -> str:
    """A head with its colon, which not every language sets alike."""
    return _("{head}:").format(head=head)


def series(parts: Iterable[str]) -> str:
    """Parts with semicolons between them, which not every language sets alike."""
    return _("; ").join(parts)


def speaker(name: str, mood: str, registry: Registry) -> str:
    """Who speaks, and in which mood, before what they say."""
    return headed(f"{name} ({mood_word(mood, registry)})")


def quoted(words: str) -> str:
    """Words between the interface's quotation marks."""
    return _("“{words}”").format(words=words)


def reason_words(seen: Seen, registry: Registry) -> str:
    """One reason for a change: the words, what they do, and the points."""
    name = move_name(seen.move, registry)
    if not seen.quote:
        return f"{name} ({signed(seen.amount)})"
    return _("“{words}”: {name} ({points})").format(words=seen.quote, name=name, points=signed(seen.amount))


def cut_in_rightly() -> str:
    """What is said of cutting in where danger calls for it: that it was right (S2-1)."""
    return _("You cut in, and rightly: this could not wait.")


def composure_line(changed: ComposureChanged, registry: Registry) -> str:
    """One sentence for a change of composure, with its strongest reasons."""
    now, step = changed.after, changed.after - changed.before
    if step < 0:
        line = _("Composure {now} of 100, down {step}").format(now=now, step=-step)
    elif step > 0:
        line = _("Composure {now} of 100, up {step}").format(now=now, step=step)
    else:
        line = _("Composure stays at {now} of 100").format(now=now)
    reasons = [reason_words(seen, registry) for seen in strongest(changed.reasons)]
    if changed.adjustment:
        reasons.append(_("how it lands here ({points})").format(points=signed(changed.adjustment)))
    return f"{headed(line)} {series(reasons)}." if reasons else f"{line}."


def strongest(reasons: Iterable[Seen], most: int = MOST_REASONS) -> list[Seen]:
    """The reasons that moved the meter most, costs before helps of the same size."""
    return sorted((r for r in reasons if r.amount), key=lambda r: (-abs(r.amount), r.amount))[:most]


def gap_words(points: int) -> str:
    """A gap between the self sheet and the reference, as a person would say it."""
    if points == 0:
        return _("as the evidence has it")
    if points > 0:
        return ngettext(
            "{n} point higher than the evidence", "{n} points higher than the evidence", points
        ).format(n=points)
    return ngettext("{n} point lower than the evidence", "{n} points lower than the evidence", -points).format(
        n=-points
    )


def minutes_words(minutes: int) -> str:
    """About how long a round takes."""
    return ngettext("about {n} minute", "about {n} minutes", minutes).format(n=minutes)
