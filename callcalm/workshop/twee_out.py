"""A scenario as Twee 3, to be opened in Twine: beats and endings are passages, replies are links.

What Twine has no place for (moods' words, promises, points, checks) goes into one passage of our own, from which
an import takes it again. The story format is SugarCube, which comes with Twine and can ask conditions in links.
What must not be here: reading Twee.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID, uuid5

from callcalm.core.condition_parsing import parse
from callcalm.language import _
from callcalm.workshop.foreign import twine, twine_value
from callcalm.workshop.stories import Notes
from callcalm.workshop.twee import OWN

_SPACE: Final = UUID("6f1d7a52-2f0b-4d0c-9c0e-9a5a4f6f2f11")
"""The name space of our story ids, so that one scenario has one id for ever."""

_STEP_X: Final = 240
_STEP_Y: Final = 180

_MARKUP: Final = re.compile(
    r"[&<$\\`{}]|\[(?=\[|img\[)|\](?=\])|__|//|''|\"\"\"|==|--|~~|\^\^|@@|/%|/\*|^[!*#>:]|(?<!\w)_(?=\w)|\((?=[A-Za-z][\w-]*:)",
    re.MULTILINE,
)
_IN_LINK: Final = re.compile(r"[|\[\]\\]|->|<-|/\*|/%|<(?=!--)|&(?=[#\w]+;)")
"""What would end or split a link. SugarCube shows the words of a link as they stand, so it is the least."""


def twee_text(data: Mapping[str, Any], name: str) -> tuple[str, Notes]:
    """The scenario called `name` as Twee, and what plays differently in Twine. `data` is as its file has it."""
    notes = Notes()
    passages = [
        (":: StoryTitle", data["title"]),
        (":: StoryData", json.dumps(_story_data(data, name), ensure_ascii=False, indent=2)),
    ]
    if data.get("vars"):
        passages.append((":: StoryInit", "\n".join(_starts(data["vars"], data["start"]["composure"]))))
    places = _places(data)
    for key, beat in data["beats"].items():
        passages.append((_header(key, f"beat mood-{beat['mood']}", places[key]), _beat(beat, data, notes)))
    for key, one in data["endings"].items():
        passages.append((_header(key, f"ending ending-{one['kind']}", places[key]), _escaped(one["text"])))
    passages.append((f":: {OWN} [{OWN}]", _own(data)))
    notes.add(_("composure, PRICE and the coach: Twine shows the way through the call, not how it is judged"))
    return "\n\n\n".join(f"{head}\n{_safe_lines(text)}" for head, text in passages) + "\n", notes


def ifid(name: str) -> str:
    """The lasting id of a story, made from the scenario's; in capitals, as Twine wants it."""
    return str(uuid5(_SPACE, name)).upper()


