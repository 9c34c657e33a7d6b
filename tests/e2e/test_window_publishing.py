"""Browser tests of channels, deliveries, comments and the stop inside, and of the fake's own pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from leconfield.fake_instagram.model import Settings
from leconfield.outreach.publishing.state import comments, deliveries
from tests.e2e.axe import OVERFLOWING, violations
from tests.e2e.conftest import Seats
from tests.e2e.delivering import Desked, delivering, quay
from tests.e2e.house import Seat
from tests.e2e.window_site import PHONE, SCREENSHOTS, WIDE, reader, reflow_faults
from tests.e2e.window_site import violations as violations_on
from tests.fake_instagram.serving import faked
from tests.ledger.desks import look
from tests.noninterference.desks import PASSWORD
from tests.outreach.house import EDITOR


@pytest.fixture(scope="module")
def desked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desked]:
    with delivering(tmp_path_factory.mktemp("delivering")) as found:
        yield found


@pytest.fixture
def site(desked: Desked) -> str:
    return desked.site


def signs_in(seat: Seat) -> Page:
    page = seat.go("/sign-in")
    page.get_by_label("Name").fill(EDITOR.name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/reports")
    return page


def pages(desked: Desked) -> dict[str, str]:
    return {
        "channels": f"/window/channels/{desked.release}",
        "channels-refused": f"/window/channels/{desked.plain}",
        "deliveries": "/window/deliveries",
        "delivery": f"/window/deliveries/{desked.doubtful}",
        "comments": "/window/comments",
        "comment": f"/window/comments/{desked.comment}",
        "stop": "/window/stop?sure=yes",
    }


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_has_nothing_against_any_page_and_none_is_wider_than_the_window(
    seat: Seats, desked: Desked, size: tuple[int, int], theme: str
) -> None:
    eve = seat(size=size, theme=theme)
    signs_in(eve)
    for name, address in pages(desked).items():
        eve.go(address)
        found = [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in violations(eve)]
        _shot(eve.page, f"publishing-{name}-{size[0]}-{theme}")
        assert not found, (name, found)
        assert eve.page.evaluate(OVERFLOWING) <= 0, name


def _shot(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_channels_are_chosen_by_their_previews(seat: Seats, desked: Desked, scripts: bool) -> None:
    eve = seat(scripts=scripts)
    page = signs_in(eve)
    eve.go(f"/window/channels/{desked.release}")
    expect(page.get_by_role("figure", name="What the post looks like on Instagram")).to_be_visible()
    mastodon = page.get_by_role("region", name="Mastodon")
    box = mastodon.get_by_role("checkbox")
    was = box.is_checked()
    box.set_checked(not was)
    page.get_by_role("button", name="Change channels").click()
    assert page.get_by_role("region", name="Mastodon").get_by_role("checkbox").is_checked() is not was

    eve.go(f"/window/channels/{desked.plain}")
    refused = page.get_by_role("region", name="Instagram")
    expect(refused).to_contain_text("without a picture")
    expect(refused.get_by_role("checkbox")).to_be_disabled()


def test_a_delivery_in_doubt_is_decided_and_what_was_typed_is_kept(seat: Seats, desked: Desked) -> None:
    eve = seat(scripts=False)
    page = signs_in(eve)
    eve.go("/window/deliveries")
    page.get_by_role("row", name="needs a person").get_by_role("link").click()
    page.get_by_role("radio", name="It is there", exact=True).check()
    page.get_by_label("What you did and saw").fill("I opened the app and saw it.")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("alert")).to_contain_text("address")
    expect(page.get_by_label("What you did and saw")).to_have_value("I opened the app and saw it.")
    eve.complaints.clear()  # the browser tells of the refusal, as it should
    page.get_by_label("Its address").fill("https://www.instagram.com/p/abc/")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("heading", name="Decided by people")).to_be_visible()
    known = next(each for each in deliveries(look(desked.desk, EDITOR)) if each.key == desked.doubtful)
    assert [each.ruling for each in known.decisions] == ["live"]


def test_a_comment_is_answered_by_a_draft_and_another_hidden(seat: Seats, desked: Desked) -> None:
    eve = seat(scripts=False)
    page = signs_in(eve)
    eve.go("/window/comments")
    page.get_by_role("link", name="Who kept the book?").click()
    page.get_by_label("Reason").fill("It asks for a name.")
    page.get_by_role("button", name="Hide it").click()
    expect(page.get_by_role("button", name="Show it again")).to_be_visible()
    eve.go(f"/window/comments/{desked.comment}")
    page.get_by_label("Words").fill("Please do: our page Tell us something is for that.")
    page.get_by_role("button", name="Begin the answer").click()
    page.wait_for_url("**/releases/**")
    known = {each.id: each for each in comments(look(desked.desk, EDITOR))}
    assert known[desked.comment].answer is not None


def test_everything_is_stopped_by_two_clicks_and_a_reason(seat: Seats, desked: Desked) -> None:
    eve = seat(scripts=False)
    page = signs_in(eve)
    eve.go("/window/deliveries")
    page.get_by_role("link", name="Stop everything").click()
    page.get_by_role("link", name="Stop everything ...").click()
    page.get_by_label("Why").fill("A face can be made out in the picture.")
    page.get_by_role("button", name="Stop everything now").click()
    expect(page.get_by_role("region", name="Everything is stopped")).to_be_visible()
    _shot(page, "publishing-stopped-1440-light")
    page.get_by_label("Why").fill("It cannot; we looked twice.")
    page.get_by_role("button", name="Let everything go on").click()
    expect(page.get_by_role("region", name="Everything is stopped")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_fakes_own_pages_are_a_pleasure_too(browser: Browser, size: tuple[int, int], theme: str) -> None:
    settings = Settings(polls=0, name="The Harbour Service", username="harbour_service", about="We listen.")
    with faked(settings) as fake, reader(browser, size=size, theme=theme) as page:  # type: ignore[arg-type]
        page.goto(fake.address)
        expect(page.get_by_text("No posts yet")).to_be_visible()
        for at in range(4):
            held = fake.put("a.jpg", quay(night=at % 2 == 0))
            which = fake.container(held, caption=f"The boat in no book, {at + 1}\n\nWe asked why.", alt_text="A quay.")
            post = fake.call("POST", "me/media_publish", creation_id=which).json()["id"]
        page.reload()
        _shot(page, f"fake-profile-{size[0]}-{theme}")
        assert not violations_on(page) + reflow_faults(page)
        page.get_by_role("listitem").locator("a").last.scroll_into_view_if_needed()
        code = fake.server.fake.graph.media[post].code
        page.goto(f"{fake.address}/p/{code}/")
        page.get_by_label("Your name").fill("anna.k")
        page.get_by_label("Comment, as a reader would").fill("Who kept the book?")
        page.get_by_role("button", name="Post").click()
        expect(page.get_by_text("Who kept the book?")).to_be_visible()
        _shot(page, f"fake-post-{size[0]}-{theme}")
        assert not violations_on(page) + reflow_faults(page)
