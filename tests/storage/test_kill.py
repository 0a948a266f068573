"""A process that finishes rounds is killed at any instant: no round that it confirmed may be missing."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import tomli

from callcalm.storage.store import Store

KILLS = 25
ROOT = Path(__file__).resolve().parents[2]
PLAYS = """
import itertools, sys
from datetime import UTC, datetime
from pathlib import Path
from callcalm.core.text import Text
from callcalm.storage.records import ActionRecord, CallRecord, RoundRecord, new_id
from callcalm.storage.store import Store

def now():
    return datetime.now(UTC)

store = Store.open("me", Path(sys.argv[1]), now)
assert store.lock_holder is None and store.trouble is None
before = store.load_call()
words = tuple(ActionRecord("say", text=Text("word " * 200)) for _ in range(20))
while True:
    id = new_id(now())
    for turn in (5, 20):
        store.save_call(CallRecord(id=id, scenario="x", started=now(), actions=words[:turn]))
    store.finish(RoundRecord(id=id, scenario="x", started=now(), finished=now(), actions=words))
    print(id, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_killed_at_any_instant_no_confirmed_round_is_lost(tmp_path: Path) -> None:
    chance = random.Random(20261121)
    confirmed: list[str] = []
    for kill in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", PLAYS, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        ) as process:
            assert process.stdout is not None
            # So many rounds, and then the kill falls somewhere in the ones that follow.
            confirmed += [process.stdout.readline().strip() for _ in range(chance.randint(1, 4))]
            try:
                process.wait(chance.uniform(0, 0.03))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            # What was confirmed until the kill counts, too; a line cut off by it does not.
            rest = process.stdout.read().split("\n")
            confirmed += rest[:-1]
        assert process.returncode == -signal.SIGKILL, f"run {kill} ended by itself"

        store = Store.open("me", tmp_path, lambda: datetime.now(UTC))
        found = {record.id: record for record in store.rounds() if record.complete}
        missing = [id_ for id_ in confirmed if id_ not in found]
        assert not missing, f"after kill {kill}"
        assert all(len(found[id_].actions) == 20 for id_ in confirmed)
        assert {head.id for head in store.heads() if head.complete} == set(found)
        call = store.load_call()
        assert call is None or (call.id not in found and len(call.actions) in {5, 20})
        store.close()
    assert len(confirmed) == len(set(confirmed)) >= KILLS
    # No stray file was older than a minute, so some may stay; the log itself is plain TOML.
    tomli.loads((tmp_path / "me.toml").read_text(encoding="utf-8").rpartition("\n[[rounds]]\n")[0])
