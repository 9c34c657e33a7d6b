"""Every page of the officers' site, by a name, as found on the desk by walking it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tests.e2e.house import Seat
from tests.e2e.worked_gate import TITLE

TYPOLOGY: Final = "/typologies/attack-planning-network"
LEAVES: Final = "main a[href^='/evidence/out/']"
"""Leads to a schedule that waits at the gate."""
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
    "interest": "/interest",
    "interest-decisions": "/interest/decisions",
    "interest-rules": "/interest/rules",
    "investigations": "/investigations",
    "investigations-open": "/investigations?do=open",
    "investigations-closed": "/investigations?state=closed",
    "grid": "/grid",
    "typologies": "/typologies",
    "typologies-write": "/typologies/write",
    "typology": f"{TYPOLOGY}",
    "typology-compare": f"{TYPOLOGY}/compare",
    "typology-back-test": f"{TYPOLOGY}/back-test",
    "incidents": "/incidents",
    "evidence": "/evidence",
    "exchange": "/exchange",
    "exchange-out": "/exchange/out",
    "exchange-bundle": "/exchange/bundle",
    "exchange-table": "/exchange/table",
    "exchange-waiting": "/exchange/waiting",
    "releases": "/releases",
    "release-new": "/releases/new",
    "gate": "/gate",
    "personas": "/personas",
    "redact": "/redact",
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
        "interest-closed": subject.replace("/subjects/", "/interest/"),
        "interest-close": f"{other.replace('/subjects/', '/interest/')}?act=close",
        "interest-new": f"{named_only(seat).replace('/subjects/', '/interest/')}?act=open",
        "waterfall": f"{TYPOLOGY}/subjects/{subject.rpartition('/')[2]}",
        "back-test-run": back_tested(seat),
        **cases(seat),
        **said_outside(seat),
    }


def said_outside(seat: Seat) -> dict[str, str]:
    """Pages of a draft with a picture, of one that is sealed, of a persona, and of two files that wait at the gate."""
    draft, done = (linked(seat, "/releases", f"tbody a:text-is('{each}')") for each in (TITLE, "For our partners"))
    return {
        "release": draft,
        **{f"release-{each}": f"{draft}/{each}" for each in ("edit", "copies", "leaked", "pictures")},
        "release-withdraw": f"{draft}?act=withdraw",
        "release-sealed": done,
        "picture": linked(seat, f"{draft}/pictures", "main a[href*='/pictures/picture-']"),
        "persona": linked(seat, "/personas", "tbody a[href^='/personas/']"),
        "redact-report": f"/redact?report={first_report(seat).rpartition('/')[2]}",
        "exchange-one": first(seat, "/exchange/waiting"),
        "evidence-out": linked(seat, first(seat, "/investigations").replace("/investigations/", "/evidence/"), LEAVES),
    }


def cases(seat: Seat) -> dict[str, str]:
    """Pages of a lead, an investigation, its evidence, an incident room, a saved chart: of each the first listed."""
    lead, case, room = (first(seat, f"/{each}") for each in ("leads/list", "investigations", "incidents"))
    chart, file = first(seat, "/chart/saved"), case.replace("/investigations/", "/evidence/")
    exhibit, rebuild = (linked(seat, file, each) for each in (f"a[href*='{file}/exhibits/']", "a[href*='/rebuild/']"))
    return {
        "lead": lead,
        "lead-score": f"{lead}/score",
        "case": case,
        **{f"case-{each}": f"{case}?do={each}" for each in ("action", "decide", "link", "priority", "staff", "close")},
        "matrix": f"{case}/hypotheses",
        "matrix-evidence": f"{case}/hypotheses?do=evidence",
        "room": room,
        "room-tell": f"{room}?do=tell",
        "room-settle": f"{room}?do=settle&name=Gareth+Pryce",
        "answer": linked(seat, room, "a[href^='/incidents/answer']"),
        "evidence-file": file,
        **{f"evidence-{each}": f"{file}?do={each}" for each in ("head", "exhibit", "assess")},
        "evidence-serve": f"{file}?do=serve&schedule=mg6d",
        "exhibit": exhibit,
        "exhibit-hand": f"{exhibit}?do=hand",
        "rebuild": rebuild,
        "chart-kept": chart,
    }


def first(seat: Seat, path: str) -> str:
    """The first row of a list."""
    return linked(seat, path, "main tbody tr a[href]")


def linked(seat: Seat, path: str, selector: str) -> str:
    """Where the first link of that kind leads on a page."""
    return str(seat.go(path).locator(selector).first.get_attribute("href"))


def back_tested(seat: Seat) -> str:
    """A back-test that has been run, so that its page has come to rest."""
    path = f"{TYPOLOGY}/back-test?run=yes"
    seat.go(path).locator(".backtest, section > .quiet").first.wait_for()
    return path


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
