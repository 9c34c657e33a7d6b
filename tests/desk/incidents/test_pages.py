"""The pages: a room worked by forms alone, the shared picture, the answer of record and its papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import StringIO

import pytest

from leconfield import app
from leconfield.desk.incidents import service
from leconfield.desk.incidents.commands import bring, growing
from leconfield.desk.incidents.touching import rooms_of
from leconfield.ledger.drafts import Draft, NewStatement
from leconfield.ledger.model import BY_PERSON, Reader
from tests.desk.incidents.rooms import ANN, KARINA, House, house
from tests.ledger.desks import EMMA
from tests.noninterference.pages import Browser, prepared

TIMERS = "Ray Cassell. He bought timers."


@pytest.fixture(name="at")
def _at() -> Iterator[House]:
    with prepared():
        yield house(S=TIMERS)


def _browser(at: House, reader: Reader = EMMA) -> Browser:
    return Browser(app.site(at.desk), reader.name)


def _got(browser: Browser, address: str) -> str:
    status, _, body = browser.get(address)
    assert status == 200, body.decode()
    return body.decode()


def _location(answer: tuple[int, tuple[tuple[bytes, bytes], ...], bytes]) -> str:
    assert answer[0] == 303, answer[2].decode()
    return dict(answer[1])[b"location"].decode()


def test_a_room_is_opened_in_one_press_and_worked_by_forms_alone(at: House) -> None:
    emma = _browser(at)
    form = _got(emma, "/incidents")
    fields = {name: re.search(f'name="{name}"[^>]* value="([^"]*)"', form) for name in ("title", "time", "label")}
    filled = {name: found[1] for name, found in fields.items() if found}
    base = _location(emma.post("/incidents", filled)).partition("?")[0]
    assert _location(emma.post(f"{base}/tell", {"words": "Ray Cassell and Gareth Pryce ran."})).startswith(base)
    page = _got(emma, base)
    assert "Ray Cassell" in page
    assert "Recorded as a mention only" in page
    assert "No recorded trace: searched" in page
    form = _got(emma, f"{base}?do=settle&name=Ray+Cassell")
    who = re.search(r'type="radio" name="subject" value="(\w+)"', form)
    assert who is not None
    decided = {"name": "Ray Cassell", "verdict": "confirmed", "subject": who[1], "reason": "his plate"}
    _location(emma.post(f"{base}/settle", decided))
    _location(emma.post(f"{base}/settle", {"name": "Gareth Pryce", "verdict": "set aside", "reason": "a witness"}))
    _location(emma.post(f"{base}/action", {"words": "Ring the port", "owner": "ann", "due": "2026-03-02T10:00"}))
    page = _got(emma, base)
    for words in ("his plate", "Set aside: 1 name", "Ring the port", "emma"):
        assert words in page


def test_the_picture_is_sent_again_only_where_it_changed_for_the_reader(at: House) -> None:
    emma, ann = _browser(at), _browser(at, ANN)
    page = _got(ann, f"/incidents/{at.id}")
    again = re.search(r'hx-get="([^"]+/picture[^"]*)"', page)
    assert again is not None
    assert ann.get(again[1])[0] == 204
    service.tell(at.desk, at.view(KARINA), at.id, words="Ray Cassell", label="S&AGENTS")
    assert ann.get(again[1])[0] == 204
    emma.post(f"/incidents/{at.id}/tell", {"words": "Ray Cassell was there."})
    assert "Ray Cassell" in _got(ann, again[1])


def test_the_answer_of_record_is_a_page_and_two_papers(at: House) -> None:
    emma = _browser(at)
    asked = f"subject={at.record(TIMERS)}"
    page = _got(emma, f"/incidents/answer?{asked}&incident={at.id}")
    assert "Whether anybody else knows more is not said here" in page
    assert "When the attack came" in page
    assert emma.get(f"/incidents/answer.pdf?{asked}")[2][:5] == b"%PDF-"
    assert emma.get(f"/incidents/answer.docx?{asked}")[2][:2] == b"PK"
    assert emma.get(f"/incidents/answer.doc?{asked}")[0] == 404
    assert emma.get("/incidents/answer")[0] == 400
    printed = [each for each in at.desk._store.leaves() if b"answer of record, printed" in each]
    assert len(printed) == 3


def test_what_others_read_changes_no_byte_of_the_answer(at: House) -> None:
    asked = f"/incidents/answer?subject={at.record(TIMERS)}&as_of=2026-03-02T09:30"
    other = house(S=TIMERS)
    for each in (KARINA, EMMA):
        _browser(at, each).get(f"/reports/{at.reports[TIMERS]}")
        _browser(other, ANN).get("/me")
    pages = [_got(_browser(each, ANN), asked) for each in (at, other)]
    shown = [re.findall("<main.*</main>", each, re.DOTALL) for each in pages]
    assert next(re.sub("printed by.*", "", each[0]) for each in shown) == re.sub("printed by.*", "", shown[1][0])
    assert "emma" not in shown[0][0].partition("Who had read it")[2]


def test_a_report_offers_to_open_a_room_from_it(at: House) -> None:
    emma = _browser(at)
    page = _got(emma, f"/incidents?report={at.reports[TIMERS]}")
    assert re.search('name="title"[^>]* value="A report"', page)
    assert "known to who may know of that" in page


def test_a_report_tells_in_which_rooms_it_stands_to_who_may_know_of_them(at: House) -> None:
    which = at.reports[TIMERS]
    assert rooms_of(at.view(), which) == ()
    begun = service.open_incident(at.desk, at.view(KARINA), title="The ford", label="S&AGENTS", report=which)
    ray = at.record(TIMERS)
    service.tell(at.desk, at.view(), at.id, words="Ray Cassell ran.")
    service.settle(at.desk, at.view(), at.id, name="Ray Cassell", verdict="confirmed", subject=ray, reason="his plate")
    assert [(each.incident.id, each.begun, each.confirmed) for each in rooms_of(at.view(KARINA), which)] == [
        (at.id, False, ("Ray Cassell",)),
        (begun, True, ()),
    ]
    page = _got(_browser(at), f"/reports/{which}")
    assert f'<a href="/incidents/{at.id}"' in page
    assert "confirmed there: " in page
    assert "The ford" not in page
    assert f"/incidents?report={which}#field-title" in page
    assert "it began with this report" in _got(_browser(at, KARINA), f"/reports/{which}")


def test_who_was_set_aside_again_puts_no_report_into_the_room(at: House) -> None:
    ray = at.record(TIMERS)
    service.tell(at.desk, at.view(), at.id, words="Ray Cassell ran.")
    service.settle(at.desk, at.view(), at.id, name="Ray Cassell", verdict="confirmed", subject=ray, reason="his plate")
    service.settle(at.desk, at.view(), at.id, name="Ray Cassell", verdict="set aside", reason="not his plate")
    assert rooms_of(at.view(), at.reports[TIMERS]) == ()


def test_what_was_typed_is_kept_where_something_is_wrong(at: House) -> None:
    emma = _browser(at)
    status, _, body = emma.post("/incidents", {"title": "The mill", "time": "soon", "label": "S"})
    assert status == 400
    assert "The mill" in body.decode()
    status, _, body = emma.post(f"/incidents/{at.id}/action", {"words": "Ring", "owner": "ann", "due": "soon"})
    assert status == 400
    assert "Ring" in body.decode()


def test_a_stream_is_brought_line_by_line(at: House) -> None:
    lines = list(growing(StringIO("Ray Cassell ran.\n\nand Gareth Pryce"), more=lambda: False))
    told = [each.name for line in lines for each in bring(at.desk, "emma", at.id, line, "wire", "")]
    assert told == ["Ray Cassell", "Gareth Pryce"]
    assert [each.source for each in at.room().messages] == ["wire", "wire"]


def test_a_line_of_a_growing_text_is_whole_once_its_end_has_come() -> None:
    text = StringIO()
    looks = iter(("Ray Cas", "sell\nGar", "eth\n"))

    def more() -> bool:
        part = next(looks, None)
        if part is None:
            return False
        at = text.tell()
        text.write(part)
        text.seek(at)
        return True

    assert list(growing(text, more)) == ["Ray Cassell", "Gareth"]


def test_of_namesakes_none_is_chosen_beforehand(at: House) -> None:
    at.file("Ray Cassell. He bakes bread.", source="HERON")
    for words, year in ((TIMERS, "1971"), ("Ray Cassell. He bakes bread.", "1990")):
        said = NewStatement(at.record(words), "Person", "birthDate", year, BY_PERSON, at.reports[words])
        at.desk.append(EMMA, [Draft("recorded", "S", about=at.record(words), statements=(said,))])
    emma = _browser(at)
    emma.post(f"/incidents/{at.id}/tell", {"words": "Ray Cassell ran."})
    form = _got(emma, f"/incidents/{at.id}?do=settle&name=Ray+Cassell")
    choices = re.findall('<input type="radio"[^>]*>', form)
    assert len(choices) == 2
    assert not any("checked" in each for each in choices)
    assert "born 1971" in form
    assert "born 1990" in form
    status, _, body = emma.post(
        f"/incidents/{at.id}/settle", {"name": "Ray Cassell", "verdict": "confirmed", "reason": "x"}
    )
    assert status == 400
    assert "say who it is" in body.decode()
