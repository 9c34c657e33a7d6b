"""The sealed bundle: one file that crosses from inside to outside. Written here, and verified here by anybody.

`docs/bundle-format.md` specifies it, with vectors and a recipe for verifying it with openssl and sha256sum alone.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from leconfield.errors import BadInputError, DamagedError, RefusedError
from leconfield.gate.bundles import archive
from leconfield.gate.bundles.content import (
    WITHDRAWAL,
    Content,
    Member,
    canonical,
    content_in,
    fault_in,
    fault_in_words,
    parsed,
)
from leconfield.gate.bundles.keys import Key, SecretKey

FORMAT: Final = "leconfield sealed bundle"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
MAX_MANIFEST: Final = 1024 * 1024
MAX_SIGNERS: Final = 16
_RELEASE: Final = re.compile(r"[0-9a-f]{32}")
_SIGNATURE_BYTES: Final = 64
_HEAD: Final = frozenset(
    {
        "audience",
        "content",
        "embargo",
        "form",
        "format",
        "members",
        "recipient",
        "release",
        "signers",
        "title",
        "version",
    }
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a seal stands on."""

    release: str
    """The release's id: 32 hexadecimal digits; that of a withdrawal is that of what it takes back."""
    content: Content
    signers: tuple[Key, ...]
    """Exactly those who sign, sorted by id."""
    recipient: str = ""
    """To whom this copy goes; empty: to everybody of the audience."""

    @property
    def withdraws(self) -> bool:
        """Whether it takes the release back."""
        return self.content.form == WITHDRAWAL

    def serialise(self) -> bytes:
        """The bytes that are signed."""
        head = {"content": self.content.digest, "format": FORMAT, "version": VERSION}
        keys = [base64.b64encode(each.raw).decode("ascii") for each in self.signers]
        mine = {"recipient": self.recipient, "release": self.release, "signers": keys}
        return canonical({**head, **mine, **self.content.fields})


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that is whole: every digest and every signature fits."""

    manifest: Manifest
    files: Mapping[str, bytes]
    """The members' bytes by their names."""
    digest: str
    """SHA-256 of the manifest: what this bundle is known by."""
    trusted: tuple[str, ...] = ()
    """Ids of those among its signers whose keys the verifier holds."""


def write(
    release: str,
    content: Content,
    files: Mapping[str, bytes],
    signers: Sequence[SecretKey],
    *,
    recipient: str = "",
) -> bytes:
    """The sealed bundle; the same bytes each time.

    Raises:
        BadInputError: if something may not stand in it, or the files are not those of the content.
    """
    keys = {each.public.id: each for each in signers}
    manifest = Manifest(release, content, tuple(keys[each].public for each in sorted(keys)), recipient)
    if fault := _fault(manifest):
        raise BadInputError(fault)
    held = [Member.of(each.name, each.media_type, files[each.name]) for each in content.members if each.name in files]
    if tuple(held) != content.members or len(files) != len(held):
        raise BadInputError("the files are not those of the content that was approved; take them from it")
    raw = manifest.serialise()
    members = [(f"members/{each.name}", files[each.name]) for each in content.members]
    return archive.write(
        [(MANIFEST, raw), *members, *((_signature_name(each), keys[each].sign(raw)) for each in sorted(keys))]
    )


def verify(packed: bytes, trusted: Iterable[Key], *, needed: int = 1, where: str = "bundle") -> Bundle:
    """The bundle, if it is whole and at least `needed` of its signers are among `trusted`.

    Raises:
        BadInputError: if it is no bundle, or of a version that is not known here.
        DamagedError: if it was torn or altered in any byte.
        RefusedError: if it is whole, but not sealed by those whom the verifier trusts.
    """
    found = whole(packed, where=where)
    known = {each.id for each in trusted}
    ours = tuple(each.id for each in found.manifest.signers if each.id in known)
    if len(ours) < max(needed, 1):
        theirs = ", ".join(each.id[:16] for each in found.manifest.signers)
        raise RefusedError(
            f"{where}: it is whole, but sealed by {theirs}; of the keys you trust it takes {max(needed, 1)} and has "
            f"{len(ours)}. Compare the key with its owner, and do not use the file"
        )
    return Bundle(found.manifest, found.files, found.digest, ours)


