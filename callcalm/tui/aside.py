"""Long work in a thread that nobody waits for once the app has ended. What must not be here: what the work is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from threading import Thread
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Made = TypeVar("Made")


async def aside(work: Callable[Given, Made], *args: Given.args, **named: Given.kwargs) -> Made:
    """What the work gives, or raises. It must write nothing that may not stay half written.

    A thread of the loop's own pool would be waited for at the end, and its work cannot be interrupted: whoever
    leaves while a large file is read would look at an empty terminal for seconds.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Made] = loop.create_future()

    def run() -> None:
        try:
            tell = partial(done.set_result, work(*args, **named))
        except BaseException as failed:  # noqa: BLE001 - told to whoever waits for the work
            tell = partial(done.set_exception, _can_be_told(failed))
        try:
            loop.call_soon_threadsafe(lambda: None if done.done() else tell())
        except RuntimeError:
            return  # the loop is closed: nobody waits any more

    Thread(target=run, name=getattr(work, "__name__", "aside"), daemon=True).start()
    return await done


def _can_be_told(failed: BaseException) -> BaseException:
    """What a future takes: not a StopIteration, which would end whoever waits as if that were its own end."""
    if not isinstance(failed, StopIteration):
        return failed
    told = RuntimeError("the work raised StopIteration")
    told.__cause__ = failed
    return told
