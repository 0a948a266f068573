"""Twee 3: passages and their headers, and what a scenario can take of them. What is in a passage: see `passages`.

The notation is that of the Twee 3 specification of the Interactive Fiction Technology Foundation.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from callcalm.core.text import safe
from callcalm.intake import BadFile, Code, Problem, Source
from callcalm.language import _, grouped
from callcalm.workshop.dialects import CHAPBOOK, HARLOWE, SUGARCUBE, chapbook_values, guessed
from callcalm.workshop.finishing import shipped_rules
from callcalm.workshop.foreign import plain_name, value_of
from callcalm.workshop.passages import read_passage
from callcalm.workshop.stories import MOST_NODES, MOST_VARIABLES, Node, Story, is_sound

CAP: Final = 1024 * 1024
"""Largest file of another tool, in bytes."""

LONGEST_HEADER: Final = 2_000

MOST_DEPTH: Final = 10

OWN: Final = "callcalm"
"""The passage in which callcalm keeps what Twine has no place for."""

_HEADER = re.compile(
    r"::(?P<name>(?:\\.|[^\\\[{\n])+)(?:\[(?P<tags>(?:\\.|[^\\\]])*)\])?[ \t]*(?P<meta>\{.*\})?[ \t]*"
)
_ESCAPED = re.compile(r"\\(.)")
_SET = re.compile(
    r"<<set[ \t](.{1,500}?)>>"
    r"|\(set:((?:\"[^\"\n]{0,200}\"|[^()\n\"]|\([^()\n]{0,200}\)){1,500})\)",
    re.IGNORECASE,
)
_SETTER = re.compile(r"\]\[([^\]\[\n]{1,500})\]\]")
_ASSIGNED = re.compile(r"[$_]?([A-Za-z_]\w*)\s*(?:\bto\b|=)\s*(.+)", re.DOTALL)
_PARTS = re.compile(r"[,;](?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")
_SPECIAL: Final = frozenset(
    [
        *(
            "StoryTitle",
            "StoryData",
            "StoryInit",
            "StoryAuthor",
            "StoryBanner",
            "StoryCaption",
            "StoryDisplayTitle",
        ),
        *("StoryIncludes", "StoryInterface", "StoryMenu", "StorySettings", "StorySubtitle", "StoryShare"),
        *("PassageDone", "PassageFooter", "PassageHeader", "PassageReady"),
    ]
)
_CODE: Final = frozenset(
    ["script", "stylesheet", "widget", "Twine.image", "Twine.audio", "Twine.video", "Twine.vtt"]
)
_BEFORE: Final = frozenset(["init", "startup"])
"""Tags of passages that run before the story begins; nobody reads them."""
_AROUND: Final = frozenset(["header", "footer", "debug-header", "debug-footer", "debug-startup"])
"""Tags of what Harlowe shows around every passage."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage; `line` is that of its header, from 1."""

    name: str
    tags: tuple[str, ...]
    text: str
    line: int


def twee_story(source: Source) -> Story:
    """The story in a Twee file. Raises `BadFile` when there is no passage to play, or far too many."""
    found = passages(source)
    story = Story()
    by_name: dict[str, Passage] = {}
    for passage in found:
        if passage.name in by_name:
            story.notes.add(_("a second passage of the same name: the first counts"), passage.line)
        else:
            by_name[passage.name] = passage
    story.title = by_name["StoryTitle"].text if "StoryTitle" in by_name else ""
    data = _json(by_name.get("StoryData"), story, "StoryData")
    story.dialect = str(data.get("format", "")).lower() or guessed(source.text)
    extra = _json(by_name.get(OWN), story, OWN)
    if is_sound(extra):
        story.extra = extra
    else:
        story.notes.add(
            _("the passage {name} has been changed: it was left out").format(name=OWN), by_name[OWN].line
        )
    played = {name: one for name, one in by_name.items() if _is_played(one, story)}
    if not played:
        raise _bad(source, _("there is no passage to play in it"), _("A Twee file has lines such as “:: Start”."))
    if len(played) > MOST_NODES:
        message = _("it has {n} passages; at most {most} can be brought over")
        raise _bad(source, message.format(n=grouped(len(played)), most=grouped(MOST_NODES)))
    _variables(story, by_name, played)
    asked = data.get("start")
    story.start = next((name for name in (asked, "Start") if name in played), next(iter(played)))
    for name, passage in played.items():
        story.nodes[name] = _node(passage, story)
    begun = story.nodes[story.start]
    story.vars |= {name: value for name, value in begun.set.items() if name in story.vars}
    return story


def passages(source: Source) -> list[Passage]:
    """Every passage of the file, in order; what stands before the first is left out."""
    made: list[Passage] = []
    head: tuple[str, tuple[str, ...]] | None = None
    line_of, body = 0, [""]
    for number, line in enumerate([*source.text.split("\n"), "::"], 1):
        if not line.startswith("::"):
            body.append(line)
            continue
        if head is not None:
            text = "\n".join(_unescaped_line(part) for part in body).strip("\n")
            made.append(Passage(*head, safe(text), line_of))
        head, line_of, body = _head(line), number, []
    return made


