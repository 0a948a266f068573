"""How fast `callcalm check` is: a letter as a whole process beside bare Python, 1 MB of letters, and its peers.

    python benchmarks/check.py [RUNS]

Peers are proselint, write-good and alex, each where it is on the PATH; one that is not is said to be absent. All
take turns within the same run. Ratios count, not seconds. Peak memory is that of the process, from the system.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

LETTER = """Dear Ms. Alvarez,

Thank you for your letter of 14 October. Why did you wait until now to tell us about the double charge? As I
already told you, our policy states that we cannot refund a charge without a signed form. You failed to send
it. If you do not send the form by Friday, we will not be able to help you, and your file will be closed.

I can see that you were charged twice for one scan, and that nobody called you back. That must have been
exhausting. I have asked Ines in accounts to look at both charges this morning, and I will call you by four
o'clock tomorrow to tell you what she found. What I can do today is stop the reminder, so that no further
letter reaches you while we look into it.

We apologise for any inconvenience this may have caused.
"""
PLAIN = (
    """Dear Ms. Alvarez,

Your new meter was fitted on 14 October by our engineer, and the old one was taken away the same day. The
reading at the change was 40512 and stands on the enclosed sheet. The first bill with the new meter covers
the time from that day to the end of the quarter. The tariff stays as it was, and so does the monthly
amount. The meter sends its reading by itself once a day, which means that no card needs to be filled in any
more. If the display stays dark, a press on the left button wakes it. The number of the service desk is
printed on the back of the sheet, and the desk is staffed from eight to six on working days.
""",
    """Dear Mr. Okafor,

The room for Friday is booked in your name, from two until five, with the large table and the screen. Coffee
comes at half past three. The key is at the front desk under the name of the society; whoever arrives first
can pick it up. The lift to the second floor is out of order this week, so the side entrance on Mill Street
is the shorter way. There are twelve chairs in the room and more in the hall. Parking behind the house is
free after four. I enclose the plan of the building and the list of what is in the cupboard, and I look
forward to seeing all of you.
""",
    """Dear Mrs. Brandt,

The parcel left the warehouse on Monday and reached the depot in Leeds last night. The driver has it on the
van today and rings the bell twice. A neighbour may sign for it, or it can be left in the porch. The box
weighs four kilos. In it are the two lamps in brass and the shade in linen; the third lamp follows from the
workshop in the first week of the month. The invoice is in the pocket on the lid. Bulbs are not part of the
order: the lamps take the small thread, at most forty watts. The leaflet shows how the shade is put on
without tools.
""",
)
MEGABYTE = 1024 * 1024
GOAL_LETTER = 70 / 11
"""Times bare Python for the letter."""

GOAL_WORDS = 200_000
"""Words a second for the megabyte."""


def run(command: list[str], env: dict[str, str]) -> tuple[float, float]:
    """Seconds and peak memory in MB of a whole process; findings make an exit code, which is no failure."""
    before = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env)
    assert process.stderr is not None
    talk = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    taken = time.perf_counter() - before
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if b"Traceback" in talk or process.returncode < 0:
        raise SystemExit(f"{command[0]} failed: {talk.decode(errors='replace')[-400:]}")
    return taken, used.ru_maxrss / (1024 if sys.platform != "darwin" else MEGABYTE)


def many_letters() -> str:
    """A megabyte of letters, no two the same, a quarter of them like the one above, the others ordinary."""
    names = ["Alvarez", "Okafor", "Brandt", "Morel", "Ivanova", "Tan", "Schmidt", "Haddad"]
    matters = ["scan", "invoice", "booking", "parcel", "meter", "licence", "policy renewal", "deposit"]
    parts: list[str] = []
    size = number = 0
    while size < MEGABYTE:
        text = (
            (LETTER, *PLAIN)[number % 4]
            .replace("Alvarez", names[number // 4 % 8])
            .replace("scan", matters[number // 32 % 8])
        )
        text = text.replace("14 October", f"{number % 28 + 1} October").replace(
            "Friday", f"the {number % 28 + 1}th"
        )
        parts.append(text)
        size += len(text)
        number += 1
    return "\n".join(parts)[:MEGABYTE]


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        letter, letters = Path(folder) / "letter.txt", Path(folder) / "letters.txt"
        letter.write_text(LETTER, encoding="utf-8")
        letters.write_text(many_letters(), encoding="utf-8")
        words = len(letters.read_text(encoding="utf-8").split())
        # As it is used: compiled code is kept, and so are the phrasebooks.
        env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        env["CALLCALM_SAVES"] = folder
        commands = {"bare Python": [sys.executable, "-c", "pass"]}
        commands["callcalm"] = [sys.executable, "-m", "callcalm", "check"]
        for name, args in {"proselint": ["check"], "write-good": [], "alex": []}.items():
            found = shutil.which(name)
            if found:
                commands[name] = [found, *args]
            else:
                print(f"{name} is absent: not on the PATH")
        measured(commands, letter, letters, words, runs, env)


def measured(
    commands: dict[str, list[str]], letter: Path, letters: Path, words: int, runs: int, env: dict[str, str]
) -> None:
    """Run everything in turns, and print the two tables."""
    small: dict[str, list[float]] = {name: [] for name in commands}
    large: dict[str, list[float]] = {name: [] for name in commands if name != "bare Python"}
    peak: dict[str, float] = {}
    for turn in range(runs + 1):
        for name, command in commands.items():
            taken, _ = run(command if name == "bare Python" else [*command, str(letter)], env)
            if turn:  # the first is a warm-up
                small[name].append(taken)
    for _ in range(3):
        for name, times in large.items():
            taken, memory = run([*commands[name], str(letters)], env)
            times.append(taken)
            peak[name] = max(peak.get(name, 0), memory)
    bare = median(small["bare Python"])
    print(f"a letter of {len(LETTER.split())} words, whole process, median of {runs}")
    for name, times in small.items():
        print(f"  {name:<12} {median(times) * 1000:7.1f} ms  {median(times) / bare:5.1f}x bare Python")
    ratio = median(small["callcalm"]) / bare
    print(f"  goal: callcalm at most {GOAL_LETTER:.1f}x  {'ok' if ratio <= GOAL_LETTER else 'OVER'}")
    print(f"1 MB of letters, {words} words, start-up included, median of 3")
    for name, times in large.items():
        print(f"  {name:<12} {words / median(times):9.0f} words/s  {peak[name]:6.0f} MB peak")
    speed = words / median(large["callcalm"])
    print(f"  goal: callcalm at least {GOAL_WORDS} words/s  {'ok' if speed >= GOAL_WORDS else 'UNDER'}")


if __name__ == "__main__":
    main()
