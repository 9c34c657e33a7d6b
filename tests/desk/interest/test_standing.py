"""The standing watch: what touches a closed file is told with what changed; what does not, is not."""

from __future__ import annotations

import pytest

from leconfield.desk.interest import service
from leconfield.desk.interest.closed import ClosedFiles
from leconfield.desk.interest.rescoring import Change
from leconfield.desk.interest.standing import CLOSED_SUBJECT, OVERDUE, raised
from leconfield.desk.suggestions import Suggestion
from leconfield.ledger.model import DENIED, Assertion
from tests.desk.interest.circles import Circle
from tests.ledger.desks import EMMA


@pytest.fixture
def circle() -> Circle:
    """Ray was closed; he knows Ada, and Ada knows Tom."""
    made = Circle()
    for key, name in (("ada", "Ada Brook"), ("tom", "Tomas Quill"), ("oona", "Oona Tregenza")):
        made.person(key, name)
    made.person("ray", "Ray Cassell")
    made.report("Ada Brook met Ray Cassell.", ("ada", "met", "ray"))
    made.report("Tomas Quill met Ada Brook.", ("tom", "met", "ada"))
    made.open("ray")
    made.close("ray")
    return made


def found(circle: Circle, kind: str = CLOSED_SUBJECT) -> list[Suggestion]:
    return [each for each in raised(circle.view()) if each.kind == kind]


def gain(circle: Circle) -> float:
    return sum(each.bits for each in found(circle))


def changes(circle: Circle) -> list[Change]:
    return [each.change for each in circle.view().derived(ClosedFiles).touched.values()]


def test_a_closed_file_stays_quiet_until_something_touches_it(circle: Circle) -> None:
    assert found(circle) == []
    circle.report("Oona Tregenza bought a pistol.", ("oona", "name", "Oona Tregenza"))
    assert found(circle) == []


def test_a_new_statement_on_a_closed_subject_is_told_with_its_report(circle: Circle) -> None:
    report = circle.report("Ray Cassell bought a pistol.", ("ray", "name", "Ray Cassell"))
    (one,) = found(circle)
    assert one.reports == (report,)
    assert "Ray Cassell, closed" in one.title
    assert one.since == circle.view().report(report).learnt
    assert one.bits == pytest.approx(sum(each.bits for each in one.reasons))
    (change,) = changes(circle)
    assert change.after - change.before == pytest.approx(one.bits, abs=0.02)


def test_somebody_near_counts_for_less_the_further_away_he_is() -> None:
    def risen(who: str) -> float:
        made = Circle()
        for key, name in (("ray", "Ray Cassell"), ("ada", "Ada Brook"), ("tom", "Tomas Quill")):
            made.person(key, name)
        made.report("Ada Brook met Ray Cassell.", ("ada", "met", "ray"))
        made.report("Tomas Quill met Ada Brook.", ("tom", "met", "ada"))
        made.open("ray")
        made.close("ray")
        name = {"ray": "Ray Cassell", "ada": "Ada Brook", "tom": "Tomas Quill"}[who]
        made.report(f"{name} bought peroxide and a pistol.", (who, "name", name))
        return gain(made)

    assert risen("ray") > risen("ada") > risen("tom") > 0


def test_a_new_contact_brings_the_contact_s_own_past_into_the_file(circle: Circle) -> None:
    circle.report("Oona Tregenza bought a pistol.", ("oona", "name", "Oona Tregenza"))
    circle.report("Ray Cassell met Oona Tregenza.", ("ray", "met", "oona"))
    (one,) = found(circle)
    assert any("one step away" in each.words for each in one.reasons)
    assert gain(circle) > 1


def test_a_better_grade_weighs_more_and_a_denial_nothing() -> None:
    def risen(grade: str, *, denied: bool = False) -> float:
        made = Circle()
        made.person("ada", "Ada Brook")
        made.closed("ray", "Ray Cassell")
        said = Assertion(polarity=DENIED) if denied else Assertion()
        made.report("Ray Cassell met Ada Brook.", ("ray", "met", "ada"), grade=grade, assertion=said)
        return gain(made)

    assert risen("A1") > risen("C3") > risen("E5")
    assert risen("A1", denied=True) <= 0


