from __future__ import annotations

from collections.abc import Iterator

import pytest

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
def no_colour_wish(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have NO_COLOR set."""
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def small_books(monkeypatch: pytest.MonkeyPatch) -> None:
    """The field guide shows the rules of small phrasebooks."""
    monkeypatch.setattr(fieldguide, "Books", SmallBooks)
