"""Tests of `leconfield.ledger.vault`: it takes two, for a while; what is moved, torn or shredded opens to nobody."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from leconfield.errors import BadInputError, DamagedError, LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger import vault as vaults
from leconfield.ledger.stores.safes import SEALED, WRAPPED
from leconfield.ledger.vault import OPEN_FOR, Opened, Vault
from tests.ledger.desks import START

STRETCHED = vaults._stretched
TRUE_NAME = "Peregrine Aldous Quillfeather"
HOLDERS = {"huw": "a long walk on sand", "iris": "nine green bottles", "jon": "the third umbrella"}
PERSON, OTHER = "a" * 32, "b" * 32


class Hands:
    def __init__(self) -> None:
        self.at = START


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    from hashlib import sha256

    monkeypatch.setattr(vaults, "_stretched", lambda passphrase, salt: sha256(salt + passphrase.encode()).digest())


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def vault(tmp_path: Path, hands: Hands) -> Iterator[Vault]:
    opened = Vault(tmp_path / "vault", lambda: hands.at)
    for name, passphrase in HOLDERS.items():
        opened.enrol(name, passphrase)
    for person in (PERSON, OTHER):
        opened.add_person(person, ["huw", "iris"])
        opened.put(person, "identity", {"name": f"{TRUE_NAME} {person[0]}", "born": "1980-02-03"})
    yield opened
    opened.close()


def opening(vault: Vault, person: str = PERSON, one: str = "huw", other: str = "iris") -> Opened:
    half = vault.begin(person, one, HOLDERS[one], other)
    return vault.complete(half, other, HOLDERS[other], START + timedelta(days=1))


@pytest.mark.parametrize("pair", [("huw", "iris"), ("iris", "huw")])
def test_two_open_it_together_and_read_what_was_put(vault: Vault, pair: tuple[str, str]) -> None:
    vault.put(PERSON, "payment", {"amount": "£40"})
    kept = opening(vault, one=pair[0], other=pair[1]).read()
    assert [each.kind for each in kept] == ["identity", "payment"]
    assert kept[0].fields["name"] == f"{TRUE_NAME} a"


def test_nobody_opens_it_alone(vault: Vault) -> None:
    half = vault.begin(PERSON, "huw", HOLDERS["huw"], "iris")
    with pytest.raises(RefusedError, match="two different persons"):
        vault.complete(half, "huw", HOLDERS["huw"], START + OPEN_FOR)
    with pytest.raises(RefusedError, match="not a pair"):
        vault.begin(PERSON, "huw", HOLDERS["huw"], "huw")


def test_who_is_no_holder_for_him_does_not_open_it(vault: Vault) -> None:
    with pytest.raises(RefusedError, match="not a pair"):
        vault.begin(PERSON, "jon", HOLDERS["jon"], "huw")
    vault.share(opening(vault), ["huw", "jon"])
    assert opening(vault, one="jon", other="huw").read()


def test_a_wrong_passphrase_is_refused_in_the_same_words_as_a_holder_who_is_none(vault: Vault) -> None:
    half = vault.begin(PERSON, "huw", HOLDERS["huw"], "iris")
    with pytest.raises(RefusedError) as wrong:
        vault.begin(PERSON, "huw", "not the passphrase", "iris")
    with pytest.raises(RefusedError) as second:
        vault.complete(half, "iris", "not the passphrase", START + OPEN_FOR)
    assert str(wrong.value) == str(second.value)


def test_it_is_open_for_a_while_and_never_beyond_its_authority(vault: Vault, hands: Hands) -> None:
    half = vault.begin(PERSON, "huw", HOLDERS["huw"], "iris")
    short = vault.complete(half, "iris", HOLDERS["iris"], START + timedelta(minutes=1))
    long = opening(vault)
    hands.at += timedelta(minutes=2)
    with pytest.raises(RefusedError, match="is over"):
        short.read()
    assert long.read()
    hands.at += OPEN_FOR
    with pytest.raises(RefusedError, match="is over"):
        long.read()
    with pytest.raises(RefusedError, match="is over"):
        vault.share(long, ["huw", "jon"])


def written(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file())


def test_no_file_holds_a_byte_of_what_is_sealed(vault: Vault, tmp_path: Path) -> None:
    opening(vault).read()
    content = written(tmp_path)
    for word in (*TRUE_NAME.split(), "1980-02-03", *HOLDERS.values()):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert word.encode(encoding) not in content


def test_what_was_shredded_opens_to_nobody_and_its_key_is_in_no_file(vault: Vault, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "vault" / WRAPPED) as file:
        wraps = [row[0] for row in file.execute("SELECT sealed FROM wrap WHERE person = ?", (PERSON,))]
    assert wraps
    assert all(each in written(tmp_path) for each in wraps)
    half = vault.begin(PERSON, "huw", HOLDERS["huw"], "iris")
    del half
    vault.shred(PERSON)
    content = written(tmp_path)
    assert not any(each in content or each[8:40] in content for each in wraps)
    assert vault.shredded(PERSON)
    with pytest.raises(NotFoundError, match="destroyed"):
        vault.begin(PERSON, "huw", HOLDERS["huw"], "iris")
    with pytest.raises(BadInputError, match="already"):
        vault.add_person(PERSON, ["huw", "iris"])
    assert opening(vault, OTHER).read()[0].fields["name"] == f"{TRUE_NAME} b"


Damage = Callable[[sqlite3.Connection], object]
SWAPS: dict[str, tuple[str, Damage]] = {
    "a row in another's place": (SEALED, lambda file: file.execute("UPDATE item SET person = ?", (PERSON,))),
    "a row under another id": (SEALED, lambda file: file.execute("UPDATE item SET id = id || '0'")),
    "a row of another time": (SEALED, lambda file: file.execute("UPDATE item SET at = '1999'")),
    "a changed byte": (SEALED, lambda file: file.execute("UPDATE item SET sealed = zeroblob(length(sealed))")),
    "a key in another's place": (
        WRAPPED,
        lambda file: file.execute(
            "UPDATE wrap SET sealed = (SELECT w.sealed FROM wrap w WHERE w.person = ? AND w.inner = wrap.inner "
            "AND w.outer = wrap.outer) WHERE person = ?",
            (OTHER, PERSON),
        ),
    ),
    "the pair turned round": (
        WRAPPED,
        lambda file: file.executescript(
            "UPDATE wrap SET inner = inner || '.'; UPDATE wrap SET inner = outer, outer = rtrim(inner, '.')"
        ),
    ),
    "a short seal": (WRAPPED, lambda file: file.execute("UPDATE wrap SET sealed = x'00'")),
}


@pytest.mark.parametrize("what", SWAPS)
def test_what_was_moved_or_changed_is_refused(vault: Vault, tmp_path: Path, what: str) -> None:
    file, damage = SWAPS[what]
    connection = sqlite3.connect(tmp_path / "vault" / file)
    with connection:
        damage(connection)
    connection.close()
    with pytest.raises(DamagedError, match="restore both files"):
        opening(vault).read()


@pytest.mark.parametrize("file", [SEALED, WRAPPED])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_torn_file_is_refused(vault: Vault, tmp_path: Path, file: str, share: float) -> None:
    vault.close()
    copy = tmp_path / "copy"
    shutil.copytree(tmp_path / "vault", copy)
    content = (copy / file).read_bytes()
    (copy / file).write_bytes(content[: int(len(content) * share)])

    def reading() -> None:
        opening(Vault(copy, lambda: START)).read()

    with pytest.raises(DamagedError):
        reading()


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda vault: vault.enrol("kim", "short"), "characters"),
        (lambda vault: vault.enrol("huw", "another passphrase"), "holds a key already"),
        (lambda vault: vault.add_person("c", ["huw"]), "two holders"),
        (lambda vault: vault.add_person("c", ["huw", "huw"]), "two holders"),
        (lambda vault: vault.add_person("c", ["huw", "nobody"]), "holds no key"),
        (lambda vault: vault.add_person(PERSON, ["huw", "iris"]), "already"),
        (lambda vault: vault.put("c", "identity", {}), "nobody by that id"),
        (lambda vault: vault.shred("c"), "nobody by that id"),
    ],
)
def test_what_will_not_do_is_refused_with_the_reason(vault: Vault, act: Callable[[Vault], object], said: str) -> None:
    with pytest.raises(LeconfieldError, match=said):
        act(vault)


def test_a_key_is_taken_only_while_two_others_hold_theirs(vault: Vault) -> None:
    vault.retire("jon")
    with pytest.raises(RefusedError, match="two others"):
        vault.retire("huw")
    assert vault.holders() == ("huw", "iris")


def test_passphrases_are_stretched_by_argon2id_and_salt_counts() -> None:
    one, again, other = (STRETCHED("a long walk on sand", salt) for salt in (b"0" * 16, b"0" * 16, b"1" * 16))
    assert one == again != other
    assert len(one) == 32


def test_what_is_kept_for_a_while_is_gone_after_it_and_its_key_is_in_no_file(
    vault: Vault, hands: Hands, tmp_path: Path
) -> None:
    short = vault.seal_until("She only passed by.", START + timedelta(days=28))
    long = vault.seal_until("He holds views that I do not share.", START + timedelta(days=90))
    assert vault.unsealed(short) == "She only passed by."
    with sqlite3.connect(tmp_path / "vault" / WRAPPED) as file:
        (key,) = file.execute("SELECT key FROM perishable WHERE id = ?", (short.partition(".")[0],)).fetchone()
    assert b"passed by" not in written(tmp_path)
    hands.at += timedelta(days=29)
    assert vault.unsealed(short) is None
    assert vault.perish() == 1
    assert key not in written(tmp_path)
    assert vault.unsealed(long) == "He holds views that I do not share."
    assert vault.perish() == 0


def test_a_text_sealed_for_a_while_that_was_changed_is_refused(vault: Vault) -> None:
    one = vault.seal_until("one", START + timedelta(days=1))
    other = vault.seal_until("other", START + timedelta(days=1))
    mixed = f"{one.partition('.')[0]}.{other.partition('.')[2]}"
    for broken in (mixed, one[:-4] + "AAAA", one[:40] + "?"):
        with pytest.raises(DamagedError):
            vault.unsealed(broken)
    assert vault.unsealed("nothing") is None


def test_no_key_is_taken_that_some_record_needs(vault: Vault) -> None:
    vault.enrol("kim", "a fourth passphrase")
    with pytest.raises(RefusedError, match="2 records could be opened by nobody"):
        vault.retire("huw")
    for person in (PERSON, OTHER):
        vault.share(opening(vault, person), ["iris", "jon"])
    vault.retire("huw")
    assert opening(vault, one="jon", other="iris").read()


def test_what_remains_is_found_before_it_is_destroyed_and_not_after(vault: Vault, tmp_path: Path) -> None:
    before = vault.remains(PERSON)
    assert (before.seals, before.things) == (2, 1)
    assert any(WRAPPED in each for each in before.traces)
    vault.shred(PERSON)
    after = vault.remains(PERSON)
    assert (after.seals, after.things, after.traces) == (0, 1, ())
    assert vault.remains(OTHER).seals == 2
    memory = Vault(None, lambda: START)
    for name, passphrase in HOLDERS.items():
        memory.enrol(name, passphrase)
    memory.add_person(PERSON, ["huw", "iris"])
    assert memory.remains(PERSON).traces == (WRAPPED,)
    memory.shred(PERSON)
    assert memory.remains(PERSON).traces == ()


def test_texts_perish_by_themselves_at_the_next_opening(vault: Vault, hands: Hands, tmp_path: Path) -> None:
    vault.seal_until("She only passed by.", START + timedelta(days=28))
    vault.close()
    hands.at += timedelta(days=29)
    again = Vault(tmp_path / "vault", lambda: hands.at)
    assert again.perish() == 0
    with sqlite3.connect(tmp_path / "vault" / WRAPPED) as file:
        assert file.execute("SELECT count(*) FROM perishable").fetchone() == (0,)
    again.close()
