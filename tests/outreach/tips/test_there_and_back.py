"""Both programs, with their own keys and folders: told at the window, read inside, asked, answered, thanked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from leconfield.gate.release import keys as seals
from leconfield.ledger.desk import Desk
from leconfield.outreach.crossing import Exported, Imported, export, import_
from leconfield.outreach.keys import box_key
from leconfield.outreach.tips import service
from leconfield.outreach.tips.state import all_tips
from leconfield.window.commands import initialise
from leconfield.window.config import FILE, Config
from leconfield.window.house import open_window
from leconfield.window.site.templates_of import templates
from tests.ledger.desks import look
from tests.outreach.house import kept
from tests.outreach.tips.desks import INTAKE
from tests.window.houses import CHEAP, NAME, House, Moment
from tests.window.telling import Reader, receipt, told

HINT = "The crates went to the ice house behind berth three."


class Both:
    """A desk and a window, and somebody who carries files between them."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.window = desk, folder / "window"
        seal, box = folder / "seal.pem", folder / "box.pem"
        seal.write_bytes(seals.of_desk(desk).public.pem)
        box.write_bytes(box_key(desk).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
        initialise(self.window, {"name": NAME, "url": "http://127.0.0.1:8700"}, ["en"], [seal], [box])
        (self.window / FILE).write_text(f"{(self.window / FILE).read_text()}\n{CHEAP}", encoding="utf-8")
        opened = open_window(Config.load(self.window), templates(), Moment())
        self.house = House(self.window, box_key(desk), Moment(), opened)

    def inward(self) -> Imported:
        return import_(self.desk, look(self.desk, INTAKE), self.window / "spool" / "out", self.window / "aside-inside")

    def outward(self) -> Exported:
        return export(self.desk, look(self.desk, INTAKE), self.window / "spool" / "in")


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Both]:
    with kept(tmp_path / "desk") as desk:
        yield Both(desk, tmp_path)


def test_a_tip_a_question_an_answer_and_thanks_go_there_and_back(both: Both) -> None:
    desk, somebody = both.desk, Reader(both.house)
    note = [("files", ("note.txt", HINT.encode(), "text/plain"))]
    words = receipt(told(somebody, {"others": {"others": "few"}}).send().send(files=note))
    assert both.inward().taken == 1
    (tip,) = all_tips(look(desk, INTAKE))
    assert look(desk, INTAKE).report(tip.files[0].report).text.strip() == HINT

    assert "There is nothing" in somebody.open("/mailbox").send(words=words).text
    service.ask(desk, look(desk, INTAKE), tip.id, words="Can you say more?")
    both.outward()
    assert "Can you say more?" in somebody.open("/mailbox").send(words=words).text
    assert somebody.send(reply="It was after midnight.").title == "We have your answer. Thank you."
    assert both.inward().taken == 1
    (tip,) = all_tips(look(desk, INTAKE))
    assert look(desk, INTAKE).report(tip.answers[0].report).text == "It was after midnight."

    service.decide(desk, look(desk, INTAKE), tip.id, verdict="used", reason="It fits.")
    service.thank(desk, look(desk, INTAKE), tip.id)
    both.outward()
    assert somebody.open("/mailbox").send(words=words).title == "Thank you"
    assert not both.house.refused()


def test_exports_and_imports_may_be_repeated(both: Both) -> None:
    told(Reader(both.house), {}).send().send()
    out = both.window / "spool" / "out"
    (box,) = out.glob("*.box")
    again = box.read_bytes()
    both.inward()
    box.write_bytes(again)

    assert (both.inward().again, list(out.iterdir())) == (1, [])
    first = both.outward()
    assert both.outward() == Exported(first.files, 0, ())
    assert len(all_tips(look(both.desk, INTAKE))) == 1


def test_a_torn_or_forged_table_of_letters_is_put_aside_at_the_window(both: Both) -> None:
    both.outward()
    (order,) = (both.window / "spool" / "in").glob("letters.tips.*")
    held = order.read_bytes()
    order.write_bytes(held[: len(held) // 2])

    assert Reader(both.house).open("/mailbox").status == 200
    assert list(both.house.refused()) == [order.name]
