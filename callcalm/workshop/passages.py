"""What stands in a Twine passage: text, links, and the macros of SugarCube and Harlowe that a scenario can take.

One pass from left to right, in time that grows with the text. What must not be here: headers of passages.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from callcalm.core.text import safe
from callcalm.language import _
from callcalm.workshop.dialects import HARLOWE, after_reading, before_reading, down, split_link, without_style
from callcalm.workshop.foreign import Change, change_of, condition_of, plain_name, without_comments
from callcalm.workshop.stories import Link, Node, Story

# Each repetition is bounded or stops at the next beginning, so that no text takes more than linear time.
_PIECE = re.compile(
    r"\[\[(?!\[)(?P<link>(?:(?!\[\[|\]\]|\]\[)[^\n]){0,2000})\]"
    r"(?:\[(?P<setter>(?:(?!\]\]|\[\[)[^\n]){0,500})\])?\]"
    r"|<<(?P<macro>/?[A-Za-z=-][\w-]{0,40})[ \t]*"
    r"(?P<args>(?:\"(?:\\.|[^\"\\\n]){0,500}\"|(?!<<|>>)[^\"]){0,1000})>>"
    r"|\((?P<harlowe>[A-Za-z][\w-]{0,40}):"
    r"(?P<hargs>(?:\"[^\"\n]{0,500}\"|[^()\n\"]|\([^()\n]{0,200}\)){0,300})\)"
    r"(?P<hook>\[(?!\[(?!\[)))?"
    r"|(?P<open>\[(?!\[(?!\[)))|(?P<close>\])"
    r"|(?P<tag></?[A-Za-z][^<>\n]{0,200}>)"
    r"|(?P<broken>\[\[)"
)
_STYLE = re.compile(r"''|//|__|==(?=\S)|~~|\^\^|\*\*")
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_NAMED = re.compile(r"(?<![\w$])\$([A-Za-z_]\w*)(?:\.[A-Za-z_]\w*|\[[^\]\n]{0,50}\])*")
_PARTS = re.compile(r"[,;](?![^(]*\))(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")
_TEXT = r"(?:\"((?:\\.|[^\"\\])*)\"|'((?:\\.|[^'\\])*)')\s*"
_QUOTED = re.compile(rf"\s*{_TEXT}(?:,\s*)?(?:{_TEXT})?")
_ESCAPED = re.compile(r"\\(.)")
_ELSE: Final = frozenset(["else", "elseif", "else-if"])
_LINKS: Final = frozenset(["link", "button"])
_REVEALS: Final = frozenset(["link", "link-replace", "link-reveal", "link-repeat", "link-rerun"])
_CALLS: Final = frozenset(["print", "goto", "go-to", "display", "either", "random", "live", "event", "enchant"])


def read_passage(text: str, line: int, story: Story) -> Node:
    """The passage with this text, its header in `line`; what does not carry over goes to the story's notes."""
    return _Reading(text, line, story).node


