"""The coach for a file that is read again and again: an answer that stands as it stood is not read anew.

What must not be here: where it is remembered from one run to the next (see `heard`), and how words are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import takewhile

from callcalm.content.beforehand import Beforehand, beforehand
from callcalm.content.hearing import Coach, Said, Spans, findings_of, keys_of, spans_of
from callcalm.core.model import Scenario
from callcalm.core.moves import Finding, Registry

Findings = dict[bytes, tuple[Finding, ...]]
"""What stands in answers that were read here, by what each is known by."""

Found = tuple[Findings, Mapping[bytes, Spans]]
"""The same, and what stands in those that others read."""

Meanwhile = Callable[[Scenario], None]
"""What can be done with a scenario whose answers have not all been read."""


class Remembering:
    """Remembers what it found in the last version of a file, and in no other."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._last: dict[bytes, Spans] = {}
        self._now: dict[bytes, Spans] = {}
        self._begun: Beforehand | None = None
        self._meanwhile: Meanwhile | None = None

    @cached_property
    def _coach(self) -> Coach:
        return Coach(self._registry, None)

    def begin(self, text: str, meanwhile: Meanwhile | None = None) -> None:
        """Let others begin with the answers in the text of the file, before it is loaded.

        Where they do, `meanwhile` is what is done with the scenario while they are not ready yet.
        """
        self._begun = beforehand(text, self._registry)
        self._meanwhile = meanwhile

    def __call__(self, scenario: Scenario, said: Sequence[Said]) -> Iterator[tuple[Finding, ...]]:
        """The moves in each answer; see `hearing.Reader`."""
        last = self._last = self._now
        now = self._now = {}
        begun, self._begun = self._begun, None
        keys = list(keys_of(scenario, said, self._registry))
        new = {key: one for key, one in zip(keys, said, strict=True) if key not in last}
        here = self._before(scenario, new, begun) if begun is not None else {}
        others: Mapping[bytes, Spans] | None = None
        for key, (_, text) in zip(keys, said, strict=True):
            if others is None and key not in here and key in new:
                # What stands before is put where it belongs while others still read.
                rest = {key: one for key, one in new.items() if key not in here}
                more, others = self._rest(scenario, rest, begun)
                here.update(more)
            findings = here.get(key)
            if findings is None:
                spans = now[key] = others[key] if others is not None and key in others else last[key]
                yield findings_of(text, spans)
            else:
                now[key] = spans_of(findings)
                yield findings

    def _before(self, scenario: Scenario, new: Mapping[bytes, Said], begun: Beforehand) -> Findings:
        """The moves in the answers before those that others have begun with."""
        own = dict(takewhile(lambda one: one[1][0].id != begun.first, new.items()))
        return dict(zip(own, self._coach.alone(scenario, list(own.values())), strict=True))

    def _rest(self, scenario: Scenario, new: Mapping[bytes, Said], begun: Beforehand | None) -> Found:
        """The moves in all other answers that are not remembered."""
        others: Mapping[bytes, Spans] = {}
        if begun is not None:
            if self._meanwhile is not None:
                self._meanwhile(scenario)
            others = begun.found()
        left = {key: one for key, one in new.items() if key not in others}
        here = zip(left, self._coach(scenario, list(left.values())), strict=True) if left else ()
        return dict(here), others
