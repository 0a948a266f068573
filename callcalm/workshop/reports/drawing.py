"""A scenario's graph as Mermaid, DOT and SVG. Text from the scenario is data here, never markup.

What must not be here: what stands in a box (the caller gives it), and finding anything out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from callcalm.workshop.reports.layers import Edge, Layout

BOX: Final = (168, 46)
"""Width and height of a box in an SVG, in pixels."""

GAP: Final = (28, 64)
"""Room beside and below a box, in pixels."""

Notes = Mapping[str, tuple[str, ...]]
"""For each beat or ending one or two short lines that stand in its box under the name."""


def mermaid(layout: Layout, notes: Notes, marked: frozenset[str]) -> Iterator[str]:
    """A Mermaid flowchart; boxes in `marked` have problems and say so."""
    numbers = _numbers(layout)
    yield "flowchart TD"
    for name, number in numbers.items():
        words = "<br/>".join(_entity(line) for line in (name, *notes.get(name, ())))
        opened, closed = ('(["', '"])') if name in layout.endings else ('["', '"]')
        yield f"  n{number}{opened}{words}{closed}"
    for edge in _drawn(layout, numbers):
        yield f'  n{numbers[edge.start]} -- "{_entity(", ".join(edge.labels))}" --> n{numbers[edge.end]}'
    if marked & numbers.keys():
        yield "  classDef problem stroke-width:3px,stroke-dasharray:6 3"
        yield f"  class {','.join(f'n{numbers[name]}' for name in numbers if name in marked)} problem"


def dot(layout: Layout, notes: Notes, marked: frozenset[str], title: str) -> Iterator[str]:
    """A DOT graph for Graphviz and its relatives."""
    numbers = _numbers(layout)
    yield f"digraph {_quoted(title)} {{"
    yield '  node [shape=box, fontname="sans-serif"]; edge [fontname="sans-serif"];'
    for name, number in numbers.items():
        label = _quoted("\n".join((name, *notes.get(name, ()))))
        shape = ", style=rounded" if name in layout.endings else ""
        problem = ", penwidth=3" if name in marked else ""
        yield f"  n{number} [label={label}{shape}{problem}];"
    for edge in _drawn(layout, numbers):
        label = _quoted(", ".join(edge.labels))
        yield f"  n{numbers[edge.start]} -> n{numbers[edge.end]} [label={label}];"
    for layer in layout.layers:
        yield f"  {{ rank=same; {' '.join(f'n{numbers[name]};' for name in layer)} }}"
    yield "}"


def svg(layout: Layout, notes: Notes, marked: frozenset[str], title: str) -> Iterator[str]:
    """A picture that stands by itself: no script, no style from outside, a title for screen readers."""
    rows = [list(layer) for layer in layout.layers]
    rows += [list(row) for row in (layout.endings, layout.cut_off) if row]
    widest = max(map(len, rows))
    width = widest * (BOX[0] + GAP[0]) + GAP[0]
    height = len(rows) * (BOX[1] + GAP[1]) + GAP[0] - (0 if layout.cut_off else GAP[1])
    corner = {
        name: (
            (width - len(row) * (BOX[0] + GAP[0]) + GAP[0]) // 2 + place * (BOX[0] + GAP[0]),
            GAP[0] // 2 + depth * (BOX[1] + GAP[1]),
        )
        for depth, row in enumerate(rows)
        for place, name in enumerate(row)
    }
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" font-family="sans-serif">'
    )
    yield f"<title>{escape(title)}</title>"
    yield (
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" '
        'orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#555"/></marker></defs>'
    )
    yield f'<rect width="{width}" height="{height}" fill="#fff"/>'
    drawn = [_svg_edge(edge, corner) for edge in layout.edges if edge.start in corner and edge.end in corner]
    yield from (line for line, _label in drawn)
    for name, at in corner.items():
        yield from _svg_box(name, at, notes.get(name, ()), name in layout.endings, name in marked)
    # On top of all: a line that passes behind a box would take its words with it.
    yield from (label for _line, label in drawn)
    yield "</svg>"


def _svg_edge(edge: Edge, corner: Mapping[str, tuple[int, int]]) -> tuple[str, str]:
    """The line of a way, and its label."""
    (x, y), (to_x, to_y) = corner[edge.start], corner[edge.end]
    x, to_x = x + BOX[0] // 2, to_x + BOX[0] // 2
    if to_y > y:
        y += BOX[1]
        bend = (y + to_y) // 2
        path = f"M{x} {y}C{x} {bend} {to_x} {bend} {to_x} {to_y}"
    elif to_y == y and to_x != x:  # to a neighbour: below the row, where nothing stands
        y = to_y = y + BOX[1]
        bend = y + GAP[1] * 2 // 3
        path = f"M{x} {y}C{x} {bend} {to_x} {bend} {to_x} {to_y}"
        y = to_y = y + GAP[1] // 2 - 4
        to_x -= (to_x - x) // 4
    else:  # back up, or to itself: round the right side of both boxes
        x, y, to_x, to_y = x + BOX[0] // 2, y + BOX[1] // 2, to_x + BOX[0] // 2, to_y + BOX[1] // 3
        bend = max(x, to_x) + GAP[0]
        path = f"M{x} {y}C{bend} {y} {bend} {to_y} {to_x} {to_y}"
    line = f'<path d="{path}" fill="none" stroke="#555" marker-end="url(#tip)"/>'
    x, y = (x + 2 * to_x) // 3 + 4, (y + 2 * to_y) // 3
    halo = 'paint-order="stroke" stroke="#fff" stroke-width="3"'
    words = escape(", ".join(edge.labels))
    return line, f'<text x="{x}" y="{y}" font-size="10" fill="#333" {halo}>{words}</text>'


def _svg_box(name: str, at: tuple[int, int], notes: tuple[str, ...], ending: bool, problem: bool) -> Iterator[str]:
    x, y = at
    stroke = 'stroke="#a30000" stroke-width="3" stroke-dasharray="6 3"' if problem else 'stroke="#333"'
    said = quoteattr(", ".join((name, *notes)))
    box = f'x="{x}" y="{y}" width="{BOX[0]}" height="{BOX[1]}" rx="{20 if ending else 3}"'
    yield f"<g aria-label={said}>"
    yield f'<rect {box} fill="#fff" {stroke}/>'
    for number, line in enumerate((name, *notes)[:3]):
        weight = ' font-weight="bold"' if number == 0 else ""
        yield (
            f'<text x="{x + BOX[0] // 2}" y="{y + 15 + 13 * number}" text-anchor="middle" '
            f'font-size="11"{weight}>{escape(_short(line))}</text>'
        )
    yield "</g>"


def _short(line: str, most: int = 27) -> str:
    return line if len(line) <= most else line[: most - 1] + "…"


def _numbers(layout: Layout) -> dict[str, int]:
    """Every box with a number of its own: names may hold what these languages take for their own signs."""
    names = [name for layer in layout.layers for name in layer]
    return {name: number for number, name in enumerate([*names, *layout.endings, *layout.cut_off])}


def _drawn(layout: Layout, numbers: Mapping[str, int]) -> Iterator[Edge]:
    return (edge for edge in layout.edges if edge.start in numbers and edge.end in numbers)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _entity(text: str) -> str:
    """Text in which Mermaid finds no sign of its own."""
    return "".join(each if each.isalnum() or each in " -,.%…" else f"#{ord(each)};" for each in text)
