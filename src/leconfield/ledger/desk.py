"""A desk: one folder that holds a ledger, its files and keys. Opens views, and takes what is appended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Final

from leconfield.errors import BadInputError, RefusedError
from leconfield.ledger import accounts, labels
from leconfield.ledger.audit import Read, export_log
from leconfield.ledger.bulk import SEGMENT_LOADED, Looked, cells_of, named_in
from leconfield.ledger.drafts import Draft, NewReport
from leconfield.ledger.files import Files
from leconfield.ledger.ids import Ids
from leconfield.ledger.inspection import Verification, verify
from leconfield.ledger.keys import Keys
from leconfield.ledger.model import Question, Reader, ReportId
from leconfield.ledger.oversight import LOG, Accesses, Counts, inspects
from leconfield.ledger.recorder import Receipt, Recorder
from leconfield.ledger.stores import tables
from leconfield.ledger.stores.segments import Segments
from leconfield.ledger.stores.sqlite import SqliteStore
from leconfield.ledger.times import stamp
from leconfield.ledger.vault import Vault
from leconfield.ledger.view import View
from leconfield.ledger.worlds import Worlds

DATABASE: Final = "desk.db"
Clock = Callable[[], datetime]


def now() -> datetime:
    """Tell the moment, in UTC."""
    return datetime.now(UTC)


class Desk:
    """The ledger of one desk: `view` to read, `append` to add. Nothing else reads or writes."""

    def __init__(
        self,
        store: SqliteStore,
        files: Files,
        segments: Segments,
        keys: Keys,
        clock: Clock = now,
        vault: Path | None = None,
    ) -> None:
        self.clock = clock
        self.ids = Ids(keys.ids)
        self.verifier = keys.signer.verifier
        self._store = store
        self._files = files
        self._segments = segments
        self._recorder = Recorder(store, self.ids, keys.signer)
        self._worlds = Worlds(store, segments)
        self._vault_folder = vault
        self._counts = Counts()
        self._apart = Recorder(SqliteStore(vault.parent / LOG if vault else None), self.ids, keys.signer)

    @property
    def folder(self) -> Path | None:
        """Where it is kept; None: in memory alone."""
        return self._vault_folder.parent if self._vault_folder else None

    @cached_property
    def vault(self) -> Vault:
        """True identities, apart from everything else; its files are made when it is first used."""
        return Vault(self._vault_folder, self.clock)

    @classmethod
    def create(cls, folder: Path, clock: Clock = now) -> Desk:
        """Make a new desk in an empty or new folder.

        Raises:
            BadInputError: if something is there already.
        """
        if folder.exists() and any(folder.iterdir()):
            raise BadInputError(f"{folder} is not empty; choose a new folder, or open the desk that is there")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        Keys.new("leconfield-desk").save(folder / "keys")
        return cls.open(folder, clock, creating=True)

    @classmethod
    def open(cls, folder: Path, clock: Clock = now, *, creating: bool = False) -> Desk:
        """Open the desk in the folder.

        Raises:
            BadInputError: if there is none.
        """
        if not creating and not (folder / DATABASE).is_file():
            raise BadInputError(f'no desk in {folder}; make one with "leconfield init {folder}"')
        keys = Keys.load(folder / "keys")
        files, segments = Files(folder / "files"), Segments(folder / "segments")
        return cls(SqliteStore(folder / DATABASE), files, segments, keys, clock, folder / "vault")

    @classmethod
    def in_memory(cls, keys: Keys, clock: Clock = now) -> Desk:
        """A desk that is gone when it is let go of: for trying things out, and for tests."""
        return cls(SqliteStore(None), Files(None), Segments(None), keys, clock)

    def sign_in(self, name: str, password: str) -> Reader:
        """The reader with that name and password; both outcomes are recorded.

        Raises:
            RefusedError: in the same words whichever of the two is wrong.
        """
        entries = self.view(accounts.KEEPER, asking=Question("sign in", name)).entries()
        try:
            reader = accounts.signed_in(entries, name, password)
        except RefusedError:
            self._record_sign_in(name, accounts.SIGN_IN_REFUSED)
            raise
        self._record_sign_in(name, accounts.SIGNED_IN)
        return reader

    def reader(self, name: str) -> Reader:
        """The enrolled reader of that name with what he holds at this moment: signing in, not reading.

        Raises:
            BadInputError: if nobody is enrolled under it.
        """
        world = self._worlds.world(accounts.KEEPER.tokens, None)
        found = accounts.readers(world.entries).get(name)
        if found is None:
            raise BadInputError(f'nobody signs in as "{name}" here; "leconfield user list" shows who does')
        return found

    def readers(self) -> dict[str, Reader]:
        """Everybody who may sign in, by name."""
        view = self.view(accounts.KEEPER, asking=Question("accounts"))
        return accounts.readers(view.entries())

    def view(self, reader: Reader, as_of: datetime | None = None, *, asking: Question) -> View:
        """What the reader may see, as of a moment (None: now). The question is on disk before this returns."""
        words = asking.about if as_of is None else f"{asking.about} as of {stamp(as_of)}".strip()
        opened = self.clock()
        log = self._apart if inspects(reader) else self._recorder
        log.read(Read.of(stamp(opened), reader.name, asking.action, words, asking.purpose))
        return View(reader, as_of, asking, self._worlds.world(reader.tokens, as_of), self._files, opened)

    def append(
        self, by: Reader, drafts: Sequence[Draft], at: datetime | None = None, *, once: bool = False
    ) -> list[Receipt]:
        """Append what `by` does: all of the drafts or none. On disk when this returns.

        `once`: the drafts belong together, and none is appended if one with a key stands already (of two people who
        act at the same moment on what both have read, the second is told so).

        Raises:
            LabelError: if a label does not parse.
            RefusedError: if a label would hide the entry from him who writes it (a mistyped token hides from all), or
                somebody was quicker (`once`).
        """
        for draft in drafts:
            if draft.kind == SEGMENT_LOADED:
                raise RefusedError(f'an entry "{SEGMENT_LOADED}" comes only with its segment; load the table')
            for label in {draft.label, *(each.label for each in draft.statements if each.label is not None)}:
                self.check_writable(by, label)
        return self._recorder.append(by.name, stamp(at or self.clock()), drafts, once=once)

    def append_segment(
        self,
        by: Reader,
        label: str,
        statements: Iterable[Looked],
        made: Callable[[], Draft],
        at: datetime | None = None,
    ) -> Receipt:
        """Append the statements of a large table, all under one label, as a segment that one entry names.

        The entry is that of `made()`, called when the last statement has been taken, which brings the report that
        the statements are of. All of it is on disk when this returns; if it is stopped before, nobody sees anything.

        Raises:
            LabelError: if the label does not parse.
            RefusedError: if the label would hide the table from him who loads it, or the disk is full.
        """
        from leconfield.ledger.stores.segment_writing import prepare  # noqa: PLC0415 - loads DuckDB, where used

        self.check_writable(by, label)
        with self._segments.workshop() as workshop:
            segment = prepare(self._cells(str(labels.parse(label)), statements), workshop)
            draft = made()
            body = {**draft.body, "digest": segment.digest, "rows": str(segment.rows), "records": str(segment.records)}
            draft = replace(draft, kind=SEGMENT_LOADED, label=label, body=body, statements=())
            with self._segments.publishing():
                self._segments.tidy({digest for _, digest in named_in(self._store.everything(tables.entry))})
                self._segments.publish(segment.path, segment.digest)
                (receipt,) = self._recorder.append(by.name, stamp(at or self.clock()), [draft])
        return replace(receipt, segment=self._segments.path(segment.digest))

    def _cells(self, label: str, statements: Iterable[Looked]) -> Iterator[tuple[str | int, ...]]:
        for new, lookup in statements:
            if new.label is not None:
                raise RefusedError("a segment has one label, that of its table; load rows under another one apart")
            yield cells_of(self._recorder.statement_id(new, label), new, lookup)

    @staticmethod
    def check_writable(by: Reader, label: str) -> None:
        """Make sure that what `by` writes under the label he can read himself.

        Raises:
            LabelError: if the label does not parse.
            RefusedError: if he does not hold what it asks for; a mistyped token would hide it from everybody.
        """
        expression = labels.parse(label)
        if not expression.admits(by.tokens):
            missing = ", ".join(sorted(labels.tokens_in(expression) - by.tokens))
            raise RefusedError(
                f'label "{label}" would hide this from you: you do not hold {missing}; '
                "check the spelling or choose another"
            )

    def holds(self, by: Reader, report: ReportId) -> bool:
        """Whether the report stands already where `by` may see it: asked before filing it, not to read it."""
        return report in self._worlds.world(by.tokens, None).reports

    def report_id(self, new: NewReport, label: str) -> ReportId:
        """The id that the report bears, or will bear, under this label."""
        return self._recorder.report_of(new, str(labels.parse(label)), "").id

    def keep(self, content: bytes) -> str:
        """Put a file away by the hash of its bytes; the digest."""
        return self._files.keep(content)

    def keep_file(self, content: BinaryIO) -> str:
        """Put a file of any size away by the hash of its bytes, read from its beginning; the digest."""
        return self._files.keep_file(content)

    def accesses(self, inspector: Reader) -> tuple[Accesses, ...]:
        """What everybody read and did, by day and officer, without what it was about; the question is logged apart.

        Raises:
            RefusedError: if whoever asks is no inspector.
        """
        if not inspects(inspector):
            raise RefusedError("the log of accesses is for an inspector")
        self._apart.read(Read.of(stamp(self.clock()), inspector.name, "accesses"))
        self._counts.read_on(self._store.leaves(self._counts.leaves))
        return self._counts.by_day()

    def verify(self, witnessed: Sequence[str] = ()) -> Verification:
        """Recompute the audit log and hold every entry against it, and against checkpoints an overseer kept."""
        return verify(self._store, self._segments, self.verifier, witnessed)

    def checkpoint(self) -> str:
        """The signed checkpoint of the audit log as it stands; empty before the first act."""
        head = self._store.head()
        return head[2] if head else ""

    def publish_audit(self, folder: Path) -> None:
        """Write the audit log as C2SP tlog-tiles into the folder, going on from what it holds already."""
        export_log(folder, self.checkpoint(), self.verifier.vkey, self._store.leaves)

    def leaves(self, start: int = 0) -> Iterator[bytes]:
        """The leaves of the audit log from place `start`, in order; `parse_leaf` reads them.

        They bear no labels: whoever shows a reader anything of them must first make sure, by what the one who acted or
        read held at that moment, that it can rest on nothing hidden from him.
        """
        return self._store.leaves(start)

    def close(self) -> None:
        """Let go of the desk's files."""
        self._store.close()
        self._segments.close()
        if "vault" in self.__dict__:
            self.vault.close()

    def _record_sign_in(self, name: str, kind: str) -> None:
        self.append(accounts.KEEPER, [Draft(kind=kind, label=accounts.LABEL, about=name[:64])])
