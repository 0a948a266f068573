"""The coach for a file that is read again and again: an answer that stands as it stood is not read anew.

What must not be here: where it is remembered from one run to the next (see `heard`), and how words are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import takewhile

from callcalm.content.beforehand import Beforehand, beforehand
from callcalm.content.hearing import Coach, Said, Spans, findings_of, keys_of, spans_of
from callcalm.core.model import Scenario
from callcalm.core.moves import Finding, Registry

Found = tuple[Mapping[bytes, tuple[Finding, ...]], Mapping[bytes, Spans]]
"""What stands in answers, by what each is known by: of those read here, and of those that others read."""


class Remembering:
    """Remembers what it found in the last version of a file, and in no other."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._last: dict[bytes, Spans] = {}
        self._now: dict[bytes, Spans] = {}
        self._begun: Beforehand | None = None

    @cached_property
    def _coach(self) -> Coach:
        return Coach(self._registry, None)

    def begin(self, text: str) -> None:
        """Let others begin with the answers in the text of the file, before it is loaded."""
        self._begun = beforehand(text, self._registry)

    def __call__(self, scenario: Scenario, said: Sequence[Said]) -> Iterator[tuple[Finding, ...]]:
        """The moves in each answer; see `hearing.Reader`."""
        last = self._last = self._now
        now = self._now = {}
        keys = list(keys_of(scenario, said, self._registry))
        new = {key: one for key, one in zip(keys, said, strict=True) if key not in last}
        here, others = self._read(scenario, new) if new else ({}, {})
        for key, (_, text) in zip(keys, said, strict=True):
            findings = here.get(key)
            if findings is None:
                spans = now[key] = others[key] if key in others else last[key]
                yield findings_of(text, spans)
            else:
                now[key] = spans_of(findings)
                yield findings

    def _read(self, scenario: Scenario, new: Mapping[bytes, Said]) -> Found:
        """The moves in answers that are not remembered."""
        begun, self._begun = self._begun, None
        if begun is None:
            return dict(zip(new, self._coach(scenario, list(new.values())), strict=True)), {}
        own = dict(takewhile(lambda one: one[1][0].id != begun.first, new.items()))
        here = dict(zip(own, self._coach.alone(scenario, list(own.values())), strict=True))
        others = begun.found()
        left = {key: one for key, one in new.items() if key not in here and key not in others}
        if left:
            here.update(zip(left, self._coach(scenario, list(left.values())), strict=True))
        return here, others
