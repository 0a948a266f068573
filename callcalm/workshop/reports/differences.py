"""What changed between two versions of a scenario, as a learner would notice it. Nothing is shown here.

Beats and replies are known by their names; a beat that only got another name, or a reply that only moved, is
found by its words. What must not be here: how a change is written out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Final

from callcalm.core.explore import Lengths, Offered, Player, lengths, prove, reckon, span
from callcalm.core.model import Beat, Reply, Scenario, Step
from callcalm.core.playbook import Playbook
from callcalm.core.saying import Saying
from callcalm.workshop.reports import shorthand

SAME_WORDS: Final = 60
"""From this likeness of words (0 to 100) on, a reply without a name counts as the same one, reworded."""

SAME_BEAT: Final = 85
"""Likewise for a beat that goes by another name."""

_NONE: Final[Mapping[str, str]] = {}

TOLD: Final = 40
"""Characters of a reply that has no id, where it is only named."""

CHANCE: Final = 0.005
"""Smallest change of a chance that is told."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs.

    `area` is scenario, beat, reply, ending or check; `where` its name in the newer version; `what` is added,
    removed, renamed, offered, order, or the key that changed; `old` and `new` are empty where there is none.
    """

    area: str
    where: str
    what: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a proof says of one version: chances by player and ending (0 to 1), and how long a play is."""

    chances: Mapping[Player, Mapping[str, float]]
    good: Mapping[Player, float]
    composure: Mapping[str, tuple[int, int]]
    offered: Mapping[str, Offered]
    lengths: Lengths
    unproved: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs, in reading order, and both standings.

    `lost` are replies that a round saved in the older version may have given and the newer one does not have.
    """

    changes: tuple[Change, ...]
    before: Standing
    after: Standing
    lost: tuple[str, ...]

    @property
    def chances(self) -> Iterator[tuple[Player, str, float, float]]:
        """Player, ending, chance before and after, wherever that moved by half a percent or more."""
        for player in Player:
            old, new = self.before.chances[player], self.after.chances[player]
            for ending in dict.fromkeys([*old, *new]):
                was, now = old.get(ending, 0.0), new.get(ending, 0.0)
                if abs(was - now) >= CHANCE:
                    yield player, ending, was, now

    @property
    def same(self) -> bool:
        """Whether a learner would notice nothing."""
        return not self.changes and not any(True for _ in self.chances)


def compare(old: Scenario, new: Scenario, playbooks: Mapping[str, Playbook]) -> Difference:
    """Compare two scenarios that have been read by the coach, each by its own house rules."""
    before, after = (standing(one, playbooks[one.playbook]) for one in (old, new))
    beats = _paired_beats(old, new)
    lost: list[str] = []
    changes = [
        *_top(old, new),
        *_beats(old, new, beats, lost),
        *_endings(old, new),
        *_checks(old, new),
        *_offers(before, after),
    ]
    return Difference(tuple(changes), before, after, tuple(lost))


def standing(scenario: Scenario, playbook: Playbook) -> Standing:
    """What a proof says of a scenario."""
    proof = prove(scenario, playbook)
    reckoned = reckon(scenario, playbook, proof, Player)
    return Standing(
        {player: odd.endings for player, odd in reckoned.odds.items()},
        {player: odd.good for player, odd in reckoned.odds.items()},
        {name: span(bits) for name, bits in {**proof.beats, **proof.endings}.items() if bits},
        proof.replies,
        lengths(scenario, playbook, proof=reckoned.proof),
        tuple(dict.fromkeys((*proof.unproved, *reckoned.caveats))),
    )


def _top(old: Scenario, new: Scenario) -> Iterator[Change]:
    for key in ("title", "language", "channel", "setting", "level", "minutes", "playbook", "composure", "brief"):
        yield from _changed("scenario", "", key, str(getattr(old, key)), str(getattr(new, key)))
    yield from _changed("scenario", "", "start", old.start, new.start)
    yield from _changed("scenario", "", "vars", shorthand.variables(old), shorthand.variables(new))
    yield from _changed("scenario", "", "pressed", " / ".join(old.pressed), " / ".join(new.pressed))
    yield from _changed("scenario", "", "openings", shorthand.openings(old), shorthand.openings(new))
    yield from _changed("scenario", "", "teaches", ", ".join(old.teaches), ", ".join(new.teaches))
    yield from _changed("scenario", "", "caller", old.caller.name, new.caller.name)
    yield from _changed("scenario", "", "address", "; ".join(old.caller.address), "; ".join(new.caller.address))
    yield from _changed("scenario", "", "wants", old.caller.wants, new.caller.wants)
    yield from _changed("scenario", "", "facts", "; ".join(old.caller.facts), "; ".join(new.caller.facts))


def _beats(old: Scenario, new: Scenario, pairs: Mapping[str, str], lost: list[str]) -> Iterator[Change]:
    renamed = {was: now for now, was in pairs.items()}
    for name, beat in new.beats.items():
        before = old.beats.get(pairs.get(name, ""))
        if before is None:
            yield Change("beat", name, "added", new=" ".join(beat.caller))
            continue
        yield from _changed("beat", name, "renamed", before.id, name)
        yield from _changed("beat", name, "mood", before.mood, beat.mood)
        yield from _changed("beat", name, "caller", " / ".join(before.caller), " / ".join(beat.caller))
        yield from _changed("beat", name, "compose", shorthand.task(before), shorthand.task(beat))
        yield from _changed("beat", name, "otherwise", _step(before.otherwise, renamed), _step(beat.otherwise))
        yield from _changed("beat", name, "cut_in", _cut_in(before, renamed), _cut_in(beat))
        yield from _changed("beat", name, "contested", _yes(before.contested), _yes(beat.contested))
        yield from _replies(before, beat, renamed, lost)
    for name, beat in old.beats.items():
        if name not in pairs.values():
            lost.extend(reply.key for reply in beat.replies)
            yield Change("beat", name, "removed", old=" ".join(beat.caller))


def _replies(before: Beat, beat: Beat, renamed: Mapping[str, str], lost: list[str]) -> Iterator[Change]:
    pairs = _paired_replies(before.replies, beat.replies)
    for reply in beat.replies:
        was = pairs.get(reply.key)
        if was is None:
            yield Change("reply", reply.key, "added", new=reply.say)
            continue
        yield from _changed("reply", reply.key, "say", was.say, reply.say)
        yield from _changed("reply", reply.key, "goto", renamed.get(was.goto, was.goto), reply.goto)
        yield from _changed(
            "reply", reply.key, "when", shorthand.condition(was.when), shorthand.condition(reply.when)
        )
        yield from _changed(
            "reply", reply.key, "moves", ", ".join(shorthand.moves(was)), ", ".join(shorthand.moves(reply))
        )
        yield from _changed("reply", reply.key, "composure", str(was.composure), str(reply.composure))
        yield from _changed("reply", reply.key, "tone", was.tone or "", reply.tone or "")
        yield from _changed(
            "reply", reply.key, "promises", shorthand.promises(was.promises), shorthand.promises(reply.promises)
        )
        yield from _changed("reply", reply.key, "set", shorthand.effects(was), shorthand.effects(reply))
        if not _found_again(was, before.replies.index(was), reply, beat.replies.index(reply)):
            lost.append(was.key)
    yield from _changed("beat", beat.id, "order", *_orders(before, beat, pairs))
    kept = {was.key for was in pairs.values()}
    for was in before.replies:
        if was.key not in kept:
            lost.append(was.key)
            yield Change("reply", was.key, "removed", old=was.say)


def _endings(old: Scenario, new: Scenario) -> Iterator[Change]:
    for name, ending in new.endings.items():
        before = old.endings.get(name)
        if before is None:
            yield Change("ending", name, "added", new=ending.text)
            continue
        yield from _changed("ending", name, "kind", before.kind, ending.kind)
        yield from _changed("ending", name, "text", before.text, ending.text)
        yield from _changed("ending", name, "lesson", before.lesson, ending.lesson)
        yield from _changed("ending", name, "price", shorthand.price(before.price), shorthand.price(ending.price))
    for name, ending in old.endings.items():
        if name not in new.endings:
            yield Change("ending", name, "removed", old=ending.text)


def _checks(old: Scenario, new: Scenario) -> Iterator[Change]:
    names = [{check.name for check in one.checks} for one in (old, new)]
    yield from (Change("check", name, "added") for name in sorted(names[1] - names[0]))
    yield from (Change("check", name, "removed") for name in sorted(names[0] - names[1]))


def _offers(before: Standing, after: Standing) -> Iterator[Change]:
    """Replies of both versions that are on offer more or less often than they were."""
    for key, offered in after.offered.items():
        was = before.offered.get(key)
        if was is not None:
            yield from _changed("reply", key, "offered", was.value, offered.value)


def _paired_beats(old: Scenario, new: Scenario) -> dict[str, str]:
    """For each beat of the newer version the older one's name: its own, or that of the one whose words it has."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - two versions may need no likeness at all

    pairs = {name: name for name in new.beats if name in old.beats}
    gone = {name: " ".join(beat.caller) for name, beat in old.beats.items() if name not in new.beats}
    for name, beat in new.beats.items():
        if name in pairs or not gone:
            continue
        near = process.extractOne(" ".join(beat.caller), gone, scorer=fuzz.ratio, score_cutoff=SAME_BEAT)
        if near is not None:
            pairs[name] = near[2]
            del gone[near[2]]
    return pairs


