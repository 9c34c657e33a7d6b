"""The standing watch: what newly arrives is shown to whoever may see it, once, and in the past as it stood then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from leconfield import app
from leconfield.errors import BadInputError, LeconfieldError, NotFoundError, RefusedError
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.labels import LabelError
from leconfield.ledger.model import Reader
from leconfield.registry import service
from leconfield.registry.query import parse_query
from leconfield.registry.service import Said
from leconfield.registry.watch import Watch, take_off, watch_question, watch_subject, watches_in
from leconfield.registry.watching import Arrival, arrivals, mark_seen
from tests.ledger.desks import EMMA, ROB, desk, filed, look
from tests.noninterference.pages import Browser, prepared


class House:
    """A desk on which Ray Cassell has been heard of, once for everybody and once in secret."""

    def __init__(self) -> None:
        self.desk: Desk = desk()
        for each in (ROB, EMMA):
            draft = accounts.enrolling(each.name, each.persona, "a long password", each.tokens, each.roles)
            self.desk.append(accounts.KEEPER, [draft])
        self.before = filed(self.desk, ROB, "Ray Cassell. Seen at the lorry park.", "S")

    def watch(self, words: str = "Ray Cassell", by: Reader = EMMA, **terms: str) -> None:
        asked = {"reason": "heard of before", "label": "S", "until": "", "least": "0.5", **terms}
        watch_question(self.desk, look(self.desk, by), parse_query(words), **asked)

    def mine(self, by: Reader = EMMA, as_of: datetime | None = None) -> list[Watch]:
        return [each for each in watches_in(look(self.desk, by, as_of).world.entries) if each.by == by.name]

    def came(self, by: Reader = EMMA, as_of: datetime | None = None) -> list[Arrival]:
        return arrivals(look(self.desk, by, as_of), self.mine(by, as_of))


@pytest.fixture
def house() -> House:
    return House()


def test_what_was_there_before_is_no_news_and_what_comes_after_is(house: House) -> None:
    house.watch()
    assert house.came() == []
    after = filed(house.desk, ROB, "Ray Cassell. Seen with a torch.", "S")
    filed(house.desk, ROB, "Oona Tregenza. Seen with a torch.", "S")
    assert [each.report.id for each in house.came()] == [after]


def test_the_newest_comes_first(house: House) -> None:
    house.watch()
    filings = [filed(house.desk, ROB, f"Ray Cassell. Night {night}.", "S") for night in range(3)]
    assert [each.report.id for each in house.came()] == filings[::-1]


def test_what_one_may_not_see_does_not_arrive(house: House) -> None:
    house.watch()
    house.watch(by=ROB)
    secret = filed(house.desk, ROB, "Ray Cassell. Met our man.", "S&AGENTS")
    assert house.came() == []
    assert [each.report.id for each in house.came(ROB)] == [secret]


def test_a_subject_is_watched_under_its_own_label(house: House) -> None:
    secret = filed(house.desk, ROB, "Oona Tregenza. A source.", "S&AGENTS")
    report = look(house.desk, ROB).report(secret)
    oona = service.register(house.desk, ROB, "Person", [Said("name", "Oona Tregenza")], report)
    terms = {"reason": "ours", "label": "S", "until": "", "least": "0.5"}
    watch_subject(house.desk, look(house.desk, ROB), oona, **terms)
    assert [each.label for each in house.mine(ROB)] == ["AGENTS&S"]
    assert watches_in(look(house.desk, EMMA).world.entries) == []
    named = filed(house.desk, ROB, "A dock. Oona Tregenza was there.", "S&AGENTS")
    assert [each.report.id for each in house.came(ROB)] == [named]


def test_as_of_shows_the_list_of_that_day(house: House) -> None:
    house.watch()
    filed(house.desk, ROB, "Ray Cassell. Night one.", "S")
    then = house.desk.clock()
    filed(house.desk, ROB, "Ray Cassell. Night two.", "S")
    take_off(house.desk, look(house.desk, EMMA), house.mine()[0].id)
    assert (house.mine(), house.came()) == ([], [])
    assert len(house.mine(as_of=then)) == 1
    assert len(house.came(as_of=then)) == 1


def test_seen_is_seen_until_the_report_says_more(house: House) -> None:
    house.watch()
    report = filed(house.desk, ROB, "Ray Cassell. Night one.", "S")
    assert mark_seen(house.desk, look(house.desk, EMMA), house.came()) == 1
    assert [bool(each.seen) for each in house.came()] == [True]
    assert mark_seen(house.desk, look(house.desk, EMMA), house.came()) == 0
    (arrival,) = house.came()
    said = [Said("notes", "he limps")]
    service.record(house.desk, ROB, arrival.subject.records[-1], "Person", said, look(house.desk, ROB).report(report))
    assert [bool(each.seen) for each in house.came()] == [False]


def test_a_mark_of_having_seen_a_secret_is_a_secret(house: House) -> None:
    house.watch(by=ROB)
    filed(house.desk, ROB, "Ray Cassell. Met our man.", "S&AGENTS")
    before = look(house.desk, EMMA).entries()
    assert mark_seen(house.desk, look(house.desk, ROB), house.came(ROB)) == 1
    assert look(house.desk, EMMA).entries() == before


def test_nothing_arrives_after_its_last_day(house: House) -> None:
    house.watch(until="2026-03-02")
    filed(house.desk, ROB, "Ray Cassell. Night one.", "S", when=datetime.fromisoformat("2026-03-02T23:00:00+00:00"))
    filed(house.desk, ROB, "Ray Cassell. Night two.", "S", when=datetime.fromisoformat("2026-03-03T01:00:00+00:00"))
    assert [each.report.text for each in house.came()] == ["Ray Cassell. Night one."]


def test_colleagues_who_may_read_the_label_see_that_it_is_watched_for(house: House) -> None:
    house.watch(by=ROB)
    house.watch("Oona Tregenza", by=ROB, label="S&AGENTS")
    assert [each.words for each in watches_in(look(house.desk, EMMA).world.entries)] == ["Ray Cassell"]


def test_nobody_takes_off_what_another_put_on(house: House) -> None:
    house.watch(by=ROB)
    (watch,) = house.mine(ROB)
    with pytest.raises(RefusedError, match="this is rob's watch"):
        take_off(house.desk, look(house.desk, EMMA), watch.id)
    with pytest.raises(NotFoundError):
        take_off(house.desk, look(house.desk, EMMA), "f" * 32)


@pytest.mark.parametrize(
    ("terms", "error"),
    [
        ({"words": "?!"}, BadInputError),
        ({"reason": " "}, BadInputError),
        ({"label": ""}, BadInputError),
        ({"label": "S&"}, LabelError),
        ({"label": "S&AGENTS"}, RefusedError),
        ({"until": "soon"}, BadInputError),
        ({"until": "2020"}, BadInputError),
        ({"least": "0"}, BadInputError),
    ],
)
def test_a_watch_that_will_not_do_says_why(house: House, terms: dict[str, str], error: type[LeconfieldError]) -> None:
    with pytest.raises(error):
        house.watch(terms.pop("words", "Ray Cassell"), EMMA, **terms)
    assert house.mine() == []


def test_nobody_watches_in_the_past(house: House) -> None:
    with pytest.raises(RefusedError, match="past"):
        watch_question(
            house.desk,
            look(house.desk, EMMA, house.desk.clock()),
            parse_query("Ray"),
            reason="x",
            label="S",
            until="",
            least="0.5",
        )


@pytest.fixture
def browser(house: House) -> Iterator[Browser]:
    with prepared():
        yield Browser(app.site(house.desk), "emma")


def test_the_page_puts_on_shows_marks_and_takes_off(house: House, browser: Browser) -> None:
    assert browser.post("/watch", {"q": "Ray Cassell", "reason": "", "label": "S"})[0] == 400
    assert browser.post("/watch", {"q": "Ray Cassell", "reason": "a torch", "label": "S"})[0] == 303
    filed(house.desk, ROB, "Ray Cassell. Night one.", "S")
    page = browser.get("/watch")[2].decode()
    assert "<mark>Ray Cassell</mark>" in page
    assert "1 report, 1 not seen yet" in page
    (watch,) = house.mine()
    assert browser.post("/watch/seen", {"watch": watch.id})[0] == 303
    assert "1 report, 0 not seen yet" in browser.get("/watch")[2].decode()
    assert browser.post("/watch/off", {"watch": watch.id})[0] == 303
    assert house.mine() == []


def test_a_question_by_parts_is_watched_for_by_its_parts(house: House, browser: Browser) -> None:
    fields = {"name": "Ray Cassell", "place": "Luton", "reason": "a torch", "label": "S"}
    assert browser.post("/watch", fields)[0] == 303
    (watch,) = house.mine()
    assert (watch.text, watch.asked.place, watch.words) == ("", "Luton", "Ray Cassell; place Luton")
