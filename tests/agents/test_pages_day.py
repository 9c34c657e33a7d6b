"""Tests of the pages of the handler's day: a clash mended by one press, a paper that names nobody, duress unseen."""

from __future__ import annotations

import io
import json
import re
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from pypdf import PdfReader

from leconfield.agents import safety, wardrobe, week
from leconfield.agents.day.inventory import Inventory
from leconfield.agents.day.papers import paper_of
from leconfield.agents.day.sheet import lines
from leconfield.agents.day.wishes import Wishes
from leconfield.agents.planning import running
from leconfield.agents.planning.model import Clash, Plan, Week
from leconfield.agents.planning.solving import plan
from leconfield.ledger.model import Reader
from leconfield.ledger.times import stamp
from leconfield.printing import WRITERS
from tests.agents.test_week import LINE, mended
from tests.agents.visiting import Officer, Page, seated
from tests.agents.wardrobes import BESIDE, HANDLER, MONDAY, TEAM, Team, clashing, team, wished
from tests.ledger.desks import EMMA, look

WEEK = f"/week?monday={MONDAY}"


def posted(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the first form of a page that leads there."""
    form = page.partition(f'action="{action}"')[2].partition("</form>")[0]
    found = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    return {name: each for name, each in found.items() if name != "csrf"}


def said(page: Page) -> str:
    """What a page says without what differs from visit to visit."""
    return re.sub(r'name="csrf" value="[^"]*"', "", page.text)


def accepted() -> tuple[Team, Officer]:
    """A week planned, mended and accepted on its page, with safety calls."""
    made = clashing()
    rob, _ = seated(made.desk, HANDLER, BESIDE)
    rob.send("/week/move", posted(rob.get(WEEK).text, "/week/move"))
    done = rob.send("/week/accept", posted(rob.get(WEEK).text, "/week/accept") | {"safety": "yes"})
    assert done.status == 303
    return made, rob


def test_a_clash_is_said_in_words_and_one_press_mends_it_and_another_undoes_it() -> None:
    made = clashing()
    (rob,) = seated(made.desk, HANDLER)
    page = rob.get(WEEK)
    assert "This week cannot be kept" in page.text
    assert "Move meet A to Tuesday 10 March 2026" in page.text
    assert rob.send("/week/move", posted(page.text, "/week/move")).headers["location"] == WEEK
    assert "Shown to be the best week" in rob.get(WEEK).text
    rob.send("/week/move", posted(rob.get(WEEK).text, "/week/move"))
    assert said(rob.get(WEEK)) == said(page)


def test_a_plan_is_accepted_as_it_was_seen_or_not_at_all() -> None:
    made = mended()
    (rob,) = seated(made.desk, HANDLER)
    form = posted(rob.get(WEEK).text, "/week/accept")
    wished(made, made.heather, made.quay, "fri 10:00-12:00", covers=[made.plumber])
    refused = rob.send("/week/accept", form)
    assert (refused.status, "the week was changed since" in refused.text) == (400, True)
    assert look(made.desk, HANDLER).entries(kind="meet planned") == []
    again = posted(rob.get(WEEK).text, "/week/accept")
    assert rob.send("/week/accept", again).status == 303
    assert "Plan, accepted" in rob.get(WEEK).text


def test_a_week_that_takes_long_says_so_and_is_shown_when_it_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    made, gate = mended(), threading.Event()
    (rob,) = seated(made.desk, HANDLER)

    def slow(week: Week) -> Plan | Clash:
        gate.wait(60)
        return plan(week)

    monkeypatch.setattr(running, "plan", slow)
    page = rob.get(WEEK).text
    assert "2 meetings are being planned" in page
    assert 'hx-trigger="every 1s"' in page
    assert "Accept this plan" not in page
    gate.set()
    page = rob.get(WEEK).text
    assert "Accept this plan" in page
    assert "hx-trigger" not in page.partition('id="plan"')[2]


def test_the_paper_names_nobody() -> None:
    made, rob = accepted()
    answer = rob.get(f"/week/plan.docx?monday={MONDAY}")
    assert answer.status == 200
    inventory = look(made.desk, HANDLER).derived(Inventory)
    secrets = {
        *("HEATHER", "THISTLE", "rob", "Rob", "sid", "Sid", "agent runner", "Duck pond", "Fish quay"),
        *(each.name for each in (*inventory.covers, *inventory.garments)),
        *(each for each in HANDLER.tokens if len(each) > 1),
    }
    text = _text_of(made)
    assert not [each for each in secrets if each.casefold() in text.casefold()]
    tags = {each.tag for each in inventory.garments}
    assert sum(each in text for each in tags) == 1
    for each in ("51.5074 N, 0.1278 W", "51.9000 N, 0.1000 W", "Monday 9 March 2026", "SECRET"):
        assert each in text


def _text_of(made: Team) -> str:
    """The words of the PDF, and of what stands about it in the file."""
    view = look(made.desk, HANDLER)
    asked = week.drawn(view, MONDAY)
    content = WRITERS["pdf"](paper_of(view, MONDAY, lines(asked.week, week.accepted(asked), MONDAY)))
    paper = PdfReader(io.BytesIO(content))
    return "\n".join([*(each.extract_text() for each in paper.pages), str(paper.metadata)])


def test_only_whoever_goes_has_a_plan_to_carry() -> None:
    made, rob = accepted()
    assert rob.get(f"/week/plan.pdf?monday={MONDAY}").headers["content-type"] == "application/pdf"
    (sid,) = seated(made.desk, BESIDE)
    assert sid.get(f"/week/plan.pdf?monday={MONDAY}").status == 404
    assert rob.get(f"/week/plan.exe?monday={MONDAY}").status == 404


def test_the_map_has_the_places_of_the_week() -> None:
    _, rob = accepted()
    drawn = json.loads(rob.get(f"/week/places.json?monday={MONDAY}").text)["places"]
    assert sorted(each["label"] for each in drawn) == ["Duck pond: meet A", "Fish quay: meet B"]


def test_safe_and_duress_are_answered_in_the_same_bytes() -> None:
    told = []
    for word in ("blackbird", "chimney"):
        made = team()
        rob, dora = seated(made.desk, HANDLER, LINE)
        rob.post("/safety/words", safe="blackbird", duress="chimney")
        due = stamp(made.hands() + timedelta(hours=2))[:16]
        rob.post("/safety/set", due=due, label=TEAM, words="Back by bus.")
        page = rob.get("/safety")
        answer = rob.send("/safety/call", posted(page.text, "/safety/call") | {"word": word})
        after = rob.get("/safety")
        headers = {name: each for name, each in answer.headers.items() if name != "set-cookie"}
        told.append((answer.status, answer.text, headers, answer.headers.get("set-cookie"), said(after), said(page)))
        assert len(safety.alarms(look(made.desk, LINE))) == (word == "chimney")
        assert dora.get("/safety").status == 200
    assert told[0] == told[1]


def test_while_he_is_out_nothing_on_his_page_tells_of_a_second_word() -> None:
    made = team()
    (rob,) = seated(made.desk, HANDLER)
    assert "The word for when you are not" in rob.get("/safety").text
    rob.post("/safety/words", safe="blackbird", duress="chimney")
    rob.post("/safety/set", due=stamp(made.hands() + timedelta(hours=2))[:16], label=TEAM, words="Back by bus.")
    rob.get("/safety")
    page = rob.get("/safety").text.casefold()
    assert "i am safe" in page
    assert not [each for each in ("duress", "two words", "other words", "when you are not", "alarm") if each in page]
    refused = rob.post("/safety/words", safe="magpie", duress="kettle")
    assert (refused.status, "once you are back" in refused.text) == (400, True)


def test_a_wrong_word_is_not_shown_again() -> None:
    made = team()
    (rob,) = seated(made.desk, HANDLER)
    rob.post("/safety/words", safe="blackbird", duress="chimney")
    rob.post("/safety/set", due=stamp(made.hands() + timedelta(hours=2))[:16], label=TEAM, words="Back by bus.")
    form = posted(rob.get("/safety").text, "/safety/call")
    page = rob.send("/safety/call", form | {"word": "wheelbarrow"})
    assert (page.status, "that is not your word; say it again" in page.text) == (400, True)
    assert "wheelbarrow" not in page.text
    page = rob.post("/safety/words", safe="umbrella stand", duress="x")
    assert (page.status, "umbrella" in page.text) == (400, False)


def test_the_wardrobe_is_kept_and_retired_on_its_page() -> None:
    made = team()
    (rob,) = seated(made.desk, HANDLER)
    done = rob.post("/wardrobe/garment", name="grey suit", kind="outfit", covers=made.teacher, stored="4", label=TEAM)
    assert done.status == 303
    assert "grey suit" in rob.get("/wardrobe").text
    kept = {each.name: each.id for each in look(made.desk, HANDLER).derived(Inventory).garments}
    refused = rob.post("/wardrobe/retire", item=kept["grey suit"], reason=" ")
    assert (refused.status, "your reason is missing" in refused.text) == (400, True)
    assert rob.post("/wardrobe/retire", item=kept["grey suit"], reason="Torn.").status == 303
    assert "grey suit" not in rob.get("/wardrobe").text
    assert rob.post("/wardrobe/place", name="Moor", latitude="x", longitude="1", label=TEAM).status == 400
    assert rob.post("/wardrobe/cover", name="vicar", needs="outfit", label=TEAM).status == 303
    assert rob.post("/wardrobe/burn").status == 400


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("wish", {}),
        ("wish", {"agent": "0" * 32, "place": "x", "minutes": "60", "hours": "mon 10:00-12:00", "cover": "y"}),
        ("move", {"wish": "0" * 32, "days": "1"}),
        ("move", {"wish": "0" * 32, "days": "9" * 50}),
        ("move", {"wish": "0" * 32, "days": "one"}),
        ("call-off", {"wish": "0" * 32, "reason": "Why not."}),
        ("accept", {"seen": "0" * 16}),
        ("burn", {}),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(act: str, fields: dict[str, str]) -> None:
    made = mended()
    (rob,) = seated(made.desk, HANDLER)
    before = len(look(made.desk, HANDLER).world.entries)
    page = rob.send(f"/week/{act}", {"monday": MONDAY, **fields})
    assert page.status == 400
    assert len(look(made.desk, HANDLER).world.entries) == before


@pytest.mark.parametrize("monday", ["soon", "9999-12-31", "0001-01-01", "2026-02-30", "<script>"])
def test_a_week_that_is_none_is_refused(monday: str) -> None:
    made = team()
    (rob,) = seated(made.desk, HANDLER)
    assert rob.get(f"/week?monday={monday}").status == 400


def test_every_page_works_as_of_an_earlier_day_and_offers_no_act() -> None:
    made, _ = accepted()
    made.hands.move(days=20)
    (rob,) = seated(made.desk, HANDLER)
    for path in (WEEK, "/wardrobe", "/safety"):
        mark = "&" if "?" in path else "?"
        page = rob.get(f"{path}{mark}as_of=2026-03-03")
        assert page.status == 200
        acts = re.findall(r'<form[^>]*action="(/(?:week|wardrobe|safety)/[^"]*)"', page.text)
        assert acts == []


def test_a_whole_team_more_changes_no_byte_of_any_page_for_whoever_does_not_know_it() -> None:
    knows = replace(EMMA, tokens=EMMA.tokens | {"TEAM.ASH"})
    told = []
    for hidden in (False, True):
        made = team() if not hidden else mended()
        if hidden:
            wardrobe.keep_place(
                made.desk, look(made.desk, HANDLER), name="Moor", latitude="50", longitude="1", label=TEAM
            )
            made.hands.at -= timedelta(minutes=1)
        (emma,) = seated(made.desk, knows)
        paths = (WEEK, "/wardrobe", "/safety", f"/week/places.json?monday={MONDAY}", "/week/plan.pdf")
        refused = emma.send("/week/move", {"monday": MONDAY, "wish": _any_wish(made), "days": "1"})
        told.append([*(said(emma.get(each)) for each in paths), re.sub("[0-9a-f]{32}", "", said(refused))])
    assert told[0] == told[1]


def _any_wish(made: Team) -> str:
    """A wish of the hidden week; where there is none, an id of nothing."""
    found = look(made.desk, HANDLER).derived(Wishes).by_id
    return next(iter(found), "0" * 32)


def test_the_line_sees_nothing_of_the_week_behind_a_call() -> None:
    made, _ = accepted()
    (dora,) = seated(made.desk, Reader("dora", "Dora, duty officer", LINE.tokens))
    assert "Nothing is wished for" in dora.get(WEEK).text
    page = dora.get("/safety").text
    assert "Rob, agent runner" in page
    assert not [each for each in ("HEATHER", "pond", "coat", "teacher") if each in page]
