"""A scenario's graph as Mermaid and DOT. Text from the scenario is data here, never markup.

What must not be here: what stands in a box (the caller gives it), finding anything out, and pictures (picture).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from callcalm.workshop.reports.layers import Edge, Layout

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
