"""The pattern language: what a writer types, read into a small tree, with hard limits and placed complaints.

`docs/phrasebooks.md` is the writer's page. What must not be here: matching (see `program` and `machine`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from callcalm.coach.program import MAX_POSITIONS
from callcalm.coach.terms import FACT, NAME, NAME_PART, START
from callcalm.coach.tongues import Tongue
from callcalm.coach.trees import (
    Context,
    Gap,
    ListError,
    Maybe,
    Node,
    PatternError,
    Phrase,
    Run,
    Word,
    backwards,
    choice,
    has_word,
    is_longer,
    nullable,
    opens_with_gap,
    run,
)
from callcalm.coach.words import LETTERS, folded
from callcalm.core.hints import Final
from callcalm.language import _

MAX_CHARS: Final = 600
"""Longest pattern, in code points."""

MAX_DEPTH: Final = 6
"""Most brackets open at once."""

MAX_CHOICES: Final = 80
"""Most choices in one pair of round brackets."""

MAX_GAP: Final = 12
"""Most words that one ``...`` may skip."""

USUAL_GAP: Final = 6
"""Words that a ``...`` without a number may skip."""

MIN_STEM: Final = 3
"""Fewest letters before ``*``."""


Named = Callable[[str], Node | None]
"""Gives what a named list stands for, or None when there is no such list."""

_SPACE = r"\s,\-‐‑–"
_WORD = rf"[{LETTERS}]+(?:['’][{LETTERS}]+)*['’]?"
_TOKEN = re.compile(
    rf"[{_SPACE}]+"
    rf"|(?P<flat>[(\[][{_SPACE}]*{_WORD}(?:[{_SPACE}|]+{_WORD})*[{_SPACE}]*[)\]])"
    rf"|(?P<word>(?:[^\W\d_]\.){{2,}}|{_WORD})(?P<star>\*?)"
    r"|(?P<mark>[()|\[\]^?!])"
    r"|(?P<gap>(?:\.\.\.|…)(?P<most>\d*)(?P<positive>\+?))"
    r"|<(?P<list>[^<>\s]{1,40})>|@(?P<at>\w+)"
    r"|(?P<odd>.)",
    re.DOTALL,
)
_PLAIN_WORD = re.compile(_WORD)


def phrase(source: str, tongue: Tongue, named: Named) -> Phrase:
    """The pattern `source` as a tree. Raises `PatternError`."""
    return _Reader(source, tongue, named).phrase()


@lru_cache(maxsize=8_192)
def _plain_words(text: str, tongue: Tongue) -> tuple[str, ...]:
    if " " not in text and "-" not in text and "," not in text:
        return folded(text, tongue) if text else ()
    return tuple([word for raw in _PLAIN_WORD.findall(text) for word in folded(raw, tongue)])


def context(source: str, tongue: Tongue, named: Named) -> Context:
    """One line of a rule's ``not`` as trees; ``_`` stands for the hit. Raises `PatternError`."""
    before, blank, after = source.partition("_")
    if not blank:
        return Context(None, None, phrase(source, tongue, named))
    if "_" in after:
        at = len(before) + 1 + after.index("_")
        raise PatternError(_("`_` stands for the hit and may be written once"), at, at + 1)
    left = _Reader(before, tongue, named).side() if before.strip() else None
    right = _Reader(after, tongue, named, shift=len(before) + 1).side() if after.strip() else None
    if left is None and right is None:
        hint = _("Write words before or after it.")
        raise PatternError(_("`_` alone says nothing"), 0, len(source), hint)
    return Context(left, right, None)


