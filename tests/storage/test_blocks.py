from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcalm.storage import blocks as blocks_module
from callcalm.storage.blocks import Block, Lines, blocks, last_block, last_end, open_log

PIECES = st.lists(
    st.sampled_from(
        [b"[[rounds]]", b"\n", b"\r\n", b"[[rou", b" ", b'end = "x"\n', b"x" * 7, b'a = "[[rounds]]"\n']
    ),
    max_size=30,
).map(b"".join)


def split(data: bytes) -> list[Block]:
    return list(blocks(io.BytesIO(data)))


@given(PIECES, st.integers(1, 40))
def test_however_it_is_read_the_blocks_are_the_file(data: bytes, chunk: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks_module, "_CHUNK", chunk)
        found = split(data)
    assert b"".join(block.data for block in found) == data
    assert [block.header for block in found] == [True] + [False] * (len(found) - 1)
    assert [block.last for block in found] == [False] * (len(found) - 1) + [True]
    lines = data.split(b"\n")
    assert len(found) - 1 == sum(1 for line in lines if line.startswith(b"[[rounds]]"))
    for block in found:
        assert data[block.start : block.start + block.size] == block.data


@given(PIECES, st.integers(1, 40), st.integers(12, 30))
def test_a_block_without_end_costs_only_itself_and_its_beginning_is_kept(
    data: bytes, chunk: int, most: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        whole = split(data)
        patch.setattr(blocks_module, "_CHUNK", chunk)
        patch.setattr(blocks_module, "MAX_BLOCK", most)
        found = split(data)
    assert [(b.start, b.size) for b in found] == [(b.start, b.size) for b in whole]
    assert [b.data for b in found] == [b.data[:most] for b in whole]
    assert [b.whole for b in found] == [b.size <= most for b in whole]


@given(PIECES)
def test_the_last_block_is_found_from_the_end(data: bytes) -> None:
    expected = split(data)[-1]
    found = last_block(io.BytesIO(data))
    assert found is not None
    if not found.ended:
        assert (found.start, found.size, found.data) == (expected.start, expected.size, expected.data)


def test_no_more_of_a_log_is_read_than_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks_module, "MAX_LOG", 10)
    assert sum(block.size for block in split(b"x" * 100)) == 10


def test_a_last_block_that_is_too_long_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks_module, "MAX_BLOCK", 20)
    assert last_block(io.BytesIO(b"[[rounds]]\n" + b"x" * 30)) is None


@pytest.mark.parametrize(
    ("data", "ended"),
    [
        (b'[[rounds]]\nend = "x"\n', True),
        (b'[[rounds]]\nend = "x"', True),
        (b'[[rounds]]\nend = "x"\r\n\r\n', True),
        (b'[[rounds]]\nend = "x', False),
        (b'[[rounds]]\nend = "x"\nmore = 1\n', False),
        (b'[[rounds]]\nfriend = "x"\n', False),
        (b"", False),
    ],
)
def test_a_round_is_ended_by_its_last_line(data: bytes, ended: bool) -> None:
    assert Block(0, len(data), data, header=False).ended is ended


def test_the_last_line_that_ends_a_round() -> None:
    data = b'[[rounds]]\nend = "x"\n\n[[rou'
    assert data[: last_end(data)] == b'[[rounds]]\nend = "x"\n'
    assert last_end(b"[[rounds]]\n") == 0


def test_lines_are_counted_as_offsets_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks_module, "_CHUNK", 3)
    data = b"one\ntwo\n\nthree\n"
    (tmp_path / "log").write_bytes(data)
    lines = Lines(tmp_path / "log")
    for offset in (0, 3, 4, 4, 9, len(data)):
        assert lines.at(offset) == data[:offset].count(b"\n") + 1
    assert lines.at(999) == 5
    assert Lines(tmp_path / "none").at(5) == 1


def test_only_files_are_opened(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"regular|denied"):
        open_log(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="regular"):
        open_log(tmp_path / "pipe")
