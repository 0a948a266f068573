"""A story of another tool made into a scenario: what it lacks is added, what is too much is left out, and told.

What must not be here: any format; a `Story` comes in, a `Draft` goes out.
"""

from __future__ import annotations

from typing import Any, Final

from callcalm.content.beat_shape import LARGEST
from callcalm.core.condition import Value
from callcalm.core.model import EndingKind
from callcalm.core.text import safe
from callcalm.language import _, grouped
from callcalm.workshop.finishing import shipped_rules
from callcalm.workshop.fitting import LONGEST_PART, LONGEST_REPLY, one_line, parts
from callcalm.workshop.mending import Mending
from callcalm.workshop.naming import Ids
from callcalm.workshop.skeleton import draft, ending
from callcalm.workshop.stories import COUNTED, LONGEST_END, Node, Story
from callcalm.workshop.voices import name_speakers
from callcalm.workshop.words import Words
from callcalm.workshop.writing import Draft


def story_draft(story: Story, words: Words, *, file: str, kind: str) -> Draft:
    """The story as a scenario; `story.notes` then holds all that did not carry over. It must have a node."""
    return _Making(story, words).draft(file, kind)


def story_top(story: Story, words: Words, *, file: str, kind: str) -> list[str]:
    """What stands above the file: where it comes from, what did not carry over, what to do next."""
    lines = story.notes.lines()
    told = [words("import.notes"), *(f"- {line}" for line in lines)] if lines else [words("import.nothing")]
    return [words("import.made", file=file, kind=kind), "", *told, "", *words.lines("import.next")]


