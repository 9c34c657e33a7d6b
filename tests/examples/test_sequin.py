"""Operation SEQUIN is what its specification says, and hangs together down to the last quote."""

import json
import re
from collections import Counter
from datetime import date
from functools import cache
from itertools import combinations, pairwise
from typing import Any

import pytest

from leconfield.demo import Case, read_case
from leconfield.demo.case import CaseReport, RecordedStatement
from leconfield.ledger.labels import Tokens, admits, parse, tokens_in
from leconfield.ledger.vocabulary import ORGANISATION, PERSON, PHONE, PLACE, VEHICLE
from tests.examples.sequin import FOLDER

USERS = ("rob", "emma", "karina")
TOKENS = ("S", "SEQUIN", "AGENTS", "INTERCEPT", "LIAISON.ALDER")
NUMBER = re.compile(r"(?<![\w.])(?:\+44 |0)\d[\d ]{6,}\d")
DRAMA = re.compile(r"07700 900\d{3}|01632 960\d{3}|020 7946 0\d{3}|(?:011[3-8]|01[2-6]1) 496 0\d{3}")
PLATE = re.compile(r"\b[A-Z]{2}\d{2} [A-Z]{3}\b")
INVENTED_PLATE = re.compile(r"[JTU][A-HJ-PR-Y]\d{2} [A-HJ-PR-Z]{3}")


@cache
def case() -> Case:
    return read_case(FOLDER)


@cache
def key() -> Any:
    return json.loads((FOLDER / "key.json").read_text(encoding="utf-8"))


def tokens_of(user: str) -> Tokens:
    return next(each.tokens for each in case().users if each.name == user)


def label_of(statement: RecordedStatement) -> str:
    return statement.label or case().report(statement.report).label


def stated(report: str, subject: str, prop: str, value: str) -> list[RecordedStatement]:
    wanted = (report, subject, prop, value)
    return [each for each in case().statements if (each.report, each.subject, each.prop, each.value) == wanted]


def test_there_are_201_reports_over_120_days_from_twelve_sources() -> None:
    reports = case().reports
    assert len(reports) == 201
    assert [each.number for each in reports] == [f"{number:03d}" for number in range(201)]
    assert reports[0].received.date() == date(2026, 3, 2)
    assert reports[-1].received.date() == date(2026, 6, 29)
    assert {each.code for each in case().sources} == {each.source for each in reports}
    kinds = Counter(each.kind for each in case().sources)
    assert kinds == {
        "agent": 4,
        "surveillance": 2,
        "intercept": 1,
        "liaison": 1,
        "official": 1,
        "walk-in": 1,
        "open": 2,
    }


def test_seventy_persons_of_whom_twelve_matter_and_twenty_five_organisations() -> None:
    schemata = Counter(each.schema for each in case().registrations)
    doubles, covers = len(key()["double_registrations"]), len(key()["cover_names"])
    assert (doubles, covers) == (6, 4)
    assert schemata[PERSON] - doubles - covers == 70
    assert schemata[ORGANISATION] == 25
    assert len({each["key"] for each in key()["persons_who_matter"]}) == 12
    assert min(schemata[PLACE], schemata[VEHICLE], schemata[PHONE]) >= 9
    assert 400 <= len(case().statements) <= 650


def test_a_report_was_written_before_it_was_received_and_none_shares_a_moment() -> None:
    moments = [each.received for each in case().reports]
    assert len(set(moments)) == len(moments)
    assert all(each.written[:10] <= each.received.date().isoformat() for each in case().reports)
    assert len({each.reference for each in case().reports}) == 201


def test_labels_use_exactly_four_compartments() -> None:
    labels = {each.label for each in case().reports} | {each.label for each in case().registrations}
    labels |= {label_of(each) for each in case().statements}
    used = {token for label in labels for token in tokens_in(parse(label))}
    assert used - {"O", "S"} == set(case().compartments)
    assert len(case().compartments) == 4


def test_what_a_reader_sees_never_points_at_what_he_may_not_see() -> None:
    for size in range(len(TOKENS) + 1):
        for held in combinations(TOKENS, size):
            tokens = frozenset({"O", *held})
            seen = {each.key for each in case().registrations if admits(each.label, tokens)}
            reports = {each.number for each in case().reports if admits(each.label, tokens)}
            assert all(each.report in reports for each in case().registrations if each.key in seen), held
            for each in case().statements:
                if admits(label_of(each), tokens):
                    assert each.report in reports, (held, each)
                    assert {each.subject, *([each.value] if each.is_link else [])} <= seen, (held, each)


