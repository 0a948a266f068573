"""A phrasebook in memory: its rules by id, and the machinery that finds them. No files here (see `loading`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

from callcalm.coach.compiled import Compiled, KeptFinder
from callcalm.coach.effects import COSTS
from callcalm.coach.finding import Finder
from callcalm.coach.hearing import Hearing, Recogniser
from callcalm.coach.lexicon import Lexicon
from callcalm.coach.pieces import Bulk
from callcalm.coach.tongues import TONGUES
from callcalm.coach.words import folded
from callcalm.core.hints import TYPE_CHECKING, Final
from callcalm.core.moves import BY_EAR
from callcalm.core.records import dataclass, field
from callcalm.core.text import Text

if TYPE_CHECKING:
    from callcalm.coach.ear import Ear
    from callcalm.coach.listening import Listener

ALWAYS_NOT: Final = {True: "not-costs", False: "not-helps"}
"""The lists of contexts in which no costing rule counts, and no helping one."""

NAMING: Final = "use-name"
"""The move of a name where nothing but its place tells that it is one."""

_HEARINGS: Final = 8


def by_ear(move: str) -> str:
    """The id of the rule that stands for a move which only the ear hears: it has no patterns."""
    return BY_EAR + move.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that words do: its patterns, and what to tell the person who used them.

    `severity` is 1 to 3. `unless` are the lines of the file's ``not``. `instead` are things to say in its place
    (for a helping rule: more of the same kind). `hits` and `misses` are the writer's own examples. A rule without
    `patterns` is for sentences that only the ear hears (see `by_ear`). With `after`, a rule takes back what one of
    these moves did in the sentence before, and else says nothing. A writer's `own` goes before shipped ones.
    """

    id: str
    move: str
    severity: int
    patterns: tuple[str, ...]
    unless: tuple[str, ...]
    why: Text
    instead: tuple[Text, ...]
    source: str
    hits: tuple[str, ...]
    misses: tuple[str, ...]
    after: tuple[str, ...] = ()
    own: bool = field(default=False, compare=False)

    @property
    def costs(self) -> bool:
        """Whether the move costs; else it helps."""
        return self.move in COSTS


class Phrasebook:
    """The rules of one language, in the order of their files.

    `lists` are the named lists by name; `example` is the call in which the rules' `hits` and `misses` are read.
    `ear`, if there is one, listens to whole sentences; it does not doubt the rules in `own`. Building it costs
    little: patterns are laid out when their words turn up.
    """

    def __init__(
        self,
        language: str,
        rules: Mapping[str, Rule],
        lists: Mapping[str, tuple[str, ...]],
        example: Hearing,
        ear: Ear | None = None,
        own: Collection[str] = (),
    ) -> None:
        self.language = language
        self.rules = rules
        self.lists = lists
        self.example = example
        self.ear = ear
        self.own = frozenset(own)
        self.tongue = TONGUES[language]
        self._ids = tuple(rules)
        self._fetched: dict[int, Rule] = {}
        self._lexicons: dict[Hearing, Lexicon] = {}
        self._last: tuple[Hearing, Lexicon] | None = None
        self._kept: tuple[Compiled, Bulk] | None = None

    def keep(self, kept: Compiled, bulk: Bulk) -> None:
        """Take the patterns from what was made of them before. For a book that has not been read with."""
        self._kept = kept, bulk

    @cached_property
    def in_order(self) -> tuple[Rule, ...]:
        """All rules, each at its number."""
        return tuple(self.rules.values())

    def rule(self, number: int) -> Rule:
        """One rule by its number; of what is kept, no other is fetched."""
        found = self._fetched.get(number)
        if found is None:
            found = self._fetched[number] = self.rules[self._ids[number]]
        return found

    @cached_property
    def naming(self) -> Rule | None:
        """The rule for a name that only its place tells."""
        if self._kept is not None:
            number = self._kept[0].naming
            return self.rule(number) if number >= 0 else None
        return next((rule for rule in self.in_order if rule.move == NAMING), None)

    @cached_property
    def matcher(self) -> Finder:
        """What finds the patterns."""
        if self._kept is not None:
            return KeptFinder(*self._kept, self.tongue)
        from callcalm.coach.matcher import Matcher  # noqa: PLC0415 - what is kept needs no reading

        patterns = [rule.patterns for rule in self.in_order]
        contexts = [rule.unless for rule in self.in_order]
        always = [self.always_not(rule) for rule in self.in_order]
        return Matcher(patterns, contexts, self.lists, self.tongue, always)

    @cached_property
    def listener(self) -> Listener | None:
        """What listens to whole sentences; None where there is no ear."""
        if self.ear is None:
            return None
        from callcalm.coach.listening import MURMURS, Listener  # noqa: PLC0415 - it knows of spots, and they of rules

        lines = self.lists.get(MURMURS, ())
        murmurs = [word for line in lines for raw in line.split() for word in folded(raw, self.tongue)]
        return Listener(self.ear, self.matcher.lexicon.layouts, self.rules, self.own, murmurs)

    def always_not(self, rule: Rule) -> tuple[str, ...]:
        """The lists of contexts that hold for a rule unnamed: for all of its kind, and of its move."""
        names = (ALWAYS_NOT[rule.costs], "not-" + rule.move.replace(".", "-"))
        return tuple(name for name in names if name in self.lists)

    def lexicon(self, hearing: Hearing) -> Lexicon:
        """The words as this call makes them: the caller's name and facts are known."""
        if self._last is not None and hearing is self._last[0]:
            return self._last[1]
        found = self._lexicon(hearing) if hearing.speaks else self.matcher.lexicon
        self._last = hearing, found
        return found

    def _lexicon(self, hearing: Hearing) -> Lexicon:
        found = self._lexicons.get(hearing)
        if found is None:
            if len(self._lexicons) >= _HEARINGS:
                self._lexicons.clear()
            feelings = self.matcher.feelings
            extra = Recogniser(hearing, self.tongue, feelings.__contains__)
            found = self._lexicons[hearing] = self.matcher.lexicon_with(extra)
        return found