class _Making:
    def __init__(self, story: Story, words: Words) -> None:
        self.story = story
        self.channel = str(story.extra.get("channel", "phone"))
        self.words = words.on(self.channel)
        self.notes = story.notes
        if not story.extra:
            name_speakers(story)
        Mending(story, self.words).mend()
        taken = Ids(["lost"])
        self.ids = {name: taken.give(name, "beat") for name in story.nodes if not self._is_lost(name)}
        # The name belongs to the ending of a call whose composure is gone, and that one may be among them.
        self.ids |= {name: name for name in story.nodes if self._is_lost(name)}
        self.taken = taken

    def draft(self, file: str, kind: str) -> Draft:
        words, story = self.words, self.story
        extra = dict(story.extra)
        title = one_line(story.title, 60) or words("defaults.title")
        made = draft(words, title=title, top=[], channel=self.channel)
        made.data |= {key: value for key, value in extra.items() if key not in _STORY}
        made.data["title"] = title
        if story.caller:
            made.data["caller"] |= {"name": story.caller, "address": [story.caller]}
        made.timed = "minutes" not in extra
        made.data["start"] = {"composure": 70, **extra.get("start", {}), "beat": self.ids[story.start]}
        made.data["vars"] = {name: self._variable(name, value) for name, value in story.vars.items()}
        for name, node in story.nodes.items():
            if node.links:
                made.data["beats"][self.ids[name]] = self._beat(name, node)
        for name, node in story.nodes.items():
            if not node.links:
                made.data["endings"][self.ids[name]] = self._ending(node)
        for check in extra.get("checks", ()):
            if check.get("ends", "lost") in {*made.data["endings"], "lost"}:
                made.checks.append(check)
            else:
                self.notes.add(_("a check for an ending that is not there any more"))
        if not extra:
            made.note(("beats",), words("import.beat-mood"))
            made.note(("endings",), words("import.ending"))
            for key in ("setting", "brief", "caller"):
                made.note((key,), words("new.usual"))
        made.top = story_top(story, words, file=file, kind=kind)
        return made

    def _is_lost(self, name: str) -> bool:
        node = self.story.nodes[name]
        return name == "lost" and node.kind == "lost" and not node.links

    def _variable(self, name: str, value: Value) -> object:
        """What stands under ``[vars]``: a counter has a range, its own or one that holds all it can be."""
        if not isinstance(value, int) or isinstance(value, bool):
            return value
        links = [link for node in self.story.nodes.values() for link in node.links]
        values = [value, *(int(link.set[name]) for link in links if name in link.set)]
        kept = self.story.ranges.get(name)
        if kept is not None and -LARGEST <= kept[0] < kept[1] <= LARGEST:
            least, most = min(kept[0], *values), max(kept[1], *values)
        elif any(name in link.add for link in links):
            down = any(link.add.get(name, 0) < 0 for link in links)
            least, most = min(-COUNTED if down else 0, *values), max(COUNTED, *values)
            self.notes.add(
                _("the variable {name} counts: it was given the range {least} to {most}, please check it").format(
                    name=name, least=least, most=most
                )
            )
        else:
            return value
        return {"start": value, "least": least, "most": most}

    def _beat(self, name: str, node: Node) -> dict[str, Any]:
        kept = self.story.extra.get("beats", {}).get(name, {})
        said, whole = _caller(node.text)
        if not whole:
            self.notes.add(_("a passage longer than a caller may speak was cut"), node.line)
        if not said:
            said = [self.words("import.caller-line")]
        if node.mood and node.mood not in shipped_rules().rulebook.registry.moods:
            self.notes.add(
                _("the mood “{name}”, which callcalm does not know").format(name=one_line(node.mood, 40)),
                node.line,
            )
            node.mood = ""
        mood = node.mood or kept.get("mood") or self.words("defaults.mood-calmer")
        beat: dict[str, Any] = {"mood": mood, "caller": said[0] if len(said) == 1 else said}
        beat |= {key: self._step(key, value, node) for key, value in kept.items() if key not in _SEEN}
        if "compose" in kept:
            return beat
        known: dict[str, list[dict[str, Any]]] = {}
        for one in kept.get("replies", ()):
            known.setdefault(str(one.get("say")), []).append(one)
        replies = []
        for link in node.links:
            say = one_line(link.say, LONGEST_REPLY)
            reply: dict[str, Any] = {"say": say, "goto": self.ids[link.target]}
            reply |= {"when": link.when} if link.when else {}
            reply |= {"set": link.set} if link.set else {}
            reply |= {"add": link.add} if link.add else {}
            waiting = known.get(say)
            more = waiting.pop(0) if waiting else {}
            front = {"id": more["id"]} if "id" in more else {}
            replies.append({**front, **reply, **{key: value for key, value in more.items() if key not in reply}})
        beat["replies"] = replies
        return beat

    def _step(self, key: str, value: Any, node: Node) -> Any:
        """What callcalm kept of a beat, with its targets as they are called now."""
        if not isinstance(value, dict) or "goto" not in value:
            return value
        target = value["goto"]
        if target not in self.ids:
            place = {"compose": 0, "otherwise": -1}.get(key, -1)
            target = node.links[place].target
            self.notes.add(
                _("`{key}` led to “{name}”, which is not there any more").format(
                    key=key, name=one_line(str(value["goto"]), 40)
                ),
                node.line,
            )
        return {**value, "goto": self.ids[target]}

    def _ending(self, node: Node) -> dict[str, Any]:
        name = next(name for name, one in self.story.nodes.items() if one is node)
        kept = self.story.extra.get("endings", {}).get(name, {})
        if len(node.text) > LONGEST_END:
            self.notes.add(
                _("an ending of more than {most} characters was cut").format(most=grouped(LONGEST_END)), node.line
            )
        text = safe(node.text[:LONGEST_END]).strip() or self.words("defaults.as-it-was")
        kind = node.kind if node.kind in set(EndingKind) else "unresolved"
        made = ending(kind, text, self.words("defaults.lesson"))
        return made | {key: value for key, value in kept.items() if key != "text"}


_SEEN: Final = frozenset(["mood", "caller", "replies"])
_STORY: Final = frozenset(["title", "beats", "endings", "vars", "start", "checks"])


def _caller(text: str) -> tuple[list[str], bool]:
    blocks = [block for block in text.split("\n\n") if block.strip()]
    found: list[str] = []
    whole = True
    for block in blocks:
        if len(block.strip()) <= LONGEST_PART:
            found.append(block.strip())
            continue
        said, fits_in = parts(block)
        found += said
        whole = whole and fits_in
    return found[:12], whole and len(found) <= 12  # noqa: PLR2004 - as many as a scenario takes
