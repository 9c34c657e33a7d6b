"""Officers record what a report says: with its words, its time, and a label that tells nobody too much."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from leconfield import app
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Report, Statement
from leconfield.registry import service
from leconfield.registry.lookup import subject_at
from leconfield.registry.service import Said
from tests.ledger.desks import EMMA, ROB, desk, filed, look
from tests.noninterference.pages import Answer, Browser, prepared

TEXT = "Ray Cassell. He is called\nthe Badger by friends. He works for Harbour Freight since May."


class House:
    """A desk with two officers, a report and two registered subjects; what is posted goes over HTTP."""

    def __init__(self) -> None:
        self.desk: Desk = desk()
        for each in (ROB, EMMA):
            draft = accounts.enrolling(each.name, each.persona, "a long password", each.tokens, each.roles)
            self.desk.append(accounts.KEEPER, [draft])
        self.report = self.filed(TEXT, "S")
        self.secret = self.filed("Harbour Freight. A front.", "S&AGENTS")
        self.ray = service.register(self.desk, ROB, "Person", [Said("name", "Ray Cassell")], self.report)
        self.freight = service.register(self.desk, ROB, "Organization", [Said("name", "Harbour Freight")], self.secret)
        self.browser = Browser(app.site(self.desk), "rob")

    def filed(self, text: str, label: str) -> Report:
        which = filed(self.desk, ROB, text, label)
        return look(self.desk, ROB).report(which)

    def post(self, **fields: str) -> Answer:
        typed = {"prop": "alias", "value": "the Badger", "report": self.report.id, "quote": "the Badger", **fields}
        return self.browser.post(f"/subjects/{self.ray}/statements", typed)

    def said(self, prop: str) -> list[Statement]:
        found = look(self.desk, ROB).statements(subject=self.ray, prop=prop)
        return [each for each in found if each.start >= 0]


@pytest.fixture
def house() -> Iterator[House]:
    with prepared():
        yield House()


def test_a_statement_points_at_the_words_that_say_so(house: House) -> None:
    status, headers, _ = house.post(quote="called the Badger", since="2025-05")
    assert status == 303
    page = subject_at(look(house.desk, ROB), house.ray).id
    assert (b"location", f"/subjects/{page}".encode()) in headers
    (alias,) = house.said("alias")
    assert house.report.text[alias.start : alias.end] == "called\nthe Badger"
    assert (alias.value, alias.held.start, alias.held.end) == ("the Badger", "2025-05", "")
    assert (alias.grade, alias.label) == (house.report.grade, "S")


def test_a_link_bears_the_labels_of_report_and_both_subjects(house: House) -> None:
    status, _, _ = house.post(
        prop="employer", value=f"http://desk/subjects/{house.freight}?x=1", quote="Harbour Freight"
    )
    assert status == 303
    (link,) = house.said("employer")
    assert (link.value, link.label) == (house.freight, "AGENTS&S")
    assert look(house.desk, EMMA).statements(subject=house.ray, prop="employer") == []


def test_what_is_recorded_of_a_hidden_subject_tells_nobody_of_it(house: House) -> None:
    before = look(house.desk, EMMA).statements()
    fields = {"prop": "notes", "value": "a front", "report": house.report.id, "quote": "Harbour Freight"}
    assert house.browser.post(f"/subjects/{house.freight}/statements", fields)[0] == 303
    assert look(house.desk, EMMA).statements() == before


def test_a_label_that_is_written_stands(house: House) -> None:
    assert house.post(label="S&SEQUIN")[0] == 303
    assert house.said("alias")[0].label == "S&SEQUIN"


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        (lambda _: {"quote": "the Ferret"}, "do not stand in that report"),
        (lambda _: {"quote": ""}, "quote the words that say so"),
        (lambda _: {"report": ""}, "say which report"),
        (lambda _: {"report": "nothing"}, "no report &#34;nothing&#34; here"),
        (lambda _: {"prop": "shoe size"}, "is no property"),
        (lambda _: {"value": ""}, "write between 1 and"),
        (lambda _: {"prop": "birthDate", "value": "soon"}, "is no date"),
        (lambda _: {"since": "soon"}, "is no date"),
        (lambda _: {"since": "2026", "until": "2025"}, "is before"),
        (lambda _: {"prop": "associate", "value": "nobody"}, "nothing by the id"),
        (lambda house: {"prop": "associate", "value": house.ray}, "cannot be linked to itself"),
        (lambda _: {"label": "S&"}, "label"),
        (lambda _: {"label": "S&NOBODY"}, "would hide this from you"),
    ],
)
def test_errors_keep_what_was_typed(house: House, fields: Callable[[House], dict[str, str]], fault: str) -> None:
    before = look(house.desk, ROB).statements()
    status, _, body = house.post(**{"since": "1999-12", **fields(house)})
    assert (status, fault in body.decode()) == (400, True)
    assert {"since": "1999-12", **fields(house)}["since"] in body.decode()
    assert look(house.desk, ROB).statements() == before


def test_the_report_of_another_is_as_absent_as_none(house: House) -> None:
    emma = Browser(app.site(house.desk), "emma")
    answers = [
        emma.post(f"/subjects/{house.ray}/statements", {"prop": "notes", "value": "x", "report": each, "quote": "A"})
        for each in (house.secret.id, "f" * len(house.secret.id))
    ]
    bodies = [answer[2].replace(house.secret.id.encode(), b"f" * len(house.secret.id)) for answer in answers]
    assert answers[0][0] == 400
    assert bodies[0] == bodies[1]


def test_the_subject_page_has_the_form(house: House) -> None:
    status, _, body = house.browser.get(f"/subjects/{house.ray}")
    assert (status, b"Record what a report says" in body) == (200, True)
