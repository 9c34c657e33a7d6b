"""Intercept reaches no schedule: not itself, not what rests on it, not its number, a gap or a count."""

from __future__ import annotations

import ast
import copy
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import leconfield
import leconfield.desk.evidence as department
from leconfield.desk.evidence import Disclosable, InterceptError, disclosable, service
from leconfield.desk.evidence.disclosable import disclosables
from leconfield.desk.evidence.disclosing import planned, rebuild
from leconfield.desk.evidence.intercept import Intercepted, is_intercept
from leconfield.desk.evidence.model import ASSESSED, EXHIBITED, REBUILT
from leconfield.desk.evidence.schedules import Plan, as_csv, as_docx, paper, plan
from leconfield.ledger.drafts import Draft
from leconfield.ledger.world import World
from leconfield.printing import Document
from tests.desk.evidence.files import PRODUCED, Bench, bench, report, statement_of
from tests.ledger.desks import EMMA

HEARD = "Ray Cassell. He said on the line that two timers would be brought to the old mill before the weekend."


@pytest.fixture(name="at")
def _at() -> Bench:
    return bench()


@pytest.mark.parametrize(
    "channel", ["intercept", "Intercept", " INTERCEPT ", "telephone intercept", "inter-cept", "ｉｎｔｅｒｃｅｐｔ"]
)
def test_the_channel_is_known_however_it_is_written(channel: str) -> None:
    assert is_intercept(channel)
    assert not is_intercept("agent")


def _calls(function: ast.AST) -> set[str]:
    return {ast.unparse(each.func).rpartition(".")[2] for each in ast.walk(function) if isinstance(each, ast.Call)}


def _words(function: ast.AST) -> set[str]:
    names = {each.id for each in ast.walk(function) if isinstance(each, ast.Name)}
    return names | {each.attr for each in ast.walk(function) if isinstance(each, ast.Attribute)}


def test_only_one_function_of_the_whole_program_makes_what_may_be_disclosed() -> None:
    makers = set()
    for path in sorted(Path(leconfield.__file__).parent.rglob("*.py")):
        text = path.read_text()
        if "Disclosable" not in text and path.parent != Path(department.__file__).parent:
            continue
        for function in ast.walk(ast.parse(text)):
            if isinstance(function, ast.FunctionDef) and (
                "Disclosable" in _calls(function) or "_SEAL" in _words(function)
            ):
                makers.add((path.name, function.name))
    assert makers == {("disclosable.py", "__post_init__"), ("disclosable.py", "disclosable")}


def test_nobody_else_makes_changes_or_copies_what_may_be_disclosed(at: Bench) -> None:
    with pytest.raises(TypeError, match="only disclosable"):
        Disclosable("report", "x", "y", sensitive=False, ground="", prejudice="", label="")
    filed = report(at.desk, "Ray Cassell. He bought timers.")
    at.assess("report", filed)
    (made,) = disclosables(at.view(), at.file())
    with pytest.raises((TypeError, ValueError)):
        replace(made, item="another")
    assert copy.copy(made).item == made.item


def test_every_function_that_makes_rows_takes_disclosable_values() -> None:
    tree = ast.parse((Path(department.__file__).parent / "schedules.py").read_text())
    made = {
        function.name: {ast.unparse(each.annotation) for each in function.args.args if each.annotation}
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
        and any(isinstance(each, ast.Call) and ast.unparse(each.func) == "Row" for each in ast.walk(function))
    }
    assert made == {"_numbered": {"Sequence[Disclosable]", "int"}}


def test_intercept_is_neither_assessed_nor_exhibited_nor_rebuilt(at: Bench) -> None:
    heard = report(at.desk, HEARD, channel="intercept", source="LARCH")
    passed_on = report(at.desk, "Ray Cassell. He has timers.", origin="larch", channel="liaison")
    copied = report(at.desk, f"From a friend: {HEARD}", channel="walk-in")
    for each in (heard, passed_on, copied):
        for kind, item in (("report", each), ("statement", statement_of(at.view(), each))):
            with pytest.raises(InterceptError):
                at.assess(kind, item)
        with pytest.raises(InterceptError):
            service.exhibit_report(at.desk, at.view(), at.id, each, PRODUCED)
        with pytest.raises(InterceptError):
            at.exhibit(b"a photograph", rests=each)
        said = {statement_of(at.view(), each): "A man spoke"}
        with pytest.raises(InterceptError):
            rebuild(at.desk, at.view(), at.id, report=each, heading="A", wordings=said, reason="b", label="")
    with pytest.raises(InterceptError):
        at.exhibit(b"a recording", channel="Intercept")
    with pytest.raises(InterceptError):
        at.exhibit(HEARD.encode())
    assert (at.file().exhibits, at.file().assessments, at.file().rebuilt) == ((), (), ())


def test_what_turns_out_to_rest_on_intercept_leaves_the_next_schedule(at: Bench) -> None:
    filed = [
        report(at.desk, f"Ray Cassell. He bought {each}.", origin="LARCH" if each == "fuses" else "")
        for each in ("timers", "fuses", "wire")
    ]
    for place, each in enumerate(filed):
        at.assess("report", each, f"Note number {'abc'[place]}")
    first = at.serve()
    assert [each.number for each in at.file().issues[0].rows] == [1, 2, 3]
    report(at.desk, HEARD, channel="intercept", source="LARCH")
    again = at.serve(reason="an item was listed by mistake")
    issue = at.file().issues[1]
    assert (issue.id, issue.voids) == (again, first)
    assert [(each.number, each.description) for each in issue.rows] == [(1, "Note number a"), (2, "Note number c")]


