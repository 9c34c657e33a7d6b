"""Coming in at the door, and going out."""

from __future__ import annotations

from tests.e2e.conftest import Seats


def test_a_wrong_password_is_refused_and_the_name_is_kept(seat: Seats) -> None:
    guest = seat()
    page = guest.go("/sign-in")
    page.get_by_label("Name").fill("emma")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("Name").input_value() == "emma"
    assert guest.path == "/sign-in"
    guest.complaints.clear()  # the browser notes the 403, as it should


def test_nobody_reads_anything_before_signing_in(seat: Seats) -> None:
    guest = seat()
    for path in ("/", "/reports", "/subjects", "/chart", "/map", "/me"):
        guest.go(path)
        assert guest.path == "/sign-in", path


def test_one_comes_out_where_one_wanted_to_go(seat: Seats) -> None:
    guest = seat()
    page = guest.go("/timeline")
    page.get_by_label("Name").fill("karina")
    page.get_by_label("Password").fill("orchard gate")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/timeline")
    assert guest.h1() == "Timeline"


def test_after_signing_out_the_door_is_shut(seat: Seats) -> None:
    emma = seat("emma")
    emma.page.locator("summary", has_text="You are").click()
    emma.page.get_by_role("button", name="Sign out").click()
    emma.page.wait_for_url("**/sign-in")
    emma.go("/reports")
    assert emma.path == "/sign-in"
