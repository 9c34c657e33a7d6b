"""Incidents: attacks, bombings, kidnappings ... that a report tells of, with who, whom, what with, when, where.

The report is cut into sentences; linear classifiers say what the report and each sentence tell of; a tagger finds
spans that may fill a role; boosted trees rank them, decide the kinds and tell one incident from the next; rules add
stage, time, place and assertion. A pure function of the text, its date and the weights that ship with the package.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from leconfield.intake.extraction.incidents.judge import outlines
from leconfield.intake.extraction.incidents.lexicon import lexicon
from leconfield.intake.extraction.incidents.reading import Pages, parts, report_terms, tag, tell
from leconfield.intake.extraction.incidents.telling import incident_of
from leconfield.intake.extraction.incidents.weights import tagger, weights
from leconfield.intake.extraction.incidents.when import written_on
from leconfield.intake.extraction.model import Incident

__all__ = ["find_incidents", "incidents_record", "templates"]


def find_incidents(text: str, written: str = "") -> tuple[Incident, ...]:
    """The incidents a report tells of; `written` is the date it bears (ISO), against which "yesterday" is resolved."""
    stretches = parts(text.encode("utf-8", "replace").decode())  # the tagger takes no half characters
    if not stretches:
        return ()
    day = written_on(stretches[0].low, written)
    return tuple(incident for pages in stretches for incident in _of(pages, day))


def _of(pages: Pages, day: date | None) -> list[Incident]:
    lex = lexicon()
    if not any(lex.triggers.get(word) in lex.kinds for word in pages.counts):
        return []  # not one word of violence
    learnt = weights()
    about = learnt.reports.probabilities(report_terms(pages))
    if about[-1] < learnt.knobs["gate"]:
        return []
    reading = tag(pages, about, tell(pages, learnt.sentences), learnt.clusters, tagger())
    return [incident_of(reading, outline, learnt.grades, day) for outline in outlines(reading, learnt)]


def templates(incidents: Iterable[Incident]) -> list[dict[str, object]]:
    """Incidents as the answer templates of MUC-4's five string roles and the type of incident."""
    return [
        {
            "incident_type": found.kind,
            "PerpInd": [[filler.text] for filler in found.perpetrators],
            "PerpOrg": [[filler.text] for filler in found.organisations],
            "Target": [[filler.text] for filler in found.targets],
            "Victim": [[filler.text] for filler in found.victims],
            "Weapon": [[filler.text] for filler in found.weapons],
        }
        for found in incidents
    ]


def incidents_record(id: str, text: str) -> dict[str, object]:  # noqa: A002 - the key that callers give
    """One report's templates as a line of output: `{"docid", "templates"}`."""
    return {"docid": id, "templates": templates(find_incidents(text))}
