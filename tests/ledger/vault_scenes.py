"""What is done at a vault in a process that will be killed; run as a module, it is a nursery of the crash tests.

Keys are stretched by a quick hash here: what is tested is what a kill leaves, not how long a guess takes.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from leconfield.ledger import vault as vaults
from leconfield.ledger.desk import Desk
from tests.crash import nursery
from tests.crash.scenes import SCENES
from tests.ledger.desks import ROB, look

HOLDERS: Final = {"huw": "a long walk on sand", "iris": "nine green bottles", "jon": "the third umbrella"}
PERSON, OTHER, NEW = "a" * 32, "b" * 32, "c" * 32
FAR: Final = datetime(2126, 1, 1, tzinfo=UTC)
GONE: Final = datetime(2001, 1, 1, tzinfo=UTC)


def quick() -> None:
    """Let passphrases be stretched in no time."""
    vaults._stretched = lambda passphrase, salt: sha256(salt + passphrase.encode()).digest()


def new_vault(folder: Path) -> Path:
    """A desk whose vault holds two persons, closed again."""
    desk = Desk.create(folder)
    look(desk, ROB)  # so that there is an audit log to verify
    for name, passphrase in HOLDERS.items():
        desk.vault.enrol(name, passphrase)
    for person in (PERSON, OTHER):
        desk.vault.add_person(person, ["huw", "iris"])
        desk.vault.put(person, "identity", {"name": f"Peregrine Quillfeather {person[0]}"})
    desk.close()
    return folder


def vault(desk: Desk, _files: Path) -> None:
    """Enrol, add, seal, share, let a text perish, destroy; say of each when it is done."""
    desk.vault.enrol("kim", "a fourth of them")
    _acknowledge("enrolled kim")
    desk.vault.add_person(NEW, ["huw", "iris"])
    _acknowledge(f"added {NEW}")
    for n in range(3):
        desk.vault.put(NEW, "contact", {"telephone": f"+44 7700 90000{n}"})
        _acknowledge(f"put {NEW} {n}")
    half = desk.vault.begin(PERSON, "huw", HOLDERS["huw"], "iris")
    desk.vault.share(desk.vault.complete(half, "iris", HOLDERS["iris"], FAR), ["huw", "jon"])
    _acknowledge(f"shared {PERSON}")
    _acknowledge(f"text {desk.vault.seal_until('kept for long', FAR)}")
    desk.vault.seal_until("kept for no time", GONE)
    desk.vault.perish()
    _acknowledge("perished")
    desk.vault.shred(OTHER)
    _acknowledge(f"shredded {OTHER}")


def _acknowledge(words: str) -> None:
    print("ACK", words, flush=True)


if __name__ == "__main__":
    quick()
    SCENES["vault"] = vault
    nursery.main()
