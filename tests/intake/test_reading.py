"""Bytes from outside: sizes, encodings, things that are no files."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from callcalm.intake import BadFile, Code, Place, Problem, from_bytes, read


def refusal(data: bytes, cap: int = 1_000) -> Problem:
    with pytest.raises(BadFile) as caught:
        from_bytes(data, "x.toml", cap)
    (problem,) = caught.value.problems
    return problem


def refused(path: str | Path, cap: int = 1_000) -> Problem:
    with pytest.raises(BadFile) as caught:
        read(path, cap)
    (problem,) = caught.value.problems
    return problem


def test_a_plain_file(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes("é = 1\r\nb = 2\n".encode())
    source = read(path, 100)
    assert source.text == "é = 1\nb = 2\n"
    assert source.name == str(path)
    assert not source.marked
    assert (source.line(1), source.line(2), source.line(3), source.line(4), source.line(0)) == (
        "é = 1",
        "b = 2",
        "",
        "",
        "",
    )


def test_one_byte_order_mark_is_left_out_and_only_one() -> None:
    source = from_bytes(b"\xef\xbb\xbf\xef\xbb\xbfa", "x", 100)
    assert source.marked
    assert source.text == "\ufeffa"


def test_the_cap_is_inclusive(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 1024)
    assert len(read(path, 1024).text) == 1024
    path.write_bytes(b"x" * 1025)
    problem = refused(path, 1024)
    assert problem.code is Code.TOO_LARGE
    assert "1 KiB" in problem.message


def test_no_more_than_the_cap_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sparse"
    with path.open("wb") as stream:
        stream.truncate(1 << 40)
    assert refused(path, 2 * 1024 * 1024).code is Code.TOO_LARGE


def test_bad_utf8_has_a_place_and_a_guess() -> None:
    problem = refusal(b'a = 1\r\nname = "caf' + b'\xe9"\n')
    assert problem.code is Code.NOT_UTF8
    assert problem.place == Place(2, 12, 2, 13)
    assert "0xE9" in problem.message
    assert "“é”" in (problem.hint or "")


@pytest.mark.parametrize("data", [b"\xed\xa0\x80", b"\xc0\x80", b"\xf5\x80\x80\x80", b"a\xe2\x82"])
def test_surrogates_overlong_forms_and_torn_ends_are_not_utf8(data: bytes) -> None:
    assert refusal(data).code is Code.NOT_UTF8


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_utf16_is_named(encoding: str) -> None:
    problem = refusal("title = 'x'".encode(encoding))
    assert problem.code is Code.NOT_UTF8
    assert "UTF-16" in problem.message


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_guessed(encoding: str) -> None:
    problem = refusal("title = 'x'".encode(encoding))
    assert problem.code is Code.BINARY
    assert "UTF-16" in problem.message


@pytest.mark.parametrize(
    "start", [b"PK\x03\x04\x14\x00\xff", b"\xd0\xcf\x11\xe0\xa1", b"{\\rtf1\\ansi format = 1}"]
)
def test_a_document_of_a_word_processor_is_named(start: bytes) -> None:
    problem = refusal(start)
    assert (problem.code, problem.message) == (Code.BINARY, "this is a document of a word processor")
    assert problem.hint is not None
    assert "plain text" in problem.hint


def test_a_nul_has_a_place() -> None:
    problem = refusal(b"title = 'abcdefgh'\nb\0 = 1")
    assert problem.code is Code.BINARY
    assert problem.place == Place(2, 2, 2, 3)
    assert "UTF-16" not in problem.message


def test_what_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "none").code is Code.NO_FILE
    (tmp_path / "file").write_text("x")
    assert refused(tmp_path / "file" / "below").code is Code.NO_FILE


def test_what_is_no_file(tmp_path: Path) -> None:
    assert refused(tmp_path).code is Code.NOT_A_FILE
    assert "folder" in refused(tmp_path).message
    assert "device" in refused("/dev/zero").message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_without_a_writer_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "pipe" in refused(tmp_path / "pipe").message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_file_that_turns_into_a_pipe_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "turning"
    path.write_text("x")
    real = os.open

    def swapped(name: str, flags: int) -> int:
        path.unlink()
        os.mkfifo(path)
        return real(name, flags)

    monkeypatch.setattr(os, "open", swapped)
    assert refused(path).code is Code.NOT_A_FILE


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no sockets with names on this system")
def test_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("sock")
        assert "socket" in refused("sock").message


def test_names_that_no_file_can_have(tmp_path: Path) -> None:
    assert refused("a\0b").code is Code.UNREADABLE
    assert "too long" in refused(tmp_path / ("x" * 5_000)).message
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert refused(loop).code is Code.UNREADABLE


def test_a_file_that_must_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_text("x")

    def denied(*_: object) -> int:
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "open", denied)
    problem = refused(path)
    assert problem.code is Code.UNREADABLE
    assert "not allowed" in problem.message
    assert "take a copy" in str(problem.hint)


def test_names_are_safe_in_messages() -> None:
    with pytest.raises(BadFile) as caught:
        read(b"/nowhere/\x1b]0;x\x07\n\xff\xe2\x80\xae.toml".decode("utf-8", "surrogateescape"), 10)
    shown = str(caught.value)
    assert shown.isprintable()
    assert shown.endswith("there is no such file")
    shown.encode("utf-8")
