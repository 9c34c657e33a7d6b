"""Every page of the officers' site, by a name, as found on the desk by walking it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tests.e2e.house import Seat

FIXED: Final[Mapping[str, str]] = {
    "inbox": "/reports",
    "inbox-empty": "/reports?as_of=1980",
    "search": "/search?q=torch",
    "search-none": "/search?q=zeppelin",
    "search-begin": "/search",
    "file": "/file",
    "quarantine": "/quarantine",
    "subjects": "/subjects?as_of=now",
    "subjects-named": "/subjects?standing=text",
    "subjects-none": "/subjects?schema=Weapon&standing=registered",
    "trace-known": "/trace?q=Ray+Cassell",
    "trace-many": "/trace?q=Vincent+Molloy",
    "trace-none": "/trace?q=Harold+Bexwith",
    "trace-cyrillic": "/trace?q=Димитър+Стоянов",
    "trace-begin": "/trace",
    "trace-read": "/trace?q=Gareth+Pryce,+about+40,+Hull,+drives+a+grey+Golf,+5",
    "trace-parts": "/trace?name=Karim+Mansour&born=1970-1980&nationality=Lebanese&vehicle=white+van",
    "trace-too-little": "/trace?place=Luton&born=about+30",
    "watch-begin": "/watch",
    "watch-put": "/watch?q=Ray+Cassell",
    "screening": "/screening",
    "leads": "/leads",
    "leads-oldest": "/leads?order=oldest&source=HEATHER",
    "leads-list": "/leads/list",
    "leads-decided": "/leads/decided",
    "leads-hand-over": "/leads/hand-over?hours=168",
    "review": "/review",
    "review-end": "/review?skip=9999",
    "changes": "/changes",
    "weights": "/weights",
    "chart-begin": "/chart",
    "charts": "/chart/saved",
    "map": "/map",
    "timeline": "/timeline",
    "exchange": "/exchange",
    "exchange-out": "/exchange/out",
    "exchange-bundle": "/exchange/bundle",
    "exchange-table": "/exchange/table",
    "me": "/me",
    "about": "/about",
    "widgets": "/about/widgets",
    "missing": "/subjects/nobody-at-all",
    "as-of": "/reports?as_of=2026-04-01",
}
"""Pages whose address one can write down. `as_of` is kept by the browser, so the last must be followed by *now*."""


def rooms(seat: Seat) -> dict[str, str]:
    """Every page's address by name: the fixed ones, and those of a report, a subject and what hangs on them."""
    report, subject = first_report(seat), subject_of(seat, "Ray Cassell")
    other = subject_of(seat, "Denise Rackham")
    return {
        **FIXED,
        "report": f"{report}?as_of=now",
        "report-capitals": capitals(seat),
        "subject": subject,
        "subject-named": named_only(seat),
        "history": f"{subject}/history",
        "history-one": f"{named_only(seat)}/history",
        "split": split_of(seat, subject),
        "merge": f"{subject}/merge?with={other.rpartition('/')[2]}",
        "register": f"{named_only(seat)}/register",
        "chart": f"/chart?ids={subject.rpartition('/')[2]}",
        "chart-together": f"/chart?ids={subject.rpartition('/')[2]}&together=yes&hops=2",
        "map-subject": f"/map?subject={subject.rpartition('/')[2]}",
        "paths": f"/paths?from={subject.rpartition('/')[2]}&to={other.rpartition('/')[2]}",
    }


def split_of(seat: Seat, subject: str) -> str:
    """What holding the last record of a subject apart would do."""
    page = seat.go(f"{subject}/history")
    return str(page.locator(".lineage-steps > li > p > a[href*='/split']").last.get_attribute("href"))


def first_report(seat: Seat) -> str:
    """The report that everything begins with: the walk-in's first."""
    page = seat.go("/search?q=%22lorry+park%22+lecturer+Farley&as_of=now")
    link = page.locator(".snippets .snippet figcaption a", has_text="The lecturer and the lorry park").first
    return str(link.get_attribute("href")).partition("?")[0]


def subject_of(seat: Seat, name: str) -> str:
    """The subject that a trace of the name finds first."""
    page = seat.go(f"/trace?q={name.replace(' ', '+')}")
    return str(page.locator(".hit .subject a").first.get_attribute("href"))


def named_only(seat: Seat) -> str:
    """A subject that is only named in reports."""
    page = seat.go("/subjects?standing=text&schema=Person")
    return str(page.locator("tbody .subject a").first.get_attribute("href"))


def capitals(seat: Seat) -> str:
    """A report written in capitals throughout, if real news is here; else any."""
    page = seat.go("/reports?channel=open&source=FBIS")
    links = page.locator("tbody td > a")
    return str(links.first.get_attribute("href")) if links.count() else first_report(seat)
