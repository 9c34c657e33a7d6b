"""The script of faults does what it says, once for each time, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from leconfield.errors import BadInputError
from leconfield.fake_instagram.faults import CALLS, DOINGS, fault
from leconfield.fake_instagram.model import Settings
from tests.fake_instagram.serving import Faked, faked
from tests.gate.bundles.shots import photograph


@pytest.fixture(scope="module")
def fake() -> Iterator[Faked]:
    with faked(Settings(polls=0, posts_a_day=10**6, containers_a_day=10**6)) as found:
        found.put("a.jpg", photograph())
        yield found


def published(fake: Faked) -> httpx.Response | None:
    which = fake.container(f"{fake.host}/a.jpg")
    try:
        return fake.call("POST", "me/media_publish", creation_id=which)
    except httpx.TransportError:
        return None


def count(fake: Faked) -> int:
    return len(fake.server.fake.graph.media)


@pytest.mark.parametrize(
    ("do", "answered", "done"),
    [("error", 500, 0), ("error-after", 500, 1), ("lost", None, 1), ("lost-before", None, 0), ("garbled", 200, 1)],
)
def test_a_spoilt_publishing_is_done_or_not_and_answered_or_not(
    fake: Faked, do: str, answered: int | None, done: int
) -> None:
    before = count(fake)
    fake.tell("faults", faults=[{"on": "publish", "do": do}])

    answer = published(fake)

    assert (answer.status_code if answer is not None else None) == answered
    assert count(fake) - before == done
    second = published(fake)
    assert second is not None
    assert second.is_success


def test_an_error_is_the_one_that_was_asked_for_as_often_as_was_asked(fake: Faked) -> None:
    fake.tell("faults", faults=[{"on": "publish", "do": "error-after", "what": "blocked", "times": 2}])

    answers = [published(fake) for _ in range(3)]

    codes = [each.json()["error"]["error_subcode"] if each and not each.is_success else 0 for each in answers]
    assert codes == [2207051, 2207051, 0]


def test_a_late_post_is_missing_from_so_many_lists(fake: Faked) -> None:
    fake.tell("faults", faults=[{"on": "publish", "do": "late", "reads": 2}])
    answer = published(fake)
    assert answer is not None
    which = answer.json()["id"]

    seen = [
        which in [each["id"] for each in fake.call("GET", "me/media", limit="100").json()["data"]] for _ in range(3)
    ]

    assert seen == [False, False, True]


def test_containers_can_be_stuck_or_fail_and_reads_can_lie(fake: Faked) -> None:
    fake.tell("faults", faults=[{"on": "create", "do": "stuck"}, {"on": "create", "do": "fails"}])
    stuck, failed = (fake.container(f"{fake.host}/a.jpg") for _ in range(2))

    assert fake.call("GET", stuck, fields="status_code").json()["status_code"] == "IN_PROGRESS"
    assert fake.call("GET", failed, fields="status_code").json()["status_code"] == "ERROR"
    fake.tell("faults", faults=[{"on": "status", "do": "error", "what": "lies"}])
    lie = fake.call("GET", failed, fields="status_code").json()["error"]
    assert (lie["code"], lie["error_subcode"]) == (100, 33)


def test_an_empty_list_of_faults_clears_the_script(fake: Faked) -> None:
    fake.tell("faults", faults=[{"on": "publish", "do": "error"}])
    fake.tell("faults", faults=[])

    answer = published(fake)

    assert answer is not None
    assert answer.is_success


@pytest.mark.parametrize(
    "told", [{}, {"on": "publish"}, {"on": "list", "do": "late"}, {"on": "publish", "do": "error", "what": "bad mood"}]
)
def test_what_is_no_fault_is_refused_with_what_would_be_one(told: dict[str, object]) -> None:
    with pytest.raises(BadInputError, match="choose"):
        fault(told)


def test_the_control_refuses_what_it_does_not_know(fake: Faked) -> None:
    assert fake.tell("dance").status_code == 404
    assert fake.tell("advance", seconds="soon").status_code == 400
    assert fake.tell("faults", faults="publish").status_code == 400
    assert set(fake.server.fake.calls) <= {f"{how} {each}" for how in ("GET", "POST") for each in CALLS}
    assert all(DOINGS.values())
