"""The same on disks that are really full or really read-only. They need root and Linux: skipped elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from callcalm.core.text import Text
from callcalm.storage.records import CallRecord, RoundRecord
from callcalm.storage.store import Store
from callcalm.storage.trouble import CannotSave, Reason

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.getuid() != 0 or shutil.which("mount") is None,
    reason="NOT TESTED HERE: a real full and a real read-only disk need Linux, root and mount",
)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip(f"NOT TESTED HERE: mount refused: {made.stderr.decode()!r}")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk(
    disk: Path,
    tmp_path: Path,
    opened: Callable[..., Store],
    make_round: Callable[..., RoundRecord],
    make_call: Callable[..., CallRecord],
) -> None:
    store = opened(folder=disk)
    long = (Text("word " * 2000),)
    confirmed: list[int] = []
    while store.trouble is None:
        with suppress(CannotSave):
            store.finish(make_round(len(confirmed), notes=long))
            confirmed.append(len(confirmed))
    assert store.trouble.reason is Reason.FULL
    assert len(confirmed) > 5
    with pytest.raises(CannotSave):
        store.save_call(make_call(90, notes=long))
    assert [record.seed for record in store.rounds()] == [*confirmed, len(confirmed)]
    store.close()

    again = opened(folder=disk)
    assert [record.seed for record in again.rounds()] == confirmed
    assert not [path for path in disk.iterdir() if path.name.endswith(".tmp")]

    store.move_to(tmp_path / "elsewhere")
    assert [record.seed for record in store.rounds()] == [*confirmed, len(confirmed)]
    assert store.trouble is None


def test_a_disk_that_becomes_read_only(
    disk: Path, opened: Callable[..., Store], make_round: Callable[..., RoundRecord]
) -> None:
    store = opened(folder=disk)
    store.finish(make_round(1))
    store.close()
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    again = opened(folder=disk)
    assert again.trouble is not None
    assert again.trouble.reason is Reason.READ_ONLY
    with pytest.raises(CannotSave):
        again.finish(make_round(2))
    assert again.rounds() == (make_round(1), make_round(2))
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    again.retry()
    assert again.trouble is None
    assert again.rounds() == (make_round(1), make_round(2))
