"""A vacancy in a window, and an applicant who has no scripts: he fills in the form of a page and presses a button."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html.parser import HTMLParser

from starlette.testclient import TestClient

from leconfield.gate.bundles.vacancies import Asked, Sample, Stage, Vacancy
from leconfield.window.tickets import TOKEN, WORK, Ticket, worked_out
from tests.window.houses import House, put_order, put_release

ID = "language-analyst"
TITLE = "Language analyst"
WORDS = """You listen, read and put into plain words what others said, so that somebody can act on it in time.

You need to know one language besides English very well. We teach you the rest.

## What the work is like

A day begins with what came in overnight. You sit with two or three others who know the same region, and a
desk officer who knows why it matters.

* Half of the day you listen and read, half of it you write.
* You say how sure you are, and why.
* You take nothing home: no telephone, no notes, no stories.

Some days are dull. Some weeks end with a call that went out in time because you heard one word.

## Can I apply?

* You are 18 or over. | Come back when you are 18: we would like to hear from you.
* You understand one language besides English as well as English. | We teach languages in other roles.
* You can work in the harbour town on most days. | Tell us what would have to change; we offer part-time and near homes.

## What you get

A salary that is the same for everybody in the role, 30 days of leave, and time to rest after hard shifts.

* Part-time and job-share from the first day.
* A quiet room, a club for choirs, and a canteen that is better than it has to be.

## Questions

* What draws you to work whose results nobody may know were yours?
* Tell us of a time when you understood something that others had missed. What did you do with it?

## Work sample

Two people talk about a delivery of oranges, and one of them is lying. Read the exchange and sum it up for somebody who
has one minute.

"They came this morning, all of them." "All? Also the three from the north?" "I said all of them."

## How we decide

Several people score each answer without knowing whose it is. Nobody is asked for a certificate.

## Adjustments

Tell us what lets you show your best. It is never seen by those who score.

## Whom to tell

Tell a partner or close family if you must, and nobody else.
"""
VACANCY = Vacancy(
    ID,
    "",
    datetime(2026, 11, 16, 9, tzinfo=UTC),
    datetime(2026, 12, 14, 12, tzinfo=UTC),
    (Asked("motive", 250), Asked("noticing", 300)),
    Sample("sample", 40, 200),
    (Stage("sift", date(2027, 1, 18)), Stage("conversation", date(2027, 2, 15)), Stage("decision")),
)
FILLED = {
    "name": "Ada Quill",
    "contact": "ada.quill@example.org, after six",
    "adjustments": "Questions in advance, please.",
    "answer.motive": "I like to listen. My name is Ada and I studied at Harbour Road High School.",
    "answer.noticing": "At the Anchor Chandlery I noticed that the tide tables were last year's.",
    "answer.sample": "All came, they say; probably the three from the north did not.",
    "hidden": "Anchor Chandlery",
}


def open_vacancy(place: House, vacancy: Vacancy = VACANCY, words: str = WORDS, title: str = TITLE) -> None:
    """Put the words and the order of a vacancy into the spool of a window."""
    release = put_release(place.folder, "vacancy", words, title=title)
    body = {**vacancy.body, "release": release}
    put_order(place.folder, "vacancy", vacancy.id, body)


class _Forms(HTMLParser):
    """The forms of a page: where each is sent, its fields with their values, and its buttons."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((told["action"], {}))
        elif self.found and tag == "input":
            if told.get("type") not in ("radio", "checkbox") or "checked" in told:
                self.found[-1][1][told["name"]] = told.get("value", "")
        elif self.found and tag == "textarea" and "name" in told:
            self._area = told["name"]
            self.found[-1][1][self._area] = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[-1][1][self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""


@dataclass
class Applicant:
    """Somebody with a browser without scripts; `page` is what he sees."""

    reader: TestClient
    page: str = ""
    status: int = 0
    seen: list[str] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """The heading of the page he sees."""
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.page, re.DOTALL)
        return html.unescape(re.sub(r"<[^>]+>", "", found[1]).strip()) if found else ""

    def goes(self, path: str) -> Applicant:
        """Follow a link."""
        return self._sees(self.reader.get(path))

    def sends(self, go: str = "", **fields: str) -> Applicant:
        """Fill in the form of the page and press a button; a ticket is paid by what a browser would work out."""
        action, values = _Forms(self.page).found[-1]
        values |= fields | ({"go": go} if go else {})
        if TOKEN in values and WORK not in fields:
            values[WORK] = worked_out(Ticket(values[TOKEN], 1, 0))
        return self._sees(self.reader.post(action, data=values))

    def fills_in(self, filled: dict[str, str] = FILLED) -> Applicant:
        """From the page before one starts through all parts to the page where one checks."""
        self.goes(f"/careers/{ID}/apply").sends().sends(go="to-name")
        for name, words in filled.items():
            self.sends(**{name: words})
        return self

    def code(self) -> str:
        """The seven words on the page."""
        found = re.search(r'<p class="code-words"><strong>([a-z ]+)</strong>', self.page)
        assert found, self.heading
        return found[1]

    def _sees(self, answer: object) -> Applicant:
        self.page, self.status = answer.text, answer.status_code  # type: ignore[attr-defined]
        self.seen.append(self.page)
        return self
