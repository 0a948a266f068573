"""The weave of ink: a flow of texts, choices and gathers made into nodes. See `ink` for how lines are read.

What must not be here: the notation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from callcalm.language import _
from callcalm.workshop.foreign import change_of
from callcalm.workshop.stories import Link, Node, Story

END: Final = ("END", "DONE")


@dataclass(slots=True)
class Item:
    """One thing in the flow: text, choice, gather, divert or set. `depth` of choices and gathers is from 1."""

    kind: str
    text: str
    line: int
    depth: int = 0
    label: str = ""
    when: str = ""
    once: bool = False


class Weaving:
    """Items into nodes: a run of texts with the choices after it is one, and so is an end."""

    def __init__(self, story: Story, flows: dict[str, list[Item]]) -> None:
        self.story = story
        self.flows = flows
        # No name in ink has a hyphen: a knot may well be called start itself.
        self.top = "start-top" if "start" in flows else "start"
        self.labels: dict[str, str] = {}
        self.begins: dict[str, str] = {}
        self.once: dict[str, int] = {}
        self.waiting: list[tuple[list[Item], str, str, str]] = []

    def weave(self) -> None:
        """Fill the story's nodes."""
        for name, items in self.flows.items():
            for item in items:
                if item.label:
                    knot = name.partition(".")[0]
                    for form in (item.label, f"{name}.{item.label}", f"{knot}.{item.label}"):
                        self.labels.setdefault(form, f"{name or self.top}.{item.label}")
        for name in self.flows:
            self.begins[name] = name or self.top
        for name, items in self.flows.items():
            if items or name:
                self._later(items, self.begins[name], "", name)
        # A list of work and no recursion: a story may have thousands of gathers one after the other.
        while self.waiting:
            self._block(*self.waiting.pop())
        top = self.flows[""]
        first = self.top if top else next(iter(name for name in self.flows if name))
        self.story.start = self._through(first)
        self._shorten()
        for name, line in self.once.items():
            if self._comes_by_again(name):
                self.story.notes.add(_("a choice to be taken once (*): it stays on offer"), line)

    def _later(self, items: list[Item], name: str, follow: str, flow: str) -> None:
        """Make the node `name` of these items when its turn comes; until then it holds its place."""
        self.story.nodes[name] = Node(line=items[0].line if items else 0)
        self.waiting.append((items, name, follow, flow))

    def _target(self, said: str, flow: str) -> str:
        knot = flow.partition(".")[0]
        if said in END:
            return ""
        for form in (f"{knot}.{said}", said):
            if form in self.flows:
                return self.begins[form]
        return (
            self.labels.get(f"{flow}.{said}") or self.labels.get(f"{knot}.{said}") or self.labels.get(said) or said
        )

    def _block(self, items: list[Item], name: str, follow: str, flow: str) -> None:
        """Fill the node `name` with these items; `follow` is where it goes on after them, empty for nowhere."""
        node = self.story.nodes[name]
        said: list[str] = []
        for index, item in enumerate(items):
            if item.kind == "text" or (item.kind == "gather" and not (said or node.set or node.add or index)):
                said += [item.text] if item.text else []
            elif item.kind == "set":
                self._set(item, node)
            elif item.kind == "divert":
                node.text = "\n\n".join(said)
                self._on(node, self._target(item.text, flow), item.line)
                return
            elif item.kind == "gather":
                node.text = "\n\n".join(said)
                after = self._gather_name(item, name, flow)
                self._on(node, after)
                self._later(_from(items[index:]), after, follow, flow)
                return
            else:
                node.text = "\n\n".join(said)
                self._choices(items[index:], node, name, follow, flow)
                return
        node.text = "\n\n".join(said)
        self._on(node, follow)

    def _choices(self, items: list[Item], node: Node, name: str, follow: str, flow: str) -> None:
        depth = items[0].depth
        stop = next(
            (i for i, item in enumerate(items) if item.kind == "gather" and item.depth <= depth), len(items)
        )
        after = follow
        if stop < len(items):
            after = self._gather_name(items[stop], name, flow)
        starts = [i for i, item in enumerate(items[:stop]) if item.kind == "choice" and item.depth <= depth]
        for number, start in enumerate(starts, 1):
            item = items[start]
            body = items[start + 1 : starts[number] if number < len(starts) else stop]
            link = Link(_spoken(item.text), "", item.when)
            node.links.append(link)
            if item.once:
                self.once.setdefault(name, item.line)
            if not link.say:
                self.story.notes.add(_("a choice without words: it was given some"), item.line)
            if item.label:
                self.story.notes.add(_("a label on a choice: nothing counts how often it was taken"), item.line)
            self._body(body, link, f"{name}-{number}", after, flow)
        if stop < len(items):
            self._later(_from(items[stop:]), after, follow, flow)

    def _body(self, body: list[Item], link: Link, name: str, after: str, flow: str) -> None:
        """Where a choice leads: straight on if nothing is said after it."""
        while body and body[0].kind == "set":
            changed = Node()
            self._set(body[0], changed)
            link.set |= changed.set
            link.add |= changed.add
            body = body[1:]
        if body and body[0].kind == "divert":
            target = self._target(body[0].text, flow)
            link.line = body[0].line
        elif body:
            self._later(body, name, after, flow)
            target = name
        else:
            target = after
        if not target:
            self.story.nodes[name] = Node()
            target = name
        link.target = target

    def _on(self, node: Node, target: str, line: int = 0) -> None:
        if target:
            node.links.append(Link("", target, line=line))

    def _gather_name(self, item: Item, name: str, flow: str) -> str:
        if item.label:
            return f"{flow or self.top}.{item.label}"
        return f"{name}-then-{item.line}"

    def _set(self, item: Item, node: Node) -> None:
        change = change_of(item.text)
        if change is None or change.name not in self.story.vars:
            self.story.notes.add(_("an assignment that callcalm cannot make"), item.line)
        elif change.added and type(self.story.vars[change.name]) is int:
            node.add[change.name] = node.add.get(change.name, 0) + int(change.value)
        elif type(change.value) is type(self.story.vars[change.name]):
            node.set[change.name] = change.value
        else:
            self.story.notes.add(_("an assignment that callcalm cannot make"), item.line)

    def _through(self, name: str) -> str:
        """The first node with words from here: those that only lead on are passed."""
        seen: set[str] = set()
        while name not in seen:
            seen.add(name)
            node = self.story.nodes.get(name)
            if node is None or node.text or node.set or node.add or len(node.links) != 1 or node.links[0].say:
                break
            if node.links[0].target not in self.story.nodes:
                break
            name = node.links[0].target
        return name

    def _comes_by_again(self, name: str) -> bool:
        """Whether a way leads from this node back to it."""
        nodes = self.story.nodes
        waiting, seen = [name], {name}
        while waiting:
            node = nodes.get(waiting.pop())
            for link in node.links if node is not None else ():
                if link.target == name:
                    return True
                if link.target not in seen:
                    seen.add(link.target)
                    waiting.append(link.target)
        return False

    def _shorten(self) -> None:
        """Leave out nodes that only lead on, and give words to the links that have none."""
        for node in self.story.nodes.values():
            for link in node.links:
                link.target = self._through(link.target)
        used = {link.target for node in self.story.nodes.values() for link in node.links} | {self.story.start}
        for name, node in list(self.story.nodes.items()):
            empty = not node.text and len(node.links) == 1 and not node.links[0].say
            if name not in used and (empty or not (node.text or node.links)):
                del self.story.nodes[name]
        if any(not link.say for node in self.story.nodes.values() for link in node.links):
            self.story.notes.add(_("a text that goes on without a choice: it was given an answer to go on with"))


def _from(items: list[Item]) -> list[Item]:
    """A gather and what follows, the gather's own text as its first text."""
    head = items[0]
    said = [Item("text", head.text, head.line)] if head.text else []
    return [*said, *items[1:]]


def _spoken(text: str) -> str:
    """What is said when a choice is taken: ``before[label]after`` is said as before and after, or as its label."""
    opened, closed = text.find("["), text.rfind("]")
    if opened < 0 or closed < opened:
        return text.strip()
    before, label, after = text[:opened], text[opened + 1 : closed], text[closed + 1 :]
    if after.strip():
        return " ".join(f"{before}{after}".split())
    return " ".join(f"{before}{label}".split())
