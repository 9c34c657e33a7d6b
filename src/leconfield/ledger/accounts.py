"""Who may sign in, and what he holds. Accounts are entries like everything else, under a label of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from leconfield.errors import BadInputError, RefusedError
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Entry, Reader

LABEL: Final = "ACCOUNTS"
KEEPER: Final = Reader("desk", "the desk itself", frozenset({LABEL}))
"""The desk's own reader: it sees accounts, and what bears no label, but reads only the accounts of it."""

ENROLLED: Final = "enrolled"
SIGNED_IN: Final = "signed in"
SIGN_IN_REFUSED: Final = "sign-in refused"

_NAME: Final = re.compile(r"[a-z][a-z0-9.-]{0,31}")
_MIN_PASSWORD: Final = 8


@lru_cache(maxsize=1)
def hasher() -> PasswordHasher:
    """Argon2id with the library's defaults (RFC 9106, low-memory profile)."""
    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return hasher().hash("no password is this one")


def enrolling(name: str, persona: str, password: str, tokens: Iterable[str], roles: Iterable[str]) -> Draft:
    """The draft that lets somebody sign in, or changes what he holds.

    Raises:
        BadInputError: if the name or the password will not do.
    """
    if not _NAME.fullmatch(name):
        raise BadInputError(f'sign-in name "{name}": use small letters, digits, dots and hyphens, 32 at most')
    if len(password) < _MIN_PASSWORD:
        raise BadInputError(f"the password has {len(password)} characters; use {_MIN_PASSWORD} or more")
    held = set(tokens)
    if LABEL in held:
        raise BadInputError(f"{LABEL} belongs to the desk alone; leave it out")
    body = {
        "persona": persona,
        "password": hasher().hash(password),
        "tokens": " ".join(sorted(held)),
        "roles": " ".join(sorted(roles)),
    }
    return Draft(kind=ENROLLED, label=LABEL, about=name, body=body)


def readers(entries: Iterable[Entry]) -> dict[str, Reader]:
    """Everybody who is enrolled, by sign-in name; a later enrolment replaces an earlier one."""
    return {name: _reader(each) for name, each in _enrolments(entries).items()}


def signed_in(entries: Iterable[Entry], name: str, password: str) -> Reader:
    """The reader who signs in with that name and password.

    Raises:
        RefusedError: in the same words and after the same work whether the name or the password is wrong.
    """
    entry = _enrolments(entries).get(name)
    try:
        hasher().verify(entry.body["password"] if entry else _nobodys_hash(), password)
    except (VerificationError, InvalidHashError) as error:
        raise RefusedError("that name and password do not belong together; try again") from error
    if entry is None:
        raise RefusedError("that name and password do not belong together; try again")
    return _reader(entry)


def _enrolments(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The enrolment that counts, by sign-in name; one under another label is nobody's to make."""
    return {each.about: each for each in entries if each.kind == ENROLLED and each.label == LABEL}


def _reader(entry: Entry) -> Reader:
    tokens, roles = frozenset(entry.body["tokens"].split()), frozenset(entry.body["roles"].split())
    return Reader(entry.about, entry.body["persona"], tokens, roles)
