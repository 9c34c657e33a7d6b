from __future__ import annotations

import pytest

from leconfield.errors import BadInputError
from leconfield.ledger.model import Assertion, SubjectId
from leconfield.ledger.times import Held
from leconfield.network import NAMED_TOGETHER, Filter, Graph, Link, expand
from tests.network.builders import DENIAL, Told, ids


def the_link(graph: Graph, chosen: Filter | None = None) -> Link:
    [link] = expand(graph, [SubjectId("ann")], 1, chosen or Filter()).links
    return link


def test_statements_of_merged_records_make_one_link() -> None:
    told = Told().people("ann", "bob", "bobby").same("bobby", "bob")
    told.states("ann", "employer", "bob", "r1").states("ann", "employer", "bobby", "r2")
    link = the_link(told.graph())
    assert (link.left, link.prop, link.right) == ("ann", "employer", "bob")
    assert link.reports == ("r1", "r2")
    assert (link.words, link.reverse_words) == ("works for", "employs")


def test_a_link_that_reads_the_same_from_both_ends_is_one_link() -> None:
    told = Told().people("ann", "bob").states("ann", "met", "bob", "r1").states("bob", "met", "ann", "r2")
    assert len(the_link(told.graph()).statements) == 2


def test_two_reports_of_one_origin_count_once() -> None:
    told = Told().people("ann", "bob").report("r1", source="HEATHER", origin="the barman")
    told.report("r2", source="THISTLE", origin="the barman").report("r3", source="GORSE")
    for report in ("r1", "r2", "r3"):
        told.states("ann", "met", "bob", report)
    assert the_link(told.graph()).origins == ("GORSE", "the barman")


def test_a_link_is_denied_only_if_nobody_affirms_it() -> None:
    told = Told().people("ann", "bob").states("ann", "met", "bob", "r1", assertion=DENIAL)
    assert the_link(told.graph()).denied
    told.states("ann", "met", "bob", "r2")
    affirmed = the_link(told.graph())
    assert not affirmed.denied
    assert affirmed.reports == ("r2",)
    assert len(affirmed.statements) == 2


def test_a_link_is_alleged_while_every_affirmation_is_somebodys_claim_or_not_yet_so() -> None:
    told = Told().people("ann", "bob")
    told.states("ann", "met", "bob", "r1", assertion=Assertion(asserter="police"))
    told.states("ann", "met", "bob", "r2", assertion=Assertion(modality="planned"))
    assert the_link(told.graph()).alleged
    told.states("ann", "met", "bob", "r3")
    assert not the_link(told.graph()).alleged


def test_a_link_knows_when_it_was_true_or_else_when_it_was_reported() -> None:
    told = Told().people("ann", "bob").report("r1", written="1989-05-02").report("r2", written="1990")
    told.states("ann", "met", "bob", "r1").states("ann", "met", "bob", "r2", held=Held.on("1989-03"))
    link = the_link(told.graph())
    assert (link.first, link.last, link.moments) == ("1989-03", "1989-05-02", ("1989-03", "1989-05-02"))


def test_a_link_that_still_holds_has_no_last_date() -> None:
    told = Told().people("ann", "bob").states("ann", "employer", "bob", held=Held("1987", ""))
    assert (the_link(told.graph()).first, the_link(told.graph()).last) == ("1987", "")


def test_a_link_to_a_record_that_this_world_does_not_hold_leads_nowhere() -> None:
    told = Told().people("ann").states("ann", "met", "hidden")
    graph = told.graph()
    assert not expand(graph, ids("ann"), 2).links
    assert "hidden" not in graph.world.by_subject


def test_text_that_happens_to_be_an_id_is_no_link() -> None:
    told = Told().people("ann", "bob").states("ann", "notes", "bob")
    assert not expand(told.graph(), ids("ann")).links


def test_names_near_each_other_are_a_weak_link_that_must_be_asked_for() -> None:
    told = Told().named("ann", "Ann", "r1", at=0).named("bob", "Bob", "r1", at=150).named("cat", "Cat", "r1", at=900)
    assert not expand(told.graph(), ids("ann")).links
    link = the_link(told.graph(), Filter(together=True))
    assert (link.prop, link.left, link.right) == (NAMED_TOGETHER, "ann", "bob")
    assert len(link.ways) == 1
    assert not link.denied
    assert not link.alleged


def test_two_records_of_one_subject_are_not_named_together_with_themselves() -> None:
    told = Told().named("ann", "Ann", "r1", at=0).named("annie", "Annie", "r1", at=10).same("annie", "ann")
    assert not expand(told.graph(), ids("ann"), 1, Filter(together=True)).links


@pytest.mark.parametrize(
    ("since", "until", "shown"),
    [
        ("", "", True),
        ("1989", "1989", True),
        ("1989-03-20", "", True),
        ("1989-04", "", False),
        ("", "1989-02", False),
        ("", "1989-03-01", True),
        ("1989-03-05T12:00", "1989-03-06", True),
    ],
)
def test_a_time_filter_keeps_what_may_have_been_true_within_it(since: str, until: str, shown: bool) -> None:
    told = Told().people("ann", "bob").states("ann", "met", "bob", held=Held.on("1989-03"))
    assert bool(expand(told.graph(), ids("ann"), 1, Filter(since=since, until=until)).links) is shown


def test_a_link_without_a_date_stays_whatever_the_time_filter() -> None:
    told = Told().people("ann", "bob").states("ann", "met", "bob")
    assert expand(told.graph(), ids("ann"), 1, Filter(since="1989")).links


def test_a_filter_for_what_there_is_not_says_so() -> None:
    with pytest.raises(BadInputError, match='no link is called "hates"'):
        Filter(kinds=frozenset({"hates"}))
    with pytest.raises(BadInputError, match="runs backwards"):
        Filter(since="1990", until="1989")
    with pytest.raises(BadInputError, match="is no date"):
        Filter(since="yesterday")


def test_a_node_counts_its_reports_and_their_origins() -> None:
    told = Told().report("r1", source="HEATHER").report("r2", source="HEATHER").named("ann", "Ann", "r1")
    told.named("ann", "Anna", "r2").registered.add("ann")
    node = told.graph().node(SubjectId("ann"))
    assert (node.label, node.registered, node.reports, node.origins) == ("Ann", True, 2, 1)