class _Reader:
    """Recursive descent over at most `MAX_CHARS` characters and `MAX_DEPTH` brackets."""

    def __init__(self, source: str, tongue: Tongue, named: Named, shift: int = 0) -> None:
        self.source = source
        self.tongue = tongue
        self.named = named
        self.shift = shift
        self.depth = 0
        self.at = 0
        if len(source) > MAX_CHARS:
            message = _("a pattern has at most {most} characters").format(most=MAX_CHARS)
            raise self.error(message, 0, len(source), _("Make two of it."))
        self.tokens = [hit for hit in _TOKEN.finditer(source) if hit.lastgroup is not None]

    def error(self, message: str, start: int, end: int, hint: str | None = None) -> PatternError:
        return PatternError(message, start + self.shift, end + self.shift, hint)

    def phrase(self) -> Phrase:
        at_start = self.takes("^")
        node = self.all()
        if "[" not in self.source and "..." not in self.source and "…" not in self.source:
            return Phrase(node, at_start)
        if not has_word(node):
            message = _("the pattern has no word of its own")
            raise self.error(message, 0, len(self.source), _("Gaps fit anything."))
        if opens_with_gap(node) or opens_with_gap(backwards(node)):
            message = _("a pattern begins and ends with a word, not with a gap")
            raise self.error(message, 0, len(self.source), _("Drop the `...` at its edge."))
        if nullable(node):
            message = _("every word of the pattern is optional")
            raise self.error(message, 0, len(self.source), _("It would fit nothing."))
        return Phrase(node, at_start)

    def side(self) -> Node:
        starts = self.takes("^")
        if starts and self.at == len(self.tokens):
            return Word((START,))
        node = self.all()
        if nullable(node):
            message = _("what stands beside `_` needs a word that is not optional")
            raise self.error(message, 0, len(self.source))
        return Run((Word((START,)), node)) if starts else node

    def all(self) -> Node:
        node = self.run()
        if self.at < len(self.tokens):
            hit = self.tokens[self.at]
            hint = _("Choices stand between ( and ), optional words between [ and ].")
            message = _("`{mark}` closes or divides nothing").format(mark=hit.group())
            raise self.error(message, *hit.span(), hint)
        # Before anybody goes through all of it: lists that name lists can be longer than all memory.
        if "<" in self.source and is_longer(node, MAX_POSITIONS):
            message = _("the pattern has more than {most} words, its lists written out").format(most=MAX_POSITIONS)
            raise self.error(message, 0, len(self.source), _("Make two of it, or use shorter lists."))
        return node

    def takes(self, mark: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at].group() == mark:
            self.at += 1
            return True
        return False

    def run(self) -> Node:
        nodes: list[Node] = []
        tokens = self.tokens
        while self.at < len(tokens):
            hit = tokens[self.at]
            kind = hit.lastgroup
            if kind == "mark" and hit.group() in ")|]":
                break
            self.at += 1
            if kind == "star":
                nodes += self.word(hit)
            elif kind == "flat":
                nodes.append(self.flat(hit))
            elif kind == "mark":
                nodes.append(self.bracket(hit))
            else:
                nodes.append(self.other(hit))
        if not nodes:
            at = tokens[self.at].start() if self.at < len(tokens) else len(self.source)
            hint = _("`[word]` makes a word optional.")
            raise self.error(_("there is nothing to look for here"), at, at + 1, hint)
        return run(nodes)

    def flat(self, hit: re.Match[str]) -> Node:
        """A pair of brackets with only plain words in it: most are, so they are read at one go."""
        text = hit.group()
        terms: dict[str, None] = {}
        nodes: list[Node] = []
        choices = text[1:-1].split("|")
        for part in choices:
            words = _plain_words(part, self.tongue)
            if len(words) == 1:
                terms[words[0]] = None
            elif words:
                nodes.append(Run(tuple([Word((word,)) for word in words])))
            else:
                raise self.error(_("a choice is empty"), *hit.span(), _("`[word]` makes a word optional."))
        if terms:
            nodes.append(Word(tuple(terms)))
        return self.closed(hit, text[-1], nodes, len(choices))

    def bracket(self, hit: re.Match[str]) -> Node:
        mark = hit.group()
        if mark in "?!":
            if self.at < len(self.tokens) and self.tokens[self.at].group() not in ")|]":
                hint = _("The sentence ends there. `[word]` makes a word optional.")
                raise self.error(_("`{mark}` stands last").format(mark=mark), *hit.span(), hint)
            return Word((mark,))
        if mark == "^":
            hint = _("It means: here a sentence begins.")
            raise self.error(_("`^` stands first or not at all"), *hit.span(), hint)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            message = _("more than {most} brackets are open here").format(most=MAX_DEPTH)
            raise self.error(message, *hit.span(), _("Make two patterns of it."))
        choices = [self.run()]
        while self.takes("|"):
            choices.append(self.run())
        close = self.tokens[self.at].group() if self.at < len(self.tokens) else ""
        self.at += 1
        self.depth -= 1
        return self.closed(hit, close, choices, len(choices))

    def closed(self, hit: re.Match[str], close: str, choices: list[Node], count: int) -> Node:
        mark = hit.group()[0]
        wanted = ")" if mark == "(" else "]"
        if close != wanted:
            at = hit.start()
            hint = _("Write `{mark}` where it ends.").format(mark=wanted)
            raise self.error(_("this `{mark}` is not closed").format(mark=mark), at, at + 1, hint)
        if count > MAX_CHOICES:
            message = _("more than {most} choices").format(most=MAX_CHOICES)
            raise self.error(message, *hit.span(), _("Make a list under [lists] of them."))
        node = choice(choices)
        return Maybe(node) if mark == "[" else node

    def other(self, hit: re.Match[str]) -> Node:
        if hit["gap"] is not None:
            return self.gap(hit)
        if hit["list"] is not None:
            try:
                node = self.named(hit["list"])
            except ListError as error:
                start, end = hit.start() + self.shift, hit.end() + self.shift
                raise ListError(error.message, start, end, error.hint) from error
            if node is None:
                hint = _("Lists stand under [lists].")
                message = _("there is no list called `{name}`").format(name=hit["list"])
                raise self.error(message, *hit.span(), hint)
            return node
        if hit["at"] == "fact":
            return Word((FACT,))
        if hit["at"] == "name":
            title, part, name = Word(tuple(sorted(self.tongue.titles))), Word((NAME_PART,)), Word((NAME,))
            more = Maybe(Run((Maybe(part), name)))
            return Run((Maybe(title), Maybe(part), Maybe(part), name, more, more))
        hint = _("A pattern has words, ( | ), [ ], *, ..., ^, ?, !, <lists>, @name and @fact.")
        if hit.group() in "<>":
            hint = _("The name of a list stands between < and >, without spaces.")
        message = _("`{mark}` means nothing in a pattern").format(mark=hit.group())
        raise self.error(message, *hit.span(), hint)

    def gap(self, hit: re.Match[str]) -> Node:
        digits = hit["most"]
        most = int(digits[:4]) if digits else USUAL_GAP
        if not 1 <= most <= MAX_GAP:
            hint = _("`...` alone skips {n}.").format(n=USUAL_GAP)
            raise self.error(_("a gap skips 1 to {most} words").format(most=MAX_GAP), *hit.span(), hint)
        return Gap(most, positive=bool(hit["positive"]))

    def word(self, hit: re.Match[str]) -> list[Word]:
        parts = folded(hit["word"], self.tongue)
        if not hit["star"]:
            return [Word((part,)) for part in parts]
        if len(parts[-1]) < MIN_STEM:
            message = _("`*` needs {n} letters before it").format(n=MIN_STEM)
            raise self.error(message, *hit.span(), _("Shorter stems fit too much."))
        return [*(Word((part,)) for part in parts[:-1]), Word((parts[-1] + "*",))]
