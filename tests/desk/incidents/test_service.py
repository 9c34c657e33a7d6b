from __future__ import annotations

import pytest

from leconfield.desk.incidents import open_incident, service
from leconfield.desk.incidents.model import CONFIRMED, SET_ASIDE, TRACED
from leconfield.desk.incidents.names import names_in
from leconfield.desk.incidents.picture import picture_of
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.audit import Read, parse_leaf
from tests.desk.incidents.rooms import ANN, KARINA, House, house
from tests.ledger.desks import EMMA, START

TIMERS = "Ray Cassell. He bought timers."


def _tell(at: House, words: str, label: str = "") -> list[service.Told]:
    return service.tell(at.desk, at.view(), at.id, words=words, source="control room", label=label)


def _names(at: House, reader: object = EMMA) -> list[str]:
    view = at.view(reader)  # type: ignore[arg-type]
    return [each.words for each in names_in(view, at.room(reader))]  # type: ignore[arg-type]


def test_a_name_is_traced_as_it_comes_and_each_trace_is_in_the_audit() -> None:
    at = house(S=TIMERS)
    before = len(list(at.desk._store.leaves()))
    told = _tell(at, "Two men: Ray Cassell and Gareth Pryce.")
    assert [(each.name, each.verdict) for each in told] == [
        ("Ray Cassell", "known"),
        ("Gareth Pryce", "no recorded trace"),
    ]
    leaves = [parse_leaf(each) for each in at.desk._store.leaves(before)]
    asked = [(each.actor, each.about) for each in leaves if isinstance(each, Read) and each.action == "trace"]
    assert asked == [("emma", "Ray Cassell"), ("emma", "Gareth Pryce")]


def test_a_name_that_came_before_is_not_traced_again() -> None:
    at = house(S=TIMERS)
    _tell(at, "Ray Cassell was there.")
    assert _tell(at, "RAY CASSELL\nRay  Cassell was there again.") == []


def test_typed_words_never_become_statements() -> None:
    at = house(S=TIMERS)
    before = at.view().statements()
    _tell(at, "Gareth Pryce, born 3 March 1971, drives AB12 CDE.")
    service.settle(at.desk, at.view(), at.id, name="Gareth Pryce", verdict=SET_ASIDE, reason="a witness")
    assert at.view().statements() == before


def test_what_a_trace_said_is_kept_for_those_who_hold_all_that_its_asker_holds() -> None:
    at = house(S=TIMERS)
    _tell(at, "Ray Cassell was there.")
    assert [each.answers for each in at.room().given] == [(("Ray Cassell", "known"),)]
    assert at.room(ANN).given == ()
    assert len(at.view().entries(kind=TRACED)) == 1


def test_the_same_name_is_answered_in_each_readers_own_view() -> None:
    at = house(**{"S&AGENTS": TIMERS})
    _tell(at, "Ray Cassell was there.")
    rows = {each.name: picture_of(at.view(each), at.room(each))["names"] for each in (EMMA, KARINA)}
    assert rows["emma"][0]["verdict"] == "no recorded trace"  # type: ignore[index]
    assert rows["karina"][0]["verdict"] == "known"  # type: ignore[index]


def test_a_message_under_a_stricter_label_brings_no_name_to_others() -> None:
    at = house(S=TIMERS)
    _tell(at, "Ray Cassell was there.", "S&SEQUIN")
    assert _names(at) == ["Ray Cassell"]
    assert _names(at, ANN) == []
    service.settle(at.desk, at.view(), at.id, name="Ray Cassell", verdict=SET_ASIDE, reason="not he")
    assert _names(at, ANN) == []


def test_a_name_is_confirmed_with_a_reason_by_a_named_officer() -> None:
    at = house(S=TIMERS)
    _tell(at, "Ray Cassell was there.")
    who = at.record(TIMERS)
    service.settle(at.desk, at.view(), at.id, name="ray cassell", verdict=CONFIRMED, subject=who, reason="his plate")
    (named,) = names_in(at.view(), at.room())
    assert named.settled is not None
    assert (named.settled.subject, named.settled.by, named.settled.reason) == (who, "emma", "his plate")


def test_a_confirmation_is_hidden_from_whoever_may_not_know_the_subject() -> None:
    at = house(**{"S&SEQUIN": TIMERS})
    _tell(at, "Ray Cassell was there.")
    service.settle(
        at.desk, at.view(), at.id, name="Ray Cassell", verdict=CONFIRMED, subject=at.record(TIMERS), reason="his plate"
    )
    assert at.room().settled
    assert at.room(ANN).settled == ()


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"name": "Ray Cassell", "verdict": CONFIRMED, "reason": ""}, BadInputError),
        ({"name": "Ray Cassell", "verdict": CONFIRMED, "reason": "he"}, BadInputError),
        ({"name": "Ray Cassell", "verdict": "perhaps", "reason": "he"}, BadInputError),
        ({"name": "Ray Cassell", "verdict": CONFIRMED, "reason": "he", "subject": "f" * 32}, NotFoundError),
        ({"name": "Nobody Else", "verdict": SET_ASIDE, "reason": "he"}, NotFoundError),
    ],
)
def test_a_decision_that_will_not_do_is_refused(fields: dict[str, str], error: type[Exception]) -> None:
    at = house(S=TIMERS)
    _tell(at, "Ray Cassell was there.")
    with pytest.raises(error):
        service.settle(at.desk, at.view(), at.id, **fields)


def test_actions_have_owners_and_due_times() -> None:
    at = house()
    service.set_action(at.desk, at.view(), at.id, words="Ring the port", owner="ann", due="2026-03-02T10:00")
    (action,) = at.room().actions
    service.change_action(at.desk, at.view(), at.id, action=action.id, state="done", reason="nobody answers")
    assert [(each.state, each.outcome) for each in at.room().actions] == [("done", "nobody answers")]
    with pytest.raises(BadInputError):
        service.set_action(at.desk, at.view(), at.id, words="Ring", owner="ann", due="soon")


def test_a_room_is_opened_from_a_report_for_those_who_may_read_it() -> None:
    at = house(**{"S&SEQUIN": TIMERS})
    report = at.reports[TIMERS]
    which = open_incident(at.desk, at.view(), title="Timers", label="S", report=report)
    assert which in {each.about for each in at.view().entries(kind="incident opened")}
    assert which not in {each.about for each in at.view(ANN).entries(kind="incident opened")}


def test_nobody_acts_in_the_past_or_in_a_closed_room() -> None:
    at = house()
    with pytest.raises(RefusedError):
        service.tell(at.desk, at.view(as_of=START), at.id, words="Ray Cassell")
    service.close(at.desk, at.view(), at.id, reason="it was a firework")
    with pytest.raises(RefusedError):
        _tell(at, "Ray Cassell")
    assert at.room().present == ()
    service.reopen(at.desk, at.view(), at.id, reason="it was not")
    _tell(at, "Ray Cassell was there.")
    assert [name for name, _ in at.room().present] == ["emma"]


def test_hidden_and_never_opened_are_told_in_the_same_words() -> None:
    at = house()
    hidden = open_incident(at.desk, at.view(KARINA), title="Secret", label="TS")
    said = []
    for each in (hidden, "f" * 32):
        with pytest.raises(NotFoundError) as raised:
            service.enter(at.desk, at.view(), each)
        said.append(str(raised.value).replace(each, "ID"))
    assert said[0] == said[1]