def _paired_replies(old: tuple[Reply, ...], new: tuple[Reply, ...]) -> dict[str, Reply]:
    """For each reply of the newer version, by key, the older one: by its id, else by its words."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    left = {_tail(reply): reply for reply in old}
    pairs: dict[str, Reply] = {}
    for reply in new:
        if not _tail(reply).isdecimal() and _tail(reply) in left:
            pairs[reply.key] = left.pop(_tail(reply))
    for bar in (100, SAME_WORDS):  # the same words first, so that a moved reply is not taken for its neighbour
        for reply in new:
            if reply.key in pairs or not left:
                continue
            words = {tail: was.say for tail, was in left.items()}
            near = process.extractOne(reply.say, words, scorer=fuzz.ratio, score_cutoff=bar)
            if near is not None:
                pairs[reply.key] = left.pop(near[2])
    return pairs


def _changed(area: str, where: str, what: str, old: str, new: str) -> Iterator[Change]:
    if old != new:
        yield Change(area, where, what, old, new)


def _tail(reply: Reply) -> str:
    return reply.key.rpartition("/")[2]


def _orders(before: Beat, beat: Beat, pairs: Mapping[str, Reply]) -> tuple[str, str]:
    """The replies that both versions have, in the order of each: it is the one in which a learner sees them."""
    kept = [reply for reply in beat.replies if reply.key in pairs]
    was = sorted(kept, key=lambda reply: before.replies.index(pairs[reply.key]))
    old, new = (" / ".join(map(_told, order)) for order in (was, kept))
    return old, new


def _told(reply: Reply) -> str:
    """A reply by its id, else by its first words."""
    return _tail(reply) if not _tail(reply).isdecimal() else shorten(reply.say, TOLD, placeholder=" …")


def _found_again(was: Reply, place: int, reply: Reply, now: int) -> bool:
    """Whether rounds and codes of the older version that gave the reply still find it."""
    if _tail(was).isdecimal():
        return was.say == reply.say and place == now
    return _tail(was) == _tail(reply)


def _step(step: Step | None, renamed: Mapping[str, str] = _NONE) -> str:
    """Where else a call goes on to, what that changes and promises; empty where it goes nowhere."""
    if step is None:
        return ""
    goto = renamed.get(step.goto or "", step.goto) or "stays here"
    told = (goto, shorthand.effects(step), shorthand.promises(step.promises))
    return "; ".join(each for each in told if each)


def _cut_in(beat: Beat, renamed: Mapping[str, str] = _NONE) -> str:
    told = (_step(beat.cut_in, renamed), "right = true" if beat.cut_in_right else "")
    return "; ".join(each for each in told if each)


def _yes(is_so: bool) -> str:
    return "true" if is_so else "false"
