"""A document as one HTML file that stands by itself: no script, nothing from outside, legible in print.

What must not be here: what stands in a document.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from callcalm.core.text import safe
from callcalm.insight.exports.paper import (
    Block,
    Code,
    Heading,
    Items,
    NewPage,
    Paper,
    Para,
    Quote,
    Speech,
    Table,
    apart,
)
from callcalm.insight.wording import headed

_LIGHT: Final = "--ink:#161616;--quiet:#474747;--ground:#fff;--line:#5f5f5f;--costs:#8f1d1d;--helps:#14532d"
_DARK: Final = "--ink:#f1f1f1;--quiet:#c4c4c4;--ground:#161616;--line:#9a9a9a;--costs:#ffb3ad;--helps:#a8e6b8"
STYLE: Final = (
    f":root{{color-scheme:light dark;{_LIGHT}}}@media (prefers-color-scheme:dark){{:root{{{_DARK}}}}}"
    "body{font:1rem/1.55 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:var(--ink);"
    "background:var(--ground);overflow-wrap:anywhere}h1,h2,h3,table{font-family:system-ui,sans-serif}"
    "h1,h2,h3{line-height:1.25}blockquote{margin:.5rem 0;padding-left:1rem;border-left:4px solid var(--line)}"
    "li{margin:.3rem 0}.small{font-size:.9rem;color:var(--quiet)}"
    "table{border-collapse:collapse;margin:1rem 0}caption{text-align:left;font-weight:bold;padding:.3rem 0}"
    "th,td{border:1px solid var(--line);padding:.3rem .6rem;text-align:left;vertical-align:top}"
    "th,td{overflow-wrap:break-word}"
    "td:empty{min-width:5rem;height:2rem}mark{background:none;color:inherit;text-decoration:underline}"
    "mark.costs{color:var(--costs);text-decoration-style:wavy}mark.helps{color:var(--helps)}"
    "section.page{break-before:page}"
    f"@media print{{:root{{color-scheme:light;{_LIGHT}}}body{{max-width:none;margin:0}}"
    "li,blockquote,tr,.said{break-inside:avoid}h2,h3{break-after:avoid}}"
)
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def as_html(paper: Paper) -> str:
    """The document; ends with a line end."""
    title = escape(_line(paper.title))
    head = (
        f'<!doctype html>\n<html lang="{escape(paper.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
    )
    return head + "\n".join(_blocks(paper.blocks)) + "\n</main>\n</body>\n</html>\n"


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Every block; what follows a new page is a section, so that it can begin one."""
    inside = False
    for block in blocks:
        if isinstance(block, NewPage):
            if inside:
                yield "</section>"
            yield '<section class="page">'
            inside = True
        else:
            yield _element(block)
    if inside:
        yield "</section>"


def _element(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"<h{level}>{_words(text)}</h{level}>"
        case Para(text, small, lang):
            kind = ' class="small"' if small else ""
            return "".join(
                f"<p{kind}{_lang(lang)}>{_words(line)}</p>" for line in text.split("\n") if line.strip()
            )
        case Quote(text, lang):
            return f"<blockquote{_lang(lang)}>{'<br>'.join(map(_words, text.split(chr(10))))}</blockquote>"
        case Speech(who):
            said = f"<span{_lang(block.lang)}>{_marked(block)}</span>"
            return f'<p class="said"><b>{_words(headed(who))}</b> {said}</p>'
        case Items(lines, ordered, lang):
            kind = "ol" if ordered else "ul"
            return f"<{kind}{_lang(lang)}>{''.join(f'<li>{_words(line)}</li>' for line in lines)}</{kind}>"
        case Table():
            return _table(block)
        case Code(name, text):
            return f"<p>{_words(headed(name))} <code>{_words(text)}</code></p>"
        case NewPage():
            return ""


def _marked(speech: Speech) -> str:
    """The words with those that did something underlined, and told when pointed at."""
    parts: list[str] = []
    at = 0
    for one in apart(speech.stretches, len(speech.words)):
        kind = "costs" if one.costs else "helps"
        parts.append(_words(speech.words[at : one.start]))
        parts.append(
            f'<mark class="{kind}" title="{escape(_line(one.what))}">'
            f"{_words(speech.words[one.start : one.end])}</mark>"
        )
        at = one.end
    return "".join((*parts, _words(speech.words[at:])))


def _table(table: Table) -> str:
    heads = "".join(f'<th scope="col">{_words(head)}</th>' for head in table.heads)
    rows = "".join(
        f'<tr><th scope="row">{_words(row[0])}</th>{"".join(f"<td>{_words(cell)}</td>" for cell in row[1:])}</tr>'
        for row in table.rows
    )
    return (
        f"<table><caption>{_words(table.caption)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _lang(lang: str) -> str:
    return f' lang="{escape(lang)}"' if lang else ""


def _line(text: str) -> str:
    return safe(text, multiline=False)


def _words(text: str) -> str:
    return escape(safe(text, multiline=False))
