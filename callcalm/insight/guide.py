"""The field guide: a page for every move and every rule, the same for every front end.

Plain strings without markup. What must not be here: layout, and anything a round tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from callcalm.coach import Phrasebook, Rule
from callcalm.content.worked_calls import worked_calls
from callcalm.core.moves import Effect, Move, Registry
from callcalm.core.playbook import Playbook, contested
from callcalm.core.text import Text, safe
from callcalm.core.worked import Worked
from callcalm.insight.wording import factor_name, signed, stance_word
from callcalm.intake import nearest, shown
from callcalm.language import _

MOST_EXAMPLES = 3
"""Most bad and most good examples on one page."""


class UnknownPage(LookupError):
    """There is no move and no rule of that name. `str()` says so, with the one that was likely meant."""

    def __init__(self, name: str, near: str | None) -> None:
        self.near = near
        message = _("There is no move or rule “{name}”.").format(name=shown(name))
        if near is not None:
            message += " " + _("Did you mean “{word}”?").format(word=near)
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class View:
    """How one school takes the move; `why` is empty where it says nothing of its own."""

    school: str
    stance: str
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the guide.

    `key` is the id, `is_rule` whether it is that of a rule, and `move` the id of the move it is about. `worth` is
    what it does to composure and PRICE. `bad` and `good` are words to avoid and to use, `near` are words that
    look like it and are not. `sources` are ids with what they stand for. `patterns` are a rule's own; `by_ear`
    says that it has none and stands for sentences as a whole. `rules` are the ids of a move's rules; `worked` is
    the worked call of a move, if there is one.
    """

    key: str
    is_rule: bool
    move: str
    name: str
    effect: str
    worth: str
    why: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    near: tuple[str, ...]
    if_then: str
    sources: tuple[tuple[str, str], ...]
    views: tuple[View, ...]
    contested: bool
    rules: tuple[str, ...]
    patterns: tuple[str, ...] = ()
    by_ear: bool = False
    worked: Worked | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The moves of one effect, as ``(id, name)``."""

    title: str
    moves: tuple[tuple[str, str], ...]


class Guide:
    """The pages in the language of `book`, with the rules that it holds."""

    def __init__(self, registry: Registry, playbooks: Iterable[Playbook], book: Phrasebook) -> None:
        self._registry = registry
        self._playbooks = tuple(playbooks)
        self._book = book
        self.language = book.language

    @cached_property
    def worked(self) -> Mapping[str, Worked]:
        """The worked calls in the language of the guide, by move."""
        return worked_calls(self.language, self._registry)

    def shelves(self) -> tuple[Shelf, ...]:
        """Every move, by what it does."""
        titles = {
            Effect.COSTS: _("What costs"),
            Effect.HELPS: _("What helps"),
            Effect.NEUTRAL: _("What does neither"),
        }
        shelves = (
            Shelf(
                title,
                tuple((m.id, self._say(m.name)) for m in self._registry.moves.values() if m.effect is effect),
            )
            for effect, title in titles.items()
        )
        return tuple(shelf for shelf in shelves if shelf.moves)

    def pages(self, name: str) -> tuple[Page, ...]:
        """The page of a move or of a rule; both, where a rule is called as a move is. Raises `UnknownPage`."""
        found = []
        if name in self._registry.moves:
            found.append(self._move(self._registry.moves[name]))
        if name in self._book.rules:
            found.append(self._rule(self._book.rules[name]))
        if not found:
            raise UnknownPage(name, nearest(name, [*self._registry.moves, *self._book.rules]))
        return tuple(found)

    def rules(self, move: str) -> tuple[Page, ...]:
        """The pages of the rules that find a move."""
        return tuple(self._rule(rule) for rule in self._rules(move))

    def heard(self, move: str) -> tuple[Text, ...]:
        """Every example of words in which the rules find a move."""
        return tuple(safe(hit, multiline=False) for rule in self._rules(move) for hit in rule.hits)

    def _rules(self, move: str) -> list[Rule]:
        return [rule for rule in self._book.rules.values() if rule.move == move]

    def _move(self, move: Move) -> Page:
        rules = self._rules(move.id)
        # What a wording shows is told first: of a sentence as a whole the reader would have to guess it.
        shown = sorted(rules, key=lambda rule: not rule.patterns)[:MOST_EXAMPLES]
        heard = _firsts(rule.hits for rule in shown)
        model = move.instead if move.effect is Effect.COSTS else move.example
        good = (self._say(model),) if model else ()
        costs = move.effect is Effect.COSTS
        return self._page(
            move,
            key=move.id,
            why=self._say(move.why),
            bad=heard if costs else (),
            good=good if costs else tuple(dict.fromkeys((*good, *heard))),
            near=_firsts(rule.misses for rule in shown),
            sources=move.sources,
            rules=tuple(rule.id for rule in rules),
            worked=self.worked.get(move.id),
        )

    def _rule(self, rule: Rule) -> Page:
        move = self._registry.moves[rule.move]
        hits = tuple(safe(hit, multiline=False) for hit in rule.hits[:MOST_EXAMPLES])
        return self._page(
            move,
            key=rule.id,
            is_rule=True,
            why=rule.why,
            bad=hits if rule.costs else (),
            good=rule.instead if rule.costs else hits,
            near=tuple(safe(miss, multiline=False) for miss in rule.misses[:MOST_EXAMPLES]),
            sources=_sources(rule.source),
            patterns=self._patterns(rule),
            by_ear=not rule.patterns,
        )

    def _patterns(self, rule: Rule) -> tuple[Text, ...]:
        found = tuple(safe(pattern, multiline=False) for pattern in rule.patterns)
        if not rule.after:
            return found
        names = ", ".join(self._say(self._registry.moves[move].name) for move in rule.after)
        return (*found, safe(_("only right after a sentence that does one of these: {moves}").format(moves=names)))

    def _page(
        self,
        move: Move,
        *,
        key: str,
        why: str,
        bad: tuple[str, ...],
        good: tuple[str, ...],
        near: tuple[str, ...],
        sources: tuple[str, ...],
        rules: tuple[str, ...] = (),
        patterns: tuple[str, ...] = (),
        is_rule: bool = False,
        by_ear: bool = False,
        worked: Worked | None = None,
    ) -> Page:
        name = self._say(move.name)
        return Page(
            key=key,
            is_rule=is_rule,
            move=move.id,
            name=name,
            effect=effect_word(move.effect),
            worth=_worth(move),
            why=why,
            bad=bad,
            good=good,
            near=near,
            if_then=worked.rule if worked else _if_then(move, name, bad, good),
            sources=tuple((source, source_name(source)) for source in sources),
            views=tuple(self._view(book, move.id) for book in self._playbooks),
            contested=contested(move.id, self._playbooks),
            rules=rules,
            patterns=patterns,
            by_ear=by_ear,
            worked=worked,
        )

    def _view(self, book: Playbook, move: str) -> View:
        position = book.position(move)
        own = position.said_by == book.id
        why = self._say(position.why) if own and position.why else ""
        return View(self._say(book.name), stance_word(position.stance), why, position.source or "" if own else "")

    def _say(self, words: Mapping[str, Text]) -> Text:
        return words.get(self.language) or next(iter(words.values()))


def effect_word(effect: Effect) -> str:
    """Whether a move helps, costs, or does neither, in words."""
    return {Effect.HELPS: _("helps"), Effect.COSTS: _("costs"), Effect.NEUTRAL: _("neither helps nor costs")}[
        effect
    ]


def _firsts(examples: Iterable[Sequence[str]]) -> tuple[Text, ...]:
    """The first example of each rule, each once: rules may share one."""
    return tuple(dict.fromkeys(safe(those[0], multiline=False) for those in examples if those))


def _sources(told: str) -> tuple[str, ...]:
    """What a rule names as its sources; a firm's own may be of several words.

    >>> _sources("S0-q S2-6, house rules; S1-5")
    ('S0-q', 'S2-6', 'house rules', 'S1-5')
    """
    return tuple(part.strip() for part in re.split(r"[,;]|\s(?=S\d-)", told) if part.strip())


def source_name(source: str) -> str:
    """What a source id such as ``S0-q`` stands for; empty for one of a firm's own."""
    return {
        "S0": _("Difficult Conversations, the six-step rescue approach"),
        "S1": _("the CHAMPS questions and answers"),
        "S2": _("the Callmed twelve tips"),
        "S3": _("the CMS slides on PRICE"),
    }.get(source.partition("-")[0], "")


def _worth(move: Move) -> str:
    parts = [_("composure {points}").format(points=signed(move.weight))]
    parts += [f"{factor_name(factor)} {signed(points)}" for factor, points in move.price.items() if points]
    return ", ".join(parts)


def _if_then(move: Move, name: str, bad: tuple[str, ...], good: tuple[str, ...]) -> str:
    """The page as a resolution: first learnings stick best as an if and a then."""
    if not good:
        return ""
    if move.effect is not Effect.COSTS:
        return _("If I hear myself leave out {name}, then I say: “{good}”").format(name=name, good=good[0])
    if not bad:
        return _("If I notice {name}, then I say: “{good}”").format(name=name, good=good[0])
    return _("If I hear myself say “{bad}”, then I stop and say: “{good}”").format(bad=bad[0], good=good[0])
