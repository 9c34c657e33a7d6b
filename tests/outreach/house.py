"""A desk in a folder with editors on it, for tests of `leconfield.outreach`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from leconfield import app
from leconfield.gate.bundles.boxes import Box, seal
from leconfield.gate.release import service
from leconfield.gate.release.model import Step
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId, Reader
from leconfield.ledger.view import View
from leconfield.outreach.keys import box_key
from tests.gate.release.rooms import KEEPER, OFFICER, POST, Gate, approves
from tests.ledger.desks import Ticking, look
from tests.noninterference.desks import cheap_passwords, enrolment
from tests.noninterference.pages import Browser, prepared
from tests.outreach.readers import EDITOR, JUNIOR, PLAIN, SENDER

__all__ = [
    "EDITOR",
    "JUNIOR",
    "LABEL",
    "PLAIN",
    "SENDER",
    "another",
    "enrolled",
    "got",
    "kept",
    "lies",
    "published",
    "sent",
]

LABEL = "S&SEQUIN"


@contextmanager
def kept(folder: Path) -> Iterator[Desk]:
    """A new desk in a folder, with a ticking clock."""
    desk = Desk.create(folder, Ticking())
    try:
        yield desk
    finally:
        desk.close()


def published(
    desk: Desk,
    files: service.Given = POST,
    *,
    form: str = "post",
    audience: str = "public",
    title: str = "",
    embargo: str = "",
    publish: bool = True,
) -> EntryId:
    """A release that has left, by a gate that always nods."""
    which = service.draft(desk, look(desk, EDITOR), form, audience, files, label=LABEL, title=title, embargo=embargo)
    service.check(desk, look(desk, OFFICER), which, Gate())
    approves(desk, OFFICER, which)
    approves(desk, KEEPER, which)
    service.seal(desk, look(desk, OFFICER), which, Gate())
    if publish:
        service.take(desk, look(desk, OFFICER), which, Step.PUBLISH, reason="Now.")
    return which


def lies(desk: Desk, spool: Path, box: Box) -> Path:
    """A sealed box for the desk, as the window puts it into its spool."""
    spool.mkdir(parents=True, exist_ok=True)
    file = spool / f"{box.id}.box"
    file.write_bytes(seal(box, [box_key(desk).public_key()]))
    return file


def another(desk: Desk, reader: Reader) -> View:
    """What a colleague of his sees now, who will act on it later: he holds one token more, so his world does not move
    along with what the other looks at."""
    colleague = replace(reader, name=f"{reader.name}-2", tokens=reader.tokens | {"ANOTHER"})
    desk.append(colleague, [Draft("note", "ANOTHER", key=("another",))])
    return look(desk, colleague)


def enrolled(desk: Desk, *readers: Reader) -> None:
    """These officers may sign in, with all that they hold."""
    with cheap_passwords():
        drafts = [enrolment(each) for each in readers]
    for draft, reader in zip(drafts, readers, strict=True):
        draft.body["roles"] = " ".join(sorted(reader.roles))
    desk.append(accounts.KEEPER, drafts)


def got(desk: Desk, reader: Reader, address: str, status: int = 200) -> str:
    """The page at an address, as somebody gets it who has just signed in."""
    with prepared():
        found, _, body = Browser(app.site(desk), reader.name).get(address)
    assert found == status, body.decode()
    return body.decode()


def sent(desk: Desk, reader: Reader, address: str, status: int = 303, /, **fields: str) -> str:
    """What is answered to a form."""
    with prepared():
        found, _, body = Browser(app.site(desk), reader.name).post(address, fields)
    assert found == status, body.decode()
    return body.decode()
