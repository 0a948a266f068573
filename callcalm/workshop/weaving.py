"""The weave of ink: a flow of texts, choices and gathers made into nodes. See `ink` for how lines are read.

What must not be here: the notation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from callcalm.language import _
from callcalm.workshop.foreign import change_of, denied, joined
from callcalm.workshop.stories import Link, Node, Story

END: Final = ("END", "DONE")


@dataclass(slots=True)
class Item:
    """One thing in the flow: text, choice, gather, divert or set. `depth` of choices and gathers is from 1.

    A divert that leads away only `sometimes` has what follows beside it; `when` says when, if that can be asked.
    `block` tells the branches of one block from those of others, `sets` is what is assigned on the way out of one,
    `said` what is said.
    """

    kind: str
    text: str
    line: int
    depth: int = 0
    label: str = ""
    when: str = ""
    once: bool = False
    sometimes: bool = False
    block: int = 0
    sets: list[Item] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


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
                if item.label:
                    # Nothing stands before it, so that it is this node: ways to the label come here.
                    self.story.nodes[self._gather_name(item, name, flow)] = Node(links=[Link("", name)])
            elif item.kind == "set":
                self._set(item, node)
            elif item.kind == "divert" and (item.sometimes or item.block):
                node.text = "\n\n".join(said)
                self._ways(items[index:], node, name, follow, flow)
                return
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

    def _ways(self, items: list[Item], node: Node, name: str, follow: str, flow: str) -> None:
        """Diverts that lead away only sometimes, one after the other, and where it goes on if none does."""
        none: list[tuple[int, str]] = []
        while items and items[0].kind == "divert":
            item, *items = items
            # Branches of one block deny each other already.
            others = [said for block, said in none if block != item.block or not block]
            target = self._end(self._target(item.text, flow), name)
            if item.said:
                target = self._saying(item, name, target)
            link = Link("", target, self._asked([*others, item.when], item.line), line=item.line)
            node.links.append(link)
            self._changes(item.sets, link)
            if not item.sometimes:
                return
            none += [(item.block, denied(item.when))] if item.when else []
        if items:
            target = f"{_root(name)}-else-{items[0].line}"
            if target in self.story.nodes:
                target = f"{name}-else-{items[0].line}"
            self._later(items, target, follow, flow)
        else:
            target = self._end(follow, name)
        node.links.append(Link("", target, self._asked([said for _block, said in none], item.line)))

    def _saying(self, item: Item, name: str, target: str) -> str:
        """A moment between, for what is said on the way to the target."""
        line = item.line
        made, number = f"{_root(name)}-said-{line}", 2
        while made in self.story.nodes:
            made, number = f"{_root(name)}-said-{line}-{number}", number + 1
        self.story.nodes[made] = Node("\n\n".join(item.said), [Link("", target, line=line)], line)
        return made

    def _asked(self, parts: list[str], line: int) -> str:
        """All of these conditions; none, with a note, where they are too long to be asked."""
        asked = joined(parts)
        if asked is None:
            self.story.notes.add(_("a condition that callcalm cannot ask: the answer is always there"), line)
        return asked or ""

    def _end(self, target: str, name: str) -> str:
        """The target; where there is none, an end of its own."""
        if target:
            return target
        self.story.nodes.setdefault(f"{name}-end", Node())
        return f"{name}-end"

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
        sets = list(takewhile(lambda item: item.kind == "set", body))
        self._changes(sets, link)
        body = body[len(sets) :]
        if body and body[0].kind == "divert" and not (body[0].sometimes or body[0].block):
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

    def _changes(self, sets: list[Item], link: Link) -> None:
        for item in sets:
            self._set(item, link)

    def _on(self, node: Node, target: str, line: int = 0) -> None:
        if target:
            node.links.append(Link("", target, line=line))

    def _gather_name(self, item: Item, name: str, flow: str) -> str:
        if item.label:
            return f"{flow or self.top}.{item.label}"
        return f"{_root(name)}-then-{item.line}"

    def _set(self, item: Item, node: Node | Link) -> None:
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
            only = node.links[0]
            if only.target not in self.story.nodes or only.when or only.set or only.add:
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


def _root(name: str) -> str:
    """The knot or choice that a moment's name begins with: names that held all before them would grow and grow."""
    return name.partition("-then-")[0].partition("-else-")[0]


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
