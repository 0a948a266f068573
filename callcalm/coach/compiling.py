"""A phrasebook into the plain data that is kept between starts (see `compiled`). Finding is not for here."""

from __future__ import annotations

import marshal
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import chain

from callcalm.coach.book import NAMING, Phrasebook
from callcalm.coach.compiled import MANY_FOLLOW, NONE_FOLLOWS, Compiled, KeptContexts, Tables
from callcalm.coach.finding import FEELING
from callcalm.coach.layout import Next
from callcalm.coach.lists import Lists
from callcalm.coach.pattern import context, phrase
from callcalm.coach.pieces import Pile
from callcalm.coach.program import Pool
from callcalm.coach.slips import by_edges
from callcalm.coach.trees import Context, PatternError, backwards, has_gap
from callcalm.coach.triggers import all_words
from callcalm.coach.trouble import LISTS
from callcalm.language import _, grouped


def compiled(book: Phrasebook, pile: Pile) -> Compiled:
    """The rules of a phrasebook, laid out; most of it is put on the pile. Raises `PatternError`."""
    rules, tongue = book.in_order, book.tongue
    named = Lists(book.lists, tongue)
    pool = Pool()
    anywhere: list[int] = []
    starting: list[int] = []
    owner, lengths, turned = array("H"), array("H"), array("I")
    number = 0
    for index, rule in enumerate(rules):
        for source in rule.patterns:
            read = phrase(source, tongue, named.named)
            made = pool.add(read.node, number)
            (starting if read.at_start else anywhere).extend(made.first)
            owner.append(index)
            lengths.append(made.least if made.least == made.most else 0)
            root = pool.root(pool.add(backwards(read.node), number).first)
            turned.append(root * 2 + has_gap(read.node))
            number += 1
    own = [
        _laid(pool, [context(line, tongue, named.named) for line in named.contexts(rule.unless)]) for rule in rules
    ]
    always = [book.always_not(rule) for rule in rules]
    shared = {
        name: _laid(pool, [context(line, tongue, named.named) for line in book.lists[name]])
        for name in sorted({name for names in always for name in names})
    }
    for name in LISTS:
        if name in book.lists:
            shared[name] = _laid(pool, [context(f"<{name}>", tongue, named.named)])
    lines = [line for rule in rules for line in (*rule.patterns, *rule.unless)]
    words, stems = all_words([*lines, *(line for found in book.lists.values() for line in found)], tongue)
    known = {*words, *tongue.titles, "?", "!"}
    listed = named.words()
    terms = {term for terms in pool.labels for term in terms}
    return Compiled(
        pile.put_in_drawers({word: _labels(pool, word) for word in known | terms}),
        tuple(sorted(stems)),
        pile.put_in_drawers(_packed(listed)),
        tuple(sorted(word for word, names in listed.items() if FEELING in names)),
        pile.put_in_drawers(_packed(by_edges((*sorted(known), *listed)))),
        pile.put_in_drawers(_begun(pool, anywhere)),
        pile.put_in_drawers(_begun(pool, starting)),
        pile.put(owner.tobytes()),
        pile.put(lengths.tobytes()),
        pile.put(turned.tobytes()),
        tuple(own),
        shared,
        tuple(always),
        next((number for number, rule in enumerate(rules) if rule.move == NAMING), -1),
        _tables(pool, pile),
    )


def _packed(things: Mapping[str, Sequence[str]]) -> dict[str, bytes]:
    return {name: marshal.dumps(tuple(thing)) for name, thing in things.items()}


def _labels(pool: Pool, term: str) -> bytes:
    return array("H", sorted(pool.fitting((term,)))).tobytes()


def _begun(pool: Pool, firsts: Sequence[int]) -> dict[str, bytes]:
    """What a word begins, by each of its terms."""
    by_term: dict[str, list[int]] = {}
    terms = list(pool.labels)
    for first in firsts:
        for term in terms[pool.label[first]]:
            by_term.setdefault(term, []).append(first)
    found = {}
    for term, positions in by_term.items():
        hits = {pool.ends[position] for position in positions} - {-1}
        nexts = sorted({each for position in positions for each in pool.follow[position]})
        labels = sorted({label for label, _ in nexts})
        starts = [bisect_left(nexts, (label, 0)) for label in labels]
        numbers = (len(hits), len(labels), *sorted(hits), *labels, *starts, len(nexts), *[at for _, at in nexts])
        found[term] = array("I", numbers).tobytes()
    return found


def _laid(pool: Pool, contexts: Sequence[Context]) -> KeptContexts:
    """Contexts, laid out."""
    before: list[int] = []
    after: list[int] = []
    around: list[tuple[int, int]] = []
    near: dict[bool, list[int]] = {False: [], True: []}
    for each in contexts:
        left = None if each.before is None else pool.add(backwards(each.before), 0).first
        right = None if each.after is None else pool.add(each.after, 0).first
        if each.near is not None:
            near[each.near.at_start].extend(pool.add(each.near.node, 0).first)
        elif left is not None and right is not None:
            around.append((pool.root(left), pool.root(right)))
        else:
            before.extend(left or ())
            after.extend(right or ())
    roots = [pool.root(firsts) if firsts else -1 for firsts in (before, after, near[False], near[True])]
    return roots[0], roots[1], tuple(around), roots[2], roots[3]


def _tables(pool: Pool, pile: Pile) -> Tables:
    """The positions of a pool, put on the pile; the same sequence of many next ones is written once."""
    if len(pool.labels) >= NONE_FOLLOWS:
        message = _("the phrasebook asks for more than {most} different words")
        raise PatternError(message.format(most=grouped(NONE_FOLLOWS)), 0, 1)
    places: dict[tuple[Next, ...], int] = {}
    label, after, more = array("H"), array("I"), array("I")
    for follow in pool.follow:
        key = tuple(follow)
        if len(key) > 1 and key not in places:
            places[key] = len(more)
            more.append(2 * len(key))
            more.extend(chain.from_iterable(key))
        label.append(MANY_FOLLOW if len(key) > 1 else key[0][0] if key else NONE_FOLLOWS)
        after.append(places[key] if len(key) > 1 else key[0][1] if key else 0)
    ends, gap = array("i", pool.ends), array("B", pool.gap)
    a, b, c, d, e = (pile.put(numbers.tobytes()) for numbers in (label, after, more, ends, gap))
    return a, b, c, d, e
