from __future__ import annotations

from leconfield.desk.incidents import answer_of_record, service
from leconfield.desk.incidents.model import CONFIRMED
from leconfield.desk.incidents.papers import paper_of
from leconfield.desk.incidents.reads import reads_of
from leconfield.desk.incidents.record import NAME_ALONE, OTHERS, AnswerOfRecord
from leconfield.desk.interest import service as interest
from leconfield.desk.investigations import open_investigation
from leconfield.desk.leads import service as leads
from leconfield.ledger.drafts import Draft, NewReport, NewStatement
from leconfield.ledger.model import BY_PERSON, Question, Reader
from leconfield.printing import docx, pdf
from leconfield.printing.model import texts
from leconfield.registry.lookup import subject_at
from tests.desk.incidents.rooms import ANN, KARINA, House, house
from tests.ledger.desks import EMMA

TIMERS = "Ray Cassell. He bought timers."
BRIDGE = "Ray Cassell. He walked along the bridge."
NOW = "2026-03-02T09:01"
"""A minute after the desk was made: what is done first on it is before, the rest after."""


def _answer(at: House, reader: Reader = EMMA, attack: str = "") -> AnswerOfRecord:
    view = at.view(reader)
    return answer_of_record(view, [subject_at(view, at.record(TIMERS))], attack)


def _verdict(at: House, reader: Reader = EMMA) -> str:
    return _answer(at, reader).known[0].now.words


def test_whom_only_reports_name_is_recorded_as_a_mention() -> None:
    assert _verdict(house(S=TIMERS)) == (
        "Recorded as a mention only, since 2 March 2026, in 1 report; nobody has decided anything"
    )


def test_a_subject_of_interest_is_told_with_its_state_and_who_decided() -> None:
    at = house(S=TIMERS)
    who = at.record(TIMERS)
    interest.open_subject(at.desk, at.view(), who, tier="3", reason="timers", review="2099-01-01", label="S")
    assert _verdict(at) == "Subject of interest, open since 2 March 2026, decided by emma, in 1 report"
    view = at.view(ANN)
    interest.close(at.desk, view, who, reason="a hobby", risk="low", residual="little", review="2099-01-01")
    assert _verdict(at) == "Subject of interest, closed since 2 March 2026, decided by ann, in 1 report"


def test_before_the_attack_and_after_are_told_apart() -> None:
    at = house(S=TIMERS)
    struck = at.view().moment[: len("2026-03-02T09:00:05")]
    interest.open_subject(
        at.desk, at.view(), at.record(TIMERS), tier="3", reason="timers", review="2099-01-01", label="S"
    )
    answer = _answer(at, attack=struck)
    assert [each.what for each in answer.before] == ["A report"]
    assert [each.what for each in answer.after] == [
        "subject of interest opened, tier 3: in contact with them, part not clear"
    ]
    then = answer.known[0].then
    assert then is not None
    assert then.standing == "recorded as a mention only"
    never = _answer(at, attack="2020").known[0].then
    assert never is not None
    assert never.words == "Never recorded"


def test_every_decision_is_in_the_chronology_with_who_and_why() -> None:
    at = house(S=TIMERS)
    view, who, report = at.view(), at.record(TIMERS), at.reports[TIMERS]
    leads.triage(at.desk, view, item=report, decision="lead", reason="timers, and a name", title="Timers", label="S")
    open_investigation(at.desk, at.view(), title="The mill", reason="Heron", label="S", subjects=[who])
    service.tell(at.desk, at.view(), at.id, words="Ray Cassell was there.")
    service.settle(
        at.desk, at.view(), at.id, name="Ray Cassell", verdict=CONFIRMED, subject=who, reason="his own plate"
    )
    told = {each.what: (each.who, each.words) for each in _answer(at).before}
    assert told["made a lead: “A report”"] == ("emma", "timers, and a name")
    assert told["“Ray Cassell” confirmed to be this subject, “The bridge”"] == ("emma", "his own plate")
    assert any(what.startswith("investigation opened") for what in told)
    assert any(what.startswith("lead opened") for what in told)


def test_what_is_hidden_leaves_no_trace_in_the_answer() -> None:
    at, other = house(S=TIMERS), house(S=TIMERS)
    at.file(BRIDGE, "S&AGENTS", KARINA)
    interest.open_subject(
        at.desk, at.view(KARINA), at.record(TIMERS), tier="1", reason="ours", review="2099-01-01", label="S&AGENTS"
    )
    assert _answer(at).known[0].now.words == _answer(other).known[0].now.words
    assert [each.what for each in _answer(at).before] == [each.what for each in _answer(other).before]
    assert _verdict(at, KARINA).startswith("Subject of interest, open")


def _look_at(at: House, reader: Reader, about: str) -> None:
    at.desk.view(reader, asking=Question("report", about))


def test_reads_are_shown_of_oneself_and_of_those_who_hold_no_more() -> None:
    at = house(S=TIMERS)
    report = at.reports[TIMERS]
    for each in (ANN, EMMA, EMMA, KARINA):
        _look_at(at, each, report)
    shown = {
        reader.name: [(each.actor, each.times) for each in reads_of(at.desk, at.view(reader), [report])]
        for reader in (ANN, EMMA, KARINA)
    }
    assert shown["ann"] == [("ann", 1)]
    assert shown["emma"] == [("ann", 1), ("emma", 2)]
    assert shown["karina"] == [("ann", 1), ("emma", 2), ("karina", 1)]


def test_reads_are_those_before_the_page_was_opened() -> None:
    at = house(S=TIMERS)
    view = at.view()
    _look_at(at, EMMA, at.reports[TIMERS])
    assert reads_of(at.desk, view, [at.reports[TIMERS]]) == []


def test_the_papers_say_that_others_may_know_more_in_the_same_words_for_everybody() -> None:
    at = house(S=TIMERS)
    at.file(BRIDGE, "S&AGENTS", KARINA)
    for reader in (ANN, EMMA, KARINA):
        view = at.view(reader)
        paper = paper_of(view, _answer(at, reader, NOW), [], {})
        assert OTHERS in list(texts(paper))
        assert pdf(paper).startswith(b"%PDF-")
        assert docx(paper)[:2] == b"PK"
        assert view.marking.words in list(texts(paper))


def test_a_report_that_says_something_of_him_without_his_name_is_in_the_answer() -> None:
    at = house(S=TIMERS)
    report = at.file("Somebody else. He rang 07700 900111.")
    said = NewStatement(at.record(TIMERS), "Person", "phone", "07700900111", BY_PERSON, report)
    at.desk.append(EMMA, [Draft("recorded", "S", about=at.record(TIMERS), statements=(said,))])
    answer = _answer(at)
    assert len([each for each in answer.before if each.report == report]) == 1
    assert [each.details for each in answer.before if each.what == "recorded by hand"] == [
        ("phone number 07700900111",)
    ]


def test_a_report_that_only_has_the_name_says_so() -> None:
    at = house(S=TIMERS)
    service.tell(at.desk, at.view(), at.id, words="Ray Cassell was there.")
    who = at.record(TIMERS)
    registered = NewStatement(who, "Person", "name", "Ray Cassell", BY_PERSON, at.reports[TIMERS])
    at.desk.append(EMMA, [Draft("registered", "S", about=who, statements=(registered,))])
    digest = at.desk.keep(b"x")
    new = NewReport("A list", "Seen: Ray Cassell, at noon.", "PRESS", "open", digest, "text/plain")
    at.desk.append(EMMA, [Draft("filed", "S", report=new)])
    (listed,) = (each for each in _answer(at).before if each.what == "A list")
    assert listed.details == (NAME_ALONE,)
