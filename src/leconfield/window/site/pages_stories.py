"""Stories and news: the list, the archive, each story with its corrections, and an honest word on what is gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response
from starlette.routing import Route

from leconfield.errors import DamagedError
from leconfield.window.site import policy
from leconfield.window.site.blocks import contents
from leconfield.window.site.kit import Asked, get, missing
from leconfield.window.told import Shown, Told

NEWS: Final = ("post", "press-line", "answer", "notice")
"""Forms that are news."""
ADDRESSES: Final[Mapping[str, str]] = {"story": "/stories/{release}", **dict.fromkeys(NEWS, "/news/{release}")}
"""Where each form is to be found, for the feeds and the map of the site."""
_RECENT: Final = 12
_PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"})


@dataclass(frozen=True, slots=True)
class Correction:
    """What was put right, and when."""

    day: str
    words: str
    told: Told


def corrections(shown: Shown, release: str) -> tuple[Correction, ...]:
    """The corrections of a release: `correction` about=<release> {"by": one release, or a list of them}."""
    order = shown.order("correction", release)
    by = order.body.get("by") if order is not None else None
    names = [by] if isinstance(by, str) else by if isinstance(by, list) else []
    found = [
        told for each in names if isinstance(each, str) and (told := shown.told(each)) and told.form == "correction"
    ]
    return tuple(Correction(each.day, each.lead, each) for each in sorted(found, key=lambda each: each.instant))


def reason(shown: Shown, release: str) -> Told | None:
    """The notice that says why a release was withdrawn, if there is one."""
    order = shown.order("withdrawal-notice", release)
    by = order.body.get("by") if order is not None else None
    return shown.told(by) if isinstance(by, str) and by else None


def news(shown: Shown) -> tuple[Told, ...]:
    """What is news, newest first; notices that belong to a withdrawal stand there and not here."""
    tied = {order.body.get("by") for order in shown.orders("withdrawal-notice").values()}
    found = [each for form in NEWS for each in shown.releases(form) if each.release not in tied]
    return tuple(sorted(found, key=lambda each: (-each.instant.timestamp(), each.release)))


def years(told: Sequence[Told]) -> tuple[tuple[str, int], ...]:
    """Each year with its number of releases, newest first."""
    found = [each.day[:4] for each in told]
    return tuple((year, found.count(year)) for year in sorted(set(found), reverse=True))


def stories(asked: Asked) -> Response:
    """The newest stories."""
    told = asked.shown.releases("story")
    return asked.page(
        "stories/list.html",
        cached=True,
        told=told[:_RECENT],
        years=years(told),
        year="",
        corrected=lambda each: bool(corrections(asked.shown, each.release)),
    )


def archive(asked: Asked) -> Response:
    """The stories of a year."""
    told = asked.shown.releases("story")
    year = asked.parameters["year"]
    found = tuple(each for each in told if each.day.startswith(f"{year}-"))
    if not found:
        return missing(asked)
    return asked.page(
        "stories/list.html",
        cached=True,
        told=found,
        years=years(told),
        year=year,
        corrected=lambda each: bool(corrections(asked.shown, each.release)),
    )


def story(asked: Asked) -> Response:
    """One story."""
    return _one(asked, ("story",), "stories/story.html")


def all_news(asked: Asked) -> Response:
    """What is new, newest first."""
    return asked.page("stories/news.html", cached=True, told=news(asked.shown))


def one_news(asked: Asked) -> Response:
    """One piece of news."""
    return _one(asked, (*NEWS, "correction"), "stories/piece.html")


def _one(asked: Asked, forms: Sequence[str], template: str) -> Response:
    release = asked.parameters["release"]
    if release in asked.shown.withdrawn:
        notice = reason(asked.shown, release)
        day = asked.shown.gone[release]
        return asked.page("stories/withdrawn.html", status=410, cached=True, gone_on=day, notice=notice)
    told = asked.shown.told(release)
    if told is None or told.form not in forms:
        return missing(asked)
    return asked.page(
        template,
        cached=True,
        told=told,
        corrections=corrections(asked.shown, release),
        headings=contents(told.blocks),
        others=tuple(each for each in asked.shown.releases("story") if each.release != release)[:2],
    )


def media(asked: Asked) -> Response:
    """A file of something that everybody may see; the hash of its bytes is its name, so it may be kept for ever."""
    digest, _, _ = asked.parameters["name"].partition(".")
    found = asked.shown.file(digest)
    if found is None:
        return missing(asked)
    told, member = found
    try:
        held = told.held(member.name)
    except DamagedError:
        return missing(asked)
    answer = asked.answer(held, member.media_type, cache_control=policy.FOR_EVER)
    if member.media_type not in _PICTURES:
        answer.headers["content-disposition"] = f'attachment; filename="{member.name}"'
        answer.headers["content-type"] = "application/octet-stream"
    return answer


ROUTES: Final[Sequence[Route]] = (
    get("/stories", stories, kept=True),
    get("/stories/archive/{year}", archive, kept=True),
    get("/stories/{release}", story, kept=True),
    get("/news", all_news, kept=True),
    get("/news/{release}", one_news, kept=True),
    get("/media/{name}", media, kept=True),
)
