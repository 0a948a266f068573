"""Ports that are taken, addresses, and the warning."""

from __future__ import annotations

import socket

import pytest

from callcalm.room import network
from callcalm.room.network import LOOPBACK, CannotListen, lan_address, lan_warning, listen, room_for_files


def test_the_port_asked_for_is_taken() -> None:
    with listen(LOOPBACK, 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(CannotListen, match=f"Port {port} is taken"):
            listen(LOOPBACK, port)


def test_without_a_port_the_next_free_one_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    with listen(LOOPBACK, 0) as first:
        taken = first.getsockname()[1]
        monkeypatch.setattr(network, "FIRST_PORT", taken)
        with listen(LOOPBACK, None) as second:
            assert taken < second.getsockname()[1] < taken + network.PORTS_TRIED


def test_all_ports_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with listen(LOOPBACK, 0) as first:
        monkeypatch.setattr(network, "FIRST_PORT", first.getsockname()[1])
        monkeypatch.setattr(network, "PORTS_TRIED", 1)
        with pytest.raises(CannotListen, match="--port"):
            listen(LOOPBACK, None)


@pytest.mark.parametrize(("host", "port"), [(LOOPBACK, 70_000), (LOOPBACK, -1), ("192.0.2.77", 8700)])
def test_what_is_no_address_or_port_is_said(host: str, port: int) -> None:
    with pytest.raises(CannotListen):
        listen(host, port)


def test_a_port_is_free_again_at_once() -> None:
    with listen(LOOPBACK, 0) as first:
        port = first.getsockname()[1]
        caller = socket.create_connection((LOOPBACK, port))
        served, _ = first.accept()
        served.close()
        caller.close()
    listen(LOOPBACK, port).close()


def test_the_address_of_this_machine_is_one_it_can_listen_on() -> None:
    address = lan_address()
    if address is not None:
        assert not address.startswith("127.")
        listen(address, 0).close()


def test_the_warning_names_what_is_opened() -> None:
    words = " ".join(lan_warning("192.168.1.5", 8700))
    for word in ("192.168.1.5", "8700", "everyone on this network", "plain HTTP"):
        assert word in words


def test_a_few_files_are_always_allowed() -> None:
    assert room_for_files(16) >= 16