def test_two_reports_of_one_origin_count_once(circle: Circle) -> None:
    circle.report("Ray Cassell bought a pistol.", ("ray", "name", "Ray Cassell"), source="HERON")
    once = gain(circle)
    circle.report("A pistol was bought by Ray Cassell.", ("ray", "name", "Ray Cassell"), source="HERON")
    assert gain(circle) == pytest.approx(once, abs=0.05)
    circle.report("Ray Cassell has got a pistol.", ("ray", "name", "Ray Cassell"), source="PRESS")
    assert gain(circle) > once


def test_a_judgement_brings_him_the_other_record_s_past_and_taking_it_back_takes_that_away(circle: Circle) -> None:
    circle.report("A man called Raymond C bought a pistol.", ("him", "name", "Raymond C"))
    assert found(circle) == []
    circle.judge("ray", "him")
    (one,) = found(circle)
    assert any("judged one with another record" in each.words for each in one.reasons)
    assert one.bits > 1
    circle.judge("ray", "him", "withdrawn")
    assert found(circle) == []


def test_a_judgement_before_the_closing_is_no_news() -> None:
    made = Circle()
    made.person("ray", "Ray Cassell")
    made.report("A man called Raymond C bought a pistol.", ("him", "name", "Raymond C"))
    made.judge("ray", "him")
    made.open("ray")
    made.close("ray")
    assert found(made) == []


def test_a_review_settles_what_came_before_it_and_the_same_thing_keeps_its_id(circle: Circle) -> None:
    circle.report("Ray Cassell bought a pistol.", ("ray", "name", "Ray Cassell"))
    before = found(circle)
    service.review(circle.desk, circle.view(), circle.record("ray"), outcome="it was a toy", review="2026-10-01")
    assert found(circle) == []
    circle.report("Ray Cassell bought peroxide.", ("ray", "name", "Ray Cassell"))
    after = found(circle)
    assert [each.id for each in after] == [each.id for each in before]
    assert after[0].since > before[0].since


def test_what_is_protected_raises_nothing_and_changes_nothing(circle: Circle) -> None:
    circle.report("Ray Cassell.", ("ray", "religion", "Quaker"), ("ray", "ethnicity", "Cornish"))
    circle.report("Ray Cassell.", ("ray", "nationality", "gb"), ("ray", "health", "asthma"))
    assert gain(circle) == pytest.approx(0.0, abs=0.01)


def test_a_new_number_is_news_that_weighs_nothing(circle: Circle) -> None:
    circle.report("It is 07700 900123.", ("ray", "phone", "07700 900123"))
    (one,) = found(circle)
    assert [each.words for each in one.reasons] == ["newly known: phone number"]
    assert one.bits == 0


def test_a_place_that_everybody_passes_leads_to_nobody(circle: Circle) -> None:
    circle.report("Harbour Road.", ("place", "name", "Harbour Road"), schema="Address")
    for place in range(25):
        circle.report(f"Walker {place}.", (f"walker {place}", "name", f"Walker {place} Wynn"))
        circle.report(f"Walker {place} seen.", (f"walker {place}", "seenAt", "place"))
    circle.report("Ray seen.", ("ray", "seenAt", "place"))
    service.review(circle.desk, circle.view(), circle.record("ray"), outcome="looked", review="2026-10-01")
    circle.report("Walker 3 Wynn bought a pistol.", ("walker 3", "name", "Walker 3 Wynn"))
    assert found(circle) == []


def test_nobody_is_told_of_what_he_may_not_know(circle: Circle) -> None:
    circle.report("Ray Cassell bought a pistol.", ("ray", "name", "Ray Cassell"), label="S&AGENTS")
    assert [each.label for each in found(circle)] == ["AGENTS&S"]
    assert [each.kind for each in raised(circle.view(EMMA))] == []


def test_a_late_re_assessment_is_raised_on_its_day_and_not_before(circle: Circle) -> None:
    assert found(circle, OVERDUE) == []
    circle.clock.on(400)
    (one,) = found(circle, OVERDUE)
    assert one.since.startswith("2026-09-01T23:59:59")
    service.review(circle.desk, circle.view(), circle.record("ray"), outcome="as it was", review="2027-09-01")
    assert found(circle, OVERDUE) == []


def test_an_open_subject_is_not_watched_here(circle: Circle) -> None:
    circle.report("Ray Cassell bought a pistol.", ("ray", "name", "Ray Cassell"))
    service.reopen(circle.desk, circle.view(), circle.record("ray"), reason="armed", review="2026-10-01")
    assert found(circle) == []
