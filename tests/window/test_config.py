"""A window's folder: made from public keys alone; what is wrong in it is said in words that help."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from typer.testing import CliRunner

from leconfield.errors import BadInputError
from leconfield.gate.bundles.boxes import Box
from leconfield.window.commands import window as commands
from leconfield.window.config import FILE, Config
from leconfield.window.house import spool_of
from tests.window.houses import SEAL, house, initialised, keys


def test_init_makes_a_window_that_loads(tmp_path: Path) -> None:
    seal, box, _ = keys(tmp_path / "keys")
    words = [
        "init",
        str(tmp_path / "w"),
        "--name",
        'The "Harbour" Service',
        "--seal-key",
        str(seal),
        "--box-key",
        str(box),
    ]
    done = CliRunner().invoke(commands, words)
    assert done.exit_code == 0, done.output
    made = Config.load(tmp_path / "w")
    assert made.name == 'The "Harbour" Service'
    assert made.seal_keys == (SEAL.public,)
    assert made.languages == ("en", "de")
    assert spool_of(made).in_.is_dir()


def test_a_secret_key_is_refused_and_not_copied(tmp_path: Path) -> None:
    seal, box, _ = keys(tmp_path / "keys")
    secret = tmp_path / "secret.pem"
    secret.write_bytes(SEAL.pem)
    with pytest.raises(BadInputError, match="secret half"):
        _made(tmp_path / "w", secret, box)
    private = X25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    secret.write_bytes(private)
    with pytest.raises(BadInputError, match="secret half"):
        _made(tmp_path / "w", seal, secret)
    assert not (tmp_path / "w").exists()


def _made(folder: Path, seal: Path, box: Path) -> None:
    words = ["init", str(folder), "--name", "x", "--seal-key", str(seal), "--box-key", str(box)]
    done = CliRunner().invoke(commands, words)
    if done.exception is not None:
        raise done.exception


def test_a_window_is_not_made_over_another(tmp_path: Path) -> None:
    initialised(tmp_path / "w")
    seal, box, _ = keys(tmp_path / "keys")
    with pytest.raises(BadInputError, match="there is a window already"):
        _made(tmp_path / "w", seal, box)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('name = "x"\nurl = "example.org"', "the address alone"),
        ('name = "x"\nurl = "https://example.org/path"', "the address alone"),
        ('url = "https://example.org"', "write name"),
        ('name = "x"\nurl = "https://example.org"\nlanguages = ["xx"]', "languages are among"),
        ('name = "x"\nurl = "https://example.org"\nlanguages = "en"', "a list of texts"),
        ('name = "x"\nurl = "https://example.org"', "seal and box"),
        ('name = "x"\nurl = "https://example.org"\n[keys]\nseal = ["no.pem"]\nbox = ["no.pem"]', "no such file"),
        ("name = ", "window.toml"),
    ],
)
def test_what_is_wrong_in_the_file_is_said(tmp_path: Path, line: str, fault: str) -> None:
    (tmp_path / FILE).write_text(line)
    with pytest.raises(BadInputError, match=fault):
        Config.load(tmp_path)


def test_a_folder_without_a_window_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="leconfield window init"):
        Config.load(tmp_path)


def test_a_box_is_left_under_a_random_name_with_the_day_alone(tmp_path: Path) -> None:
    place = house(tmp_path)
    for _ in range(2):
        place.window.outbox.put(Box("tip", "2026-11-23", {"what": "secret words"}))
    files = sorted((place.folder / "spool" / "out").iterdir())
    assert len({each.name for each in files}) == 2
    assert {each.stat().st_mtime % 86_400 for each in files} == {0}
    assert {each.stat().st_size for each in files} == {files[0].stat().st_size}
    assert [each.fields["what"] for each in place.boxes()] == ["secret words"] * 2
