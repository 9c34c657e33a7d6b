"""Going through the forms of tips and mailbox as a browser without scripts does: what the page holds is sent back."""

from __future__ import annotations

from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient

from leconfield.gate.bundles.letters import KIND, Addressed, Letter, sealed_table
from tests.window.houses import House

WHAT = "Two men load crates at night into a grey van."


class Reader:
    """Somebody with a browser that has no scripts."""

    def __init__(self, place: House) -> None:
        self.client: TestClient = place.reader
        self.page = LexborHTMLParser("")
        self.status = 0

    def open(self, path: str) -> Reader:
        return self._shows(self.client.get(path))

    def send(self, files: list[tuple[str, tuple[str, bytes, str]]] | None = None, **typed: str) -> Reader:
        """Send the page's form, with what is typed into it."""
        form = self.page.css_first("main form")
        assert form is not None, self.text
        hidden = {
            each.attributes["name"]: each.attributes.get("value") or ""
            for each in form.css("input[type=hidden], input[type=text]")
        }
        return self._shows(self.client.post(form.attributes["action"], data={**hidden, **typed}, files=files or None))

    def _shows(self, answer) -> Reader:
        self.status, self.page, self.headers = answer.status_code, LexborHTMLParser(answer.text), answer.headers
        return self

    @property
    def text(self) -> str:
        return " ".join(self.page.css_first("main").text(separator=" ").split())

    @property
    def title(self) -> str:
        return self.page.css_first("h1").text().strip()


def told(reader: Reader, answers: Mapping[str, Mapping[str, str]]) -> Reader:
    """Go through all steps to the page of answers to check; `answers` by step."""
    reader.open("/tell-us/report")
    for step in ("what", "when", "where", "who", "vehicle", "how", "sure", "others", "contact"):
        reader.send(**answers.get(step, {"what": {"what": WHAT}}.get(step, {})))
        assert reader.status == 200, reader.text
    return reader


def receipt(reader: Reader) -> str:
    """The seven words on the page."""
    return " ".join(each.text() for each in reader.page.css(".receipt__words span"))


def sent(place: House, **answers: Mapping[str, str]) -> str:
    """Tell something, to the end; the receipt."""
    return receipt(told(Reader(place), answers).send().send())


def letter(place: House, tip, words: str = "Which of the two doors?", kind: str = "question") -> Letter:
    """Put a letter to the teller of a tip into the window's spool."""
    made = Letter("a1" * 16, kind, words)
    addressed = Addressed(tip.fields["place"], bytes.fromhex(tip.fields["mailbox"]), made)
    place.order(KIND, "tips", sealed_table([addressed], "tips").body)
    return made
