"""How fast callcalm starts and paints, and what it holds in memory, beside a Textual hello-world in the same run.

    python benchmarks/startup.py [RUNS]

Medians; the two of each pair take turns, so that a drifting machine drifts for both. Ratios count.
First paint is the first frame that holds the screen's own words; key to paint is from a key written to the
terminal to the first byte back.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path
from statistics import median

COLUMNS, ROWS = 100, 30
PATIENCE = 20.0

HELLO = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    BINDINGS = [("1", "grow", "Grow")]
    n = 0
    def compose(self):
        yield Static("Hello, world", id="hello")
    def action_grow(self):
        self.n += 1
        self.query_one("#hello", Static).update(f"Hello, world {self.n}")
Hello().run()
"""


def environment(saves: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(saves),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "CALLCALM_SAVES": str(saves),
    }


class Terminal:
    """A program in a terminal of its own."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        self.began = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execve(command[0], command, env)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.seen = b""

    def until(self, words: bytes) -> float:
        """Seconds from the start until the words are on the screen."""
        while words not in self.seen:
            if not select.select([self.fd], [], [], PATIENCE)[0]:
                raise SystemExit(f"{words!r} never came; the end of what did: {self.seen[-400:]!r}")
            self.seen += os.read(self.fd, 65536)
        return time.perf_counter() - self.began

    def quiet(self, seconds: float = 0.3) -> None:
        """Read until nothing more is painted."""
        while select.select([self.fd], [], [], seconds)[0]:
            self.seen += os.read(self.fd, 65536)

    def press(self, key: bytes) -> float:
        """Seconds from a key to the first byte painted after it."""
        self.quiet(0.1)
        began = time.perf_counter()
        os.write(self.fd, key)
        if not select.select([self.fd], [], [], PATIENCE)[0]:
            raise SystemExit(f"nothing was painted after {key!r}")
        taken = time.perf_counter() - began
        self.seen += os.read(self.fd, 65536)
        return taken

    def memory(self) -> float:
        """Resident memory in MB, where the system tells."""
        status = Path(f"/proc/{self.pid}/status")
        lines = status.read_text().splitlines() if status.exists() else []
        return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)

    def end(self) -> None:
        """Kill it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def painted(
    command: list[str], words: bytes, saves: Path, keys: list[bytes], after: bytes
) -> tuple[float, float, float]:
    """(first paint, median key to paint, memory) of one run.

    Enter leads to where `after` is shown; there `keys` are pressed in turn.
    """
    terminal = Terminal(command, environment(saves))
    first = terminal.until(words)
    terminal.quiet()
    held = terminal.memory()
    while after not in terminal.seen:
        terminal.press(b"\r")
        terminal.quiet()
    pressed = median(terminal.press(key) for key in keys * 10)
    terminal.end()
    return first, pressed, held


def whole(command: list[str], saves: Path, stdin: str = "") -> float:
    """Seconds for a whole process."""
    began = time.perf_counter()
    subprocess.run(command, input=stdin, capture_output=True, text=True, check=True, env=environment(saves))
    return time.perf_counter() - began


def first_line(command: list[str], saves: Path) -> float:
    """Seconds until the first line is written."""
    began = time.perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(saves)
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        taken = time.perf_counter() - began
        process.kill()
    return taken


def row(name: str, ours: list[float], theirs: list[float], goal: float, unit: float, label: str) -> None:
    mine, other = median(ours), median(theirs)
    ratio = mine / other
    verdict = "ok" if ratio <= goal else "OVER"
    print(
        f"{name:<34}{mine * unit:>9.1f}{other * unit:>11.1f} {label:<3}{ratio:>7.2f}x   goal {goal:g}x  {verdict}"
    )


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    callcalm = [sys.executable, "-m", "callcalm"]
    with tempfile.TemporaryDirectory() as folder:
        saves = Path(folder)
        hello = saves / "hello.py"
        hello.write_text(HELLO, encoding="utf-8")
        # Somebody has been here before: home is what opens, and not the pages of a first run.
        (saves / "somebody.toml").write_text("", encoding="utf-8")
        whole([*callcalm, "--version"], saves)
        pairs: dict[str, tuple[list[float], list[float]]] = {}

        def add(name: str, ours: float, theirs: float) -> None:
            pairs.setdefault(name, ([], []))[0].append(ours)
            pairs[name][1].append(theirs)

        for run in range(runs + 1):
            theirs = painted([sys.executable, str(hello)], b"Hello, world", saves, [b"1"], b"Hello")
            home = Terminal(callcalm, environment(saves))
            first = home.until(b"callcalm")
            home.quiet()
            held = home.memory()
            home.end()
            fresh = saves / f"run{run}"
            fresh.mkdir()
            call = painted(
                [*callcalm, "play", "lost-referral"], b"Brandt", fresh, [b"\x1b[B", b"\x1b[A"], b"omposure"
            )
            version = whole([*callcalm, "--version"], saves)
            bare = whole([sys.executable, "-c", "pass"], saves)
            plain = first_line([*callcalm, "play", "lost-referral", "--plain"], saves)
            if run:  # the first of each is a warm-up
                add("first paint", first, theirs[0])
                add("key to paint, call screen", call[1], theirs[1])
                add("resident memory, home", held, theirs[2])
                add("resident memory, call", call[2], theirs[2])
                add("--version against bare Python", version, bare)
                add("play --plain to its first line", plain, bare)
    print(f"medians of {runs}; ours, reference, ratio")
    goals = {"first": 1.25, "key": 1.5, "resident": 1.5, "--version": 3, "play": 10}
    for name, (ours, other) in pairs.items():
        memory = name.startswith("resident")
        row(name, ours, other, goals[name.split()[0]], 1 if memory else 1000, "MB" if memory else "ms")


if __name__ == "__main__":
    main()
