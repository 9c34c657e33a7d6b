"""What somebody planted in a report is shown as words on every page: no page runs it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leconfield.gate.pages_personas import id_of
from tests.fuzz.house import House, check, open_house
from tests.noninterference.desks import cheap_passwords

PLANTED = "<script>alert(1)</script>\"onmouseover=alert(2)'onfocus=alert(3){{7*7}}</title><img src=x>"
RAW = (b"<script>alert", b'"onmouseover=', b"'onfocus=", b"<img src=x", b"</title><img", b"49</")
QUOTED = "%3Cscript%3Ealert(1)%3C/script%3E%22onmouseover=alert(2)%27onfocus=alert(3)%3Cimg%20src=x%3E"


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with cheap_passwords():
        opened = open_house(PLANTED)
        yield opened
        opened.close()


def addresses(house: House) -> list[str]:
    """Every page, of what was planted, and asked with it."""
    other = house.others[0]
    own = [
        "/reports",
        f"/reports/{house.report}",
        f"/reports/{house.report}?start=0&end=40",
        "/search?q=Cassell",
        "/quarantine",
        "/file",
        "/me",
        "/trace?q=Cassell",
        "/trace/typing?q=Cassell",
        "/subjects",
        "/subjects?standing=text",
        *(f"/subjects/{each}" for each in (house.subject, *house.others)),
        *(f"/subjects/{each}/register" for each in house.others[1:]),
        "/review",
        f"/chart?ids={house.subject}&together=yes",
        f"/chart/explain?ids={house.subject},{other}",
        f"/paths?from={house.subject}&to={other}",
        "/map",
        f"/map?subject={house.subject}",
        "/timeline",
        "/sign-in",
        "/releases",
        f"/releases/{house.release}",
        f"/releases/{house.release}/edit",
        f"/releases/{house.release}/copies",
        "/personas",
        f"/personas/{id_of(f'Lark {PLANTED}')}",
        f"/redact?report={house.report}",
        "/gate",
        "/exchange/waiting",
    ]
    asked = [
        f"/{page}{sign}{name}={QUOTED}"
        for page, sign, names in (
            ("search", "?", ("q", "as_of")),
            ("trace", "?", ("q",)),
            ("trace/typing", "?", ("q",)),
            ("subjects", "?", ("schema", "standing", "from")),
            ("reports", "?", ("source", "channel", "grade", "label", "from")),
            ("chart", "?", ("ids", "since", "prop", "schema", "hops")),
            (f"chart?ids={house.subject}", "&", ("prop", "schema", "together")),
            ("paths", "?", ("from",)),
            ("map", "?", ("subject",)),
            ("timeline", "?", ("kind",)),
            ("sign-in", "?", ("onward",)),
            ("file", "?", ("anything", "as_of")),
            ("releases/new", "?", ("form", "audience", "title", "label", "persona", "embargo", "actions", "text")),
            ("personas", "?", ("persona", "words", "on", "where", "label", "text")),
            ("redact", "?", ("report",)),
            ("gate", "?", ("asker",)),
        )
        for name in names
    ]
    return [*own, *asked, f"/reports/{QUOTED}", f"/subjects/{QUOTED}", f"/{QUOTED}"]


def test_what_is_planted_is_escaped_on_every_page(house: House) -> None:
    shown = 0
    for address in addresses(house):
        path, _, query = address.partition("?")
        answer = house.ask(
            "GET",
            path,
            query.encode(),
            [(b"cookie", b"flash=" + QUOTED.encode()), (b"cookie", b"theme=" + QUOTED.encode())],
        )
        check(answer, told=address)
        assert "text/html" in answer.header("content-type"), address
        for each in RAW:
            assert each not in answer.body, (
                f"{address}: {each!r} at {answer.body[answer.body.find(each) - 200 :][:300]!r}"
            )
        shown += b"&lt;script&gt;alert" in answer.body
    assert shown > len(addresses(house)) // 2


def test_data_for_islands_is_data_whatever_it_holds(house: House) -> None:
    for path, query in (
        ("/chart/data", f"ids={house.subject}&together=yes"),
        ("/chart/counts", f"id={house.subject}"),
        ("/chart/expand", f"id={house.subject}"),
        ("/map/data", ""),
        ("/timeline/data", ""),
        (f"/subjects/{house.subject}/timeline.json", ""),
    ):
        answer = house.ask("GET", path, query.encode())
        check(answer, told=path)
        assert answer.status == 200, path
        assert answer.header("content-type").startswith("application/json"), path


@pytest.mark.parametrize("ending", ["csv", "graphml", "gexf", "json"])
def test_files_to_take_along_are_saved_not_shown(house: House, ending: str) -> None:
    answer = house.ask("GET", f"/chart/export.{ending}", f"ids={house.subject}&together=yes".encode())
    check(answer, told=ending)
    assert answer.header("content-disposition") == f'attachment; filename="network.{ending}"'
    assert b"<script>" not in answer.body or ending in ("csv", "json")


def test_the_original_is_saved_under_its_id_never_under_a_name_that_came_with_it(house: House) -> None:
    answer = house.ask("GET", f"/reports/{house.report}/original")
    check(answer)
    assert answer.header("content-disposition") == f'attachment; filename="{house.report}"'
    assert answer.header("content-type") == "application/octet-stream"
