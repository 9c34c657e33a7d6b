"""Tests of `leconfield.gate.bundles`: one way to write a bundle, and every other is refused with a reason."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
from hashlib import sha256

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leconfield.errors import BadInputError, DamagedError, LeconfieldError, RefusedError
from leconfield.gate.bundles import Content, Key, SecretKey, archive, content, verify, whole, write
from leconfield.gate.bundles.content import canonical, fault_in
from leconfield.gate.bundles.sealed import MANIFEST
from tests.gate.bundles.parcels import RELEASE, SEAL, SECOND, TEXT, files, made, sealed


def repacked(packed: bytes, change: object) -> bytes:
    """The archive with its list of files changed by a function, written as a bundle's is."""
    assert callable(change)
    return archive.write(change(archive.read(packed, "bundle")))


def resealed(fields: dict[str, object], key: SecretKey = SEAL) -> bytes:
    """The bundle with a manifest of one's own, properly signed."""
    raw = canonical({**json.loads(archive.read(sealed(), "b")[0][1]), **fields})
    return archive.write(
        [(MANIFEST, raw), ("members/text.txt", TEXT), (f"signatures/{key.public.id}.sig", key.sign(raw))]
    )


def test_what_was_sealed_is_what_is_verified() -> None:
    found = verify(sealed(embargo="2026-12-01T09:00:00Z"), [SEAL.public])
    assert found.files == {"text.txt": TEXT}
    assert found.manifest.content.digest == made(embargo="2026-12-01T09:00:00Z").digest
    assert found.trusted == (SEAL.public.id,)
    assert sealed() == sealed()


def test_whoever_is_not_trusted_has_sealed_nothing() -> None:
    with pytest.raises(RefusedError, match="sealed by"):
        verify(sealed(), [SECOND.public])
    with pytest.raises(RefusedError):
        verify(sealed(), [])
    with pytest.raises(RefusedError, match="takes 2 and has 1"):
        verify(sealed(), [SEAL.public, SECOND.public], needed=2)
    assert len(verify(sealed(SEAL, SECOND), [SEAL.public, SECOND.public], needed=2).trusted) == 2
    assert verify(sealed(SEAL, SECOND), [SECOND.public]).trusted == (SECOND.public.id,)


def test_every_single_changed_byte_is_noticed() -> None:
    packed = sealed(SEAL, SECOND, given=files(picture=b"\x89PNG" * 40))
    for at in range(len(packed)):
        changed = bytearray(packed)
        changed[at] ^= 1 << (at % 8)
        with pytest.raises(LeconfieldError):
            whole(bytes(changed))


def test_every_torn_end_is_noticed() -> None:
    packed = sealed()
    for size in range(len(packed)):
        with pytest.raises(LeconfieldError):
            whole(packed[:size])


def test_what_is_appended_is_said_to_stand_behind_the_end() -> None:
    with pytest.raises(DamagedError, match="behind its end"):
        whole(sealed() + bytes(512))
    with pytest.raises(DamagedError, match="torn within"):
        whole(sealed()[:-512])


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 4000), st.integers(0, 600), st.binary(max_size=600))
def test_no_cut_no_insertion_and_no_replacement_passes(at: int, gone: int, put: bytes) -> None:
    packed = sealed()
    changed = packed[:at] + put + packed[at + gone :]
    if changed != packed:
        with pytest.raises(LeconfieldError):
            whole(changed)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda listed: [*listed, ("members/more.txt", b"more")], "nobody sealed"),
        (lambda listed: [*listed[:-1], ("signatures/ff.sig", b"f" * 64), listed[-1]], "nobody sealed"),
        (lambda listed: [listed[0], *listed[2:]], "is missing"),
        (lambda listed: listed[:-1], "is missing"),
        (lambda listed: [listed[0], *reversed(listed[1:])], "another order"),
        (lambda listed: [*listed[:2], listed[1], *listed[2:]], "there twice"),
        (lambda listed: [listed[1], listed[0], *listed[2:]], "not its first file"),
        (
            lambda listed: [listed[0], (listed[1][0], listed[2][1]), (listed[2][0], listed[1][1]), listed[3]],
            "not those that were sealed",
        ),
        (lambda listed: [*listed[:-1], (listed[-1][0], listed[-1][1][:63])], "signature"),
        (lambda listed: [], "no sealed bundle"),
    ],
)
def test_swapped_reordered_extra_and_missing_files_are_told_apart(change: object, said: str) -> None:
    with pytest.raises(LeconfieldError, match=said):
        whole(repacked(sealed(given=files(picture=b"\x00" * 10)), change))


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/passwd", "members/../../x", "C:evil", "a\\b"])
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    packed = archive.write([(MANIFEST, b"{}"), (name, b"evil")])
    with pytest.raises(DamagedError, match="leads out"):
        whole(packed)
    with pytest.raises(BadInputError, match="name"):
        content("post", "public", {name: ("text/plain", b"x")})


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_links_folders_and_devices_are_refused(kind: bytes) -> None:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", format=tarfile.USTAR_FORMAT) as packed:
        one = tarfile.TarInfo(MANIFEST)
        one.type, one.linkname = kind, "/etc/passwd"
        packed.addfile(one)
    with pytest.raises(DamagedError, match="not a plain file"):
        whole(held.getvalue())


@pytest.mark.parametrize("mode", ["w:gz", "w:bz2", "w:xz"])
def test_what_is_compressed_is_not_even_unpacked(mode: str) -> None:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=mode) as packed:  # type: ignore[call-overload]
        one = tarfile.TarInfo("bomb")
        one.size = 50_000_000
        packed.addfile(one, io.BytesIO(bytes(one.size)))
    with pytest.raises(BadInputError, match="compressed"):
        whole(held.getvalue())


