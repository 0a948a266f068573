"""Finding a finished round by what its player calls it, and living it again from its record.

What must not be here: what a round tells, and how it is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from callcalm.content.library import UnknownScenario
from callcalm.core.round import Round, begin, replay
from callcalm.core.text import safe
from callcalm.intake.problems import BadFile
from callcalm.language import _
from callcalm.practice.desk import UnknownPlaybook
from callcalm.practice.ears import Ears
from callcalm.storage import convert, roundlog
from callcalm.storage.names import file_stem, slots
from callcalm.storage.parsing import NotRead, values
from callcalm.storage.recording import BadRecord, read_round

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk
    from callcalm.storage.records import RoundRecord
    from callcalm.storage.roundlog import Head

LAST: Final = "last"
LETTER: Final = "letter/"
"""What the scenario of a letter of one's own begins with in the log."""

GOAL: Final = "goal/"
ASKED: Final = "asked/"
"""What the log calls a goal that was chosen, and the answer to it."""

MOST_LISTED: Final = 5
_FEWEST: Final = 4
_LONGEST: Final = 60


class UnknownRound(LookupError):
    """There is no round of that name; `str()` says so and lists the newest ones."""


@dataclass(frozen=True, slots=True)
class Relived:
    """A round played again from its record; `round` is None where that is no longer possible.

    `gone` is whether its encounter is not there any more, `changed` whether it plays otherwise than it did.
    """

    round: Round | None
    gone: bool = False
    changed: bool = False


def names_round(name: str) -> bool:
    """Whether a name can only be meant for a round: ``last``, ``-2``, or the beginning of an id's date."""
    return name == LAST or _place(name) is not None or (name[:8].isdecimal() and len(name) >= 8)  # noqa: PLR2004


def find_round(desk: Desk, name: str, *, letters: bool = False) -> RoundRecord:
    """The finished round that a player means.

    `name` is ``last``, ``-1`` for the last one, ``-2`` for the one before, an id, or as much of the beginning of
    an id as no other round has. Counting goes over encounters, and with `letters` over letters of one's own too;
    an id finds anything that the log holds.

    Raises:
        UnknownRound: if there is none, or more than one.
    """
    heads = desk.store.heads()
    counted = [head for head in heads if _counts(head, letters)]
    back = 1 if name == LAST else _place(name)
    if back is not None:
        if not 1 <= back <= len(counted):
            raise UnknownRound(_no_such(name, counted))
        return _read(desk, counted[-back].id)
    exact = [head for head in heads if head.id == name]
    begun = exact or [head for head in heads if len(name) >= _FEWEST and head.id.startswith(name)]
    if not begun:
        raise UnknownRound(_no_such(name, counted))
    if len({head.id for head in begun}) > 1:
        raise UnknownRound(
            _("More than one round begins with “{name}”:").format(name=_shown(name)) + "\n" + _listed(begun)
        )
    return _read(desk, begun[-1].id)


def newest(desk: Desk, most: int) -> tuple[RoundRecord, ...]:
    """The last `most` encounters and letters that can be read, oldest first; only their own blocks are parsed."""
    wanted = {head.id for head in [one for one in desk.store.heads() if _counts(one, letters=True)][-most:]}
    found = {record.id: record for record in _some(desk, wanted)}
    return tuple(sorted(found.values(), key=lambda one: one.finished))


def goal_before(desk: Desk, record: RoundRecord) -> str:
    """The goal that was chosen before this round and not yet asked about; empty where there was none."""
    found = ""
    for head in desk.store.heads():
        if head.id == record.id:
            break
        if head.scenario.startswith(GOAL):
            found = head.id
        elif head.scenario == f"{ASKED}{found}":
            found = ""
    return next((record.transfer for record in _some(desk, {found})), "") if found else ""


def relive(desk: Desk, record: RoundRecord) -> Relived:
    """Play a round again, action by action, as its record has it; the record stays the truth.

    A round counts as changed when its encounter, the house rules or the coach would now give another call: other
    words, another ending, another composure.
    """
    if "/" in record.scenario:
        return Relived(None, gone=True)
    try:
        scenario = desk.scenario(record.scenario)
    except UnknownScenario:
        return Relived(None, gone=True)
    except BadFile:
        return Relived(None, changed=True)
    try:
        rules = desk.playbook(record.playbook or scenario.playbook)
        heard = scenario if scenario.read else Ears(scenario.language, desk.registry, desk.phrases).read(scenario)
    except (UnknownPlaybook, BadFile):
        return Relived(None, changed=True)
    begun = begin(heard, rules, record.seed, coached=record.coached, opening=record.opening)
    fresh = replace(begun, undone=record.undone)
    played = replay(fresh, convert.actions(record.actions)).round
    state = played.state
    same = (
        len(played.turns) == len(record.actions)
        and state.ending == record.ending
        and (not record.composure or state.curve == record.composure)
    )
    return Relived(played) if same else Relived(None, changed=True)


def _counts(head: Head, letters: bool) -> bool:
    return "/" not in head.scenario or (letters and head.scenario.startswith(LETTER))


def _place(name: str) -> int | None:
    """How far back from the end ``-N`` is; None for any other name."""
    digits = name[1:]
    if name.startswith("-") and digits.isascii() and digits.isdecimal() and len(digits) <= 6:  # noqa: PLR2004
        return int(digits)
    return None


def _read(desk: Desk, ident: str) -> RoundRecord:
    """The whole record of a round whose head was found; only its own block is parsed where that is enough."""
    found = list(_some(desk, {ident})) or [one for one in desk.store.rounds() if one.id == ident]
    if not found:  # its first lines can be read, and no more
        raise UnknownRound(_("The round {id} is damaged and cannot be read.").format(id=_shown(ident)))
    return next((one for one in found if one.complete), found[0])


def _some(desk: Desk, idents: Collection[str]) -> Iterator[RoundRecord]:
    """The rounds of these ids, each block read by itself."""
    yield from (one for one in desk.store.unsaved if one.id in idents)
    for slot in slots(desk.store.folder, file_stem(desk.store.player)):
        for ids, data in roundlog.raw_rounds(slot.log):
            if not any(one in idents for one in ids):
                continue
            try:
                tables = values(data, slot.log.name).get("rounds")
                records = [read_round(one)[0] for one in tables or () if isinstance(one, dict)]
            except (NotRead, BadRecord):
                continue  # the log as a whole is read with more patience
            yield from (one for one in records if one.id in idents)


def _no_such(name: str, counted: list[Head]) -> str:
    if not counted:
        return _("There is no round “{name}”: nothing has been played yet.").format(name=_shown(name))
    return _("There is no round “{name}”. The newest:").format(name=_shown(name)) + "\n" + _listed(counted)


def _listed(heads: list[Head]) -> str:
    newest = list(reversed(heads))[:MOST_LISTED]
    return "\n".join(
        "  "
        + _("{id}  {when}  {scenario}").format(
            id=head.id, when=f"{head.finished.astimezone():%Y-%m-%d %H:%M}", scenario=_shown(head.scenario)
        )
        for head in newest
    )


def _shown(words: str) -> str:
    return safe(words[:_LONGEST], multiline=False)
