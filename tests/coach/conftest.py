from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture
def given_back() -> Iterator[None]:
    """A whole phrasebook that has read all its examples is large and full of cycles: let it go at once."""
    yield
    gc.collect()
