from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
import stix2
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.desk.exchange import stix_terms as terms
from leconfield.desk.exchange.model import FORMATS, ExchangeError
from leconfield.desk.exchange.selection import chosen_ids, selected
from leconfield.desk.exchange.service import ready
from leconfield.desk.exchange.state import Receipts
from leconfield.desk.exchange.writing import written
from leconfield.desk.investigations import open_investigation
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Reader
from leconfield.network.charts import Look, Spot
from leconfield.network.saving import save
from tests.desk.exchange.partners import ANNA, CAR, MILL, PHONE, RAY, chosen, mill, says, told
from tests.ledger.desks import EMMA, ROB, START, look

_REF = re.compile(r'"([a-z0-9-]+--[0-9a-f]{8}-[0-9a-f-]{27})"')
ANN = Reader("ann", "Ann, analyst", frozenset({"O", "S"}))


def objects(content: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(content)["objects"]
    return found


def stix(at: Desk, holds: str = "O S SEQUIN", recipient: str = "Polizei") -> bytes:
    return written(chosen(at, holds, recipient), "stix", at.ids, recipient)


def by_name(content: bytes, name: str) -> dict[str, Any]:
    return next(each for each in objects(content) if each.get("name") == name)


def test_every_object_is_stix_and_every_reference_leads_to_one() -> None:
    content = stix(mill())
    for each in objects(content):
        stix2.parse(each, allow_custom=True, version="2.1")
    ids = {each["id"] for each in objects(content)}
    assert len(ids) == len(objects(content))
    assert set(_REF.findall(content.decode())) - ids == {json.loads(content)["id"]}


def test_each_statement_bears_its_own_marking_grade_and_both_times() -> None:
    content = stix(mill())
    ray = by_name(content, "Ray Cassell")
    said = ray["extensions"][terms.EXTENSION]["statements"]
    words = {each["id"]: each["definition"]["statement"] for each in objects(content) if "definition" in each}
    marked = {
        selector: words[each["marking_ref"]] for each in ray["granular_markings"] for selector in each["selectors"]
    }
    found = {
        (each["value"], each["grade"], marked[f"extensions.{terms.EXTENSION}.statements.[{place}]"])
        for place, each in enumerate(said)
    }
    assert found == {("Ray Cassell", "B2", "O"), ("The Miller", "C3", "S&SEQUIN")}
    assert marked["name"] == "O"
    assert [words[each] for each in ray["object_marking_refs"]] == ["O&S&SEQUIN"]
    assert all(each["learnt"].startswith("2026-03-02T09:00") for each in said)
    (met,) = (each for each in objects(content) if each.get("relationship_type") == "met")
    assert met["extensions"][terms.EXTENSION]["statements"][0]["held_from"] == "2026-02-04"
    assert (met["start_time"][:10], met["confidence"]) == ("2026-02-04", 70)


def test_a_sighting_is_one_and_what_is_denied_never_becomes_a_relationship() -> None:
    content = stix(mill())
    (sighting,) = (each for each in objects(content) if each["type"] == "sighting")
    assert sighting["sighting_of_ref"] == by_name(content, "Ray Cassell")["id"]
    users = [each for each in objects(content) if each.get("relationship_type") == "user"]
    assert [each["source_ref"] for each in users] == [by_name(content, "Ray Cassell")["id"]]
    (note,) = (each for each in objects(content) if each["type"] == "note")
    assert note["content"].startswith("Denied: Anna Brook")


def test_a_link_that_some_deny_carries_their_opinion() -> None:
    at = mill()
    told(at, "No meeting", "O", says(RAY, "Person", "met", ANNA, assertion=says_not()))
    (opinion,) = (each for each in objects(stix(at)) if each["type"] == "opinion")
    (met,) = (each for each in objects(stix(at)) if each.get("relationship_type") == "met")
    assert (opinion["opinion"], opinion["object_refs"]) == ("disagree", [met["id"]])


def says_not() -> Any:
    from leconfield.ledger.model import Assertion

    return Assertion(polarity="denied")


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_what_it_would_be_had_nothing_beyond_the_recipients_tokens_been_written(form: str) -> None:
    """He who holds `O` is told nothing of the car, the telephone, the alias; nor of the label that they bear."""
    content = written(chosen(mill(), "O"), form, mill().ids, "Polizei").decode()
    for secret in ("Anna", "Annie", "Golf", "Miller", "900111", "SEQUIN", "KINGFISHER", "HERON"):
        assert secret not in content


@pytest.mark.parametrize("form", FORMATS)
def test_no_id_of_the_desk_leaves_it_and_two_recipients_share_none(form: str) -> None:
    at = mill()
    files = [written(chosen(at, recipient=each), form, at.ids, each).decode() for each in ("Polizei", "Garda")]
    ours = {RAY, ANNA, MILL, CAR, PHONE, *look(at, EMMA).world.reports, *look(at, EMMA).world.statements}
    assert not any(each in files[0] or each.replace("-", "") in files[0].replace("-", "") for each in ours)
    hexes = [set(re.findall(r"[0-9a-f]{32}", re.sub(r"(?<=[0-9a-f])-(?=[0-9a-f])", "", each))) for each in files]
    constant = {terms.EXTENSION.partition("--")[2].replace("-", ""), terms.PROGRAM.partition("--")[2].replace("-", "")}
    assert hexes[0] & hexes[1] <= constant
    assert (
        written(chosen(at, recipient=" POLIZEI"), form, at.ids, " POLIZEI")
        == files[0].replace("for Polizei", "for  POLIZEI").encode()
    )


def test_protected_characteristics_stay_here_unless_they_are_asked_for() -> None:
    at = mill()
    assert chosen(at).protected == 1
    assert b"religion" not in written(chosen(at), "stix", at.ids, "Polizei")
    assert b"religion" in written(chosen(at, protected=True), "stix", at.ids, "Polizei")


def test_graphml_and_ftm_of_the_selection_have_no_loose_ends() -> None:
    at = mill()
    graph = nx.read_graphml(BytesIO(written(chosen(at), "graphml", at.ids, "Polizei")))
    assert {data["label"] for _, data in graph.nodes(data=True)} >= {"Ray Cassell", "Anna Brook", "grey Golf"}
    assert "for Polizei" in ET.tostring(
        ET.fromstring(written(chosen(at), "graphml", at.ids, "Polizei")), encoding="unicode"
    )
    lines = [json.loads(each) for each in written(chosen(at), "ftm", at.ids, "Polizei").splitlines()]
    things = {each["id"] for each in lines if "name" in each["properties"] or "number" in each["properties"]}
    ends = {
        end
        for each in lines
        for name in ("owner", "asset", "subject", "object")
        for end in each["properties"].get(name, ())
    }
    assert ends
    assert ends <= things | {each["id"] for each in lines}


def test_a_file_that_is_ready_says_for_whom_what_for_how_much_and_bears_all_labels_in_it() -> None:
    at = mill()
    found = ready(at, look(at, EMMA), chosen(at), recipient="  Polizei ", purpose="a warrant", form="stix", label="")
    assert (found.recipient, found.purpose, found.form) == ("Polizei", "a warrant", "stix")
    assert found.content == stix(at)
    assert found.label == "O&S&SEQUIN"
    assert (found.statements, found.holds) == (len(chosen(at).statements), frozenset({"O", "S", "SEQUIN"}))
    assert RAY in found.subjects


def test_a_file_of_what_everybody_may_read_bears_the_tier_of_whoever_made_it() -> None:
    at = mill()
    told(at, "In the paper", "", says(ANNA, "Person", "name", "Anna Brook"))
    selection = selected(at, look(at, EMMA), [ANNA], recipient="Polizei", holds=frozenset())
    assert ready(at, look(at, EMMA), selection, recipient="Polizei", purpose="x", form="stix").label == "S"


def test_what_is_ready_has_not_left_and_leaves_no_receipt() -> None:
    at = mill()
    ready(at, look(at, EMMA), chosen(at), recipient="Polizei", purpose="a warrant", form="stix")
    assert look(at, EMMA).derived(Receipts).in_order == []


def test_a_merger_that_rests_on_a_secret_does_not_show_to_who_may_not_hold_it() -> None:
    from leconfield.ledger.judgements import judging

    at = mill()
    at.append(EMMA, [judging(RAY, ANNA, "same", "one man", "SEQUIN")])
    assert len(chosen(at, "O S").picture.nodes) == len(chosen(mill(), "O S").picture.nodes)
    assert len(chosen(at).picture.nodes) == len(chosen(mill()).picture.nodes) - 1
    assert "SEQUIN" in chosen(at).label


@pytest.mark.parametrize(
    ("filled", "fault"),
    [
        ({"recipient": " "}, "recipient is missing"),
        ({"recipient": "Pol\x00izei"}, "cannot be printed"),
        ({"purpose": ""}, "what it is for is missing"),
        ({"form": "docx"}, "no format"),
    ],
)
def test_nothing_goes_out_without_recipient_purpose_and_format(filled: dict[str, str], fault: str) -> None:
    at = mill()
    whole = {"recipient": "Polizei", "purpose": "a warrant", "form": "stix"} | filled
    with pytest.raises(BadInputError, match=fault):
        ready(at, look(at, EMMA), chosen(at), **whole)


def test_nobody_makes_a_file_for_others_in_the_past() -> None:
    at = mill()
    with pytest.raises(RefusedError):
        ready(at, look(at, EMMA, START), chosen(at), recipient="P", purpose="x", form="stix")


def test_hidden_and_unknown_subjects_are_told_in_the_same_words() -> None:
    at = mill()
    secret = told(at, "Hidden", "AGENTS", says(replace_id("f1"), "Person", "name", "Hidden"), by=ROB)
    faults = []
    for which in (replace_id("f1"), replace_id("f2")):
        with pytest.raises(NotFoundError) as error:
            selected(at, look(at, EMMA), [which], recipient="P", holds=frozenset({"O"}))
        faults.append(str(error.value).replace(which, ""))
    assert faults[0] == faults[1]
    assert secret


def replace_id(tail: str) -> Any:
    return tail.rjust(32, "0")


def test_what_the_recipient_may_hold_nothing_of_is_refused_or_counted() -> None:
    at = mill()
    with pytest.raises(ExchangeError, match="nothing"):
        selected(at, look(at, EMMA), [CAR], recipient="P", holds=frozenset())
    assert chosen(at, "O").missing == 3


def test_an_investigation_is_handed_over_with_the_subjects_that_belong_to_it() -> None:
    at = mill()
    case = open_investigation(at, look(at, EMMA), title="The mill", reason="x", label="S", subjects=[RAY, CAR])
    assert chosen_ids(look(at, EMMA), "", investigation=case) == [RAY, CAR]
    with pytest.raises(ExchangeError, match="nobody"):
        chosen_ids(look(at, EMMA), " , ")


def test_a_saved_chart_is_handed_over_with_whom_it_shows_and_a_report_with_whom_it_tells_of() -> None:
    at = mill()
    spots = [Spot(RAY, asked=True), Spot(CAR), Spot(PHONE, hidden=True)]
    chart = save(at, look(at, EMMA), name="The mill", note="", label="S", spots=spots, look=Look())
    assert chosen_ids(look(at, EMMA), "", chart=chart) == [RAY, CAR]
    assert chosen_ids(look(at, ANN), "", chart=chart) == [RAY, CAR]
    (told,) = (each.id for each in look(at, EMMA).reports() if each.title == "On The telephone")
    assert set(chosen_ids(look(at, EMMA), ANNA, report=told)) == {PHONE, RAY, ANNA}
    for hidden in ({"report": told}, {"chart": "f" * 32}):
        with pytest.raises(NotFoundError):
            chosen_ids(look(at, ANN), "", **hidden)


_LABELS = st.sampled_from(["", "O", "S", "S&SEQUIN", "O|SEQUIN"])
_SAID = st.tuples(
    st.sampled_from([RAY, ANNA, MILL, CAR, PHONE]),
    st.sampled_from(["name", "alias", "notes", "met", "owner", "phone", "latitude", "seenAt", "religion"]),
    st.text(min_size=1, max_size=20),
    st.sampled_from([RAY, ANNA, MILL, CAR, PHONE]),
    st.sampled_from(["", "2026", "2026-02", "2026-02-03", "2026-02-03T10:00"]),
    st.sampled_from(["affirmed", "denied"]),
    _LABELS,
)


@settings(max_examples=25, deadline=None)
@given(st.lists(_SAID, min_size=1, max_size=12))
def test_whatever_is_said_the_bundle_is_stix_without_loose_ends(drawn: list[tuple[Any, ...]]) -> None:
    from leconfield.ledger.model import Assertion
    from leconfield.ledger.vocabulary import LINKS
    from tests.ledger.desks import desk

    at = desk()
    kinds = dict(
        zip((RAY, ANNA, MILL, CAR, PHONE), ("Person", "Organization", "Address", "Vehicle", "Phone"), strict=True)
    )
    for place, (subject, prop, text, other, held, polarity, label) in enumerate(drawn):
        value = other if prop in LINKS else text
        said = says(subject, kinds[subject], prop, value, held, Assertion(polarity=polarity))
        told(at, f"report {place}", label, replace(said))
    selection = selected(
        at, look(at, EMMA), {each[0] for each in drawn}, recipient="P", holds=EMMA.tokens, hops=1, protected=True
    )
    content = written(selection, "stix", at.ids, "P")
    ids = {each["id"] for each in objects(content)}
    for each in objects(content):
        stix2.parse(each, allow_custom=True, version="2.1")
        refs = [value for name, value in each.items() if name.endswith("_ref")]
        refs += [one for name, value in each.items() if name.endswith("_refs") for one in value]
        assert set(refs) <= ids