Step = tuple[str, int]
_STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            (
                "report",
                "sensitive",
                "statement",
                "exhibit",
                "intercept",
                "said",
                "passed on",
                "copied",
                "rests",
                "rebuilt",
            )
        ),
        st.integers(0, 4),
    ),
    max_size=8,
)
_INTERCEPT = frozenset({"intercept", "said", "passed on", "copied", "rests", "rebuilt"})


def _entry(at: Bench, kind: str, body: dict[str, str]) -> None:
    at.desk.append(EMMA, [Draft(kind, "S", about=at.id, body=body)])


def _assessed(at: Bench, kind: str, item: str, words: str, *, sensitive: bool = False) -> None:
    """An assessment that nobody refused: what an act would not let through, a ledger may still hold."""
    body = {"kind": kind, "item": item, "relevant": "yes", "reason": "r", "description": words}
    risk = {"sensitive": "yes", "ground": "source", "prejudice": "he would be hurt"} if sensitive else {}
    _entry(at, ASSESSED, {**body, **risk})


def _play(at: Bench, step: Step, place: int) -> None:
    kind, number = step
    words = f"Item {kind} {place}"
    text = f"Person {place}. He was seen {number} times near the bridge by the old canal with a grey van on that day."
    if kind in ("report", "sensitive", "statement"):
        filed = report(at.desk, text)
        item = statement_of(at.view(), filed) if kind == "statement" else filed
        _assessed(at, "statement" if kind == "statement" else "report", item, words, sensitive=kind == "sensitive")
        return
    if kind == "exhibit":
        _assessed(at, "exhibit", _exhibit(at, place, ""), words)
        return
    heard = report(at.desk, f"{HEARD} Call {place}.", channel="intercept", source="LARCH")
    item, about = heard, "report"
    if kind == "said":
        item, about = statement_of(at.view(), heard), "statement"
    elif kind == "passed on":
        item = report(at.desk, text, channel="liaison", origin="LARCH")
    elif kind == "copied":
        item = report(at.desk, f"{HEARD} Call {place}. He told me.", channel="walk-in", source="WREN")
    elif kind == "rests":
        item, about = _exhibit(at, place, heard), "exhibit"
    elif kind == "rebuilt":
        item, about = f"{place:032x}", "rebuilt"
        _entry(at, REBUILT, {"rebuilt": item, "report": heard, "heading": "A", "digest": "0" * 64})
    _assessed(at, about, item, words, sensitive=number % 2 == 0)


def _exhibit(at: Bench, place: int, rests: str) -> str:
    item = f"{place:032x}"
    body = {**PRODUCED, "number": f"RP/{place + 1}", "exhibit": item, "digest": f"{place:064x}", "rests": rests}
    _entry(at, EXHIBITED, body)
    return item


_MOMENT = "2026-03-02T12:00:00.000000Z"


def _plans(at: Bench) -> list[Plan]:
    return [planned(at.view(), at.file(), each) for each in ("mg6c", "mg6d")]


def _papers(at: Bench) -> list[tuple[Document, bytes]]:
    return [(paper(each, "S", _MOMENT, draft=False), as_csv(each)) for each in _plans(at)]


@settings(max_examples=40, deadline=None)
@given(_STEPS)
def test_intercept_changes_nothing_on_either_schedule(steps: list[Step]) -> None:
    mixed, without = bench(), bench()
    for place, step in enumerate(steps):
        _play(mixed, step, place)
        if step[0] not in _INTERCEPT:
            _play(without, step, place)
    assert _papers(mixed) == _papers(without)
    rows = [row for each in _plans(mixed) for row in each.rows]
    assert len(rows) == sum(kind not in _INTERCEPT for kind, _ in steps)
    assert not any(kind in row.description for row in rows for kind in _INTERCEPT)


@settings(max_examples=6, deadline=None)
@given(_STEPS)
def test_intercept_changes_no_byte_of_either_file(steps: list[Step]) -> None:
    mixed, without = bench(), bench()
    for place, step in enumerate(steps):
        _play(mixed, step, place)
        if step[0] not in _INTERCEPT:
            _play(without, step, place)
    files = [[as_docx(each, "S", _MOMENT) for each in _plans(at)] for at in (mixed, without)]
    assert files[0] == files[1]


@settings(max_examples=25, deadline=None)
@given(_STEPS)
def test_no_mixture_makes_intercept_disclosable(steps: list[Step]) -> None:
    at = bench()
    for place, step in enumerate(steps):
        _play(at, step, place)
    view, file = at.view(), at.file()
    for each, (kind, _) in zip(file.assessments, steps, strict=True):
        if kind in _INTERCEPT:
            with pytest.raises(InterceptError):
                disclosable(view, file, each)
        else:
            assert disclosable(view, file, each).item == each.item


def test_what_is_known_of_intercept_grows_into_what_it_would_be_anew(at: Bench) -> None:
    grown = at.view().derived(Intercepted)
    report(at.desk, HEARD, channel="intercept", source="LARCH")
    report(at.desk, "Ada. Nothing.")
    world: World = at.view().world
    anew = Intercepted.of(world)
    assert (grown._sources, grown._digests, grown._runs) == (anew._sources, anew._digests, anew._runs)


def test_a_plan_of_nothing_is_empty() -> None:
    made = plan("mg6c", "R v Cassell", None, ())
    assert (made.rows, made.new) == ((), False)
    assert b"no such material" not in as_csv(made)