def _story_data(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {
        "ifid": ifid(name),
        "format": "SugarCube",
        "format-version": "2.36.1",
        "start": data["start"]["beat"],
        "tag-colors": {"ending": "green", OWN: "gray"},
        "zoom": 1,
    }


def _starts(variables: Mapping[str, Any], composure: int) -> Iterator[str]:
    yield f"<<set $composure to {composure}>>"
    for name, value in variables.items():
        start = value["start"] if isinstance(value, dict) else value
        yield f"<<set ${name} to {twine_value(start)}>>"


def _places(data: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """Where each passage lies on Twine's map: a column for every step from the start."""
    depth = {data["start"]["beat"]: 0}
    waiting = [data["start"]["beat"]]
    for name in waiting:
        for target in _targets(data["beats"].get(name, {})):
            if target not in depth:
                depth[target] = depth[name] + 1
                waiting.append(target)
    rows: dict[int, int] = {}
    places = {}
    for name in [*data["beats"], *data["endings"]]:
        column = depth.get(name, 0)
        row = rows[column] = rows.get(column, -1) + 1
        places[name] = (100 + column * _STEP_X, 100 + row * _STEP_Y)
    return places


def _targets(beat: Mapping[str, Any]) -> list[str]:
    steps = [*beat.get("replies", ()), *(beat.get(key, {}) for key in ("compose", "otherwise", "cut_in"))]
    return [step["goto"] for step in steps if "goto" in step]


def _header(name: str, tags: str, place: tuple[int, int]) -> str:
    meta = json.dumps({"position": f"{place[0]},{place[1]}", "size": "200,100"}, separators=(",", ":"))
    return f":: {name} [{tags}] {meta}"


def _beat(beat: Mapping[str, Any], data: Mapping[str, Any], notes: Notes) -> str:
    said = beat["caller"] if isinstance(beat["caller"], list) else [beat["caller"]]
    blocks = [_escaped(part) for part in said]
    links = [_reply(reply, data, notes) for reply in beat.get("replies", ())]
    if "compose" in beat:
        notes.add(_("a composed answer: in Twine it is a choice between the ideal one and any other"))
        spoken = {part["move"]: part["say"] for part in beat["parts"] if "move" in part}
        ideal = " ".join(spoken[move] for move in beat["compose"]["ideal"] if move in spoken)
        links.append(f"[[{_in_link(ideal) or '…'}->{beat['compose']['goto']}]]")
        if "goto" in beat.get("otherwise", {}):
            links.append(f"[[…->{beat['otherwise']['goto']}]]")
    return "\n\n".join([*blocks, "\n".join(links)])


def _reply(reply: Mapping[str, Any], data: Mapping[str, Any], notes: Notes) -> str:
    changes = [f"${name} to {twine_value(value)}" for name, value in reply.get("set", {}).items()]
    changes += [_added(name, points, data["vars"][name]) for name, points in reply.get("add", {}).items()]
    setter = f"[{', '.join(changes)}]" if changes else ""
    say = _in_link(reply["say"])
    if say != reply["say"]:
        notes.add(
            _(
                "an answer with brackets, bars, arrows or one quotation mark: "
                "Twine shows codes such as &#91; for them"
            )
        )
    link = f"[[{say}->{reply['goto']}]{setter}]"
    if "when" not in reply:
        return link
    if "composure" in reply["when"]:
        notes.add(_("an answer that asks for composure: in Twine composure stays as it was at the start"))
    return f"<<if {twine(parse(reply['when']))}>>{link}<</if>>"


def _added(name: str, points: int, declared: Mapping[str, int]) -> str:
    sign = "+" if points >= 0 else "-"
    return f"${name} to Math.clamp(${name} {sign} {abs(points)}, {declared['least']}, {declared['most']})"


def _own(data: Mapping[str, Any]) -> str:
    """All that the other passages do not show, for an import."""
    shown = {"say", "goto", "when", "set", "add"}
    beats = {}
    for name, beat in data["beats"].items():
        kept = {key: value for key, value in beat.items() if key not in {"caller", "replies", "mood"}}
        more = [
            {"say": reply["say"], **{key: value for key, value in reply.items() if key not in shown}}
            for reply in beat.get("replies", ())
        ]
        if more:
            kept["replies"] = more
        beats[name] = kept
    endings = {
        name: {key: value for key, value in one.items() if key not in {"text", "kind"}}
        for name, one in data["endings"].items()
    }
    head = {key: value for key, value in data.items() if key not in {"beats", "endings"}}
    text = json.dumps({**head, "beats": beats, "endings": endings}, ensure_ascii=False, indent=1)
    # Twine takes two brackets for a link, wherever they stand; in JSON they stand inside texts only.
    return text.replace("[[", "[\\u005b").replace("<<", "<\\u003c")


def _escaped(text: str) -> str:
    return _MARKUP.sub(_entities, text)


def _in_link(text: str) -> str:
    said = _IN_LINK.sub(_entities, text)
    return said.replace('"', "&#34;") if said.count('"') % 2 else said


def _entities(hit: re.Match[str]) -> str:
    return "".join(f"&#{ord(char)};" for char in hit.group())


def _safe_lines(text: str) -> str:
    return re.sub(r"^::", r"\\::", text, flags=re.MULTILINE)
