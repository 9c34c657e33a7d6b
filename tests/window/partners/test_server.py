"""The feeds of a real process, read with somebody else's client, `taxii2-client`, and with httpx for the rest."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import requests
from taxii2client.exceptions import AccessError
from taxii2client.v21 import Collection, Server, as_pages

from leconfield.gate.bundles.partners import collection_id
from leconfield.window.commands import initialise
from leconfield.window.partners import taxii
from tests.gate.bundles.test_partners import ANOTHER, KEY
from tests.window.houses import keys
from tests.window.partners.feeds import HANDLE, OTHER, SEAL, account, crossed, identity, item, partner

ANSWERS = collection_id(HANDLE, "answers")
PEOPLE = [identity(f"Person {number}") for number in range(25)]
PLANTED = "KESTREL-7f3a"


@dataclass(frozen=True)
class Served:
    """A window that runs in a process of its own."""

    url: str
    folder: Path

    def get(self, path: str, key: str = KEY, **headers: str) -> httpx.Response:
        """Ask as a partner does."""
        return httpx.get(f"{self.url}{path}", headers={"authorization": f"Bearer {key}", **headers})


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("window")
    seal, box, _ = keys(folder / "given")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    at = folder / "host"
    initialise(at, {"name": "The Harbour Service", "url": url}, ["en"], [seal], [box])
    crossed(
        at / "spool" / "in",
        partner(KEY),
        partner(ANOTHER, OTHER),
        item(KEY, 1, *PEOPLE, account("+44 20 7946 0018")),
        item(KEY, 2, identity("Person 0", "2026-07-09T00:00:00.000Z"), added="2026-08-02T06:00:00Z"),
        item(KEY, 3, identity(PLANTED), collection="warnings"),
        item(KEY, 4, identity("Later"), added="2226-08-02T06:00:00Z"),
        item(ANOTHER, 5, identity("Somebody else's"), handle=OTHER),
    )
    run = "from leconfield.window.commands import window; window()"
    process = subprocess.Popen(
        [sys.executable, "-c", run, "serve", str(at), "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        transport = httpx.HTTPTransport(retries=8)
        with httpx.Client(transport=transport, timeout=30) as client:
            assert client.get(f"{url}/taxii2/").status_code == 401
        yield Served(url, at)
    finally:
        process.terminate()
        process.wait(10)


def collection(served: Served, which: str = ANSWERS, key: str = KEY) -> Collection:
    return Collection(f"{served.url}/taxii2/{HANDLE}/collections/{which}/", user="polizei", password=key)


def test_a_client_finds_its_way_from_the_server_to_the_objects(served: Served) -> None:
    server = Server(f"{served.url}/taxii2/", user="polizei", password=KEY)
    assert server.title == "The Harbour Service"
    (root,) = server.api_roots
    assert root.versions == [taxii.MEDIA]
    assert root.url.endswith(f"/taxii2/{HANDLE}/")
    assert [(each.id, each.can_read, each.can_write) for each in root.collections] == [
        (ANSWERS, True, False),
        (collection_id(HANDLE, "warnings"), True, False),
    ]
    (warning,) = root.collections[1].get_objects()["objects"]
    assert warning["name"] == PLANTED


def test_a_token_serves_as_well_as_a_password(served: Served) -> None:
    token = served.get("/taxii2/", accept=taxii.MEDIA)
    password = httpx.get(f"{served.url}/taxii2/", auth=("", KEY))
    assert (token.status_code, token.content) == (200, password.content)


def test_a_client_reads_a_collection_page_by_page(served: Served) -> None:
    pages = list(as_pages(collection(served).get_objects, per_request=10))
    names = [each.get("name", each.get("user_id")) for page in pages for each in page["objects"]]
    assert [len(page["objects"]) for page in pages] == [10, 10, 6]
    assert sorted(names) == sorted([*(str(each["name"]) for each in PEOPLE), "+44 20 7946 0018"])


def test_a_client_asks_for_what_is_new(served: Served) -> None:
    new = collection(served).get_objects(added_after="2026-08-01T06:00:00.000Z")
    assert [each["modified"] for each in new["objects"]] == ["2026-07-09T00:00:00.000Z"]
    assert collection(served).get_objects(added_after="2026-08-02T06:00:00.000Z") == {"more": False}


def test_a_client_asks_for_one_object_and_its_versions(served: Served) -> None:
    which = str(PEOPLE[0]["id"])
    (found,) = collection(served).get_object(which)["objects"]
    assert found["modified"] == "2026-07-09T00:00:00.000Z"
    versions = collection(served).object_versions(which)["versions"]
    assert versions == ["2026-07-01T00:00:00.000Z", "2026-07-09T00:00:00.000Z"]


def test_a_client_reads_the_manifest(served: Served) -> None:
    records = collection(served).get_manifest(type=["user-account"])["objects"]
    assert records == [
        {
            "id": account("+44 20 7946 0018")["id"],
            "date_added": "2026-08-01T06:00:00.000000Z",
            "version": "2026-08-01T06:00:00.000000Z",
            "media_type": taxii.STIX,
        }
    ]


def test_a_client_cannot_write(served: Served) -> None:
    with pytest.raises(AccessError):
        collection(served).add_objects({"objects": [PEOPLE[0]]})
    answer = httpx.post(f"{served.url}/taxii2/{HANDLE}/collections/{ANSWERS}/objects/", auth=("", KEY), content=b"{}")
    assert (answer.status_code, answer.json()["http_status"]) == (403, "403")
    gone = httpx.delete(
        f"{served.url}/taxii2/{HANDLE}/collections/{ANSWERS}/objects/{PEOPLE[0]['id']}/", auth=("", KEY)
    )
    assert gone.status_code == 403


def test_a_client_with_another_key_is_not_let_in(served: Served) -> None:
    with pytest.raises(httpx.HTTPStatusError):
        served.get("/taxii2/", key="lp1-" + "D" * 43).raise_for_status()
    with pytest.raises(requests.HTTPError, match="401"):
        collection(served, key="lp1-" + "D" * 43).get_objects()


@pytest.mark.parametrize(
    "path",
    [
        "/taxii2/",
        f"/taxii2/{HANDLE}/",
        "/taxii2/0000000000000000/",
        f"/taxii2/{HANDLE}/collections/{ANSWERS}/objects/",
        "/taxii2/x/collections/y/objects/z/versions/",
        "/misp/manifest.json",
        "/misp/hashes.csv",
        "/misp/x.json",
    ],
)
def test_whoever_has_no_key_is_told_the_same_everywhere(served: Served, path: str) -> None:
    answer = httpx.get(f"{served.url}{path}")
    told = answer.json()
    assert (answer.status_code, told["title"]) == (401, "A key is needed")
    assert answer.headers["www-authenticate"].startswith("Basic realm=")
    assert httpx.get(f"{served.url}{path}", headers={"authorization": "Bearer x"}).content == answer.content


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/taxii2/{OTHER}/", 404),
        (f"/taxii2/{OTHER}/collections/", 404),
        (f"/taxii2/{HANDLE}/collections/{collection_id(OTHER, 'answers')}/", 404),
        (f"/taxii2/{HANDLE}/collections/background/", 404),
        (f"/taxii2/{HANDLE}/collections/answers/objects/identity--none/", 404),
        (f"/taxii2/{HANDLE}/status/1/", 404),
        (f"/taxii2/{HANDLE}/collections/answers/objects/?limit=0", 400),
        (f"/taxii2/{HANDLE}/collections/answers/objects/?added_after=now", 400),
        (f"/taxii2/{HANDLE}/collections/answers/manifest/?match[version]=new", 400),
        (f"/taxii2/{HANDLE}/collections/answers/objects/?next={'x' * 5000}", 414),
    ],
)
def test_faults_are_told_as_taxii_tells_them(served: Served, path: str, status: int) -> None:
    answer = served.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == taxii.MEDIA
    assert answer.json()["http_status"] == str(status)


def test_media_types_are_those_of_the_specification(served: Served) -> None:
    answer = served.get("/taxii2/", accept=taxii.MEDIA)
    assert answer.headers["content-type"] == taxii.MEDIA
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert served.get("/taxii2/", accept="application/vnd.oasis.taxii+json; version=2.0").status_code == 406


def test_misp_reads_the_manifest_the_events_and_the_hashes(served: Served) -> None:
    manifest = served.get("/misp/manifest.json").json()
    assert len(manifest) == 3
    hashes = {line.partition(",")[2] for line in served.get("/misp/hashes.csv").text.splitlines()}
    assert hashes == set(manifest)
    for which, head in manifest.items():
        event = served.get(f"/misp/{which}.json").json()["Event"]
        assert {name: event[name] for name in head} == head
        assert event["Attribute"]
    assert served.get("/misp/00000000-0000-0000-0000-000000000000.json").status_code == 404


def test_no_file_of_the_host_holds_a_word_of_an_item_or_a_key(served: Served) -> None:
    assert PLANTED in served.get(f"/taxii2/{HANDLE}/collections/warnings/objects/").text
    files = [each.read_bytes() for each in served.folder.rglob("*") if each.is_file()]
    assert files
    assert SEAL.public.pem in files
    for planted in (PLANTED, KEY, KEY[4:], ANOTHER, "Somebody else", json.dumps(PEOPLE[0])[:40]):
        assert not [each for each in files if planted.encode() in each]
