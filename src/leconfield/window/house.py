"""The window as a page is handed it: frozen, and the same for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography.fernet import Fernet
from jinja2 import Environment

from leconfield.errors import BadInputError
from leconfield.window import writing
from leconfield.window.codes import Cost, Salt, kept_salt
from leconfield.window.config import FILE, Config
from leconfield.window.shelf import Shelf
from leconfield.window.spool import MOST, Outbox, Spool
from leconfield.window.tickets import Tickets, Toll

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Window:
    """What a page is handed: the shelf to show from, the outbox to put into, and no more."""

    config: Config
    shelf: Shelf
    outbox: Outbox
    clock: Clock
    folder: Path
    templates: Environment
    tickets: Tickets
    """The toll for sending something in; one for the process."""
    salt: Salt
    """What this window mixes into codes."""
    carrying: Fernet = field(default_factory=lambda: Fernet(Fernet.generate_key()), repr=False)
    """The key of this process for what is carried in hidden fields; it is never written down."""

    def store(self, name: str) -> Path:
        """The file of an area's own store: `window.store("votes.db")`."""
        return self.folder / "store" / name


def spool_of(config: Config) -> Spool:
    """The spool folders of a window: below its own, or where `[spool] folder` says."""
    told = config.table("spool").get("folder")
    return Spool((config.folder / told) if isinstance(told, str) and told else config.folder / "spool")


def most_waiting(config: Config) -> int:
    """Bytes that may wait for the inside before large boxes are refused: `[spool] most_mib`.

    Raises:
        BadInputError: if that is no number of MiB.
    """
    told = config.table("spool").get("most_mib", MOST // 2**20)
    if not isinstance(told, int) or isinstance(told, bool) or told < 1:
        raise BadInputError(f"{config.folder / FILE}: [spool] most_mib is a number of MiB, as 2048")
    return told * 2**20


def shelf_of(config: Config) -> Shelf:
    """The shelf of a window; each process may have its own on the same folder."""
    spool = spool_of(config)
    spool.make()
    return Shelf(config.folder / "shelf", spool, config.seal_keys)


def open_window(config: Config, templates: Environment, clock: Clock = utc_now) -> Window:
    """The window of a configuration."""
    shelf = shelf_of(config)
    writing.sweep(shelf.spool.out, clock().astimezone(UTC).date().isoformat())
    return Window(
        config=config,
        shelf=shelf,
        outbox=Outbox(shelf.spool, config.recipients, most_waiting(config)),
        clock=clock,
        folder=config.folder,
        templates=templates,
        tickets=Tickets(Toll(**_numbers(config, "tickets")), clock),
        salt=kept_salt(config.folder, Cost(**_numbers(config, "codes"))),
    )


def _numbers(config: Config, table: str) -> dict[str, int]:
    """The whole numbers of a table of the configuration."""
    return {name: value for name, value in config.table(table).items() if isinstance(value, int)}
