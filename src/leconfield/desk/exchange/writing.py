"""A selection as a file, in each of the formats that partners read; ids in it are those of one recipient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from leconfield.desk.exchange.model import FTM, GRAPHML, STIX
from leconfield.desk.exchange.pseudonyms import Pseudonyms
from leconfield.desk.exchange.selection import Selection
from leconfield.desk.exchange.stix_writing import stix_bundle
from leconfield.intake.ftm import of_statements, write_ftm
from leconfield.ledger.ids import Ids
from leconfield.ledger.model import ReportId, Statement, SubjectId
from leconfield.network.exports import Heading, graphml
from leconfield.network.model import Link, Picture
from leconfield.network.rules import link_id
from leconfield.registry.resolution import Partition

_SUBJECT: Final = "subject"


def written(selection: Selection, form: str, ids: Ids, recipient: str) -> bytes:
    """The file in that format; the same selection for the same recipient gives the same bytes."""
    made = Pseudonyms(ids, recipient)
    if form == STIX:
        return stix_bundle(selection, made)
    if form == FTM:
        lines = write_ftm(*of_statements(_renamed(selection, made)))
        return "".join(f"{line}\n" for line in lines).encode(errors="replace")
    heading = Heading(f"{selection.view.marking.words} · for {recipient}", selection.view.moment[:10])
    return graphml(renamed_picture(selection.picture, made), heading)


def unsaid_in(selection: Selection, form: str) -> int:
    """Statements of the selection that the format has no way to say: in FollowTheMoney what is not plain fact."""
    if form == GRAPHML:
        return sum(len(each) for each in selection.said.values())
    if form == STIX:
        return 0
    return sum(each.assertion.polarity != "affirmed" or each.assertion.modality != "actual" for each in _all(selection))


def renamed_picture(picture: Picture, made: Pseudonyms) -> Picture:
    """The picture under the recipient's ids, those of links and reports included."""

    def renamed(which: SubjectId) -> SubjectId:
        return SubjectId(made.of(_SUBJECT, which))

    def link_of(each: Link) -> Link:
        left, right = renamed(each.left), renamed(each.right)
        reports = tuple(sorted(ReportId(made.of("report", one)) for one in each.reports))
        return replace(each, id=link_id(left, each.prop, right), left=left, right=right, reports=reports)

    nodes = sorted((replace(each, id=renamed(each.id)) for each in picture.nodes), key=lambda each: each.id)
    links = sorted((link_of(each) for each in picture.links), key=lambda each: each.id)
    return replace(
        picture, asked=tuple(sorted(renamed(each) for each in picture.asked)), nodes=tuple(nodes), links=tuple(links)
    )


def _all(selection: Selection) -> Iterable[Statement]:
    return (one for said in selection.said.values() for one in said)


def _renamed(selection: Selection, made: Pseudonyms) -> Iterator[Statement]:
    """Every statement under the recipient's ids; a link only where both its ends are in the file."""
    for subject, said in selection.said.items():
        which = SubjectId(made.of(_SUBJECT, subject))
        yield from (replace(each, subject=which) for each in said)
    partition = selection.view.derived(Partition)
    for link in selection.picture.links:
        for each in link.statements:
            left = partition.subject_of(each.subject).id
            right = link.right if left == link.left else link.left
            ends = (made.of(_SUBJECT, left), made.of(_SUBJECT, right))
            yield replace(each, subject=SubjectId(ends[0]), value=ends[1])
