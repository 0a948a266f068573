"""A real browser for tests: the system's own Chromium, driven without a window; nothing is downloaded.

Where there is none, tests say so and are skipped; in CI (`CI` is set) they fail, for there it is installed.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import axe_core_python
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

T = TypeVar("T")

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text("utf-8")
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
CONTRAST = {"type": "rule", "values": ["color-contrast"]}


def executable() -> str:
    """The browser's program; skips the test, or fails it in CI, where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        why = f"NO BROWSER: none of {', '.join(NAMES)} is on PATH, so the voting page is not tested"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    return found


def violations(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    """What axe-core finds against WCAG 2.1 A and AA, or against fewer rules, on the page as it is."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", rules)
    assert found["passes"], "axe looked at nothing"
    return [
        f"{one['id']}: {one['help']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]
    ]


class Loop:
    """An event loop in a thread of its own: the browser's driver keeps this one busy."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What the coroutine gives."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(20)

    def call(self, work: Callable[[], T]) -> T:
        """What the function gives, called in the loop."""

        async def called() -> T:
            return work()

        return self.run(called())

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()


def launched() -> tuple[Any, Browser]:
    """The driver and the browser; both are to be closed."""
    program = executable()
    driver = sync_playwright().start()
    # Chromium's sandbox wants a user of its own, which root is not; pages here are ours.
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    return driver, driver.chromium.launch(executable_path=program, args=args)
