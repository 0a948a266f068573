"""A drill as it is lived: item after item, judged at once, kept in the player's log when it is done or left.

What must not be here: how items are shown, and what is right (see `core.drill`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from callcalm import __version__
from callcalm.content.drills import Drills
from callcalm.core import drill as judge
from callcalm.core.call import LONGEST_ANSWER
from callcalm.core.drill import Drill, Item, ItemKind, Verdict
from callcalm.core.moves import Finding
from callcalm.core.text import Text, safe
from callcalm.practice.ears import Ears
from callcalm.practice.shelves import KIND, drill_folders, drill_key
from callcalm.storage import records
from callcalm.storage.store import Store
from callcalm.storage.trouble import CannotSave

if TYPE_CHECKING:
    from callcalm.practice.desk import Desk


class Drilling:
    """One round of a drill.

    `item` is the task at hand, `verdict` what became of its answer, None before it is given.
    `results` has for each answered item, by its number as written, whether it was right. `trouble` is why the last
    save failed, None when it worked.
    """

    def __init__(self, drill: Drill, seed: int, store: Store, ears: Ears, now: Callable[[], datetime]) -> None:
        self.drill = drill
        self.seed = seed
        self.results: dict[int, bool] = {}
        self.verdict: Verdict | None = None
        self.findings: tuple[Finding, ...] = ()
        self.trouble: CannotSave | None = None
        self._order = judge.order_of(drill, seed)
        self._place = 0
        self._store = store
        self._ears = ears
        self._now = now
        self._started = now()
        self._id = records.new_id(self._started)
        self._actions: list[records.ActionRecord] = []
        self._moves: list[records.MoveRecord] = []

    @property
    def over(self) -> bool:
        """Whether every item has been gone through."""
        return self._place >= len(self._order)

    @property
    def number(self) -> int:
        """Which item of this round it is, from 1."""
        return self._place + 1

    @property
    def item(self) -> Item:
        """The task at hand (IndexError once it is over)."""
        return self.drill.items[self._order[self._place]]

    @property
    def layout(self) -> tuple[int, ...]:
        """Options or parts of the task by index, in the order to show them."""
        return judge.laid_out(self.drill, self._order[self._place], self.seed)

    def choose(self, place: int) -> Verdict:
        """Answer with the option shown at `place` (from 0). Raises IndexError if there is none."""
        if place < 0:
            raise IndexError(place)
        index = self.layout[place]
        return self._judged(judge.choose(self.item, index), self.item.options[index].say)

    def arrange(self, places: Sequence[int]) -> Verdict:
        """Answer with the parts shown at these places (from 0). Raises ValueError as `core.drill.arrange` does."""
        layout = self.layout
        if not all(0 <= place < len(layout) for place in places):
            raise ValueError(f"the parts are 1 to {len(layout)}")
        picked = [layout[place] for place in places]
        verdict = judge.arrange(self.item, picked)
        shown = (*self.item.parts, *self.item.decoys)
        return self._judged(verdict, Text(" ".join(shown[index] for index in picked)))

    def spot(self, lines: Collection[int]) -> Verdict:
        """Answer with the lines that cost (from 0). Raises ValueError as `core.drill.spot` does."""
        return self._judged(judge.spot(self.item, lines), Text(", ".join(str(line + 1) for line in sorted(lines))))

    def say(self, words: str) -> Verdict:
        """Answer in own words, read by the coach. Raises ValueError for no words, or far too many."""
        text = Text(safe(words, multiline=False).strip())
        if not text or len(text) > LONGEST_ANSWER:
            raise ValueError(f"an answer has 1 to {LONGEST_ANSWER} characters")
        self.findings = self._ears.read_words(text)
        return self._judged(judge.say(self.item, self.findings, self._ears.registry), text)

    def give_up(self) -> None:
        """Ask for the key: the item counts as not right."""
        self._keep(False, Text(""))

    @property
    def key(self) -> str:
        """What the log calls it."""
        return drill_key(self.drill.id)

    @property
    def saved_in(self) -> Path | None:
        """The file that holds the player's rounds; None if no item was answered, and so nothing is to be kept."""
        return self._store.path if self.results else None

    def next(self) -> None:
        """Go on to the next item; after the last one the round is saved."""
        self.verdict, self.findings = None, ()
        self._place += 1
        if self.over:
            self.save()

    def save(self) -> None:
        """Add what was done to the log; nothing if no item was answered. `trouble` says when that fails."""
        if not self.results:
            return
        try:
            self._store.finish(self._record(), of_call=False)
        except CannotSave as trouble:
            self.trouble = trouble
        else:
            self.trouble = None

    def _judged(self, verdict: Verdict, words: Text) -> Verdict:
        """Only the first answer to an item counts; it may be tried again."""
        self.verdict = verdict
        if self._keep(verdict.right, words) and verdict.right:
            heard = self.item.kind is ItemKind.SAY
            moves = [move for move in self.drill.teaches if not heard or move in verdict.helped]
            self._moves += [records.MoveRecord(len(self.results), move) for move in moves]
        return verdict

    def _keep(self, right: bool, words: Text) -> bool:
        """Note the result of the item at hand, by its kind and number; False if it had one already."""
        index = self._order[self._place]
        if index in self.results:
            return False
        self.results[index] = right
        item = self.drill.items[index]
        self._actions.append(
            records.ActionRecord("right" if right else "wrong", f"{item.kind}/{index + 1}", words)
        )
        return True

    def _record(self) -> records.RoundRecord:
        drill = self.drill
        right = sum(self.results.values())
        return records.RoundRecord(
            id=self._id,
            scenario=self.key,
            started=self._started,
            finished=self._now(),
            title=drill.title,
            language=drill.language,
            seed=self.seed,
            kind=KIND,
            ending=f"{right}-of-{len(self.results)}",
            moves=tuple(self._moves),
            actions=tuple(self._actions),
            app=__version__,
        )


class Shelf:
    """The drills that a desk can open: the player's own folder, then those that ship."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @cached_property
    def drills(self) -> Drills:
        """Every drill there is, by id."""
        return Drills(drill_folders(self._desk), self._desk.registry)

    def begin(self, name: str, *, seed: int | None = None) -> Drilling:
        """Start a drill. The first round has the writer's order, each later one its own.

        Raises:
            UnknownDrill, BadFile: as `Drills.load` does.
        """
        desk = self._desk
        drill = self.drills.load(name)
        if seed is None:
            played = desk.store.summaries().get(drill_key(drill.id))
            seed = played.count if played else 0
        return Drilling(drill, seed, desk.store, Ears(drill.language, desk.registry, desk.phrases), desk.now)
