"""Builders of small audit logs for the tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leconfield.ledger.audit import Read, Signer, root_of

NAME = "desk.example/audit"
SIGNER = Signer(NAME, Ed25519PrivateKey.from_private_bytes(b"\x05" * 32))
"""A fixed key: names of tests are made of it, and every worker must give them the same."""
ANOTHER = Signer(NAME, Ed25519PrivateKey.from_private_bytes(b"\x06" * 32))
VKEY = SIGNER.verifier.vkey


def reads(count: int) -> list[bytes]:
    return [Read.of("1989-03-05T12:40:00.000000Z", "rob", "trace", f"question {n}").serialise() for n in range(count)]


def signed(leaves: Sequence[bytes], signer: Signer = SIGNER) -> str:
    return signer.checkpoint(signer.name, len(leaves), root_of(leaves))


@dataclass
class Store:
    """Leaves in memory behind the storage port; `asked` is what was read of them."""

    leaves: list[bytes]
    asked: list[tuple[int, int]] = field(default_factory=list)

    def __call__(self, start: int, stop: int) -> Iterator[bytes]:
        self.asked.append((start, stop))
        yield from self.leaves[start:stop]


def without(leaves: Sequence[bytes], at: int) -> list[bytes]:
    return [*leaves[:at], *leaves[at + 1 :]]


def replaced(leaves: Sequence[bytes], at: int, leaf: bytes) -> list[bytes]:
    return [*leaves[:at], leaf, *leaves[at + 1 :]]


def swapped(leaves: Sequence[bytes], one: int, other: int) -> list[bytes]:
    mixed = list(leaves)
    mixed[one], mixed[other] = mixed[other], mixed[one]
    return mixed


def words_of(faults: Iterable[object]) -> str:
    return "\n".join(map(str, faults))
