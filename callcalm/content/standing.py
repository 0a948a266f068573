"""What still stands in a scenario that cannot be played, so that one run of lint tells all that is wrong with it.

A title too long or a mood that there is not hides neither where the call can go nor what its people say: what is
missing is filled in, and how much can then be said is told with it. What must not be here: any finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final

from callcalm.content.building import build, lost_ending
from callcalm.content.hearing import Reader, coach_reader, put_findings
from callcalm.content.reach import check_reach
from callcalm.content.registry import Rulebook
from callcalm.content.scenario_shape import scenario_record
from callcalm.content.scenarios import ScenarioFile
from callcalm.content.shapes import FORMAT
from callcalm.core.records import NamedTuple
from callcalm.core.text import Text
from callcalm.intake import BAD, BadFile, Code, Place, Positions, Severity, Source, load_source

_VALUES: Final = frozenset(
    {
        Code.WRONG_TYPE,
        Code.UNKNOWN_KEY,
        Code.MISSING_KEY,
        Code.LONG_TEXT,
        Code.EMPTY_TEXT,
        Code.TEXT_FORM,
        Code.NOT_A_CHOICE,
        Code.OUT_OF_RANGE,
        Code.ITEM_COUNT,
        Code.ONE_LINE,
        Code.UNKNOWN_MOOD,
        Code.FAIRNESS,
        Code.CHECK_STEP,
    }
)
"""Errors in single values: the course stands if none of those that it hangs on is among them …"""

_ASKING: Final = frozenset({Code.CONDITION, Code.CONDITION_SENSE, Code.UNKNOWN_VARIABLE})
"""What can be wrong with a condition."""

_COURSE: Final = _VALUES | _ASKING | {Code.NO_TARGET}
"""… and all of it but where some answers lead, and when they are on offer, stands beside these."""

_TEXTS: Final = _COURSE | {
    Code.KEY_FORM,
    Code.ID_TWICE,
    Code.TWO_TARGETS,
    Code.NO_ANSWER,
    Code.COMPOSE,
    Code.RANGE,
    Code.RESERVED,
    Code.UNKNOWN_MOVE,
    Code.UNKNOWN_PLAYBOOK,
    Code.VARIABLE_TYPE,
}
"""Errors that leave what people say: of such a scenario no call can be made, and yet its texts can be read."""

_UNSAID: Final = Text("…")
"""Stands for a text that is missing or cannot be used; nothing is ever found in it."""

_NEVER: Final = Text("composure < 0")
"""A condition that is never true."""

_TOP: Final = {
    "title": _UNSAID,
    "channel": "phone",
    "setting": _UNSAID,
    "level": 1,
    "minutes": 1,
    "brief": _UNSAID,
    "playbook": "core",
}
_CALLER: Final = {"name": _UNSAID, "address": [_UNSAID], "wants": _UNSAID, "facts": [_UNSAID]}
_RANGE: Final = frozenset({"start", "least", "most"})
_STEPS: Final = ("otherwise", "cut_in", "compose")
_FACTORS: Final = ("priority", "respect", "involvement", "communication", "effort")

Table = dict[str, Any]


class Standing(NamedTuple):
    """A scenario with what is missing filled in, and whether its `course` is the one that was written.

    With `adrift` it is but for answers that lead to nothing that there is: each has an ending of its own then.
    With `unasked` it is but for conditions that cannot be asked: those answers are never on offer then.
    """

    file: ScenarioFile
    course: bool
    adrift: bool = False
    unasked: bool = False


def standing(
    source: Source, name: Text, rulebook: Rulebook, bad: BadFile, reader: Reader | None = None
) -> Standing | None:
    """What stands in a scenario of which `bad` tells the errors; None where not even its texts are sure.

    Its warnings are only those that `bad` cannot know of. Of what is not TOML it is what `bad` has of it.
    """
    errors = {problem.code for problem in bad.problems if problem.severity is Severity.ERROR}
    if bad.rest is not None:
        source = bad.rest.source
        errors -= {Code.SYNTAX, Code.TWICE}
    if not errors <= _TEXTS:
        return None
    loaded = load_source(source, scenario_record(), number=FORMAT)
    data, inbox = loaded.data, loaded.inbox
    if not (data.get("beats") and data.get("endings") and "language" in data):
        return None
    course = _filled(data, loaded.document.values, rulebook) and errors <= _COURSE and bad.rest is None
    course = course and _begins(data)
    asking = [one.place for one in bad.problems if one.code in _ASKING]
    course = course and _let_go(data, asking, loaded.document.positions)
    adrift = course and _tied_up(data)
    if not course:
        _without_course(data)
    if errors & {Code.CHECK_STEP, Code.NO_TARGET}:
        data.pop("checks", None)
    known = len(inbox.problems)
    unasked = course and bool(asking)
    if course and not (adrift or unasked):
        check_reach(data, inbox, lost_ending(data))
    scenario = put_findings(build(name, data, rulebook, ""), reader or coach_reader(rulebook.registry))
    file = ScenarioFile(scenario, tuple(inbox.problems[known:]), source, loaded.document.positions)
    return Standing(file, course, adrift, unasked)


def _filled(data: Table, written: Mapping[str, Any], rulebook: Rulebook) -> bool:
    """Fill in what a scenario cannot be built without; whether all that its course hangs on is as written."""
    course = all(_whole(written.get(key), data.get(key)) for key in ("start", "vars", "openings", "playbook"))
    course = course and _complete(data.get("vars", {}), _RANGE) and _complete(data.get("openings", {}), {"beat"})
    for key, value in _TOP.items():
        data.setdefault(key, value)
    for key in ("teaches", "sources", "pressed"):
        if not _whole(written.get(key), data.get(key)):
            data.pop(key, None)
    caller = data.setdefault("caller", {})
    for key, value in _CALLER.items():
        if key not in caller or (isinstance(caller[key], list) and BAD in caller[key]):
            # By their names the coach knows what is said of them; of the rest it asks nothing.
            course = course and key not in {"name", "address"}
            caller[key] = value
    course = course and "beat" in data.get("start", {})
    start = data.setdefault("start", {})
    start.setdefault("beat", next(iter(data["beats"])))
    start.setdefault("composure", 70)
    for name, beat in data["beats"].items():
        course = _beat(beat, written["beats"].get(name, {}), data, rulebook) and course
    course = len(data["beats"]) == len(written["beats"]) and course
    course = len(data["endings"]) == len(written["endings"]) and course
    for name, ending in data["endings"].items():
        course = "kind" in ending and course
        _ending(name, ending)
    checks = data.get("checks")
    sound = isinstance(checks, list) and all(one is not BAD and {"name", "do"} <= one.keys() for one in checks)
    if not (sound and _whole(written.get("checks"), checks)):
        data.pop("checks", None)
    return course


def _begins(data: Table) -> bool:
    """Whether there are the beats that it begins by."""
    openings = [one if isinstance(one, str) else one["beat"] for one in data.get("openings", {}).values()]
    return bool(data["beats"].keys() >= {data["start"]["beat"], *openings})


def _let_go(data: Table, asking: Sequence[Place | None], positions: Positions) -> bool:
    """Take the answers whose conditions are wrong at these places out of offer; whether that is all of them."""
    left = set(asking)
    for name, beat in data["beats"].items() if left else ():
        for at, reply in enumerate(beat.get("replies", ())):
            place = positions.value(("beats", name, "replies", at, "when")) if "when" in reply else None
            wrong = {one for one in left if one and place and place[:2] <= one[:2] and one[2:] <= place[2:]}
            if wrong:
                reply["when"] = _NEVER
                left -= wrong
    return not left


def _tied_up(data: Table) -> bool:
    """Give each answer that leads to nothing that there is an ending of its own; whether there was one."""
    known = {*data["beats"], *data["endings"], lost_ending(data)}
    loose = [
        step
        for beat in data["beats"].values()
        for step in (*beat.get("replies", ()), *[beat[key] for key in _STEPS if key in beat])
        if step.get("goto", None) is not None and step["goto"] not in known
    ]
    for number, step in enumerate(loose):
        name = step["goto"] = f"{_UNSAID}{number}"  # no name of a beat or an ending
        data["endings"][name] = {}
        _ending(name, data["endings"][name])
    return bool(loose)


def _beat(beat: Table, written: Mapping[str, Any], data: Table, rulebook: Rulebook) -> bool:
    course = all(key in {"mood", "caller"} or _whole(value, beat.get(key)) for key, value in written.items())
    replies = beat.get("replies", [])
    moods = rulebook.registry.moods
    if beat.get("mood") not in moods:
        # Only a bright tone asks how hot a mood is.
        course = course and not any(reply is not BAD and reply.get("tone") == "bright" for reply in replies)
        beat["mood"] = next(iter(moods))
    said = beat.get("caller")
    if said is None or (isinstance(said, list) and BAD in said):
        parts = written.get("caller")
        course = course and isinstance(parts, str | list)
        many = said or [BAD] * max(1, len(parts) if isinstance(parts, list) else 1)
        beat["caller"] = [_UNSAID if part is BAD else part for part in many]
    beat.setdefault("contested", False)
    for at, reply in enumerate(replies):
        if reply is BAD or not {"say", "goto"} <= reply.keys():
            course = False
            replies[at] = {"say": _UNSAID} | ({} if reply is BAD else reply)
            replies[at]["goto"] = next(iter(data["endings"]))
        replies[at].setdefault("composure", 0)
    for step in (*replies, beat.get("otherwise"), beat.get("cut_in")):
        if step is not None and not all(one is not BAD and "what" in one for one in step.get("promises", ())):
            course = False
            del step["promises"]
        for promise in () if step is None else step.get("promises", ()):
            promise.setdefault("keepable", True)
    beat.get("cut_in", {}).setdefault("right", False)
    task, blocks = beat.get("compose"), beat.get("parts", ())
    if task is not None and not ({"pick", "ideal", "goto"} <= task.keys() and blocks and _said(blocks)):
        course = False
        del beat["compose"]
    return course


def _complete(tables: Table, keys: AbstractSet[str]) -> bool:
    return all(keys <= one.keys() for one in tables.values() if isinstance(one, dict))


def _said(blocks: list[Any]) -> bool:
    return all(block is not BAD and "say" in block for block in blocks)


def _ending(name: str, ending: Table) -> None:
    ending.setdefault("kind", "unresolved")
    ending.setdefault("text", _UNSAID)
    ending.setdefault("lesson", f"{_UNSAID} {name}")  # of its own, as every lesson should be
    price = ending.setdefault("price", {})
    for factor in _FACTORS:
        price.setdefault(factor, 0)
    if price.setdefault("got", False):
        price.pop("fair", None)
    else:
        price.setdefault("fair", 0)


def _without_course(data: Table) -> None:
    """Take out what a scenario may not be built with, and no text hangs on."""
    data.pop("vars", None)
    data.pop("openings", None)
    for beat in data["beats"].values():
        if "parts" not in beat or BAD in beat.get("compose", {}).get("ideal", ()):
            beat.pop("compose", None)
        for reply in beat.get("replies", ()):
            reply.pop("when", None)
            if reply["say"] is _UNSAID or BAD in reply.get("moves", ()):
                reply.pop("moves", None)


def _whole(written: Any, kept: Any) -> bool:
    """Whether all that was written could be used."""
    if isinstance(written, dict):
        return isinstance(kept, dict) and all(_whole(value, kept.get(key, BAD)) for key, value in written.items())
    if isinstance(written, list):
        return isinstance(kept, list) and len(kept) == len(written) and all(map(_whole, written, kept))
    return kept is not BAD and (written is None or kept is not None)
