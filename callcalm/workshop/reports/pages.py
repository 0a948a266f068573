"""Pages made of plain blocks, as Markdown or as HTML. Text is data: no sign of either language works in it.

What must not be here: what stands on a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from callcalm.core.records import NamedTuple
from callcalm.language import _
from callcalm.workshop.reports.terms import escaped

_STYLE = (
    "body{font:16px/1.55 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}"
    "h1,h2,h3{font-family:sans-serif;line-height:1.25}blockquote{margin:.5rem 0;padding-left:1rem;"
    "border-left:4px solid #555}li{margin:.35rem 0}.small{font:.85rem/1.45 sans-serif;color:#333}"
    ".map{width:fit-content;max-width:calc(100vw - 3rem);position:relative;left:50%;transform:translateX(-50%);"
    "overflow-x:auto;border:1px solid #bbb}.map svg{display:block}"
    "@media print{.map{position:static;transform:none;max-width:none;width:auto;overflow:visible;"
    "border:0}.map svg{max-width:100%;height:auto}"
    "h2{break-before:auto}li,blockquote{break-inside:avoid}}"
)


class Block(NamedTuple):
    """One block: `kind` is h1, h2, h3, p, quote, item, small or map (an SVG; HTML only, trusted).

    `name` makes a heading a place to link to; `link` makes the text a link to one.
    """

    kind: str
    text: str
    name: str = ""
    link: str = ""


def as_markdown(blocks: Iterable[Block]) -> Iterator[str]:
    """The lines of a Markdown file."""
    last = ""
    for block in blocks:
        if block.kind == "map":
            continue
        if last and not (last == block.kind == "item") and not (last == "item" and block.kind == "small"):
            yield ""
        text = escaped(" ".join(block.text.split()))
        if block.kind in {"h1", "h2", "h3"}:
            yield f"{'#' * int(block.kind[1])} {text}"
        elif block.kind == "quote":
            yield f"> {text}"
        elif block.kind == "item":
            yield f"- {text}"
        elif block.kind == "small" and last == "item":
            yield f"  - {text}"
            continue
        else:
            yield text
        last = block.kind


def as_html(blocks: Iterable[Block], title: str, language: str) -> Iterator[str]:
    """The lines of an HTML file that stands by itself: no script, nothing from outside."""
    yield f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta name="viewport" content="width=device-width">\n<title>{escape(title)}</title>'
    yield f"<style>{_STYLE}</style>\n</head>\n<body>"
    inside = False
    for block in blocks:
        listed = block.kind == "item" or (inside and block.kind == "small")
        if inside and not listed:
            yield "</ul>"
        if listed and not inside:
            yield "<ul>"
        inside = listed
        yield _element(block, inside)
    if inside:
        yield "</ul>"
    yield "</body>\n</html>"


def _element(block: Block, listed: bool) -> str:
    text = escape(block.text)
    if block.link:
        text = f'<a href="#{escape(block.link)}">{text}</a>'
    match block.kind:
        case "map":
            # Small letters in a picture made to fit cannot be read: it keeps its size, and arrow keys move it.
            name = escape(_("The map; where it is wider than the page, it scrolls sideways"))
            return f'<div class="map" role="region" tabindex="0" aria-label="{name}">\n{block.text}\n</div>'
        case "quote":
            return f"<blockquote>{text}</blockquote>"
        case "item":
            return f"<li>{text}</li>"
        case "small":
            return f'<li class="small">{text}</li>' if listed else f'<p class="small">{text}</p>'
        case "p":
            return f"<p>{text}</p>"
    name = f' id="{escape(block.name)}"' if block.name else ""
    return f"<{block.kind}{name}>{text}</{block.kind}>"
