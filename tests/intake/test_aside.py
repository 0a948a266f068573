"""Work done aside comes to the same as work done here, whatever becomes of the process that does it.

Each case runs in a Python of its own: whoever tests has threads, and a process with threads is never split.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from callcalm.intake import aside as module

ROOT = Path(__file__).resolve().parents[2]
SPLIT = hasattr(os, "sched_getaffinity")

BEFORE = """
import os, sys, threading
from functools import partial
from callcalm.intake import aside as module
module.hands = lambda: 2
here = os.getpid()
"""


def told(code: str) -> list[str]:
    """What a Python that may split prints, in words."""
    done = subprocess.run(
        [sys.executable, "-c", BEFORE + code], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout.split()


splits = pytest.mark.skipif(not SPLIT, reason="processes are not split on this system")


@splits
def test_the_work_is_done_by_another_process_which_changes_nothing_here() -> None:
    code = """
held = [1, 2]
def work():
    held.append(3)
    return (os.getpid(), held)
result = module.aside(work)
process, found = result()
print(process != here, found == [1, 2, 3], held == [1, 2])
"""
    assert told(code) == ["True", "True", "True"]


@splits
def test_several_are_done_and_each_result_is_its_own() -> None:
    code = """
results = [module.aside(partial(lambda n: ["x" * n, n], n)) for n in (0, 3, 3_000_000)]
print(*[len(text) == n for text, n in (result() for result in results)])
"""
    assert told(code) == ["True"] * 3


@splits
@pytest.mark.parametrize("fault", ["raise ValueError", "os._exit(0)", "os._exit(7)", "os.kill(os.getpid(), 9)"])
def test_a_process_that_comes_to_nothing_is_made_up_for_here(fault: str) -> None:
    code = f"""
def work():
    if os.getpid() != here:
        {fault}
    return "done"
print(module.aside(work)())
"""
    assert told(code) == ["done"]


@splits
def test_a_process_that_is_ended_while_it_tells_is_made_up_for_here() -> None:
    code = """
import marshal
dumps = marshal.dumps
marshal.dumps = lambda found: dumps(found)[:10]
print(module.aside(lambda: "done and told at length")())
"""
    assert told(code) == ["done", "and", "told", "at", "length"]


@splits
def test_what_goes_wrong_in_the_work_itself_is_told_where_its_result_is_asked_for() -> None:
    code = """
def work():
    raise ValueError("why")
result = module.aside(work)
try:
    result()
except ValueError as error:
    print(error)
"""
    assert told(code) == ["why"]


@splits
def test_work_done_aside_does_all_of_its_own_work_itself() -> None:
    code = """
def work():
    return [os.getpid(), module.aside(os.getpid)()]
process, within = module.aside(work)()
print(process != here, process == within)
"""
    assert told(code) == ["True", "True"]


@splits
def test_what_was_printed_before_is_not_printed_twice() -> None:
    assert told("print('once', end=' ')\nprint(module.aside(lambda: 'and done')())") == ["once", "and", "done"]


@splits
def test_work_that_nobody_asks_for_any_more_is_ended_at_once() -> None:
    code = """
import time
result = module.aside(lambda: time.sleep(600))
process = result._process
del result
try:
    os.kill(process, 0)
except ProcessLookupError:
    print("gone", len(os.listdir("/proc/self/fd")))
"""
    held = told("print(len(os.listdir('/proc/self/fd')))")
    assert told(code) == ["gone", *held]


@splits
def test_a_result_is_told_where_the_system_forgets_processes_that_end() -> None:
    code = """
import signal
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
print(module.aside(lambda: os.getpid() != here)())
"""
    assert told(code) == ["True"]


@pytest.mark.parametrize(
    "reason",
    [
        "module.hands = lambda: 1",
        "threading.Thread(target=threading.Event().wait, daemon=True).start()",
        "def full(): raise OSError\nos.fork = full",
        "def full(): raise OSError\nos.pipe = full",
    ],
    ids=["one processor", "threads", "no more processes", "no more files"],
)
def test_where_no_process_can_be_split_off_the_work_is_done_here_when_asked_for(reason: str) -> None:
    code = f"""
{reason}
done = []
result = module.aside(lambda: done.append(1) or os.getpid())
print(done == [], result() == here, done == [1])
"""
    assert told(code) == ["True", "True", "True"]


def test_there_is_a_processor_for_us(monkeypatch: pytest.MonkeyPatch) -> None:
    assert module.hands.__wrapped__() >= 1
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert module.hands.__wrapped__() == 1


@splits
def test_work_whose_result_nobody_waits_for_any_more_ends() -> None:
    code = """
import signal
results = [module.aside(lambda: "x" * 3_000_000) for _ in range(2)]
os.kill(here, signal.SIGKILL)
"""
    # They hold our end of what they could still write to: as long as one of them lives, this waits.
    done = subprocess.run(
        [sys.executable, "-c", BEFORE + code], capture_output=True, check=False, cwd=ROOT, timeout=60
    )
    assert done.returncode < 0
    assert not done.stdout + done.stderr
