"""The text of an HTML e-mail as its reader sees it, line by line; quoted lines begin with `>`, as in plain text.

It goes through the text once, in time that grows with its length, whatever the text is. Python's `html.parser`
does not: that of 3.11 takes half a minute over 320 kB of comments left open. An element lasts until as many of its
name are closed as were opened; what is left open lasts to the end, as in a browser. What must not be here: e-mails
and their parts, and whose words they are but for the marks that mail programs leave.
"""

from __future__ import annotations

import re
from html import unescape
from io import StringIO

from callcalm.core.hints import Final

_TAG = re.compile(r"<(?:(!--)|(/?)([A-Za-z][^\s/>]*)|[!?/])")
_EDGE = re.compile(r"""=\s*(["'])|>""")
_ATTRIBUTE = re.compile(r"""([^\s=>"'/][^\s=/>]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")
_ENTITY = re.compile(r"&(?:#(?:[0-9]+|[xX][0-9a-fA-F]+)|[A-Za-z][A-Za-z0-9]{1,31});?")
_LONGEST_ENTITY: Final = 40
_WHITE = re.compile(r"[ \t\n\r\f\xa0]+")
_SOME: Final = 30_000
"""Code points whose white space is collapsed at a time."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_READ = _names("alt class hidden id name style type")
_BLOCKS = _names(
    "address article aside body caption center dd details dir div dl dt fieldset figcaption figure footer form"
    " header html legend li main menu nav ol option section summary table tbody td tfoot th thead tr ul"
)
_SPACED = _names("blockquote h1 h2 h3 h4 h5 h6 hr p pre")
"""Blocks with an empty line around them."""
_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_RAW = _names("iframe noembed noframes script style textarea title xmp")
"""What is no markup up to its end tag; none of it is shown, or not as words."""
_UNSEEN = _names("audio canvas datalist object select svg template video xml")
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BULLET = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_KEEPING = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_TIGHT = re.compile(r"margin(?:-bottom)?\s*:\s*0\w*\s*(?:;|$)", re.IGNORECASE)
_INDENT = re.compile(r"margin:\s*0(?:px)? 0(?:px)? 0(?:px)? 40px;\s*border:\s*none;", re.IGNORECASE)
"""What browsers write for a paragraph moved to the right: not a quotation."""
_QUOTES = _names(
    "gmail_attr gmail_quote moz-cite-prefix moz-forward-container protonmail_quote yahoo_quoted zmail_extra"
    " mail-editor-reference-message-container olk_src_body_section"
)
_BELOW = _names("appendonsend divrplyfwdmsg zwchr")
"""Marks that all that follows is what was answered or forwarded."""
_INTRODUCING: Final = 3
"""Lines of an introduction, at most: *On Monday … Ann wrote:*."""


def shown(html: str) -> str:
    """The text that a reader of this HTML sees."""
    page = _Page()
    at = 0
    while (tag := _TAG.search(html, at)) is not None:
        page.text(html, at, tag.start())
        comment, closing, name = tag.groups()
        if comment:
            end = html.find("-->", tag.start() + 2)
            at = end + 3 if end >= 0 else len(html)
        elif name is None:
            at = html.find(">", tag.end()) + 1 or len(html)
        else:
            at = _tag_end(html, tag.end())
            name = name.lower()
            if closing:
                page.close(name)
            else:
                page.open(name, _attributes(html[tag.end() : at]))
                at = _raw_end(html, name, at) if name in _RAW else at
    page.text(html, at, len(html))
    return page.written()


def _tag_end(html: str, at: int) -> int:
    """Behind the `>` that ends a tag, which is not one in quotation marks; the end of all for a tag left open."""
    if html.startswith(">", at):
        return at + 1
    while (edge := _EDGE.search(html, at)) is not None:
        if edge[1] is None:
            return edge.end()
        at = html.find(edge[1], edge.end()) + 1
        if not at:
            break
    return len(html)


def _raw_end(html: str, name: str, at: int) -> int:
    end = re.compile(rf"</{name}\b", re.IGNORECASE).search(html, at)
    return end.start() if end else len(html)


def _attributes(tag: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if tag == ">":
        return found
    for hit in _ATTRIBUTE.finditer(tag):
        name = hit[1].lower()
        if name in _READ:
            found.setdefault(name, hit[2] or hit[3] or hit[4] or "")
    return found


def _character(entity: re.Match[str]) -> str:
    # Python refuses to make a number of thousands of digits.
    return unescape(entity[0]) if len(entity[0]) <= _LONGEST_ENTITY else "\ufffd"


class _Region:
    """An element that is open, and how many of its name are; one without a name is never closed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.depth = 1

    def opened(self, name: str) -> bool:
        """Whether that element ends where one called `name` begins, as a paragraph does before a block."""
        if self.name == "p" and (name in _BLOCKS or name in _SPACED):
            return True
        self.depth += name == self.name
        return False

    def closed(self, name: str) -> bool:
        """Whether it ends where one called `name` ends."""
        if self.name == "p" and name in _BLOCKS:
            return True
        self.depth -= name == self.name
        return not self.depth


class _Page:
    """What is shown so far. Line ends and spaces are written when words follow them, so none is at the end."""

    def __init__(self) -> None:
        self._out = StringIO()
        self._lines = 0
        self._breaks = 1
        """Line ends before the next words."""
        self._space = False
        self._filled = False
        """Whether the line holds a space that is not to be taken away: it is an empty line, but a line."""
        self._item = False
        self._tight = False
        self._last = ""
        self._hidden: _Region | None = None
        self._quoted: _Region | None = None
        self._kept: _Region | None = None
        """Where line ends and spaces are shown as they are written."""
        self._introduced = -1
        """The line that a mail program's box around an introduction and a quotation begins at."""

    def written(self) -> str:
        """All of it, with an end to its last line."""
        return self._out.getvalue() + "\n" if self._lines else ""

    def text(self, html: str, start: int, end: int) -> None:
        """Words between two tags."""
        if start >= end or self._hidden is not None:
            return
        text = html[start:end]
        if "&" in text:
            text = _ENTITY.sub(_character, text)
        for at in range(0, len(text), _SOME):
            piece = text[at : at + _SOME]
            if self._kept is not None:
                self._as_it_stands(piece)
            else:
                self._flowing(piece)

    def _flowing(self, text: str) -> None:
        words = _WHITE.sub(" ", text)
        self._space |= words[0] == " "
        if words == " ":
            self._filled |= "\xa0" in text
            return
        self._write(words.strip(" "))
        self._space = words[-1] == " "

    def _as_it_stands(self, text: str) -> None:
        for number, line in enumerate(text.replace("\r", "").replace("\xa0", " ").split("\n")):
            if number:
                self._end_line()
            if line.strip(" \t"):
                self._write(line)
            elif line:
                self._space = True

    def _write(self, words: str) -> None:
        if self._breaks:
            if self._lines:
                self._out.write("\n" * min(self._breaks, 2))
            self._out.write("> " * (self._quoted is not None) + "- " * self._item)
            self._lines += 1
            self._item = False
        elif self._space:
            self._out.write(" ")
        self._out.write(words)
        self._last = words[-1]
        self._breaks = 0
        self._space = self._filled = False

    def _end_line(self) -> None:
        self._breaks += 1
        self._space = self._filled = False

    def _end_block(self, name: str) -> None:
        if self._filled:
            self._end_line()
        spaced = name in _SPACED and not (name == "p" and self._tight)
        self._breaks = max(self._breaks, 2 if spaced else 1)
        self._space = False

    def open(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if self._hidden is not None:
            if not self._hidden.opened(name):
                return
            self._hidden = None
        style = attributes.get("style", "")
        if name == "p":
            self._tight = "mso" in attributes.get("class", "").lower() or bool(_TIGHT.search(style))
        if name in _BLOCKS or name in _SPACED:
            self._end_block(name)
        elif name == "br":
            self._end_line()
        if attributes.get("id", "").lower() in _BELOW:
            self._quoted, self._introduced = _Region(""), -1
        self._item |= name == "li"
        if name in _UNSEEN or "hidden" in attributes or _HIDING.search(style):
            self._hidden = _Region(name) if name not in _VOID else None
        elif _BULLET.search(style):
            self._item, self._hidden = True, _Region(name)
        elif name == "img":
            alt = attributes.get("alt", "")
            self.text(alt, 0, len(alt))
        elif name not in _VOID:
            self._quote(name, attributes)
            if self._kept is not None:
                self._kept.opened(name)
            elif name == "pre" or _KEEPING.search(style):
                self._kept = _Region(name)

    def _quote(self, name: str, attributes: dict[str, str]) -> None:
        if self._quoted is None:
            if _is_quote(name, attributes):
                self._end_block(name)
                self._quoted = _Region(name)
                self._introduced = self._lines if name != "blockquote" else -1
            return
        self._quoted.opened(name)
        if name == "blockquote" and self._introduced >= 0:
            lines = self._lines - self._introduced
            if 0 < lines <= _INTRODUCING and self._last == ":":
                # Gmail's box around an answer between quotations: of it, those are left out and no more.
                self._quoted = _Region(name)
            self._introduced = -1

    def close(self, name: str) -> None:
        """An element ends."""
        if self._hidden is not None:
            if not self._hidden.closed(name):
                return
            ended, self._hidden = self._hidden.name, None
            if ended == name:
                return
        if name == "br":
            self._end_line()
        if name in _BLOCKS or name in _SPACED:
            self._end_block(name)
        self._item &= name != "li"
        if self._kept is not None and self._kept.closed(name):
            self._kept = None
        if self._quoted is not None and self._quoted.closed(name):
            self._end_block(name)
            self._quoted = None


def _is_quote(name: str, attributes: dict[str, str]) -> bool:
    marks = _names(f"{attributes.get('class', '')} {attributes.get('id', '')}".lower())
    if not marks.isdisjoint(_QUOTES) or (name == "div" and attributes.get("name") == "quote"):
        return True
    cited = attributes.get("type", "").lower() == "cite"
    return name == "blockquote" and (cited or not _INDENT.search(attributes.get("style", "")))
