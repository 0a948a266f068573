"""The words of a Markdown text that are its writer's: no code, no quotations, no link targets, no markup.

Line by line for blocks, then within lines; linear in the text. What must not be here: any other kind of file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from callcalm.letters.blanks import without

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_QUOTE = re.compile(r" {0,3}>")
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])(?: |$)")
_TARGET = re.compile(r" {0,3}\[[^\[\]\n]{1,200}\]:[ \t]")
_INSIDE = re.compile(
    r"``[^\n]{1,1000}?``|`[^`\n]{1,1000}`"  # code
    r"|(?<=\])\([^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)"  # a link's target
    r"|(?<=\])\[[^\[\]\n]{0,200}\]"  # the name of one
    r"|</?[A-Za-z][^<>\n]{0,500}>"  # a tag or an address
    r"|(?<![^\W_])_{1,3}|_{1,3}(?![^\W_])"  # emphasis, which would be part of the word
)
_INDENT = "    "
_SOME = 30_000
"""Code points that are taken apart into lines at a time."""


def own_words(text: str) -> str:
    """The text, as long as it was, with everything blank that is not its writer's words."""
    text = without(text, _blocks(text), "\n")
    text = without(text, _comments(text), " ")
    return _INSIDE.sub(_blank, text)


def _blank(hit: re.Match[str]) -> str:
    # A piece of code stands for a word in its sentence; everything else for nothing.
    return ("x" if hit.group()[0] == "`" else " ") * len(hit.group())


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """The lines that are left out whole: front matter, code, quotations, definitions of links."""
    start = _front_matter(text)
    yield 0, start
    fence = ""
    blank_before = True
    in_list = False
    for line in _lines(text, start):
        bare = line.rstrip()
        fencing = _FENCE.match(bare)
        indented = bare.startswith(_INDENT) and blank_before and not in_list
        if fence:
            leave = True
            if fencing and fencing[1].startswith(fence) and not fencing[2]:
                fence = ""
        elif fencing:
            leave, fence = True, fencing[1]
        else:
            leave = indented or bool(_QUOTE.match(bare) or _TARGET.match(bare))
            if bare and not bare.startswith(" "):
                in_list = bool(_ITEM.match(bare))
        if leave:
            yield start, start + len(line)
        # The lines after one of indented code are code too: nothing but blank lines stood before them.
        blank_before = not bare or indented
        start += len(line)


def _lines(text: str, start: int) -> Iterator[str]:
    """The lines from `start` on, with their ends: some at a time, for all take more memory than the text."""
    while start < len(text):
        end = text.find("\n", start + _SOME) + 1 or len(text)
        yield from text[start:end].splitlines(keepends=True)
        start = end


def _front_matter(text: str) -> int:
    """Where the front matter between two lines ``---`` ends; 0 without any."""
    if not text.startswith("---\n"):
        return 0
    end = text.find("\n---\n", 3)
    return end + 5 if end >= 0 else 0


def _comments(text: str) -> Iterator[tuple[int, int]]:
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start)
        end = len(text) if end < 0 else end + 3
        yield start, end
        start = text.find("<!--", end)