def test_an_officer_registered_only_what_he_could_read() -> None:
    for each in case().registrations:
        assert admits(each.label, tokens_of(each.by)), each.key


@pytest.mark.parametrize("user", USERS)
def test_each_officer_sees_as_much_as_the_key_says(user: str) -> None:
    tokens, expected = tokens_of(user), key()["users"][user]
    assert sum(admits(each.label, tokens) for each in case().reports) == expected["reports"]
    assert sum(admits(each.label, tokens) for each in case().registrations) == expected["subjects"]
    assert sum(admits(label_of(each), tokens) for each in case().statements) == expected["statements"]


def test_emma_sees_least_and_everybody_sees_what_she_sees() -> None:
    assert tokens_of("emma") < tokens_of("rob")
    assert tokens_of("emma") < tokens_of("karina")


@pytest.mark.parametrize("user", USERS)
def test_three_facts_are_told_nowhere_that_the_officer_may_read(user: str) -> None:
    tokens = tokens_of(user)
    read = [f"{each.title}\n{each.place}\n{each.text}" for each in case().reports if admits(each.label, tokens)]
    facts = key()["users"][user]["must_not_see"]
    assert len(facts) == 3
    for fact in facts:
        report = case().report(fact["report"])
        assert fact["words"] in report.text
        assert not admits(report.label, tokens)
        assert not any(fact["words"] in text for text in read)


