"""A box becomes a report of a source of its own, ungraded and once; what would give its teller away fails closed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leconfield.gate.bundles.boxes import Box, Enclosed
from leconfield.gate.bundles.letters import Letter
from leconfield.gate.exposure import profile as gate_profile
from leconfield.gate.exposure.checking import check
from leconfield.gate.exposure.knowers import Noted
from leconfield.gate.exposure.model import Text
from leconfield.gate.release.model import Colour
from leconfield.outreach import letters
from leconfield.outreach.tips import service
from leconfield.outreach.tips.model import IN_LEDGER, IN_VAULT
from leconfield.outreach.tips.state import all_tips, tip_with
from tests.ledger.desks import look
from tests.outreach.house import kept
from tests.outreach.tips.desks import INTAKE, OUTSIDE, WHAT, Teller, came


def test_a_tip_becomes_an_ungraded_report_of_a_source_of_its_own(tmp_path: Path) -> None:
    with kept(tmp_path / "desk") as desk:
        came(desk, tmp_path / "in", Teller().tip(vehicle="a grey van, KX19 ABC", sure="certain", language="de"))

        view = look(desk, INTAKE)
        (tip,) = all_tips(view)
        report = view.report(tip.report)
        assert report.text.startswith(WHAT)
        assert (str(report.grade), report.channel, report.label) == ("F6", "window", "S&INTAKE")
        assert report.source == tip.source
        assert report.source.startswith("CALLER ")
        assert report.written == "2026-03-01"
        assert tip.language == "de"
        assert view.world.by_report[report.id], "what it says is extracted as of any report"


def test_whoever_does_not_hold_the_label_sees_nothing_of_it(tmp_path: Path) -> None:
    with kept(tmp_path / "desk") as desk:
        came(desk, tmp_path / "in", Teller().tip())

        assert all_tips(look(desk, OUTSIDE)) == ()
        assert not look(desk, OUTSIDE).world.reports


def test_a_box_that_comes_again_changes_nothing(tmp_path: Path) -> None:
    with kept(tmp_path / "desk") as desk:
        box = Teller().tip(WHAT, Enclosed("note.txt", "text/plain", b"The van was hired in Hull."))
        came(desk, tmp_path / "in", box)
        before = len(look(desk, INTAKE).world.entries)

        again = came(desk, tmp_path / "in", box)

        assert (again.taken, again.again) == (0, 1)
        assert len(look(desk, INTAKE).world.entries) == before


@pytest.mark.parametrize("stop", range(1, 6))
def test_a_crash_in_between_and_a_second_import_end_in_one_tip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    files = (Enclosed("note.txt", "text/plain", b"The van was hired in Hull."),)
    box = Teller().tip(WHAT, *files, others="nobody")
    with kept(tmp_path / "desk") as desk:
        appended, whole = [0], desk.append

        def append(*given, **named):
            appended[0] += 1
            if appended[0] == stop:
                raise OSError("the power went")
            return whole(*given, **named)

        monkeypatch.setattr(desk, "append", append)
        try:
            came(desk, tmp_path / "in", box)
        except OSError:
            monkeypatch.setattr(desk, "append", whole)
            came(desk, tmp_path / "in", box)
        view = look(desk, INTAKE)
        (tip,) = all_tips(view)
        assert [each.outcome for each in tip.files] in (["filed"], ["held already"])
        assert len(view.world.reports) == 2
        assert not list((tmp_path / "in").glob("*.box"))


def test_files_are_filed_as_reports_and_cannot_grade_themselves(tmp_path: Path) -> None:
    graded = b"From: HEATHER\nGrade: A1\nDate: 2026-02-01\n\nThe van was hired in Hull.\n"
    files = (Enclosed("note.txt", "text/plain", graded), Enclosed("x.bin", "application/octet-stream", b"\0\1\2"))
    with kept(tmp_path / "desk") as desk:
        came(desk, tmp_path / "in", Teller().tip(WHAT, *files))

        view = look(desk, INTAKE)
        (tip,) = all_tips(view)
        filed = view.report(tip.files[0].report)
        assert (str(filed.grade), filed.source) == ("F6", tip.source)
        assert tip.files[1].outcome == "quarantined"
        assert tip.files[1].reason
        assert tip_with(view, filed.id) == tip


@pytest.mark.parametrize("others", ["nobody", "few", "many", "unsure", ""])
def test_what_only_the_teller_could_know_does_not_leave(tmp_path: Path, others: str) -> None:
    with kept(tmp_path / "desk") as desk:
        came(desk, tmp_path / "in", Teller().tip(others=others))
        view = look(desk, INTAKE)
        (tip,) = all_tips(view)
        rules = gate_profile.shipped()

        told = check(view.world, Text(WHAT, "2026-06-01"), rules, rules.audience("public"), offering=False)

        assert told.colour is Colour.RED
        assert tip.single_source is (others in ("nobody", "few"))
        assert (tip.report in view.derived(Noted).by_report) is tip.single_source


def test_how_to_reach_the_teller_lies_in_the_vault_where_there_is_one(tmp_path: Path) -> None:
    with kept(tmp_path / "desk") as desk:
        for name in ("ann", "ben"):
            desk.vault.enrol(name, "a long passphrase for the vault")
        came(desk, tmp_path / "in", Teller().tip(contact="0000 111"))

        view = look(desk, INTAKE)
        (tip,) = all_tips(view)
        assert (tip.contact, tip.reach) == (IN_VAULT, "")
        assert desk.vault.has(tip.source)
        assert not any("0000" in str(each.body) for each in view.world.entries)
        assert "0000" not in view.report(tip.report).text


def test_without_a_vault_it_is_kept_under_the_label_alone(tmp_path: Path) -> None:
    with kept(tmp_path / "desk") as desk:
        came(desk, tmp_path / "in", Teller().tip(contact="0000 111"))

        (tip,) = all_tips(look(desk, INTAKE))
        assert (tip.contact, tip.reach) == (IN_LEDGER, "0000 111")


def test_a_box_that_is_no_tip_is_put_aside_with_why(tmp_path: Path) -> None:
    with kept(tmp_path / "desk") as desk:
        wrong = Box("tip", "2026-03-01", {"what": "x", "ip": "192.0.2.7"})

        told = came(desk, tmp_path / "in", wrong)

        assert "no field" in told.aside[0][1]
        assert all_tips(look(desk, INTAKE)) == ()


def test_a_reply_stays_for_whoever_knows_of_the_tip(tmp_path: Path) -> None:
    teller, deep = Teller(), replace(INTAKE, tokens=INTAKE.tokens | {"DEEP"})
    with kept(tmp_path / "desk") as desk:
        (tmp_path / "desk" / "outreach.toml").write_text('format = 1\n[labels]\ntip = "S&INTAKE&DEEP"\n')
        came(desk, tmp_path / "in", teller.tip(), by=deep)
        (tip,) = all_tips(look(desk, deep))
        service.ask(desk, look(desk, deep), tip.id, words="Can you say more?")
        letters.renew_all(desk, look(desk, deep))
        letter = teller.letter(desk)
        assert letter is not None

        told = came(desk, tmp_path / "in", teller.reply(letter, "Yes."), by=INTAKE)

        assert (told.taken, told.aside) == (0, ())
        assert "somebody who knows of it" in told.left[0][1]
        assert came(desk, tmp_path / "in", by=deep).taken == 1


def test_a_reply_to_nothing_is_put_aside(tmp_path: Path) -> None:
    teller = Teller()
    with kept(tmp_path / "desk") as desk:
        told = came(desk, tmp_path / "in", teller.tip(), teller.reply(Letter("a" * 32, "question", ""), "Yes"))

        assert told.taken == 1
        assert "nobody here asked" in told.aside[0][1]
