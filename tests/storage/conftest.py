"""Shared by the tests of saves: a clock that stands still, and rounds and calls to save."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from callcalm.core.price import PriceSheet
from callcalm.core.text import Text
from callcalm.storage.records import (
    ActionRecord,
    CallRecord,
    FindingRecord,
    MoveRecord,
    PromiseRecord,
    RoundRecord,
)
from callcalm.storage.store import Store

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Callable[[], datetime]:
    return lambda: NOON


@pytest.fixture
def make_round() -> Callable[..., RoundRecord]:
    """Rounds by number: all keys filled, and text that tries to look like the start of another round."""

    def make(number: int, **changes: object) -> RoundRecord:
        values: dict[str, object] = {
            "id": f"20261121T1200{number:02d}Z-{number:08x}",
            "scenario": f"scenario-{number % 3}",
            "started": NOON,
            "finished": NOON,
            "title": Text('Third "time"'),
            "kind": "resolved",
            "ending": "settled",
            "composure": (70, 62, 71),
            "own": PriceSheet(False, fair=10, respect=-3),
            "reference": PriceSheet(True, effort=5),
            "transfer": Text("I will breathe first."),
            "facts": (Text("scan on 14 October"),),
            "promises": (PromiseRecord(Text("call back"), Text("16:00"), False, "back-by-four", 2),),
            "moves": (MoveRecord(1, "blame.why-you", Text("Why did you")),),
            "notes": (Text("a\n[[rounds]]\nb"), Text('é 🙂 \\ """')),
            "actions": (
                ActionRecord("listen"),
                ActionRecord("choose", "opening/2", Text("Thank you.")),
                ActionRecord(
                    "say", "", Text("Why did you wait?"), findings=(FindingRecord("en.why", "blame", 0, 11),)
                ),
                ActionRecord("compose", parts=(2, 0)),
            ),
            "app": "0.1.0",
            "seed": number,
        }
        return RoundRecord(**(values | changes))  # type: ignore[arg-type]

    return make


@pytest.fixture
def make_call() -> Callable[..., CallRecord]:
    def make(number: int = 1, **changes: object) -> CallRecord:
        values: dict[str, object] = {
            "id": f"20261121T1200{number:02d}Z-{number:08x}",
            "scenario": "scenario-1",
            "started": NOON,
            "saved": NOON,
            "actions": (ActionRecord("choose", "opening/2", Text("Thank you.")),),
            "own": PriceSheet(None, respect=2),
        }
        return CallRecord(**(values | changes))  # type: ignore[arg-type]

    return make


@pytest.fixture
def opened(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Callable[..., Store]]:
    """Opens stores, and closes them in the end."""
    stores: list[Store] = []

    def open_store(player: str = "me", folder: Path = tmp_path / "saves") -> Store:
        stores.append(Store.open(player, folder, clock))
        return stores[-1]

    yield open_store
    for store in stores:
        store.close()


class Faults:
    """Makes the N-th call of the system fail, counting from 1, and remembers whether that call ever came."""

    CALLS = ("open", "write", "fsync", "ftruncate", "replace", "rename", "unlink", "mkdir")

    def __init__(self) -> None:
        self.struck = ""

    @contextmanager
    def at(self, number: int, code: int, *, short: bool = False) -> Iterator[None]:
        """Within, call number `number` fails with errno `code`.

        With `short`, if that call is a write it does half of its work, and all writes and syncs after it fail.
        """
        count = 0
        self.struck = ""
        patch = pytest.MonkeyPatch()

        def wrap(name: str) -> None:
            real = getattr(os, name)

            def call(*args: object, **named: object) -> object:
                nonlocal count
                count += 1
                if count < number or (count > number and not short):
                    return real(*args, **named)
                self.struck = self.struck or name
                if short and name == "write" and count == number:
                    handle, data = args
                    return real(handle, bytes(data)[: len(data) // 2])  # type: ignore[call-overload, arg-type]
                if short and name not in {"write", "fsync"}:
                    return real(*args, **named)
                raise OSError(code, os.strerror(code))

            patch.setattr(os, name, call)

        for name in self.CALLS:
            wrap(name)
        try:
            yield
        finally:
            patch.undo()


@pytest.fixture
def faults() -> Faults:
    return Faults()
