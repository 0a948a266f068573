"""Answers read beforehand: by other processors, while this one still loads the file that they stand in.

What looks like answers is read: the tables of beats as they stand in the text, whatever else is in it. Nobody
trusts that. What was found is known by a hash of all that it follows from (see `hearing.keys_of`), and where an
answer turns out to be another, or the text to be no scenario, it was read in vain. What must not be here: how
words are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from callcalm.content.hearing import MOST_PARTS, Coach, Said, Scene, Spans, keys_of
from callcalm.core.model import Beat, Caller
from callcalm.core.moves import Registry
from callcalm.core.records import NamedTuple
from callcalm.core.text import Text
from callcalm.intake import Source
from callcalm.intake.aside import aside, hands
from callcalm.intake.pause import collector_paused
from callcalm.intake.toml import parse

LEAST: Final = 200_000
"""Code points of a text from which on it is worth the while."""

_LOADING: Final = 1 / 3
"""What else this one has to do meanwhile, loading the file above all, beyond what the others have: that many times
what the words of the whole file take."""

_BEAT: Final = re.compile(r"^\[beats\.([\w-]+)\]", re.MULTILINE)


class Beforehand(NamedTuple):
    """Answers that others read: from the beat `first` on, or so it looks. `results` wait for what they find."""

    first: str
    results: tuple[Callable[[], Mapping[bytes, Spans]], ...]

    def found(self) -> dict[bytes, Spans]:
        """What others found, by what each answer is known by, once they are done."""
        return {key: spans for result in self.results for key, spans in result().items()}


def beforehand(text: str, registry: Registry) -> Beforehand | None:
    """Let others begin with the answers in the text of a scenario; None where nobody can, or it does not pay."""
    others = min(hands(), MOST_PARTS) - 1
    cuts = list(_cuts(text, others)) if others and len(text) >= LEAST else []
    if len(cuts) <= 1:
        return None
    head, ends = text[: cuts[0].start()], [cut.start() for cut in cuts[2:]]
    pieces = [head + text[cut.start() : end] for cut, end in zip(cuts[1:], [*ends, len(text)], strict=True)]
    return Beforehand(cuts[1][1], tuple([aside(partial(_read, piece, registry)) for piece in pieces]))


def _cuts(text: str, others: int) -> Iterator[re.Match[str]]:
    """The first beat in a text, and the beats with which the parts of the others begin."""
    first = _BEAT.search(text)
    if first is None:
        return
    # So that all are done at the same time, those who do not load the file have more of its words to read.
    own = max(0.0, (1 + _LOADING) / (others + 1) - _LOADING)
    yield first
    for part in range(others):
        share = own + (1 - own) * part / others
        cut = _BEAT.search(text, first.start() + int((len(text) - first.start()) * share))
        if cut is not None:
            yield cut


def _read(text: str, registry: Registry) -> Mapping[bytes, Spans]:
    """What is found in the answers of a text that may be a scenario, or part of one; nothing in any other."""
    try:
        with collector_paused():
            values = parse(Source("", text)).values
            scene, said = _scene(values), list(_said(values["beats"]))
            new = dict(zip(keys_of(scene, said, registry), said, strict=True))
            return dict(zip(new, Coach(registry, None).spans(scene, list(new.values())), strict=True))
    except Exception:  # noqa: BLE001 - whatever is wrong with it is told where it is read in earnest
        return {}


def _scene(values: Mapping[str, Any]) -> Scene:
    who = values["caller"]
    address, facts = (tuple(map(_plain, who[key])) for key in ("address", "facts"))
    return Scene(values["language"], Caller(_plain(who["name"]), address, Text(""), facts))


def _said(beats: Mapping[str, Any]) -> Iterator[Said]:
    for name, item in beats.items():
        words = item["caller"]
        lines: Sequence[str] = words if isinstance(words, list) else (words,)
        beat = Beat(name, item["mood"], tuple(map(_plain, lines)))
        for answer in (*item.get("replies", ()), *item.get("parts", ())):
            yield beat, _plain(answer["say"])


def _plain(written: str) -> Text:
    return Text(written.strip())