def test_every_number_is_one_that_ofcom_keeps_for_drama() -> None:
    texts = [path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.t*")]
    texts += [(FOLDER / name).read_text(encoding="utf-8") for name in ("subjects.csv", "statements.jsonl", "README.md")]
    found = [number for text in texts for number in NUMBER.findall(text)]
    assert len(found) > 100
    assert [number for number in found if not DRAMA.fullmatch(number)] == []


def test_every_plate_has_a_valid_form_that_is_never_issued() -> None:
    found = {plate for each in case().reports for plate in PLATE.findall(each.text)}
    found |= {each.facts["registrationNumber"] for each in case().registrations if each.schema == VEHICLE}
    assert found
    assert [plate for plate in found if not INVENTED_PLATE.fullmatch(plate)] == []


def test_every_address_on_the_net_is_an_example() -> None:
    texts = [each.text for each in case().reports] + [each.facts.get("email", "") for each in case().registrations]
    domains = [domain for text in texts for domain in re.findall(r"\b[\w-]+\.(?:com|org|net|uk|eu|example)\b", text)]
    assert domains
    assert all(domain.endswith(".example") or domain == "example.org" for domain in domains)


@pytest.mark.parametrize("report", case().reports, ids=lambda each: each.number)
def test_a_report_is_clean_prose_of_a_page_or_less(report: CaseReport) -> None:
    assert 60 <= len(report.text.split()) <= 180
    assert not re.search(r" {2}|\t| $|^ | [,;:!?]| \.(?!\.)|,,|(?<!\.)\.\.(?!\.)", report.text, re.MULTILINE)
    assert not re.search(r"TODO|TBC|lorem|XXX|\?\?|\{|\}|<|>", report.text, re.IGNORECASE)
    assert report.text[-1] in '."?'
    assert report.text.count('"') % 2 == 0


def test_no_sentence_is_used_twice() -> None:
    sentences = [
        sentence
        for report in case().reports
        for sentence in re.split(r"(?<=[.?!])\s+", report.text)
        if len(sentence.split()) >= 6
    ]
    assert [sentence for sentence, times in Counter(sentences).items() if times > 1] == []
    assert len({each.title for each in case().reports}) == 201


def test_everything_the_key_says_of_the_persons_who_matter_was_recorded() -> None:
    for person in key()["persons_who_matter"]:
        assert case().registration(person["key"]).name == person["name"]
        assert len(person["must_find"]) >= 2
        for fact in person["must_find"]:
            found = stated(fact["report"], person["key"], fact["prop"], fact["value"])
            assert found, (person["key"], fact)
            assert fact["visible_to"] == [user for user in USERS if admits(label_of(found[0]), tokens_of(user))]


def test_double_registrations_share_something_and_each_is_of_another_kind() -> None:
    doubles = key()["double_registrations"]
    assert len({each["kind"] for each in doubles}) == 6
    for each in doubles:
        left, right = case().registration(each["left"]), case().registration(each["right"])
        assert left.schema == right.schema == PERSON
        both = [user for user in USERS if admits(left.label, tokens_of(user)) and admits(right.label, tokens_of(user))]
        assert each["visible_to"] == both
        assert both, "some officer must be able to find it"


def test_namesakes_can_be_told_apart_by_what_is_registered() -> None:
    for each in key()["namesakes"]:
        left, right = case().registration(each["left"]), case().registration(each["right"])
        assert left.facts["birthDate"] != right.facts["birthDate"]
        assert right.key.startswith("n-")
        assert not [s for s in case().statements if s.is_link and {s.subject, s.value} == {left.key, right.key}]


def test_cover_names_and_single_agent_facts_stand_in_their_reports() -> None:
    for each in key()["cover_names"]:
        assert stated(each["report"], each["person"], "knownAs", each["cover"])
    facts = key()["single_agent_facts"]
    assert len(facts) == 5
    for each in facts:
        sources = {
            case().report(s.report).source
            for s in case().statements
            if (s.subject, s.prop, s.value) == (each["subject"], each["prop"], each["value"])
        }
        assert sources == {each["agent"]}
        assert stated(each["report"], each["subject"], each["prop"], each["value"])
        assert each["visible_to"] == ["rob"]


def test_two_sources_quote_one_origin() -> None:
    pair = [case().report(number) for number in key()["one_origin"]["reports"]]
    assert len({each.source for each in pair}) == 2
    assert {each.origin for each in pair} == {key()["one_origin"]["origin"]}
    assert [each for each in case().reports if each.origin and each not in pair] == []


def test_the_lone_actor_is_touched_by_three_low_graded_reports_alone() -> None:
    lone = key()["lone_actor"]
    touching = {s.report for s in case().statements if lone["key"] in (s.subject, s.value)}
    assert touching == set(lone["reports"])
    grades = [case().report(number).grade for number in lone["reports"]]
    assert [str(grade) for grade in grades] == lone["grades"]
    assert all(grade.reliability in "DEF" and grade.credibility >= 4 for grade in grades)


def test_what_the_fabricator_claims_is_contradicted_later_by_others() -> None:
    fabricator = key()["fabricator"]
    for each in fabricator["contradicted"]:
        claim = case().report(each["report"])
        assert claim.source == fabricator["source"]
        assert all(case().report(number).received >= claim.received for number in each["by"][-1:])
    for number in fabricator["true_part"]["confirmed_by"]:
        assert case().report(number).source != fabricator["source"]


def test_traces_ask_for_what_their_officer_can_see() -> None:
    traces = key()["traces"]
    assert len(traces) >= 25
    for each in traces:
        tokens = tokens_of(each["user"])
        if isinstance(each["expect"], str):
            assert each["expect"] == "no recorded trace"
            continue
        for subject in [*each["expect"], *each.get("also", [])]:
            assert admits(case().registration(subject).label, tokens), each


def test_the_shortest_ways_in_the_key_are_the_shortest_there_are() -> None:
    same = {each["right"]: each["left"] for each in key()["double_registrations"]}
    for user in USERS:
        links: dict[str, set[str]] = {}
        for each in case().statements:
            if each.is_link and each.assertion.polarity == "affirmed" and admits(label_of(each), tokens_of(user)):
                left, right = same.get(each.subject, each.subject), same.get(each.value, each.value)
                links.setdefault(left, set()).add(right)
                links.setdefault(right, set()).add(left)
        for question in key()["network"]["questions"]:
            expected = question["shortest"][user]
            steps = _steps(links, question["from"], question["to"])
            assert steps == (None if expected == "no path" else expected["links"]), (user, question)
            for way in [] if expected == "no path" else expected["ways"]:
                assert all(right in links[left] for left, right in pairwise(way))


def _steps(links: dict[str, set[str]], start: str, end: str) -> int | None:
    reached, edge, steps = {start}, {start}, 0
    while edge:
        if end in edge:
            return steps
        edge = {other for each in edge for other in links.get(each, set())} - reached
        reached |= edge
        steps += 1
    return None
