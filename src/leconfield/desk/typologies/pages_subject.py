"""Why a typology speaks to a subject: a waterfall, and every reason with the sentences that it is read from."""

from __future__ import annotations

from starlette.responses import Response

from leconfield.desk.suggestions import Reason
from leconfield.desk.typologies.catalogue import Catalogue
from leconfield.desk.typologies.explaining import reasons
from leconfield.desk.typologies.matching import Reading
from leconfield.desk.typologies.raising import today
from leconfield.desk.typologies.scorable import scorable_facts
from leconfield.desk.typologies.scoring import assess, score_of
from leconfield.ledger.model import StatementId
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import SCHEMATA
from leconfield.registry.chips import address_of, chip, name_of, snippet_of
from leconfield.registry.lookup import is_held, subject_at
from leconfield.web.values import Bar, Snippet
from leconfield.web.visit import Visit


def waterfall_url(typology: str, subject: str) -> str:
    """Where the waterfall of a subject is."""
    return f"/typologies/{typology}/subjects/{subject}"


def waterfall(visit: Visit) -> Response:
    """One subject by one typology, with every reason one click from its report."""
    which = visit.part("typology")
    view = visit.view("typology of subject", f"{which} {visit.part('id')}")
    catalogue = view.derived(Catalogue)
    versions = catalogue.versions(which)
    subject = subject_at(view, visit.part("id"))
    asked = visit.asked("version")
    version = catalogue.version(which, asked) if asked else catalogue.in_force(which) or versions[-1]
    found: tuple[Reason, ...] = ()
    if is_held(view, subject):
        assessed = assess(Reading(version.typology), scorable_facts(view.world, subject.id))
        found = reasons(version.typology, score_of(version.typology, assessed, today(view)))
    shown = [_shown(view, each) for each in found]
    bits = sum(each.bits for each in found)
    return visit.page(
        "desk/typology_subject.html",
        typology=version.typology,
        version=version,
        chip=chip(view, subject),
        name=name_of(subject),
        url=address_of(subject),
        about=subject.schema in version.typology.subjects,
        people=" or ".join(SCHEMATA[each] for each in version.typology.subjects),
        bars=[Bar(each.words, each.bits, each.detail, snippets[0].url if snippets else "") for each, snippets in shown],
        reasons=[(each, snippets) for each, snippets in shown if snippets],
        bits=bits,
        above=bits >= version.typology.threshold,
        others=[
            (one.typology, waterfall_url(one.typology.id, subject.id))
            for one in catalogue.all_in_force()
            if one.typology.id != which and subject.schema in one.typology.subjects
        ],
    )


def _shown(view: View, reason: Reason) -> tuple[Reason, list[Snippet]]:
    """The sentences behind a reason, each once."""
    found: dict[str, Snippet] = {}
    for each in reason.statements:
        snippet = _snippet(view, each)
        if snippet is not None:
            found.setdefault(snippet.url, snippet)
    return reason, list(found.values())


def _snippet(view: View, statement: StatementId) -> Snippet | None:
    said = view.statement(statement)
    report = view.world.reports.get(said.report)
    return snippet_of(report, said.start, said.end) if report else None
