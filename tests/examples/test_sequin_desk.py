"""A desk that holds Operation SEQUIN gives the answers of its key."""

from __future__ import annotations

import pytest

from leconfield.demo import read_case
from leconfield.demo.build import fill
from leconfield.errors import NotFoundError
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import SubjectId
from leconfield.network import Graph, paths
from leconfield.registry.chips import statements_of
from leconfield.registry.resolution import Partition
from leconfield.registry.service import judge
from tests.demo.filled import copied
from tests.examples.answers import Records, key, subject_of, traced, view_of
from tests.examples.sequin import FOLDER
from tests.ledger.desks import Ticking

USERS = ("rob", "emma", "karina")


@pytest.fixture(scope="module")
def filled() -> tuple[Desk, Records]:
    return copied(Ticking())


def test_filling_again_adds_nothing(filled: tuple[Desk, Records]) -> None:
    desk, records = filled
    before = len(view_of(desk, "rob").world.statements)
    assert fill(desk, read_case(FOLDER)) == records
    assert len(view_of(desk, "rob").world.statements) == before


@pytest.mark.parametrize("user", USERS)
def test_each_officer_sees_the_reports_he_may(filled: tuple[Desk, Records], user: str) -> None:
    written = [each for each in view_of(filled[0], user).reports() if each.channel != "table"]
    assert len(written) == key()["users"][user]["reports"]


@pytest.mark.parametrize("user", USERS)
def test_no_word_of_what_an_officer_must_not_see_reaches_him(filled: tuple[Desk, Records], user: str) -> None:
    view = view_of(filled[0], user)
    everything = "\n".join([*(each.text for each in view.reports()), *(each.value for each in view.statements())])
    for secret in key()["users"][user]["must_not_see"]:
        assert secret["words"] not in everything


@pytest.mark.parametrize(
    "question", key()["traces"], ids=lambda each: f"{each['user']}: {each['words']} ({each['kind']})"
)
def test_every_trace_of_the_key_finds_whom_it_should(filled: tuple[Desk, Records], question: dict[str, object]) -> None:
    found = traced(view_of(filled[0], str(question["user"])), filled[1], question)
    assert found.right, [(hit.subject.name, hit.probability) for hit in found.answer.hits[:5]]


def test_double_registrations_are_joined_or_proposed(filled: tuple[Desk, Records]) -> None:
    desk, records = filled
    for double in key()["double_registrations"]:
        for user in double["visible_to"]:
            view = view_of(desk, user)
            partition = view.derived(Partition)
            left, right = (subject_of(view, records[double[side]]) for side in ("left", "right"))
            pairs = {(each.left.id, each.right.id) for each in partition.proposals(partition.subject(left))}
            assert left == right or {(left, right), (right, left)} & pairs, (user, double)


@pytest.mark.parametrize("user", USERS)
def test_namesakes_are_never_joined(filled: tuple[Desk, Records], user: str) -> None:
    view = view_of(filled[0], user)
    for pair in key()["namesakes"]:
        ids = set()
        for side in ("left", "right"):
            try:
                ids.add(subject_of(view, filled[1][pair[side]]))
            except NotFoundError:
                ids.add(SubjectId(side))
        assert len(ids) == 2, pair


def test_what_must_be_found_of_those_who_matter_is_found_by_those_who_may(filled: tuple[Desk, Records]) -> None:
    desk, records = filled
    for person in key()["persons_who_matter"]:
        for fact in person["must_find"]:
            for user in USERS:
                said = facts(desk, records, user, person["key"])
                value = str(records.get(fact["value"], fact["value"]))
                assert user not in fact["visible_to"] or (fact["prop"], value) in said, (user, person["key"], fact)


def facts(desk: Desk, records: Records, user: str, registration: str) -> set[tuple[str, str]]:
    view = view_of(desk, user)
    try:
        subject = view.derived(Partition).subject_of(records[registration])
    except NotFoundError:
        return set()
    return {(each.prop, each.value) for each in statements_of(view, subject)}


def test_two_reports_of_one_origin_count_once(filled: tuple[Desk, Records]) -> None:
    view = view_of(filled[0], "rob")
    both = [each for each in view.reports() if each.origin == key()["one_origin"]["origin"]]
    assert len(both) == 2
    assert len({each.source for each in both}) == 2


@pytest.fixture(scope="module")
def judged() -> tuple[Desk, Records]:
    at, records = copied(Ticking())
    for double in key()["double_registrations"]:
        for user in double["visible_to"]:
            judge(at, view_of(at, user), records[double["left"]], records[double["right"]], "same", double["kind"])
    return at, records


@pytest.mark.parametrize("user", USERS)
def test_once_doubles_are_judged_the_shortest_paths_are_those_of_the_key(
    judged: tuple[Desk, Records], user: str
) -> None:
    desk, records = judged
    view = view_of(desk, user)
    graph = Graph(view.world, view.derived(Partition))
    for question in key()["network"]["questions"]:
        expected = question["shortest"][user]
        if not isinstance(expected, str):
            found = paths(graph, records[question["from"]], records[question["to"]])
            assert 0 < len(found.paths[0].steps) <= expected["links"], question
