"""Tests of the pages of personas over HTTP: what was said, who fits still, a sentence tried, the register kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from leconfield.gate.exposure.service import note_published
from leconfield.gate.mosaic import service
from leconfield.gate.mosaic.state import SAID_OF
from leconfield.gate.pages_personas import url_of
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.web.kit import counted
from tests.gate.mosaic.staff import table
from tests.ledger.desks import EMMA, ROB, desk, look
from tests.noninterference.desks import cheap_passwords
from tests.surveillance.test_pages import PASSWORD, Visitor

SECRET = "S&AGENTS"
SAID = ("Rob was once a teacher.", "He has been in the service for ten years.", "Rob plays the cello.")


@dataclass(frozen=True, slots=True)
class Scene:
    """A site over a desk with a register that one of two may see."""

    desk: Desk
    rob: Visitor
    emma: Visitor

    def send(self, path: str, *, by: str = "rob", **fields: str) -> httpx.Response:
        client: Visitor = getattr(self, by)
        token = re.search(r'name="csrf" value="([^"]+)"', client.get("/personas").text)
        assert token is not None
        return client.post(path, data={"csrf": token[1], **fields})

    def note(self, words: str, persona: str = "Rob", label: str = "S", on: str = "2026-03-01") -> httpx.Response:
        fields = {"persona": persona, "words": words, "on": on, "where": "an interview", "label": label}
        return self.send("/personas", **fields)


@pytest.fixture
def at() -> Iterator[Scene]:
    with cheap_passwords():
        made = desk()
        clients = []
        for each in (ROB, EMMA):
            made.append(accounts.KEEPER, [accounts.enrolling(each.name, each.persona, PASSWORD, each.tokens, ())])
            clients.append(Visitor(made, each.name))
        yield Scene(made, *clients)


def shown(client: Visitor, path: str) -> str:
    """The page without the line that says when it was printed."""
    return re.sub(r'<p class="print-line.*?</p>', "", client.get(path).text)


def kept(at: Scene) -> None:
    service.keep_register(at.desk, look(at.desk, ROB), table(), SECRET)


def test_a_register_is_kept_by_a_file_under_a_label(at: Scene) -> None:
    token = re.search(r'name="csrf" value="([^"]+)"', at.rob.get("/personas").text)
    assert token is not None
    for held, said in ((b"", "choose the register"), (b"\xff\xfe", "no UTF-8"), (b"who\nx", "first line")):
        files = {"table": ("staff.csv", held, "text/csv")} if held else {}
        answer = at.rob.post("/personas/register", data={"csrf": token[1], "label": SECRET}, files=files)
        assert answer.status_code == 400
        assert said in answer.text
    files = {"table": ("staff.csv", table().encode(), "text/csv")}
    answer = at.rob.post("/personas/register", data={"csrf": token[1], "label": SECRET}, files=files)
    assert "400 people" in answer.text
    assert "400 people" not in at.emma.get("/personas").text
    assert "no staff register" in at.emma.get("/personas").text


def test_a_persona_shows_how_few_fit_after_each_saying(at: Scene) -> None:
    kept(at)
    for words in SAID:
        assert at.note(words).url.path == url_of("Rob")
    page = at.rob.get(url_of("rob"))
    counts = [step.counted.k for _, step in service.told(look(at.desk, ROB), "Rob")]
    assert counts == sorted(counts, reverse=True)
    for words, k in zip(SAID, counts, strict=True):
        assert words in page.text
        assert f'data-name="fit">{k}</td>' in page.text
    assert "<polyline" in page.text
    assert f"{len(SAID)} sayings" in page.text


def test_who_fits_is_for_those_who_see_the_register(at: Scene) -> None:
    kept(at)
    for words in SAID[:2]:
        at.note(words)
    (*_, (_, last)) = service.told(look(at.desk, ROB), "Rob")
    assert last.fitting
    for member in last.fitting:
        assert f">{member.name}<" in at.rob.get(url_of("Rob")).text
    seen = at.emma.get(url_of("Rob")).text
    assert SAID[0] in seen
    assert "Not counted" in seen
    assert not re.search(r"member \d", seen)


def test_a_saying_above_somebody_is_as_if_it_had_never_been(at: Scene) -> None:
    at.note(SAID[0])
    before = [shown(at.emma, path) for path in (url_of("Rob"), "/personas")]
    at.note("He speaks Arabic.", label=SECRET)
    at.note("She is a nurse.", persona="Hilda", label=SECRET)
    assert [shown(at.emma, path) for path in (url_of("Rob"), "/personas")] == before
    assert at.emma.get(url_of("Hilda")).status_code == 404


def test_a_sentence_that_is_tried_tells_its_effect_and_leaves_nothing(at: Scene) -> None:
    kept(at)
    at.note(SAID[0])
    entries = len(look(at.desk, ROB).entries())
    answer = at.send(f"{url_of('Rob')}/try", text="He plays the cello. He grew up in a coastal town. He keeps bees.")
    effects = service.effects(
        look(at.desk, ROB), "Rob", "He plays the cello. He grew up in a coastal town. He keeps bees.", "2026-03-02"
    )
    for each in effects:
        assert f"{counted(each.before.k, 'person', 'people')} before it" in answer.text
    assert "staff register says nothing of bees" in answer.text
    assert len(look(at.desk, ROB).entries()) == entries


def test_what_was_published_here_counts_without_being_written_twice(at: Scene) -> None:
    kept(at)
    at.note(SAID[0])
    note_published(at.desk, ROB, "Rob says: I play the cello.", "S", "public")
    history = service.history(look(at.desk, ROB), "Rob")
    assert [saying.where for saying, _ in history] == ["an interview", "published here"]
    assert history[1][1].k < history[0][1].k
    assert "published here" in at.rob.get(url_of("Rob")).text
    assert len(look(at.desk, ROB).entries(kind=SAID_OF)) == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"persona": "", "words": "x", "on": "2026-03-01", "label": "S"}, "of which persona"),
        ({"persona": "Rob", "words": " ", "on": "2026-03-01", "label": "S"}, "its words"),
        ({"persona": "Rob", "words": "x", "on": "soon", "label": "S"}, "soon"),
        ({"persona": "Rob", "words": "x", "on": "2026-03-01", "label": "TOPSECRET"}, "Not written down"),
        ({"persona": "Rob", "words": "x", "on": "2026-03-01", "label": "S&&"}, "Not written down"),
    ],
)
def test_what_will_not_do_is_told_and_what_was_typed_is_kept(at: Scene, fields: dict[str, str], said: str) -> None:
    answer = at.send("/personas", where="a talk", **fields)
    assert answer.status_code == 400
    assert said in answer.text
    assert 'value="a talk"' in answer.text


def test_a_persona_that_nobody_spoke_of_is_not_there(at: Scene) -> None:
    assert at.rob.get(url_of("Nobody")).status_code == 404
    assert at.send(f"{url_of('Nobody')}/try", text="x").status_code == 404
    at.note(SAID[0])
    assert at.send(f"{url_of('Rob')}/erase", text="x").status_code == 400
    assert at.send(f"{url_of('Rob')}/try", text=" ").status_code == 400
