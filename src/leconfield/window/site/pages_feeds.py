"""Feeds (Atom, RSS 2.0, JSON Feed 1.1) of stories, news and answers; the map of the site, and whom to tell of a hole.

An entry bears the instant of its release and none of its sealing; the answers of a round all bear the one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from typing import Final
from uuid import UUID
from xml.etree import ElementTree as ET

from starlette.responses import Response
from starlette.routing import Route

from leconfield.window.site.kit import Asked, get, missing
from leconfield.window.site.pages_stories import ADDRESSES, NEWS, corrections
from leconfield.window.told import Told

_ATOM: Final = "http://www.w3.org/2005/Atom"
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
FEEDS: Final[Mapping[str, Sequence[str]]] = {
    "all": ("story", *NEWS, "answers", "round", "vacancy", "challenge-brief"),
    "stories": ("story",),
    "news": NEWS,
    "answers": ("answers",),
}
"""Which forms are in which feed."""
_ELSEWHERE: Final[Mapping[str, str]] = {
    "answers": "/ask/answers/{release}",
    "round": "/ask",
    "vacancy": "/careers",
    "challenge-brief": "/challenges/release/{release}",
}
"""Where the forms of other areas are to be found; an area of which only the first page is named shows them there."""
_MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed."""

    told: Told
    address: str
    updated: datetime
    html: str

    @property
    def id(self) -> str:
        """The release's id as a URN: it stays whatever the address becomes."""
        return UUID(self.told.release).urn

    @property
    def title(self) -> str:
        """Its title, or how it begins."""
        return self.told.title or self.told.lead[:90]


@dataclass(frozen=True, slots=True)
class Feed:
    """What all three formats tell."""

    name: str
    title: str
    home: str
    url: str
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        """When anything in it changed last."""
        return max((each.updated for each in self.entries), default=_BEGINNING)


def address(told: Told) -> str:
    """The path under which a release is to be found."""
    return {**_ELSEWHERE, **ADDRESSES}[told.form].format(release=told.release)


def _feed(asked: Asked, name: str, ending: str) -> Feed:
    base = asked.window.config.url
    found = [each for form in FEEDS[name] for each in asked.shown.releases(form)]
    newest = sorted(found, key=lambda each: (-each.instant.timestamp(), each.release))[:_MOST]
    words = asked.window.templates.get_template("kit/entry.html")
    entries = []
    for each in newest:
        later = corrections(asked.shown, each.release)
        html = words.render(told=each, base=base, corrections=later, t=asked.t, language=asked.language)
        updated = max((each.instant, *(one.told.instant for one in later)))
        entries.append(Entry(each, base + asked.href(address(each)), updated, html.strip()))
    heading = asked.window.config.name if name == "all" else f"{asked.window.config.name}: {asked.t(f'feeds.{name}')}"
    return Feed(name, heading, base + asked.href("/"), f"{base}{asked.href(f'/feeds/{name}.{ending}')}", tuple(entries))


def atom(feed: Feed) -> bytes:
    """The feed in Atom (RFC 4287)."""
    root = ET.Element("feed", {"xmlns": _ATOM})
    _say(root, "title", feed.title)
    _say(root, "id", feed.url)
    _say(root, "updated", _rfc3339(feed.updated))
    author = ET.SubElement(root, "author")
    _say(author, "name", feed.title.partition(":")[0])
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.url})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.home})
    for each in feed.entries:
        entry = ET.SubElement(root, "entry")
        _say(entry, "title", each.title)
        _say(entry, "id", each.id)
        _say(entry, "published", _rfc3339(each.told.instant))
        _say(entry, "updated", _rfc3339(each.updated))
        ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": each.address})
        _say(entry, "summary", each.told.lead)
        _say(entry, "content", each.html, type="html")
    return _written(root)


def rss(feed: Feed) -> bytes:
    """The feed in RSS 2.0."""
    root = ET.Element("rss", {"version": "2.0", "xmlns:atom": _ATOM})
    channel = ET.SubElement(root, "channel")
    _say(channel, "title", feed.title)
    _say(channel, "link", feed.home)
    _say(channel, "description", feed.title)
    _say(channel, "lastBuildDate", format_datetime(feed.updated, usegmt=True))
    ET.SubElement(channel, "atom:link", {"rel": "self", "type": "application/rss+xml", "href": feed.url})
    for each in feed.entries:
        item = ET.SubElement(channel, "item")
        _say(item, "title", each.title)
        _say(item, "link", each.address)
        _say(item, "guid", each.id, isPermaLink="false")
        _say(item, "pubDate", format_datetime(each.told.instant, usegmt=True))
        _say(item, "description", each.html)
    return _written(root)