def _head(line: str) -> tuple[str, tuple[str, ...]]:
    """The name and the tags in a header; one that is not well formed is a name from end to end."""
    found = _HEADER.fullmatch(line) if len(line) <= LONGEST_HEADER else None
    if found is None:
        return safe(line[2 : LONGEST_HEADER + 2], multiline=False).strip(), ()
    tags = tuple(safe(tag, multiline=False) for tag in _plain(found["tags"] or "").split())
    return safe(_plain(found["name"]), multiline=False).strip(), tags


def _unescaped_line(line: str) -> str:
    if line.startswith("\\:\\:"):
        return "::" + line[4:]
    return line[1:] if line.startswith("\\::") else line


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _json(passage: Passage | None, story: Story, name: str) -> Mapping[str, Any]:
    if passage is None:
        return {}
    try:
        values = json.loads(passage.text)
    except (ValueError, RecursionError):
        story.notes.add(_("the passage {name} is not JSON: it was left out").format(name=name), passage.line)
        return {}
    return _cleaned(values) if isinstance(values, dict) else {}


def _cleaned(value: Any, depth: int = 0) -> Any:
    """The value with its texts made safe, and without what TOML cannot say: null, and nesting without end."""
    if isinstance(value, str):
        return safe(value)
    if depth > MOST_DEPTH:
        return ""
    if isinstance(value, list):
        return [_cleaned(one, depth + 1) for one in value if one is not None]
    if isinstance(value, dict):
        kept = {key: one for key, one in value.items() if one is not None}
        return {safe(key, multiline=False): _cleaned(one, depth + 1) for key, one in kept.items()}
    return value


def _is_played(passage: Passage, story: Story) -> bool:
    if passage.name in _SPECIAL or passage.name == OWN:
        if passage.name not in {"StoryTitle", "StoryData", "StoryInit", OWN}:
            story.notes.add(_("the special passage {name}").format(name=passage.name), passage.line)
        return False
    if _CODE & set(passage.tags):
        story.notes.add(_("a passage of code ({tags})").format(tags=", ".join(passage.tags)), passage.line)
        return False
    if (_BEFORE | (_AROUND if story.dialect == HARLOWE else frozenset())) & set(passage.tags):
        story.notes.add(_("the special passage {name}").format(name=passage.name), passage.line)
        return False
    return True


def _variables(story: Story, every: Mapping[str, Passage], played: Mapping[str, Passage]) -> None:
    """The variables that the story sets anywhere; the first value of each, or that of StoryInit, is its start."""
    first = [one for one in every.values() if one.name == "StoryInit" or _BEFORE & set(one.tags)]
    for passage in played.values() if story.dialect == CHAPBOOK else ():
        for name, value in chapbook_values(passage.text):
            if isinstance(known := value_of(value), int | str) and not isinstance(known, bool):
                story.shown.setdefault(plain_name(name), str(known) or "…")
    for passage in (*first, *played.values()):
        for hit in _SET.finditer(passage.text):
            if hit[2] and story.dialect == SUGARCUBE:
                continue  # there it is words
            for part in _PARTS.split(hit[1] or hit[2] or ""):
                _declare(story, part, passage, start=passage in first)
        for hit in _SETTER.finditer(passage.text):
            for part in _PARTS.split(hit[1]):
                _declare(story, part, passage, start=False)
    for name, value in story.extra.get("vars", {}).items():
        if isinstance(value, dict) and name in story.vars and {"least", "most"} <= value.keys():
            least, most = value["least"], value["most"]
            if type(least) is int and type(most) is int:
                story.ranges[name] = (least, most)


def _declare(story: Story, part: str, passage: Passage, *, start: bool) -> None:
    found = _ASSIGNED.match(part.strip())
    if found is None or plain_name(found[1]) in story.vars:
        return
    name, value = plain_name(found[1]), value_of(found[2])
    if found[1] == "composure":
        return
    if value is None:
        if start:
            story.notes.add(
                _("the start of the variable {name}, which is no truth value, whole number or text").format(
                    name=name
                ),
                passage.line,
            )
        value = 0 if re.search(r"[-+]", found[2]) else None
    if value is None:
        return
    if len(story.vars) >= MOST_VARIABLES:
        story.notes.add(
            _("a scenario has at most {most} variables: one more was left out").format(most=MOST_VARIABLES),
            passage.line,
        )
        return
    if not isinstance(value, bool):
        story.shown[name] = str(value) or "…"
    unset: object = value if start else {bool: False, int: 0, str: ""}[type(value)]
    story.vars[name] = unset  # type: ignore[assignment]  # the values of the table are of the type asked for


def _node(passage: Passage, story: Story) -> Node:
    node = read_passage(passage.text, passage.line, story)
    for tag in passage.tags:
        word, _dash, value = tag.partition("-")
        if word == "mood":
            node.mood = value
        elif word == "ending":
            node.kind = value
        elif not node.mood and tag.casefold() in shipped_rules().rulebook.registry.moods:
            node.mood = tag.casefold()  # as whoever never heard of our tags writes it
    return node


def _bad(source: Source, message: str, hint: str | None = None) -> BadFile:
    return BadFile([Problem(Code.SYNTAX, message, source.place(0), hint, source.name)], source)
