"""Tests of a release's pictures over HTTP: brought, boxed, put in; what was boxed is nowhere in what leaves."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest
from PIL import Image

from leconfield.gate.files import boxing
from leconfield.gate.files.boxing import KEPT_DAYS
from leconfield.gate.release import service
from leconfield.gate.release.model import Release, State
from leconfield.gate.release.state import found
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId
from tests.gate.files.plants import SECRET, exif, jpegs, pngs, saved, scene
from tests.gate.release.rooms import AUTHOR, KEEPER, OFFICER, Gate, Hands, approves, drafted, house, now
from tests.noninterference.desks import cheap_passwords
from tests.surveillance.test_pages import PASSWORD, Visitor

PICTURE = saved(scene(size=(640, 480)), "JPEG", exif=exif(SECRET), quality=95)
ROW = {"take-0": "yes", "kind-0": "face", "left-0": "25", "top-0": "25", "width-0": "50", "height-0": "50"}


@dataclass(frozen=True, slots=True)
class Scene:
    """A site over a desk with one release, its author, and somebody who may not know of it."""

    desk: Desk
    hands: Hands
    which: EntryId
    ann: Visitor
    guest: Visitor

    @property
    def url(self) -> str:
        return f"/releases/{self.which}/pictures"

    @property
    def release(self) -> Release:
        return found(now(self.desk, AUTHOR), self.which)

    def send(self, path: str, **fields: str) -> httpx.Response:
        return self.ann.post(self.url + path, data={"csrf": csrf(self.ann, self.url), **fields})

    def bring(self, held: bytes = PICTURE) -> httpx.Response:
        files = {"picture": ("IMG_2041 Oldcastle.jpg", held, "image/jpeg")}
        return self.ann.post(self.url, data={"csrf": csrf(self.ann, self.url)}, files=files)

    def member(self, name: str = "picture-1.jpg") -> bytes:
        return service.files_of(now(self.desk, AUTHOR), self.release)[name]


def csrf(client: Visitor, path: str) -> str:
    found_token = re.search(r'name="csrf" value="([^"]+)"', client.get(path).text)
    assert found_token is not None
    return found_token[1]


@pytest.fixture
def at() -> Iterator[Scene]:
    with cheap_passwords():
        desk, hands = house()
        clients = []
        for name, tokens in (("ann", AUTHOR.tokens), ("guest", frozenset({"O"}))):
            roles = AUTHOR.roles if name == "ann" else frozenset[str]()
            desk.append(accounts.KEEPER, [accounts.enrolling(name, name.title(), PASSWORD, tokens, roles)])
            clients.append(Visitor(desk, name))
        yield Scene(desk, hands, drafted(desk), *clients)


def picture_in(held: bytes) -> Image.Image:
    return Image.open(io.BytesIO(held)).convert("RGB")


def colours(picture: Image.Image, left: int, top: int) -> tuple[int, ...]:
    """Red, green and blue at a place."""
    found_there = picture.getpixel((left, top))
    assert isinstance(found_there, tuple)
    return found_there


def test_a_picture_that_was_brought_is_no_member_until_it_is_put_in(at: Scene) -> None:
    answer = at.bring()
    assert answer.url.path == f"{at.url}/picture-1.jpg"
    assert [each.name for each in at.release.content.members] == ["text.txt"]
    assert "Not in the release yet" in answer.text
    assert SECRET in answer.text
    assert "Oldcastle.jpg" not in answer.text
    at.send("/picture-1.jpg", do="put", **ROW)
    assert [each.name for each in at.release.content.members] == ["picture-1.jpg", "text.txt"]


def test_what_was_boxed_is_solid_black_and_the_rest_stays(at: Scene) -> None:
    at.bring()
    answer = at.send("/picture-1.jpg", do="put", **ROW)
    assert "Put in." in answer.text
    made, before = picture_in(at.member()), picture_in(PICTURE)
    inside = made.crop((164, 124, 476, 356))
    assert max(high for _, high in inside.getextrema()) < 32  # what JPEG makes of black
    assert sum(abs(a - b) for a, b in zip(colours(made, 20, 20), colours(before, 20, 20), strict=True)) < 60
    assert SECRET.encode() not in at.member()
    (member,) = (each for each in at.release.content.members if each.name == "picture-1.jpg")
    assert member.digest in answer.text


@pytest.mark.parametrize("held", [*jpegs(SECRET).values(), *pngs(SECRET).values()])
def test_nothing_that_a_file_says_beside_its_pixels_is_given_to_anybody(at: Scene, held: bytes) -> None:
    page = at.bring(held)
    name = page.url.path.rpartition("/")[2]
    at.send(f"/{name}", do="put", **ROW)
    for path in ("original", "leaving", "preview?box=face+10+10+5+5"):
        given = at.ann.get(f"{at.url}/{name}/{path}")
        assert given.status_code == 200
        assert SECRET.encode() not in given.content
    assert SECRET.encode() not in at.member(name)


def test_a_preview_changes_nothing_and_keeps_what_was_typed(at: Scene) -> None:
    at.bring()
    before = at.release
    answer = at.send("/picture-1.jpg", do="preview", **ROW, **{"kind-1": "plate", "left-1": "3", "take-1": "yes"})
    assert answer.status_code == 400
    assert "box 2, top" in answer.text
    assert 'value="25"' in answer.text
    answer = at.send("/picture-1.jpg", do="preview", **ROW)
    address = re.search(r'src="([^"]+/preview\?[^"]+)"', answer.text)
    assert address is not None
    assert colours(picture_in(at.ann.get(address[1].replace("&amp;", "&")).content), 320, 240)[0] < 8
    assert at.release == before


def test_what_a_detector_proposes_is_taken_by_a_person_or_not_at_all(at: Scene) -> None:
    canvas = scene(size=(800, 600)).point(lambda value: value // 4)
    canvas.paste((250, 250, 250), (200, 150, 560, 400))
    at.bring(saved(canvas, "PNG"))
    answer = at.send("/picture-1.png", do="find")
    assert "proposed: bright rectangle" in answer.text
    proposed = re.search(r'name="take-0" value="yes"( checked)?', answer.text)
    assert proposed is not None
    assert proposed[1] is None
    fields = {key: ROW[key] for key in ROW if key != "take-0"}
    at.send("/picture-1.png", do="put", **fields)
    assert colours(picture_in(at.member("picture-1.png")), 400, 300) == (250, 250, 250)


def test_the_original_is_gone_after_its_time_and_says_so(at: Scene) -> None:
    at.bring()
    at.send("/picture-1.jpg", do="put", **ROW)
    at.hands.at += timedelta(days=KEPT_DAYS + 1)
    at.ann.post("/sign-in", data={"name": "ann", "password": PASSWORD})
    page = at.ann.get(f"{at.url}/picture-1.jpg").text
    assert "kept no more" in page
    assert SECRET not in page
    assert "Artist" in page
    assert at.ann.get(f"{at.url}/picture-1.jpg/original").content != b""
    assert colours(picture_in(at.ann.get(f"{at.url}/picture-1.jpg/original").content), 320, 240)[0] < 8


def test_nothing_is_brought_or_boxed_once_it_is_sealed(at: Scene) -> None:
    at.bring()
    view = now(at.desk, AUTHOR)
    service.check(at.desk, view, at.which, Gate())
    for each in (OFFICER, KEEPER):
        approves(at.desk, each, at.which)
    service.seal(at.desk, now(at.desk, OFFICER), at.which, Gate())
    assert at.release.state is State.SEALED
    assert "nothing is put into it" in at.bring().text
    assert at.ann.get(f"{at.url}/picture-1.jpg/original").status_code == 404
    assert "picture-1.jpg" not in {each.name for each in at.release.content.members}


def test_an_edit_by_boxing_voids_what_was_approved(at: Scene) -> None:
    at.bring()
    service.check(at.desk, now(at.desk, AUTHOR), at.which, Gate())
    approves(at.desk, OFFICER, at.which)
    assert at.release.state is State.HALF
    at.send("/picture-1.jpg", do="put", **ROW)
    assert (at.release.state, at.release.approvals) == (State.DRAFT, ())


@pytest.mark.parametrize("path", ["", "/picture-1.jpg", "/picture-1.jpg/original", "/picture-1.jpg/leaving"])
def test_a_hidden_release_has_no_pictures(at: Scene, path: str) -> None:
    at.bring()
    hidden, never = (at.guest.get(f"/releases/{each}/pictures{path}") for each in (at.which, "0" * 32))
    assert hidden.status_code == never.status_code == 404
    assert re.sub(at.which, "0" * 32, hidden.text) == never.text


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (b"no picture", "cannot be read"),
        (PICTURE[:400], "cannot be read"),
        (b"", "cannot be read"),
        (saved(Image.new("1", (12_000, 9_000)), "PNG"), "pixels"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be read"),
    ],
)
def test_what_is_no_picture_or_a_bomb_is_refused_in_words(at: Scene, held: bytes, said: str) -> None:
    answer = at.bring(held)
    assert answer.status_code == 400
    assert said in answer.text
    assert not boxing.brought(now(at.desk, AUTHOR), at.release)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({**ROW, "left-0": "abc"}, "no number"),
        ({**ROW, "width-0": "0"}, "no width"),
        ({**ROW, "left-0": "100"}, "outside"),
        ({**ROW, "kind-0": "nose"}, "no kind"),
        ({**ROW, "left-0": "nan"}, "no number"),
        ({**ROW, "left-0": "1e9"}, "no number"),
    ],
)
def test_a_box_that_is_none_is_told_in_its_row(at: Scene, fields: dict[str, str], said: str) -> None:
    at.bring()
    answer = at.send("/picture-1.jpg", do="put", **fields)
    assert answer.status_code == 400
    assert said in answer.text
    assert "picture-1.jpg" not in {each.name for each in at.release.content.members}