def whole(packed: bytes, *, where: str = "bundle") -> Bundle:
    """The bundle, if every digest and signature in it fits; whose the keys are is not asked.

    Raises:
        BadInputError, DamagedError: as `verify`.
    """
    entries = archive.read(packed, where)
    if not entries or entries[0][0] != MANIFEST or len(entries[0][1]) > MAX_MANIFEST:
        raise DamagedError(f"{where}: {MANIFEST} is not its first file, or has over {MAX_MANIFEST:,} bytes")
    raw = entries[0][1]
    manifest = _manifest(raw, where)
    _check_names([name for name, _ in entries], manifest, where)
    held = dict(entries)
    files = {each.name: held[f"members/{each.name}"] for each in manifest.content.members}
    for each in manifest.content.members:
        if Member.of(each.name, each.media_type, files[each.name]) != each:
            raise DamagedError(f'{where}, member "{each.name}": its bytes are not those that were sealed')
    for key in manifest.signers:
        signature = held[_signature_name(key.id)]
        if len(signature) != _SIGNATURE_BYTES or not key.verifies(signature, raw):
            raise DamagedError(f"{where}: the signature of {key.id[:16]} does not fit; something was altered")
    return Bundle(manifest, files, sha256(raw).hexdigest())


def _check_names(names: Sequence[str], manifest: Manifest, where: str) -> None:
    members = [f"members/{each.name}" for each in manifest.content.members]
    wanted = [MANIFEST, *members, *(_signature_name(each.id) for each in manifest.signers)]
    if list(names) == wanted:
        return
    if extra := sorted(set(names) - set(wanted)):
        raise DamagedError(f'{where}: "{extra[0]}" is in it, which nobody sealed; do not use it')
    if missing := sorted(set(wanted) - set(names)):
        raise DamagedError(f'{where}: "{missing[0]}" is missing; ask for the file again')
    raise DamagedError(f"{where}: its files are in another order, or one is there twice; it was repacked")


def _signature_name(key_id: str) -> str:
    return f"signatures/{key_id}.sig"


def _manifest(raw: bytes, where: str) -> Manifest:
    place = f"{where}, {MANIFEST}"
    fields = parsed(raw, place)
    if fields.get("format") != FORMAT:
        raise BadInputError(f'{place}: its format is not "{FORMAT}"; this is another kind of file')
    if fields.get("version") != VERSION or isinstance(fields["version"], bool):
        raise BadInputError(
            f"{place}: version {str(fields.get('version'))[:20]} is not known here, {VERSION} is; get a newer one"
        )
    if fields.keys() != _HEAD:
        odd = sorted(fields.keys() ^ _HEAD)
        raise DamagedError(f'{place}: "{odd[0][:40]}" is missing or does not belong there')
    texts = {name: value for name, value in fields.items() if isinstance(value, str)}
    if lacking := sorted(_HEAD - texts.keys() - {"members", "signers", "version"}):
        raise DamagedError(f'{place}: "{lacking[0]}" is no text')
    content = content_in(fields, place)
    signers = tuple(_key(each, place) for each in _list(fields["signers"], "signers", place))
    manifest = Manifest(texts["release"], content, signers, texts["recipient"])
    if fault := _fault(manifest):
        raise DamagedError(f"{place}: {fault}")
    if content.digest != texts["content"]:
        raise DamagedError(f"{place}: the digest of its content does not fit the content")
    return manifest


def _fault(manifest: Manifest) -> str:
    if _RELEASE.fullmatch(manifest.release) is None:
        return "the release's id is not 32 hexadecimal digits"
    ids = [each.id for each in manifest.signers]
    if not 0 < len(ids) <= MAX_SIGNERS or ids != sorted(set(ids)):
        return f"1 to {MAX_SIGNERS} different keys sign, in the order of their ids"
    return fault_in_words(manifest.recipient, "recipient") or fault_in(manifest.content)


def _list(value: object, name: str, place: str) -> list[object]:
    if not isinstance(value, list):
        raise DamagedError(f'{place}: "{name}" is no list')
    return value


def _key(value: object, place: str) -> Key:
    try:
        raw = base64.b64decode(str(value).encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raw = b""
    if len(raw) != 32 or base64.b64encode(raw).decode("ascii") != value:
        raise DamagedError(f"{place}: a signer's key is not the base64 of 32 bytes")
    return Key(raw)
