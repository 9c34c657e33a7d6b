"""Tests of staff files: begun by whoever looks after staff, one for each officer, and not there to anybody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId, Reader
from leconfield.staff import files
from tests.agents.visiting import seated
from tests.authority.offices import Hands, office
from tests.ledger.desks import look

LABEL = "STAFF&S"
UNA = Reader("una", "Una, who looks after staff", frozenset({"S", "STAFF"}), frozenset({"officer", files.ROLE}))
IRIS = replace(UNA, name="iris", persona="Iris, a controller", roles=frozenset({"officer"}))
EMMA = Reader("emma", "Emma, investigator", frozenset({"S"}), frozenset({"officer", files.ROLE}))
SAID = {"who": "Rob ", "called": "Rob, agent runner", "label": LABEL, "reason": "He meets agents."}


@pytest.fixture
def desk() -> tuple[Desk, Hands]:
    return office()


def begun(desk: Desk, **other: str) -> EntryId:
    return files.begin(desk, look(desk, UNA), **{**SAID, **other})


def test_a_file_is_known_by_a_working_name_and_to_those_of_its_label_alone(desk: tuple[Desk, Hands]) -> None:
    which = begun(desk[0])
    (file,) = files.files(look(desk[0], IRIS))
    assert (file.id, file.who, file.called, file.sealed) == (which, "rob", "Rob, agent runner", False)
    assert files.called(look(desk[0], IRIS), which) is not None
    assert files.files(look(desk[0], EMMA)) == ()
    assert files.called(look(desk[0], EMMA), which) is None


def test_hidden_and_never_been_are_refused_in_the_same_words(desk: tuple[Desk, Hands]) -> None:
    said = []
    for which in (begun(desk[0]), "0" * 32):
        with pytest.raises(NotFoundError) as refused:
            files.person(look(desk[0], EMMA), which)
        said.append(str(refused.value))
    assert len(set(said)) == 1


def test_there_is_one_file_for_each_officer_as_far_as_one_may_know(desk: tuple[Desk, Hands]) -> None:
    begun(desk[0])
    with pytest.raises(RefusedError, match="one for each officer"):
        begun(desk[0], called="Robert")
    files.begin(desk[0], look(desk[0], EMMA), **{**SAID, "label": "S"})
    assert len(files.files(look(desk[0], UNA))) == 2, "whoever may not know of the first learns nothing of it"


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"who": "Rob Cassell"}, "no name that one signs in with"),
        ({"who": ""}, "no name that one signs in with"),
        ({"called": " "}, "working name"),
        ({"called": "x" * 81}, "working name"),
        ({"label": ""}, "compartment"),
        ({"label": "STAFF&"}, "label"),
        ({"reason": ""}, "your reason"),
    ],
)
def test_what_will_not_do_is_refused(desk: tuple[Desk, Hands], other: dict[str, str], said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        begun(desk[0], **other)
    assert files.files(look(desk[0], UNA)) == ()


def test_nobody_begins_his_own_or_without_the_role_or_what_he_could_not_see(desk: tuple[Desk, Hands]) -> None:
    with pytest.raises(RefusedError, match="somebody else"):
        begun(desk[0], who="una")
    with pytest.raises(RefusedError, match='the role "staff"'):
        files.begin(desk[0], look(desk[0], IRIS), **SAID)
    with pytest.raises(RefusedError):
        files.begin(desk[0], look(desk[0], EMMA), **SAID)
    assert files.files(look(desk[0], UNA)) == ()


def test_the_page_lists_what_one_may_know_and_begins_a_file(desk: tuple[Desk, Hands]) -> None:
    una, iris, emma = seated(desk[0], UNA, IRIS, EMMA)
    before = emma.get("/staff-files").text
    wrong = una.post("/staff-files", **{**SAID, "reason": ""})
    assert wrong.status == 400
    assert "Not begun yet" in wrong.text
    assert "Rob, agent runner" in wrong.text, "what was typed is kept"
    done = una.post("/staff-files", **SAID)
    assert done.status == 303
    assert una.get(done.headers["location"]).status == 200
    listed = iris.get("/staff-files").text
    assert "Rob, agent runner" in listed
    assert "holds the role" in listed
    assert emma.get("/staff-files").text == before
    assert emma.get(done.headers["location"]).status == 404
    assert iris.post("/staff-files", **{**SAID, "who": "sid"}).status == 400


def test_an_authority_to_open_it_names_the_officer_to_those_who_may_know(desk: tuple[Desk, Hands]) -> None:
    una, emma = seated(desk[0], UNA, EMMA)
    which = begun(desk[0])
    particulars = dict.fromkeys(
        ("necessity", "proportionality", "purpose", "conduct", "collateral", "confidential"), "x"
    )
    said = {**particulars, "kind": "identity-opening", "about": which, "ground": "public-safety", "label": LABEL}
    assert una.send("/authority", said).status == 303, una.send("/authority", said).text
    assert "Rob, agent runner" in una.get("/authority").text
    assert "Rob, agent runner" not in emma.get("/authority").text