class _Reading:
    def __init__(self, text: str, line: int, story: Story) -> None:
        self.story = story
        self.line = line
        self.node = Node(line=line)
        self.types: dict[str, type] = {name: type(value) for name, value in story.vars.items()}
        self.conditions: list[str | None] = []
        self.tried: list[list[str]] = []
        self.hooks: list[str] = []
        self.last: list[str] = []
        """Conditions of the Harlowe hook that closed last, for its `else`."""
        self.said: list[str] = []
        self.taken: Link | None = None
        """The link whose macro is open: what is set there is set as it is taken."""
        self.around = 0
        """How many conditions stand around it."""
        self._read(text)

    def _note(self, what: str, at: int, text: str) -> None:
        self._below(what, down(text, at))

    def _below(self, what: str, lines: int) -> None:
        self.story.notes.add(what, self.line + 1 + lines)

    def _read(self, text: str) -> None:
        text = without_comments(text, ("/*", "*/"), ("/%", "%/"), ("<!--", "-->"))
        text = before_reading(text, self.story.dialect, self._below)
        at = 0
        for hit in _PIECE.finditer(text):
            self._say(text[at : hit.start()])
            at = hit.end()
            kind = hit.lastgroup
            if hit["link"] is not None:
                self._link(hit["link"], hit["setter"] or "", hit.start(), text)
            elif hit["macro"] is not None:
                self._macro(hit["macro"], hit["args"], hit.start(), text)
            elif hit["harlowe"] is not None:
                self._harlowe(hit, text)
            elif kind == "open":
                harlowe = self.story.dialect == HARLOWE
                self.hooks.append("hook" if harlowe else "text")
                self._say("" if harlowe else "[")
            elif kind == "close":
                self._close()
            elif kind == "tag":
                if not hit["tag"].lower().startswith(("<br", "<b>", "</b>", "<i>", "</i>", "<em", "</em")):
                    self._note(_("an HTML tag: its text stays"), hit.start(), text)
            elif kind == "broken":
                self._note(_("a link that is not closed: it stays as text"), hit.start(), text)
                self._say("[[")
        self._say(text[at:])
        if self.conditions:
            self.story.notes.add(_("an <<if>> or a hook that is not closed"), self.line)
        self._linked()
        said = _STYLE.sub("", after_reading("".join(self.said), self.story.dialect, self._below))
        said = unescape(self._shown(said))
        blocks = ["\n".join(part.strip() for part in block.split("\n")) for block in _BLANK.split(safe(said))]
        self.node.text = "\n\n".join(block.strip() for block in blocks if block.strip())

    def _shown(self, words: str) -> str:
        """The words with what the variables in them are first set to: a scenario's words never change."""
        if _NAMED.search(words):
            self.story.notes.add(
                _("a variable shown in the text: its first value, or “…”, stands there"), self.line
            )
        return _NAMED.sub(lambda hit: self.story.shown.get(plain_name(hit[1]), "…"), words)

    def _say(self, words: str) -> None:
        if self.conditions and words.strip():
            self.story.notes.add(_("text that shows only sometimes: here it always does"), self.line)
        self.said.append(words)

    def _close(self) -> None:
        kind = self.hooks.pop() if self.hooks else "text"
        if kind == "text":
            self._say("" if self.story.dialect == HARLOWE else "]")
        elif kind == "link":
            self._linked()
        elif kind == "hook":
            return
        elif self.conditions:
            self.conditions.pop()
            self.last = self.tried.pop()

    def _taking(self, say: str, target: str, at: int, text: str) -> None:
        """A link whose macro goes on: with what changes, and maybe with where it leads."""
        self._linked()
        self.taken, self.around = Link(self._shown(say), target, self._when(at, text)), len(self.conditions)
        self.node.links.append(self.taken)

    def _linked(self) -> None:
        """The macro of a link is closed, or never was."""
        if self.taken is not None and not self.taken.target:
            self.node.links.remove(self.taken)
            self.story.notes.add(_("a link that leads nowhere"), self.line)
        self.taken = None

    def _link(self, inner: str, setter: str, at: int, text: str) -> None:
        say, target = split_link(inner)
        # In links of our own files a dollar is a dollar.
        say = say if self.story.extra else self._shown(say)
        link = Link(safe(unescape(say), multiline=False).strip(), safe(unescape(target), multiline=False).strip())
        link.when = self._when(at, text)
        for part in _PARTS.split(setter) if setter.strip() else ():
            self._change(part, link, at, text)
        self.node.links.append(link)

    def _when(self, at: int, text: str) -> str:
        if any(condition is None for condition in self.conditions):
            self._note(_("a condition that callcalm cannot ask: the answer is always there"), at, text)
        known = [condition for condition in self.conditions if condition]
        joined = known[0] if len(known) == 1 else " and ".join(f"({one})" for one in known)
        return joined if len(joined) <= 500 else ""  # noqa: PLR2004 - the longest condition there can be

    def _change(self, part: str, into: Link | Node, at: int, text: str) -> None:
        change = change_of(part)
        if change is None or change.name not in self.story.vars or not self._fits(change):
            self._note(_("an assignment that callcalm cannot make"), at, text)
        elif change.added:
            into.add[change.name] = int(change.value)
        else:
            into.set[change.name] = change.value

    def _fits(self, change: Change) -> bool:
        kind = self.types[change.name]
        return kind is type(change.value)

    def _macro(self, name: str, args: str, at: int, text: str) -> None:
        word = name.lower()
        if word == "if":
            self._if(args)
        elif word in _ELSE and self.conditions:
            before = self.tried[-1]
            self.conditions.pop()
            self.tried.pop()
            self._else(before, args if word != "else" else "")
        elif word in {"/if", "endif"} and self.conditions:
            self.conditions.pop()
            self.tried.pop()
        elif word == "set":
            for part in [args] if "[" in args or "{" in args else _PARTS.split(args):
                self._entering(part, at, text)
        elif word in {"=", "-", "print"} and _NAMED.fullmatch(args):
            self._say(args)
        elif word in _LINKS and (found := _quoted(args)):
            self._taking(*found, at, text)
        elif word == "goto" and self.taken is not None and (found := _quoted(args)):
            self.taken.target = self.taken.target or found[0]
        elif word[:1] == "/" and word[1:] in _LINKS:
            self._linked()
        elif word not in {"/if", "endif"}:
            self._note(_("the macro {name}").format(name=f"<<{name.lstrip('/')}>>"), at, text)

    def _harlowe(self, hit: re.Match[str], text: str) -> None:
        word, args, at = hit["harlowe"].lower(), hit["hargs"], hit.start()
        hook = hit["hook"] is not None
        if word in {"if", "else-if", "elseif", "else", "unless"} and hook:
            self.hooks.append("if")
            if word == "if":
                self._if(args)
            elif word == "unless":
                self._if(f"not ({args})")
            else:
                self._else(self.last, args if word != "else" else "")
            return
        quoted = _quoted(args)
        if hook and quoted and (word == "link-reveal-goto" or word in _REVEALS):
            self.hooks.append("link")
            self._taking(quoted[0], quoted[1] or ("" if word in _REVEALS else quoted[0]), at, text)
            return
        if hook:
            self.hooks.append("hook")
        if word == "set":
            for part in _PARTS.split(args):
                self._entering(part, at, text)
        elif word in {"link-goto", "link-reveal-goto"} and quoted:
            self.node.links.append(Link(self._shown(quoted[0]), quoted[1] or quoted[0], self._when(at, text)))
        elif word in {"goto", "go-to"} and self.taken is not None and quoted:
            self.taken.target = self.taken.target or quoted[0]
        elif word == "print" and _NAMED.fullmatch(args.strip()):
            self._say(args.strip())
        elif hook or self.story.dialect == HARLOWE or word in _CALLS:
            self._note(_("the macro {name}").format(name=f"({word}:)"), at, text)
        else:
            self._say(unescape(hit.group()))

    def _entering(self, part: str, at: int, text: str) -> None:
        if len(self.conditions) > (self.around if self.taken else 0):
            self._note(_("an assignment that is made only sometimes"), at, text)
        else:
            self._change(part, self.taken or self.node, at, text)

    def _if(self, args: str) -> None:
        found = condition_of(args, self.types)
        self.conditions.append(found)
        self.tried.append([found] if found else [])
        if found is None:
            self.tried[-1].append("")

    def _else(self, before: list[str], args: str) -> None:
        self.said.append(" ")  # what shows instead stands beside it here
        own = condition_of(args, self.types) if args else "true"
        if "" in before or own is None:
            self.conditions.append(None)
            self.tried.append(["", *before])
            return
        denied = " and ".join(f"not ({one})" for one in before)
        said = denied if own == "true" else f"{denied} and ({own})" if denied else own
        self.conditions.append(said or None)
        self.tried.append([*before, own])


def _quoted(args: str) -> tuple[str, str] | None:
    """The one or two texts in quotes that a macro of a link is given; the second is empty if there is none."""
    found = _QUOTED.fullmatch(args)
    if found is None:
        return None
    say, target = (_ESCAPED.sub(r"\1", found[n] or found[n + 1] or "") for n in (1, 3))
    return without_style(say), target
