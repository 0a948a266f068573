"""Who may come in, and how often: tokens, the typed code, limits, host and origin. Pure; times come in as seconds.

What must not be here: the web server, and what the room does with those who are in.
"""

from __future__ import annotations

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from collections import OrderedDict
from dataclasses import dataclass, field

ALPHABET = "23456789CDFGHJKMNPQRTVWX"
"""Letters of a code: no look-alikes, and no vowels, so that no word comes out."""

CODE_LENGTH = 4

_MISREAD = str.maketrans("BSZ", "852")
_NOT_CODE = re.compile(r"[\s\-–—._]+")
_ID_BYTES = 16
_SEAL_BYTES = 16


@dataclass(frozen=True, slots=True)
class Keys:
    """What a room is known by; the same after a restart, so that phones stay where they are.

    `path` stands in the address (128 bits), `code` is what people type, `secret` seals the cookies.
    """

    path: str
    code: str
    secret: bytes = field(repr=False)

    @classmethod
    def of(cls, secret: bytes) -> Keys:
        """The keys that a room's secret (32 random bytes) gives: nothing else has to be kept."""
        path = urlsafe_b64encode(hmac.digest(secret, b"path", "sha256")[:16]).rstrip(b"=").decode()
        number = int.from_bytes(hmac.digest(secret, b"code", "sha256"))
        code = "".join(ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(CODE_LENGTH))
        return cls(path, code, secret)

    @property
    def name(self) -> str:
        """A short name for cookies: browsers share cookies between the ports of a machine, and two may host."""
        return hmac.digest(self.secret, b"name", "sha256").hex()[:8]

    def opens(self, typed: str) -> bool:
        """Whether this is the code, however it is spaced and written; look-alikes are put right."""
        plain = _NOT_CODE.sub("", typed[:40]).upper().translate(_MISREAD)
        return hmac.compare_digest(plain.encode(), self.code.encode())

    def issue(self, purpose: str) -> str:
        """A new sealed token of 128 random bits. `purpose` keeps one kind from serving as another."""
        identity = secrets.token_hex(_ID_BYTES)
        return identity + self._seal(purpose, identity)

    def identity(self, purpose: str, token: str | None) -> str | None:
        """Who a token of this purpose stands for (32 hex digits), or None if this room did not make it."""
        if token is None or len(token) != 2 * (_ID_BYTES + _SEAL_BYTES) or not token.isascii():
            return None
        identity, seal = token[: 2 * _ID_BYTES], token[2 * _ID_BYTES :]
        return identity if hmac.compare_digest(seal, self._seal(purpose, identity)) else None

    def _seal(self, purpose: str, identity: str) -> str:
        return hmac.digest(self.secret, f"{purpose}:{identity}".encode(), "sha256").hex()[: 2 * _SEAL_BYTES]


@dataclass(frozen=True, slots=True)
class Allowance:
    """How often something may be done: `burst` at once, then `rate` a second."""

    burst: float
    rate: float


class Limiter:
    """Token buckets by key, for the latest `most` keys; the memory of a flood is bounded."""

    def __init__(self, allowance: Allowance, most: int) -> None:
        self._allowance = allowance
        self._most = most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, now: float) -> bool:
        """Take one; False if there is none left."""
        left = self._left(key, now)
        taken = left >= 1
        self._keep(key, left - 1 if taken else left, now)
        return taken

    def any_left(self, key: str, now: float) -> bool:
        """Whether one could be taken."""
        return self._left(key, now) >= 1

    def __len__(self) -> int:
        return len(self._buckets)

    def _left(self, key: str, now: float) -> float:
        left, since = self._buckets.get(key, (self._allowance.burst, now))
        return min(self._allowance.burst, left + (now - since) * self._allowance.rate)

    def _keep(self, key: str, left: float, now: float) -> None:
        self._buckets[key] = (left, now)
        self._buckets.move_to_end(key)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)


class CodeDesk:
    """Typed codes. A room shares one address, so each visitor is limited first, the address loosely."""

    PER_VISITOR = Allowance(5, 5 / 60)
    PER_ADDRESS = Allowance(200, 200 / 60)
    OVERALL = Allowance(1000, 1000 / 60)

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._visitors = Limiter(self.PER_VISITOR, 4096)
        self._addresses = Limiter(self.PER_ADDRESS, 1024)
        self._all = Limiter(self.OVERALL, 1)

    def tries(self, typed: str, visitor: str | None, address: str, now: float) -> bool | None:
        """True if the code is right, False if it is wrong, None if this visitor or address must wait.

        A visitor without a token is known by the address. Only wrong codes are counted.
        """
        who = visitor or f"at {address}"
        counted = ((self._visitors, who), (self._addresses, address), (self._all, ""))
        if not all(limiter.any_left(key, now) for limiter, key in counted):
            return None
        if self._keys.opens(typed):
            return True
        for limiter, key in counted:
            limiter.take(key, now)
        return False


@dataclass(frozen=True, slots=True)
class Served:
    """Under which hosts the room is served: the answer to DNS rebinding and to forms of other sites."""

    hosts: frozenset[str]
    """As in a Host header, in lower case, with the port unless it is 80."""

    def host_fits(self, host: str | None) -> bool:
        """Whether the Host header names this server."""
        return host is not None and host.lower() in self.hosts

    def origin_fits(self, origin: str | None, host: str | None) -> bool:
        """Whether a POST comes from a page of this server, reached as this request was."""
        return (
            host is not None
            and self.host_fits(host)
            and origin is not None
            and origin.lower() == f"http://{host.lower()}"
        )


def served(names: frozenset[str], port: int) -> Served:
    """The hosts of these names and addresses at this port."""
    plain = {f"[{name}]" if ":" in name else name.lower() for name in names}
    return Served(frozenset({f"{name}:{port}" for name in plain} | (plain if port == 80 else set())))  # noqa: PLR2004
