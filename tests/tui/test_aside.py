"""Work in a thread of its own: it is told of as any other, and nobody waits for it at the end."""

from __future__ import annotations

import asyncio
from threading import Event

import pytest

from callcalm.tui.aside import aside


def test_what_it_gives_comes_back() -> None:
    assert asyncio.run(aside(divmod, 7, 2)) == (3, 1)


def test_what_it_raises_is_raised_where_it_is_waited_for() -> None:
    with pytest.raises(ZeroDivisionError):
        asyncio.run(aside(divmod, 7, 0))


def test_an_iterator_that_ended_is_told_and_hangs_nobody() -> None:
    with pytest.raises(RuntimeError, match="StopIteration") as told:
        asyncio.run(aside(next, iter(())))
    assert isinstance(told.value.__cause__, StopIteration)


def test_nobody_waits_for_it_once_the_loop_has_ended() -> None:
    began, may_end, ended = Event(), Event(), Event()

    def work() -> None:
        began.set()
        may_end.wait()
        ended.set()

    async def leave() -> None:
        waiting = asyncio.create_task(aside(work))
        await asyncio.to_thread(began.wait)
        waiting.cancel()

    asyncio.run(leave())
    assert not ended.is_set()
    may_end.set()
    ended.wait()  # with nobody left to tell it ends as well


def test_it_may_end_when_nobody_waits_for_it_any_more() -> None:
    may_end, ended = Event(), Event()

    async def give_up() -> None:
        waiting = asyncio.create_task(aside(lambda: (may_end.wait(), ended.set())))
        await asyncio.sleep(0)
        waiting.cancel()
        may_end.set()
        await asyncio.to_thread(ended.wait)
        await asyncio.sleep(0)

    asyncio.run(give_up())