def test_a_size_that_is_a_lie_is_refused() -> None:
    packed = bytearray(sealed())
    packed[124:136] = b"77777777777\0"
    with pytest.raises(DamagedError, match="more than there are"):
        whole(bytes(packed))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"version": 2}, "version 2 is not known"),
        ({"version": True}, "not known"),
        ({"version": 1.0}, "no canonical JSON"),
        ({"version": float("nan")}, "no canonical JSON"),
        ({"format": "another"}, "another kind"),
        ({"title": "Another"}, "digest of its content"),
        ({"title": 1}, "is no text"),
        ({"more": ""}, '"more" is missing or does not belong'),
        ({"release": "x"}, "32 hexadecimal"),
        ({"signers": []}, "different keys sign"),
        ({"signers": ["!"]}, "base64 of 32 bytes"),
        ({"signers": "one"}, "no list"),
        ({"members": [{}]}, "nothing else"),
        ({"members": [{"name": "a", "media_type": "b/c", "size": True, "digest": ""}]}, "whole number"),
        ({"embargo": "2026-02-30T00:00:00Z"}, "write the moment"),
        ({"recipient": "a\nb"}, "may not stand"),
        ({"audience": ""}, "it is missing"),
        ({"audience": "\u202epublic"}, "may not stand"),
    ],
)
def test_a_manifest_that_is_signed_and_will_not_do_is_refused(fields: dict[str, object], said: str) -> None:
    with pytest.raises(LeconfieldError, match=said):
        whole(resealed(fields))


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"[]",
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{ "a":1}',
        b'"x"',
        b"\xff",
        b'{"a":"\\ud800"}',
        b"[" * 50_000,
        b'{"a":1.0}',
    ],
)
def test_a_manifest_written_in_another_way_is_refused(raw: bytes) -> None:
    with pytest.raises(LeconfieldError):
        whole(archive.write([(MANIFEST, raw)]))


def test_a_seal_on_something_else_is_no_seal() -> None:
    raw = archive.read(sealed(), "b")[0][1]
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    bare = Ed25519PrivateKey.from_private_bytes(bytes(range(32))).sign(raw)
    with pytest.raises(DamagedError, match="does not fit"):
        whole(repacked(sealed(), lambda listed: [*listed[:-1], (listed[-1][0], bare)]))


def test_files_that_are_not_those_of_the_content_are_not_sealed() -> None:
    for given_files in ({}, {"text.txt": b"other"}, {"text.txt": TEXT, "more.txt": b""}):
        with pytest.raises(BadInputError, match="not those of the content"):
            write(RELEASE, made(), given_files, (SEAL,))
    with pytest.raises(BadInputError, match="keys sign"):
        write(RELEASE, made(), {"text.txt": TEXT}, ())


@pytest.mark.parametrize("name", ["Jane.txt", "con.txt", "nul", "a.b.c", ".hidden", "", "a" * 65, "naïve.txt"])
def test_a_member_has_a_name_that_says_nothing_and_works_everywhere(name: str) -> None:
    with pytest.raises(BadInputError, match="name"):
        content("post", "public", {name: ("text/plain", b"x")})


def test_a_withdrawal_brings_nothing() -> None:
    assert not fault_in(Content("withdrawal", "public"))
    with pytest.raises(BadInputError, match="takes back"):
        content("withdrawal", "public", {"a.txt": ("text/plain", b"")})
    assert whole(write(RELEASE, Content("withdrawal", "public"), {}, (SEAL,))).manifest.withdraws


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.from_regex(r"[a-b]{1,3}\.[a-b]", fullmatch=True), st.binary(max_size=700), min_size=1, max_size=5
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=40),
)
@example({"a.a": b"\x00" * 512}, "\u00e9\U0001f600")
def test_any_content_goes_through_and_reads_with_any_tar(held: dict[str, bytes], title: str) -> None:
    named = {name: ("text/plain", each) for name, each in held.items()}
    packed = write(RELEASE, content("post", "public", named, title=title), held, (SEAL, SECOND))
    assert whole(packed).files == held
    with tarfile.open(fileobj=io.BytesIO(packed)) as opened:
        assert next(each.name for each in opened) == MANIFEST
        for name, each in held.items():
            found = opened.extractfile(f"members/{name}")
            assert found is not None
            assert found.read() == each


def test_keys_of_another_kind_and_secret_ones_are_refused() -> None:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    other = X25519PrivateKey.generate().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for pem, said in ((SEAL.pem, "secret half"), (other, "not an Ed25519"), (b"nonsense", "no public key")):
        with pytest.raises(BadInputError, match=said):
            Key.parse(pem, "seal.pem")
    assert Key.parse(SEAL.public.pem, "seal.pem") == SEAL.public
    assert SecretKey.parse(SEAL.pem, "seal.key").public == SEAL.public
    with pytest.raises(BadInputError, match="no secret key"):
        SecretKey.parse(SEAL.public.pem, "seal.key")


def test_verifying_needs_nothing_of_the_inside() -> None:
    code = "import sys, leconfield.gate.bundles; print(*sorted(m for m in sys.modules if m.startswith('leconfield')))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {each for each in run.stdout.split() if not each.startswith("leconfield.gate.bundles")} == {
        "leconfield",
        "leconfield.errors",
        "leconfield.gate",
    }


def test_the_digest_of_a_bundle_is_that_of_its_manifest() -> None:
    packed = sealed()
    assert whole(packed).digest == sha256(archive.read(packed, "b")[0][1]).hexdigest()
