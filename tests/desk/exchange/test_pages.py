"""The pages: an officer hands subjects over, takes a bundle in, maps call and bank tables and saves what they mean."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest

from leconfield import app
from leconfield.desk.exchange.state import Receipts
from leconfield.desk.investigations import open_investigation
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.network.charts import Look, Spot
from leconfield.network.saving import save
from tests.desk.exchange.partners import CAR, MILL, RAY, bundled, chosen, mill, theirs
from tests.desk.exchange.test_taking_in import BEARS, RED, TOWN
from tests.ledger.desks import EMMA, look
from tests.noninterference.pages import Browser, prepared

CALLS = "A Number,B Number,Date,Time,Duration\n07700900111,07700900222,14/02/2026,09:05,125\n"
BANK = "Booking date;Payer;Payee;Amount;CCY\n2026-02-14;GB29NWBK60161331926819;DE89370400440532013000;1.234,50;EUR\n"
TERMS = {"source": "TELCO", "grade": "B2", "label": "S"}


@pytest.fixture
def at() -> Iterator[Desk]:
    with prepared():
        made = mill()
        made.append(
            accounts.KEEPER, [accounts.enrolling("emma", EMMA.persona, "a long password", EMMA.tokens, frozenset())]
        )
        yield made


@pytest.fixture
def emma(at: Desk) -> Browser:
    return Browser(app.site(at), "emma")


def shown(browser: Browser, address: str, status: int = 200) -> str:
    found, _, body = browser.get(address)
    assert found == status, body.decode()
    return html.unescape(body.decode())


def sent(browser: Browser, path: str, fields: dict[str, str], status: int = 200) -> str:
    found, headers, body = browser.post(path, fields)
    assert found == status, html.unescape(body.decode())
    return dict(headers).get(b"location", b"").decode() or html.unescape(body.decode(errors="replace"))


def form_in(page: str) -> dict[str, str]:
    """What the form on a page would send as it stands."""
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    fields |= dict(re.findall(r'<input id="[^"]+" name="([^"]+)"[^>]* value="([^"]*)"', page))
    for name, options in re.findall(r'<select id="[^"]+" name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        picked = re.search(r'value="([^"]*)" selected', options)
        fields[name] = picked[1] if picked else ""
    return fields


def test_a_report_a_chart_and_an_investigation_lead_to_handing_over_what_they_show(at: Desk, emma: Browser) -> None:
    (report,) = (each.id for each in look(at, EMMA).reports() if each.title == "On The telephone")
    case = open_investigation(at, look(at, EMMA), title="The mill", reason="x", label="S", subjects=[RAY])
    spots = [Spot(RAY), Spot(CAR)]
    kept = save(at, look(at, EMMA), name="The mill", note="", label="S", spots=spots, look=Look())
    for page, onward in (
        (f"/reports/{report}", f"/exchange/out?report={report}"),
        (f"/chart?ids={RAY}&hops=4", f"/exchange/out?ids={RAY}&hops=2"),
        (f"/chart/saved/{kept}", f"/exchange/out?chart={kept}"),
        (f"/investigations/{case}", f"/exchange/out?investigation={case}"),
    ):
        assert f'href="{onward}"' in shown(emma, page)
        assert "Ray Cassell" in shown(emma, onward).partition("Who is chosen")[2]
        assert "Ray Cassell" in shown(emma, f"{onward}&holds=O,S,SEQUIN").partition("What is in it")[2]


def test_what_would_go_out_is_shown_before_it_does_and_then_waits_at_the_gate(at: Desk, emma: Browser) -> None:
    page = shown(emma, f"/exchange/out?ids={RAY},{MILL}&holds=O&recipient=Polizei")
    assert "Ray Cassell" in page
    assert "Miller" not in page.partition("What is in it")[2]
    assert look(at, EMMA).derived(Receipts).in_order == []
    fields = {"ids": f"{RAY} {MILL}", "holds": "O", "recipient": "Polizei", "purpose": "a warrant", "format": "stix"}
    assert "nothing leaves that is not sealed" in shown(emma, sent(emma, "/exchange/out", fields, 303))
    assert "Polizei" in shown(emma, "/exchange/waiting")
    assert "Handed over to" not in shown(emma, f"/subjects/{RAY}")
    assert look(at, EMMA).derived(Receipts).in_order == []


def test_a_form_that_will_not_do_keeps_what_was_typed_and_hands_nothing_over(at: Desk, emma: Browser) -> None:
    fields = {"ids": RAY, "holds": "O", "recipient": "Polizei", "purpose": " ", "format": "stix"}
    page = sent(emma, "/exchange/out", fields, 400)
    assert "what it is for is missing" in page
    assert "Polizei" in page
    assert look(at, EMMA).derived(Receipts).in_order == []
    assert "nobody is chosen" in sent(emma, "/exchange/out", {**fields, "ids": "", "purpose": "x"}, 400)
    assert "links away" in shown(emma, f"/exchange/out?ids={RAY}&hops=9", 400)


def test_a_bundle_is_shown_with_its_labels_and_taken_in_when_that_is_confirmed(at: Desk, emma: Browser) -> None:
    content = bundled(BEARS, {**TOWN, "object_marking_refs": [RED]}, theirs("malware", 3, is_family=False)).decode()
    before = len(look(at, EMMA).world.reports)
    page = sent(emma, "/exchange/bundle", {**TERMS, "pasted": content})
    assert "The Bears" in page
    assert "TLP:RED" in page
    assert "malware" in page
    assert len(look(at, EMMA).world.reports) == before
    filled = {**form_in(page), "label-0": "SEQUIN"}
    assert "S&SEQUIN" in sent(emma, "/exchange/bundle/again", filled)
    assert "AGENTS" in sent(emma, "/exchange/bundle/take-in", {**filled, "label-0": "AGENTS"}, 400)
    assert sent(emma, "/exchange/bundle/take-in", filled, 303).startswith("/reports/")
    labels = {each.value: each.label for each in look(at, EMMA).world.statements.values()}
    assert labels["Luton"] == "S&SEQUIN"
    assert "waits here" in sent(emma, "/exchange/bundle/take-in", filled, 404)


def test_a_call_table_is_guessed_shown_saved_offered_again_and_loaded(at: Desk, emma: Browser) -> None:
    page = sent(emma, "/exchange/table", {**TERMS, "pasted": CALLS})
    assert "phone 07700900111 called phone 07700900222, 14 February 2026, 09:05" in page
    filled = form_in(page)
    assert [filled[f"column-{place}"] for place in range(5)] == ["caller", "callee", "at", "clock", "seconds"]
    saved = sent(emma, "/exchange/table/save", {**filled, "name": "our telco", "title": "Telco calls"})
    assert "offered again" in saved
    again = sent(emma, "/exchange/table", {**TERMS, "pasted": CALLS.replace("222", "333")})
    assert '<option value="our telco" selected' in again
    assert sent(emma, "/exchange/table/load", form_in(again), 303).startswith("/reports/")
    (call,) = (each for each in look(at, EMMA).world.statements.values() if each.prop == "called")
    assert (call.held.start, call.held.end) == ("2026-02-14T09:05", "2026-02-14T09:07:05")
    assert "our telco" in shown(emma, "/exchange")


def test_a_bank_table_makes_payments_with_amount_and_currency(at: Desk, emma: Browser) -> None:
    page = sent(emma, "/exchange/table", {**TERMS, "pasted": BANK})
    assert "paid bank account DE89370400440532013000: 1234.50 EUR" in page
    sent(emma, "/exchange/table/load", form_in(page), 303)
    said = look(at, EMMA).world.statements.values()
    (amount,) = (each for each in said if each.prop == "amount")
    (paid,) = (each for each in said if each.prop == "paid")
    assert (amount.subject, amount.value, amount.held) == (
        paid.subject,
        "1234.50 EUR to DE89370400440532013000",
        paid.held,
    )


def test_what_is_wrong_with_a_table_is_told_by_row_and_column_and_nothing_is_loaded(at: Desk, emma: Browser) -> None:
    before = len(look(at, EMMA).world.reports)
    page = sent(emma, "/exchange/table", {**TERMS, "pasted": CALLS + "07700900111,07700900222,31/02/2026,09:05,soon\n"})
    assert 'row 3, column "date": "31/02/2026" is no date' in page
    assert "the table is loaded whole or not at all" in page
    assert 'row 3, column "date"' in sent(emma, "/exchange/table/load", form_in(page), 400)
    assert len(look(at, EMMA).world.reports) == before
    filled = {**form_in(page), "column-2": "", "column-3": "", "column-4": ""}
    sent(emma, "/exchange/table/load", filled, 303)
    assert len(look(at, EMMA).world.reports) == before + 1


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"column-0": "callee"}, "two columns are"),
        ({"column-0": ""}, "name the column with the number that called"),
        ({"column-2": ""}, "a time of day says little"),
        ({"kind": "payments"}, "nothing that a column can mean"),
        ({"kind": "horses"}, "no kind of table"),
        ({"saved": "nothing"}, "no mapping"),
    ],
)
def test_columns_that_make_no_sense_are_told_and_nothing_is_loaded(
    at: Desk, emma: Browser, changed: dict[str, str], fault: str
) -> None:
    before = len(look(at, EMMA).world.reports)
    filled = form_in(sent(emma, "/exchange/table", {**TERMS, "pasted": CALLS}))
    for path in ("again", "save", "load"):
        assert fault in sent(emma, f"/exchange/table/{path}", {**filled, **changed}, 400)
    assert len(look(at, EMMA).world.reports) == before


def test_the_forms_say_what_is_missing(at: Desk, emma: Browser) -> None:
    for path, word in (("/exchange/bundle", "bundle"), ("/exchange/table", "table")):
        assert "Say which source" in sent(emma, path, {"grade": "B2"}, 400)
        assert f"Choose a {word}" in sent(emma, path, TERMS, 400)
        assert f"o {word} of yours waits" in sent(emma, f"{path}/again", {"token": "x"}, 404)
        shown(emma, path)
    assert "is no JSON" in sent(emma, "/exchange/bundle", {**TERMS, "pasted": "{"}, 400)
    assert chosen(at)
