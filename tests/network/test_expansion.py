from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.errors import BadInputError, NotFoundError
from leconfield.ledger.model import SubjectId
from leconfield.ledger.vocabulary import ORGANISATION
from leconfield.network import EVERYTHING, Filter, Group, counts, expand, find_link, whole
from tests.network.builders import Told, ids

ANN = SubjectId("ann")
LINK_KINDS = ("met", "employer", "called")


def circle() -> Told:
    """Ann knows Bob and Cat, who know each other; Cat knows Dan; Ann works for the Firm."""
    told = Told().people("ann", "bob", "cat", "dan").named("firm", "The Firm", schema=ORGANISATION)
    told.states("ann", "met", "bob").states("cat", "met", "ann").states("bob", "called", "cat")
    return told.states("cat", "called", "dan").states("ann", "employer", "firm")


def test_an_expansion_shows_neighbours_and_the_links_among_them() -> None:
    picture = expand(circle().graph(), [ANN], 1)
    assert [each.id for each in picture.nodes] == ["ann", "bob", "cat", "firm"]
    assert [each.id for each in picture.links] == [
        "ann~employer~firm",
        "ann~met~bob",
        "ann~met~cat",
        "bob~called~cat",
    ]
    assert not picture.more


def test_two_hops_reach_the_acquaintances_of_acquaintances() -> None:
    assert "dan" in {each.id for each in expand(circle().graph(), [ANN], 2).nodes}


def test_no_hop_shows_the_subjects_alone_and_what_links_them() -> None:
    picture = expand(circle().graph(), ids("bob", "cat"), 0)
    assert [each.id for each in picture.links] == ["bob~called~cat"]


def test_counts_come_before_the_expansion() -> None:
    assert counts(circle().graph(), ANN) == (
        Group("employer", False, "Organization", 1),
        Group("met", False, "Person", 2),
    )
    assert [each.words for each in counts(circle().graph(), SubjectId("firm"))] == ["employs"]


def test_kinds_and_schemata_narrow_an_expansion() -> None:
    graph = circle().graph()
    only_met = expand(graph, [ANN], 2, Filter(kinds=frozenset({"met"})))
    assert {each.id for each in only_met.nodes} == {"ann", "bob", "cat"}
    only_firms = expand(graph, [ANN], 2, Filter(schemata=frozenset({ORGANISATION})))
    assert {each.id for each in only_firms.nodes} == {"ann", "firm"}


def test_a_limit_keeps_the_best_supported_and_says_what_it_left_out() -> None:
    told = circle().states("ann", "met", "cat", "another report")
    picture = expand(told.graph(), [ANN], 2, limit=2)
    assert [each.id for each in picture.nodes] == ["ann", "cat"]
    assert picture.more == (Group("employer", False, "Organization", 1), Group("met", False, "Person", 1))
    assert picture.left_out == 2


@pytest.mark.parametrize(("hops", "limit"), [(-1, 5), (7, 5), (1, 0)])
def test_bounds_that_make_no_sense_are_refused(hops: int, limit: int) -> None:
    with pytest.raises(BadInputError):
        expand(circle().graph(), [ANN], hops, limit=limit)


def test_more_subjects_than_the_limit_are_refused_rather_than_cut() -> None:
    with pytest.raises(BadInputError, match="2 subjects were asked for"):
        expand(circle().graph(), ids("ann", "bob"), 1, limit=1)


def test_the_whole_network_leaves_out_who_is_tied_to_nobody() -> None:
    picture = whole(circle().people("hermit").graph())
    assert {each.id for each in picture.nodes} == {"ann", "bob", "cat", "dan", "firm"}
    cut = whole(circle().graph(), limit=3)
    assert cut.left_out == 2
    assert sum(each.count for each in cut.more) == 2


def test_the_order_in_which_things_were_learnt_changes_nothing() -> None:
    told = circle().named("ann", "Ann", "r9", at=0).named("bob", "Bob", "r9", at=20).named("dan", "Dan", "r9", at=90)
    shuffled = Told(dict(reversed(told.reports.items())), list(told.statements))
    random.Random(7).shuffle(shuffled.statements)
    chosen = Filter(together=True)
    assert expand(told.graph(), [ANN], 3, chosen).links == expand(shuffled.graph(), [ANN], 3, chosen).links
    assert whole(told.graph(), chosen).links == whole(shuffled.graph(), chosen).links


def test_a_link_is_the_same_from_whichever_end_one_comes() -> None:
    graph = circle().named("ann", "Ann", "r9", at=0).named("bob", "Bob", "r9", at=20).graph()
    chosen = Filter(together=True)
    seen = {each.id: each for each in whole(graph, chosen).links}
    for start in ("ann", "bob", "cat", "dan", "firm"):
        for link in expand(graph, ids(start), 1, chosen).links:
            assert link == seen[link.id]


@given(
    ties=st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(LINK_KINDS), st.sampled_from("abcdefgh"))),
    limit=st.integers(1, 9),
)
def test_what_is_shown_and_what_is_left_out_make_up_the_whole(ties: list[tuple[str, str, str]], limit: int) -> None:
    told = Told().people(*"abcdefgh")
    for left, prop, right in ties:
        told.states(left, prop, right)
    graph = told.graph()
    everything = expand(graph, ids("a"), 1)
    cut = expand(graph, ids("a"), 1, limit=limit)
    assert len(cut.nodes) + cut.left_out == len(everything.nodes)
    assert set(cut.links) <= set(everything.links)
    assert {each.id for each in everything.nodes} == {"a"} | {
        end for left, _, right in ties if "a" in (left, right) for end in (left, right)
    }
    assert cut.more == counts(graph, SubjectId("a")) or limit > 1
    assert len(whole(graph, limit=limit).nodes) + whole(graph, limit=limit).left_out == len(whole(graph).nodes)


def test_a_link_is_found_by_its_id_even_by_an_id_from_before_a_merger() -> None:
    told = circle().named("annie", "Annie").states("dan", "paid", "annie").same("annie", "ann")
    told.named("ann", "Ann", "r9", at=0).named("bob", "Bob", "r9", at=20)
    graph = told.graph()
    for link in whole(graph, Filter(together=True)).links:
        assert find_link(graph, link.id) == link
    assert find_link(graph, "dan~paid~annie").id == "dan~paid~ann"
    assert find_link(graph, "bob~met~annie").id == "ann~met~bob"


@pytest.mark.parametrize("link", ["", "ann", "ann~met", "ann~met~nobody", "ann~family~bob", "ann~met~bob~", "~~"])
def test_a_link_that_is_not_there_is_not_found(link: str) -> None:
    with pytest.raises(NotFoundError):
        find_link(circle().graph(), link, EVERYTHING)
