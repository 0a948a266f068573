"""What a browser's terminal sends."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from callcalm.room.learner_frames import (
    MOST_HEIGHT,
    MOST_WIDTH,
    Focus,
    Ping,
    Resized,
    Typed,
    read_frame,
    size_asked,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.text())
def test_any_text_is_a_frame_or_none(text: str) -> None:
    assert read_frame(text) is None or text.strip().startswith("[")


@given(st.sampled_from(["stdin", "resize", "ping", "focus", "blur", "quit"]), st.lists(JSON, max_size=3))
def test_whatever_comes_with_a_known_word_is_bounded(word: str, rest: list[object]) -> None:
    match read_frame(json.dumps([word, *rest])):
        case Typed(data):
            assert word == "stdin"
            assert isinstance(data, bytes)
        case Resized(width, height):
            assert 1 <= width <= MOST_WIDTH
            assert 1 <= height <= MOST_HEIGHT
        case Ping(words):
            assert len(words) <= 40
        case Focus(here):
            assert here is (word == "focus")
            assert rest == []


@given(st.integers(), st.integers())
def test_a_size_is_bounded_or_none(width: int, height: int) -> None:
    frame = read_frame(json.dumps(["resize", {"width": width, "height": height}]))
    if width < 1 or height < 1:
        assert frame is None
    else:
        assert frame == Resized(min(width, MOST_WIDTH), min(height, MOST_HEIGHT))


@given(st.text(max_size=6), st.text(max_size=6))
def test_a_size_that_is_asked_for_is_bounded_or_none(width: str, height: str) -> None:
    asked = size_asked({"width": width, "height": height})
    assert asked is None or (1 <= asked.width <= MOST_WIDTH and 1 <= asked.height <= MOST_HEIGHT)


def test_the_usual_size() -> None:
    assert size_asked({"width": "80", "height": "24"}) == Resized(80, 24)
