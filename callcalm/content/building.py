"""From checked data to core types. It trusts its input: `scenario_shape` and `references` have seen it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from callcalm.content.registry import LOST, Rulebook
from callcalm.content.scenario_shape import DEEDS
from callcalm.core.condition_parsing import parse
from callcalm.core.model import (
    Beat,
    Caller,
    Channel,
    Check,
    CheckStep,
    Ending,
    EndingKind,
    Opening,
    Part,
    Promise,
    Reply,
    Scenario,
    Step,
    Task,
    Tone,
)
from callcalm.core.price import PriceSheet
from callcalm.core.text import Text

Table = Mapping[str, Any]

_NOTHING: Final[Table] = {}
"""Shared by the many replies that set and add nothing."""

_FEWEST: Final = 3
"""Keys that every reply has: `say`, `goto`, `composure`."""


def build(name: Text, data: Table, rulebook: Rulebook, digest: str) -> Scenario:
    """The scenario called `name`, without findings. `digest` identifies the text that it was made from."""
    language = data["language"]
    endings = {key: _ending(key, item) for key, item in data["endings"].items()}
    variables: Table = data.get("vars", {})
    lost = lost_ending(data)
    general = lost not in endings
    if general:
        endings[lost] = rulebook.lost[language]
    return Scenario(
        id=name,
        title=data["title"],
        language=language,
        channel=Channel(data["channel"]),
        setting=data["setting"],
        level=data["level"],
        minutes=data["minutes"],
        playbook=data["playbook"],
        teaches=tuple(data.get("teaches", ())),
        sources=tuple(data.get("sources", ())),
        brief=data["brief"],
        caller=_caller(data["caller"]),
        start=data["start"]["beat"],
        composure=data["start"]["composure"],
        vars={key: item["start"] if isinstance(item, dict) else item for key, item in variables.items()},
        beats={key: _beat(key, item) for key, item in data["beats"].items()},
        endings=endings,
        lost=lost,
        pressed=tuple(data.get("pressed", ())) or rulebook.pressed[language],
        checks=tuple(_check(item) for item in data.get("checks", ())),
        ranges={key: (item["least"], item["most"]) for key, item in variables.items() if isinstance(item, dict)},
        digest=digest,
        openings={key: _opening(item) for key, item in data.get("openings", {}).items()},
        after=data.get("after", ""),
        general=general,
    )


def lost_ending(data: Table) -> str:
    """The ending for a call whose composure is gone: the first of kind lost, else the general one."""
    kinds = {name: item["kind"] for name, item in data["endings"].items()}
    return next((name for name, kind in kinds.items() if kind == EndingKind.LOST), LOST)


def _caller(item: Table) -> Caller:
    return Caller(item["name"], tuple(item["address"]), item["wants"], tuple(item["facts"]))


def _opening(item: Text | Table) -> Opening:
    return Opening(item) if isinstance(item, str) else Opening(item["beat"], item.get("set", _NOTHING))


def _beat(name: str, item: Table) -> Beat:
    said: Text | list[Text] = item["caller"]
    task = item.get("compose")
    return Beat(
        id=name,
        mood=item["mood"],
        caller=tuple(said) if isinstance(said, list) else (said,),
        replies=tuple([_reply(name, number, reply) for number, reply in enumerate(item.get("replies", ()), 1)]),
        otherwise=_step(item["otherwise"]) if "otherwise" in item else None,
        compose=_task(task, item["parts"]) if task is not None else None,
        cut_in=_step(item["cut_in"]) if "cut_in" in item else None,
        cut_in_right="cut_in" in item and item["cut_in"]["right"],
        contested=item["contested"],
    )


def _reply(beat: str, number: int, item: Table) -> Reply:
    if len(item) == _FEWEST:
        # As most of the tens of thousands that a large story may have: what it says, and where that leads.
        key = f"{beat}/{number}"
        return Reply(key, item["say"], item["goto"], None, _NOTHING, _NOTHING, (), (), None, item["composure"])
    return Reply(
        key=f"{beat}/{item.get('id', number)}",
        say=item["say"],
        goto=item["goto"],
        when=parse(item["when"]) if "when" in item else None,
        set=item.get("set", _NOTHING),
        add=item.get("add", _NOTHING),
        promises=_promises(item),
        moves=tuple(item.get("moves", ())),
        tone=Tone(item["tone"]) if "tone" in item else None,
        composure=item["composure"],
    )


def _step(item: Table) -> Step:
    return Step(item.get("goto"), item.get("set", _NOTHING), _promises(item), item.get("add", _NOTHING))


def _promises(item: Table) -> tuple[Promise, ...]:
    if "promises" not in item:
        return ()
    return tuple(
        Promise(promise["what"], promise.get("by"), promise["keepable"], promise.get("follow_up"))
        for promise in item["promises"]
    )


def _task(item: Table, parts: list[Table]) -> Task:
    blocks = tuple(Part(part["say"], part.get("move")) for part in parts)
    return Task(item["pick"], tuple(item["ideal"]), item["goto"], blocks)


def _ending(name: str, item: Table) -> Ending:
    return Ending(name, EndingKind(item["kind"]), item["text"], item["lesson"], PriceSheet(**item["price"]))


def _check(item: Table) -> Check:
    composure = parse(f"composure {item['composure']}") if "composure" in item else None
    steps = tuple(_check_step(step) for step in item["do"])
    return Check(item["name"], steps, item.get("ends"), composure, item.get("opening", ""))


def _check_step(step: int | str | Table) -> CheckStep:
    if isinstance(step, int):
        return CheckStep("reply", reply=str(step))
    if isinstance(step, str):
        return CheckStep(step) if step in DEEDS else CheckStep("reply", reply=step)
    if "say" in step:
        return CheckStep("say", say=step["say"])
    return CheckStep("compose", parts=tuple(number - 1 for number in step["compose"]))