def json_feed(feed: Feed) -> bytes:
    """The feed in JSON Feed 1.1."""
    items = [
        {
            "id": each.id,
            "url": each.address,
            "title": each.title,
            "content_html": each.html,
            "summary": each.told.lead,
            "date_published": _rfc3339(each.told.instant),
            "date_modified": _rfc3339(each.updated),
        }
        for each in feed.entries
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": feed.title, "home_page_url": feed.home}
    return json.dumps({**head, "feed_url": feed.url, "items": items}, ensure_ascii=False, indent=1).encode()


_FORMATS: Final[Mapping[str, tuple[Callable[[Feed], bytes], str]]] = {
    "atom": (atom, "application/atom+xml; charset=utf-8"),
    "rss": (rss, "application/rss+xml; charset=utf-8"),
    "json": (json_feed, "application/feed+json; charset=utf-8"),
}


def feeds(asked: Asked) -> Response:
    """What feeds there are, in words."""
    return asked.page("pages/feeds.html", cached=True, names=tuple(FEEDS), formats=tuple(_FORMATS))


def one(asked: Asked) -> Response:
    """A feed: `/feeds/stories.atom`."""
    name, _, ending = asked.parameters["name"].partition(".")
    if name not in FEEDS or ending not in _FORMATS:
        return missing(asked)
    write, media_type = _FORMATS[ending]
    answer = asked.answer(write(_feed(asked, name, ending)), media_type)
    answer.headers["cross-origin-resource-policy"] = "cross-origin"
    return answer


_PAGES: Final = (
    "/",
    "/stories",
    "/news",
    "/ask",
    "/careers",
    "/challenges",
    "/tell-us",
    "/about",
    "/contact",
    "/privacy",
    "/how-we-keep-your-words-safe",
    "/accessibility",
    "/feeds",
)


def site_map(asked: Asked) -> Response:
    """The map of the site; a release bears its own day and nothing else."""
    base = asked.window.config.url
    root = ET.Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for path in _PAGES:
        _say(ET.SubElement(root, "url"), "loc", base + path)
    for form in (*ADDRESSES, "answers"):
        for each in asked.shown.releases(form):
            place = ET.SubElement(root, "url")
            _say(place, "loc", base + address(each))
            _say(place, "lastmod", each.day)
    return asked.answer(_written(root), "application/xml; charset=utf-8")


def robots(asked: Asked) -> Response:
    """What machines may fetch: everything that is for everybody; nothing behind a code."""
    lines = ("User-agent: *", "Allow: /", "", f"Sitemap: {asked.window.config.url}/sitemap.xml", "")
    return asked.answer("\n".join(lines).encode(), "text/plain; charset=utf-8")


def security(asked: Asked) -> Response:
    """Whom to tell of a hole in this site (RFC 9116)."""
    config = asked.window.config
    contact = config.table("security").get("contact")
    month = asked.now.month + 6
    expires = datetime(asked.now.year + (month - 1) // 12, (month - 1) % 12 + 1, 1, tzinfo=UTC)
    lines = [
        f"Contact: {contact if isinstance(contact, str) and contact else f'{config.url}/contact'}",
        f"Expires: {_rfc3339(expires)}",
        f"Preferred-Languages: {', '.join(config.languages)}",
        f"Canonical: {config.url}/.well-known/security.txt",
        f"Policy: {config.url}/how-we-keep-your-words-safe",
    ]
    return asked.answer(("\n".join(lines) + "\n").encode(), "text/plain; charset=utf-8")


def _say(parent: ET.Element, name: str, words: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = words


def _written(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    told: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + told + b"\n"


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


_kept = partial(get, kept=True)
ROUTES: Final[Sequence[Route]] = (
    _kept("/feeds", feeds),
    _kept("/feeds/{name}", one),
    _kept("/sitemap.xml", site_map),
    _kept("/robots.txt", robots),
    get("/.well-known/security.txt", security),
)
