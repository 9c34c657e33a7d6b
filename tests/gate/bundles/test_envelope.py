"""Tests of `leconfield.gate.bundles.envelope`."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.errors import BadInputError, LeconfieldError, RefusedError
from leconfield.gate.bundles import enclose, open_envelope, whole
from tests.gate.bundles.parcels import sealed

BERN = X25519PrivateKey.from_private_bytes(b"\x01" * 32)
OSLO = X25519PrivateKey.from_private_bytes(b"\x02" * 32)
OTHER = X25519PrivateKey.from_private_bytes(b"\x03" * 32)


def test_each_recipient_opens_it_and_nobody_else() -> None:
    packed = enclose(sealed(recipient="Polizei Bern"), [BERN.public_key(), OSLO.public_key()])
    for key in (BERN, OSLO):
        assert whole(open_envelope(packed, key)).manifest.recipient == "Polizei Bern"
    with pytest.raises(RefusedError, match="not sealed to this key"):
        open_envelope(packed, OTHER)


def test_it_shows_neither_what_is_in_it_nor_for_whom() -> None:
    packed = enclose(sealed(recipient="Polizei Bern"), [BERN.public_key()])
    for secret in (b"bakery", b"Bern", b"manifest", b"post", BERN.public_key().public_bytes_raw()):
        assert secret not in packed


def test_every_changed_byte_is_noticed() -> None:
    packed = enclose(b"short", [BERN.public_key()])
    for at in range(len(packed)):
        changed = bytearray(packed)
        changed[at] ^= 1
        with pytest.raises(LeconfieldError):
            open_envelope(bytes(changed), BERN)
    for size in range(len(packed)):
        with pytest.raises(LeconfieldError):
            open_envelope(packed[:size], BERN)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=3000))
def test_whatever_goes_in_comes_out(held: bytes) -> None:
    assert open_envelope(enclose(held, [BERN.public_key()]), BERN) == held


def test_sizes_close_to_each_other_look_the_same() -> None:
    sizes = {len(enclose(bytes(size), [BERN.public_key()])) for size in range(100_400, 102_300, 100)}
    assert len(sizes) == 1


def test_an_envelope_has_recipients() -> None:
    with pytest.raises(BadInputError, match="1 to 64"):
        enclose(b"", [])
