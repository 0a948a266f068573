"""What Twine's story formats write around their text and a scenario has no place for: it is noted and left out.

SugarCube, Harlowe, Chapbook and Snowman. What can be said in the words of `passages` is put in those, so that
there is one reading of links. Ends of lines are kept, for the lines of notes. What must not be here: conditions.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from callcalm.language import _

Note = Callable[[str, int], None]
"""Takes what did not carry over, and how many lines down it stood."""

HARLOWE: Final = "harlowe"
CHAPBOOK: Final = "chapbook"
SUGARCUBE: Final = "sugarcube"

_LINK = r"(?P<link>\[\[(?:(?!\[\[|\]\])[^\n]){0,2000}\]\])"
# A beginning without its end is left to be one small piece, so that no text takes more than linear time.
_CODE = re.compile(
    _LINK + r"|<%(?P<template>(?:(?!<%|%>)[\s\S]){0,5000})%>"
    r"|<<(?P<macro>script|widget|style)\b(?:(?!<<|>>)[^\n]){0,200}>>"
    r"(?:(?!<<(?:script|widget|style)\b)[\s\S]){0,20000}?<</(?P=macro)>>"
    r"|<(?P<element>script|style)\b[^<>\n]{0,200}>"
    r"(?:(?!<(?:script|style)\b)[\s\S]){0,20000}?</(?P=element)>"
    r"|(?P<picture>\[img\[[^\[\]\n]{0,500}\](?:\[[^\[\]\n]{0,200}\]){0,2}\])"
    r"|<a\b[^<>\n]{0,300}\bdata-passage=(?P<quote>[\"'])(?P<target>[^<>\"'\n]{1,200})(?P=quote)[^<>\n]{0,200}>"
    r"(?P<words>[^<>\[\]\n]{1,500})</a>"
    r"|<<(?P<taking>link|button)[ \t]+\[\[(?P<inner>[^\[\]\n]{1,500})\]\][ \t]*>>",
    re.IGNORECASE,
)
_MODIFIER = re.compile(r"\[(?!\[)[^\[\]\n]{1,200}\]")
_SILENT = re.compile(r"\[(?:note\b|n\.b\.|todo\b|fixme\b|js\]|javascript\b|css\b)", re.IGNORECASE)
_INSERT = re.compile(_LINK + r"|\{(?P<insert>[^{}\n]{1,500})\}")
_LINKED = re.compile(r"link to:\s*(['\"])(?P<target>[^'\"\n]+)\1,\s*label:\s*(['\"])(?P<words>[^\n]+)\3\s*")
_VALUE = re.compile(r"^([A-Za-z_]\w{0,50}):[ \t]*([^\n]{1,200})$", re.MULTILINE)
_WORD: Final = 40
_CHAINED = re.compile(
    r"\([\w-]{1,40}:[^()\n]{0,300}\)[ \t]{0,9}\+[ \t]{0,9}(?=\((?:if|unless|else-if|else):)"
    r"|(?<=\))[ \t]{0,9}\+[ \t]{0,9}\((?!if:|unless:|else)[\w-]{1,40}:[^()\n]{0,300}\)(?=[\[+])"
)
_CONDITIONAL = re.compile(r"(\((?:if|unless|else-if|else):[^()\n]{0,300}\))(\[\[(?!\[)[^\[\]\n]{1,2000}\]\])")
_HOOKS = re.compile(r"\|[\w-]{1,40}[>)](?=\[)|(?<=\])<[\w-]{1,40}\|")
_CALL = re.compile(r"\((?P<name>[A-Za-z][\w-]{0,40}):")
_LONGEST_CALL: Final = 2_000
_ALIGNER = re.compile(r"^[ \t]*(?:=+><?=+|=*[<>]=+|=+>|<=+>)[ \t]*$", re.MULTILINE)
_SHOWN_STYLE = re.compile(r"@@(?:[#.]?[\w-]{1,40}(?::[^;@\n]{0,100})?;)*|\{\{\{|\}\}\}")
_BULLETS = re.compile(r"^[ \t]*[*#>-]{1,9}[ \t]*$", re.MULTILINE)


_SIGNS: Final = {
    SUGARCUBE: re.compile(r"<<[A-Za-z=]"),
    CHAPBOOK: re.compile(
        r"^(?:\[(?:if [^\[\]\n]{1,200}|else|continued|cont'd|unless [^\[\]\n]{1,200})\]|--)[ \t]*$", re.MULTILINE
    ),
    HARLOWE: re.compile(
        r"\((?:set|if|unless|else-if|link-goto|link-reveal|link-repeat|go-to|click|either):", re.IGNORECASE
    ),
}
"""What each format alone writes; the first that turns up counts."""
_CONTINUED = re.compile(r"\\[ \t]*\n|\\$|^\\", re.MULTILINE)
_HEADING = re.compile(r"^!{1,6}[ \t]*(?=\S)", re.MULTILINE)


def guessed(text: str) -> str:
    """The format of a story that does not say it, by what is written in it; empty if nothing tells."""
    return next((name for name, sign in _SIGNS.items() if sign.search(text)), "")


def without_style(words: str) -> str:
    """The words without the marks that give them a style."""
    return _SHOWN_STYLE.sub("", words)


def chapbook_values(text: str) -> list[tuple[str, str]]:
    """The variables at the top of a Chapbook passage, as they are written: their names and values."""
    top, line, _rest = text.partition("\n--\n")
    return _VALUE.findall(top) if line else []


def split_link(inner: str) -> tuple[str, str]:
    """The words and the target of a link, as Twine writes it: words->target, target<-words, words|target."""
    if "->" in inner:
        say, _arrow, target = inner.rpartition("->")
        return say, target
    if "<-" in inner:
        target, _arrow, say = inner.partition("<-")
        return say, target
    if "|" in inner:
        say, _bar, target = inner.rpartition("|")
        return say, target
    return inner, inner


def down(text: str, at: int) -> int:
    """How many lines down a place in a text is. The lines are found once: a text may have a note to each word."""
    return bisect_left(_ends(text), at)


@lru_cache(maxsize=1)
def _ends(text: str) -> list[int]:
    return [hit.start() for hit in re.finditer("\n", text)]


def before_reading(text: str, dialect: str, note: Note) -> str:
    """The text of a passage without the code in it, and with its links as `passages` reads them."""
    text = _CODE.sub(lambda hit: _coded(hit, note), text)
    if dialect == CHAPBOOK:
        return _chapbook(text, note)
    if dialect == HARLOWE:
        text = _CHAINED.sub("", text)
        text = _HOOKS.sub("", text)
        return _CONDITIONAL.sub(r"\1[\2]", text)
    return text


def after_reading(said: str, dialect: str, note: Note) -> str:
    """What is left to be said, without marks of style and of places that are empty now."""
    said = without_style(said)
    if dialect == SUGARCUBE:
        said = _HEADING.sub("", _CONTINUED.sub("", said))
    if dialect == HARLOWE:
        said = _ALIGNER.sub("", _without_calls(said, note).replace("`", ""))
        said = re.sub(r"[{}]", "", said)
    return _BULLETS.sub("", said)


def _coded(hit: re.Match[str], note: Note) -> str:
    if hit["link"] is not None:
        return hit.group()
    if hit["words"] is not None:
        return f"[[{hit['words']}->{hit['target']}]]"
    if hit["taking"] is not None:
        say, target = (part.strip().replace('"', "'") for part in split_link(hit["inner"]))
        return f'<<{hit["taking"]} "{say}" "{target}">>'
    if hit["template"] is not None:
        what = _("code between <% and %>")
        if hit["template"][:1] in {"=", "-"}:
            note(what, down(hit.string, hit.start()))
            return "…"
    elif hit["picture"] is not None:
        what = _("a picture")
    elif hit["macro"] is not None:
        what = _("the macro {name}").format(name=f"<<{hit['macro']}>>")
    else:
        what = _("a passage of code ({tags})").format(tags=hit["element"])
    note(what, down(hit.string, hit.start()))
    return "\n" * hit.group().count("\n")


def _chapbook(text: str, note: Note) -> str:
    """Without the variables at the top, the modifiers on lines of their own, and the inserts in braces."""
    lines = text.split("\n")
    silent = False
    above = next((n for n, line in enumerate(lines) if line.strip() == "--"), -1)
    for number, line in enumerate(lines):
        bare = line.strip()
        if number <= above:
            if bare and number < above:
                note(_("variables at the top of a passage"), number)
            lines[number] = ""
        elif _MODIFIER.fullmatch(bare):
            note(_("the modifier {name}").format(name=_short(bare[1:-1])), number)
            silent = _SILENT.match(bare) is not None
            lines[number] = ""
        elif silent:
            lines[number] = ""
    return _INSERT.sub(lambda hit: _inserted(hit, note), "\n".join(lines))


def _inserted(hit: re.Match[str], note: Note) -> str:
    if hit["link"] is not None:
        return hit.group()
    if found := _LINKED.fullmatch(hit["insert"].strip()):
        return f"[[{found['words']}->{found['target']}]]"
    if re.fullmatch(r"[A-Za-z_]\w*", hit["insert"]):
        return f"${hit['insert']}"
    note(_("the insert {name}").format(name="{" + _short(hit["insert"]) + "}"), down(hit.string, hit.start()))
    return ""


def _short(words: str) -> str:
    """The first words of a modifier or insert, without what it is given."""
    return re.split(r"[:,;]", words)[0].strip()[:_WORD]


def _without_calls(said: str, note: Note) -> str:
    """Without calls of macros that nothing else has read; one that is not closed loses its name alone."""
    closing: dict[int, int] = {}
    waiting: list[int] = []
    for hit in re.finditer(r"[()]", said):
        if hit.group() == "(":
            waiting.append(hit.start())
        elif waiting:
            closing[waiting.pop()] = hit.end()
    kept: list[str] = []
    at = 0
    while found := _CALL.search(said, at):
        kept.append(said[at : found.start()])
        note(_("the macro {name}").format(name=f"({found['name'].lower()}:)"), 0)
        end = closing.get(found.start(), found.end())
        at = end if end - found.end() <= _LONGEST_CALL else found.end()
    return "".join([*kept, said[at:]])
