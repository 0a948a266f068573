"""Textual's driver for a browser, as `callcalm serve` uses it: it ends with its server, and hands out no files.

What must not be here: the server (`room`), and what the screens show.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO, Literal, TextIO

from textual.drivers.web_driver import WebDriver


class ServedDriver(WebDriver):
    """Screens in a browser. When the server asks to, or is gone, the app leaves as if the learner had quit."""

    def run_input_thread(self) -> None:
        """Take what comes in; its end is the end of the session, however the server ended."""
        super().run_input_thread()
        self._leave()

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """What the server says; to quit is to leave well, with the last half line saved."""
        if packet_type == "quit":
            self._leave()
        elif packet_type in {"resize", "focus", "blur", "exit"}:
            super().on_meta(packet_type, payload)

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Nothing: the screens lead nowhere else."""

    def deliver_binary(
        self,
        binary: BinaryIO | TextIO,
        *,
        delivery_key: str,  # noqa: ARG002 - Textual's signature
        save_path: Path,  # noqa: ARG002
        open_method: Literal["browser", "download"] = "download",  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
        mime_type: str | None = None,  # noqa: ARG002
        name: str | None = None,  # noqa: ARG002
    ) -> None:
        """Nothing: no file of this machine is handed to a browser."""
        binary.close()

    def _leave(self) -> None:
        app: Any = self._app
        # From another thread, so by a message; what must not be lost is saved by the app's own way to quit.
        app.call_later(app.run_action, "leave")
