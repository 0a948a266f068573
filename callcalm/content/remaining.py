"""What is certain of a scenario whose TOML is broken, what belongs together in it, too: see `intake.remaining`.

What must not be here: any finding of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from callcalm.content.references import check_references
from callcalm.content.registry import Rulebook
from callcalm.content.scenario_shape import scenario_record
from callcalm.content.shapes import FORMAT
from callcalm.core.playbook import Playbook
from callcalm.intake import BadFile, Code, Problem
from callcalm.intake.remaining import IN_ITSELF, Left, left_of

_IN_ITSELF: Final = IN_ITSELF | {
    Code.ID_TWICE,
    Code.TWO_TARGETS,
    Code.UNKNOWN_MOVE,
    Code.UNKNOWN_MOOD,
    Code.UNKNOWN_PLAYBOOK,
    Code.CONDITION,
    Code.RESERVED,
}
"""What is wrong whatever else stands in the file."""

_NEVER: Final = frozenset({Code.CHECK_STEP, Code.CONDITION_SENSE})
"""What hangs on more than can be looked through here."""

_VARIABLES: Final = frozenset({Code.UNKNOWN_VARIABLE, Code.VARIABLE_TYPE})
"""What may hang on a variable that was left out …"""

_NAMING: Final = _VARIABLES | {Code.NO_TARGET}
"""… and on anything that was, of that name."""


def with_rest(bad: BadFile, rulebook: Rulebook, playbooks: Mapping[str, Playbook]) -> BadFile:
    """The errors of a scenario with what else is certain, if `bad` tells syntax errors; else `bad` as it is.

    Where nothing else is certain, nobody should go by its rest: then it has none.
    """
    left = left_of(bad)
    if left is None:
        return BadFile(bad.problems, bad.source)
    try:
        loaded = left.loaded(scenario_record(), FORMAT)
    except BadFile as newer:
        return BadFile([*bad.problems, *newer.problems], bad.source)
    check_references(loaded.data, loaded.document.values, loaded.inbox, rulebook.registry, playbooks)
    more = [problem for problem in loaded.inbox.problems if _certain(problem, left)]
    return BadFile([*bad.problems, *more], bad.source, bad.rest)


def _certain(problem: Problem, left: Left) -> bool:
    code = problem.code
    if code in _NEVER or not left.certain(problem, _IN_ITSELF):
        return False
    if code in _VARIABLES and "vars" in left.lost:
        return False
    return code not in _NAMING or left.lost.isdisjoint(left.named(problem))
