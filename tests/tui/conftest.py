from __future__ import annotations

from collections.abc import Iterator

import pytest

from callcalm.content import campaigns, drill_heads, worked_calls
from callcalm.language import use
from callcalm.practice import fieldguide
from tests.tui.harness import SmallBooks


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A test may change the language of the interface; the next one starts in English."""
    use("en")
    yield
    use("en")


@pytest.fixture(autouse=True)
def one_wait_for_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever presses keys looks once they are dealt with (`looked`); waiting before that too is time lost."""

    async def at_once(*_: float) -> None:
        return

    monkeypatch.setattr("textual.app.wait_for_idle", at_once)


@pytest.fixture(autouse=True)
def no_colour_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have NO_COLOR set."""
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def nothing_shipped(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Home lists the drills and campaigns of a test, and no others; nor is a shipped worked call offered."""
    nowhere = tmp_path_factory.getbasetemp() / "nothing"
    monkeypatch.setattr(drill_heads, "SHIPPED", nowhere)
    monkeypatch.setattr(campaigns, "SHIPPED", nowhere)
    monkeypatch.setattr(worked_calls, "FOLDER", nowhere)


@pytest.fixture
def small_books(monkeypatch: pytest.MonkeyPatch) -> None:
    """The field guide shows the rules of small phrasebooks."""
    monkeypatch.setattr(fieldguide, "Books", SmallBooks)
