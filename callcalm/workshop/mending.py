"""A story of another tool made into one that a scenario can hold: what is too much is left out, and told.

What must not be here: any format, and what becomes of the story (`casting`).
"""

from __future__ import annotations

from collections.abc import Iterable

from callcalm.content.beat_shape import LARGEST, MOST_REPLIES
from callcalm.core import condition_parsing
from callcalm.language import _
from callcalm.workshop.fitting import LONGEST_REPLY, one_line
from callcalm.workshop.stories import MOST_ENDINGS, Link, Node, Story
from callcalm.workshop.words import Words


class Mending:
    """What it takes to put one story right; `story.notes` then holds all that did not carry over."""

    def __init__(self, story: Story, words: Words) -> None:
        self.story = story
        self.words = words
        self.notes = story.notes
        self.spare = ""

    def mend(self) -> None:
        """Make of any story one that a scenario can hold."""
        story = self.story
        if not story.nodes[story.start].links:
            self.notes.add(
                _("the story begins with its end: an answer was put between"), story.nodes[story.start].line
            )
            end = _free("end", story.nodes)
            story.nodes[end] = Node(story.nodes[story.start].text)
            story.nodes[story.start].links.append(Link(self.words("import.go-on"), end))
        for name in list(story.nodes):
            self._mend_links(name, story.nodes[name])
        ends = [name for name, node in story.nodes.items() if not node.links]
        for name in ends[MOST_ENDINGS:]:
            node = story.nodes[name]
            self.notes.add(
                _("a scenario has at most {most} endings: one more became a beat").format(most=MOST_ENDINGS + 2),
                node.line,
            )
            node.links.append(Link(self.words("import.go-on"), self._spare()))
        if not ends:
            self.notes.add(_("nothing in the story ends it: an ending was added that nothing leads to"))
            self._spare()
        self._tell_circles()

    def _mend_links(self, name: str, node: Node) -> None:
        nodes = self.story.nodes
        composed = "compose" in self.story.extra.get("beats", {}).get(name, {})
        if len(node.links) > MOST_REPLIES:
            self.notes.add(
                _("a beat has at most {most} answers: the others were left out").format(most=MOST_REPLIES),
                node.line,
            )
            del node.links[MOST_REPLIES:]
        self._tell_apart(node)
        for link in node.links:
            if link.target not in nodes:
                self.notes.add(
                    _("a link to “{name}”, which is not there: it ends the call").format(
                        name=one_line(link.target, 40)
                    ),
                    link.line or node.line,
                )
                link.target = self._spare()
            target = nodes[link.target]
            _enter(link, target)
            self._ask(link, node)
            if not one_line(link.say, LONGEST_REPLY):
                link.say = self.words("import.go-on")
            elif len(link.say) > LONGEST_REPLY and not composed:
                self.notes.add(
                    _("an answer of more than {most} characters was cut").format(most=LONGEST_REPLY), node.line
                )

    def _tell_apart(self, node: Node) -> None:
        """Of several ways without words that may be on offer together: one of each, with words of its own."""
        silent = [link for link in node.links if not one_line(link.say, LONGEST_REPLY)]
        if len(silent) < 2 or all(link.when for link in silent):  # noqa: PLR2004 - one needs no telling apart
            return
        kept: dict[tuple[str, str, str, str], Link] = {}
        for link in silent:
            kept.setdefault((link.target, link.when, str(link.set), str(link.add)), link)
        gone = {id(link) for link in silent} - {id(link) for link in kept.values()}
        node.links = [link for link in node.links if id(link) not in gone]
        if len(kept) > 1:
            self.notes.add(_("several ways on without words: each was named after where it leads"), node.line)
            for link in kept.values():
                link.say = self.words("import.go-on-to", name=one_line(link.target, 60))

    def _ask(self, link: Link, node: Node) -> None:
        """See that the condition of a link is one that a scenario can hold."""
        try:
            if link.when:
                condition_parsing.parse(link.when)
        except condition_parsing.ConditionError:
            self.notes.add(_("a condition that callcalm cannot ask: the answer is always there"), node.line)
            link.when = ""
        link.add = {name: points for name, points in link.add.items() if abs(points) <= LARGEST}

    def _spare(self) -> str:
        if not self.spare:
            self.spare = _free("not-written", self.story.nodes)
            self.story.nodes[self.spare] = Node("")
        return self.spare

    def _tell_circles(self) -> None:
        """Whether every beat has a way to an end; a scenario with none is played until the caller gives up."""
        back: dict[str, list[str]] = {}
        for name, node in self.story.nodes.items():
            for link in node.links:
                back.setdefault(link.target, []).append(name)
        waiting = [name for name, node in self.story.nodes.items() if not node.links]
        ends = set(waiting)
        while waiting:
            for name in back.get(waiting.pop(), ()):
                if name not in ends:
                    ends.add(name)
                    waiting.append(name)
        for name, node in self.story.nodes.items():
            if name not in ends:
                self.notes.add(_("a circle without a way out: there the caller gives up in the end"), node.line)


def _enter(link: Link, target: Node) -> None:
    """Let a link make the changes of the node that it leads to, after its own: of one variable it makes one."""
    for name, value in target.set.items():
        link.set[name] = value
        link.add.pop(name, None)
    for name, points in target.add.items():
        link.add[name] = link.add.get(name, 0) + points
    for name in link.set.keys() & link.add.keys():
        link.set[name] = max(-LARGEST, min(LARGEST, int(link.set[name]) + link.add.pop(name)))


def _free(name: str, taken: Iterable[str]) -> str:
    known, found, number = set(taken), name, 2
    while found in known:
        found, number = f"{name}-{number}", number + 1
    return found
