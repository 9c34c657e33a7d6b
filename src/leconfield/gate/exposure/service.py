"""Acts of the gate: who could have known is written down, a draft is checked, and each learns what he may.

The gate reads everything that anybody here may read. The asker is told what follows from his own view, and one thing
besides: whether the draft may go on. Why not is for those who hold what it touches.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from leconfield.errors import BadInputError
from leconfield.gate.exposure.asking import CHECKED, GATE, OFTEN, Asked, Asking, sketch_of, too_often
from leconfield.gate.exposure.checking import MOST_LETTERS, check
from leconfield.gate.exposure.clearing import Clearances
from leconfield.gate.exposure.knowers import NOTED, PEOPLE, knower_in, line_of
from leconfield.gate.exposure.model import Check, Reason, SentenceVerdict, Text, Verdict, gravity
from leconfield.gate.exposure.profile import Audience, Profile
from leconfield.gate.exposure.published import TOLD, WORDS
from leconfield.gate.exposure.reasons import NO_REGISTER
from leconfield.gate.release.model import Colour
from leconfield.ledger import labels
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.labels import Tokens
from leconfield.ledger.model import EntryId, Question, Reader, ReportId
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View

REASONED: Final = "gate reasoned"
"""Kind of entry, for those who hold what a draft touches: how it stands in their view, and why."""
REFERRED: Final = "draft referred"
"""Kind of entry: a draft is refused for what no one view shows; those who hold most must look at it together."""
REFUSAL: Final = (
    "This draft may not go on as it is. Why is not yours to know; whoever holds what it touches was told and will "
    "clear it, reword it or refuse it."
)
"""The same bytes whatever the reason."""
_BY_WORDS: Final = frozenset({Check.LEAK, Check.MOSAIC})
MOST_PEOPLE: Final = 2000
MAX_WORDS: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What the asker is told."""

    verdict: Verdict
    """How the draft stands in his own view."""
    refusal: str
    """`REFUSAL` if it stands worse for reasons above him; empty if not."""

    @property
    def colour(self) -> Colour:
        """How the draft stands."""
        return Colour.RED if self.refusal else self.verdict.colour


def note_knowers(desk: Desk, view: View, report: str, lines: Sequence[str]) -> EntryId:
    """Write down who, besides the source, could have known what a report says; the last word on a report counts.

    `lines`: `a name`, `a crowd|60` (how many) or `a name|1|2026-03-05` (since when they could).

    Raises:
        NotFoundError: if the view has no such report.
        BadInputError: if a line will not do, or there are too many.
        RefusedError: if he looks at the past, or may not write under the report's label.
    """
    refuse_the_past(view)
    about = view.report(report)
    if len(lines) > MOST_PEOPLE:
        raise BadInputError(f"{len(lines)} lines; write {MOST_PEOPLE} at the most, and the others as crowds")
    kept = [knower_in(each) for each in lines if each.strip()]
    body = {PEOPLE: "\n".join(map(line_of, kept))}
    (receipt,) = desk.append(view.reader, [Draft(NOTED, about.label, about=about.id, body=body)])
    return receipt.entry


def note_published(desk: Desk, by: Reader, words: str, label: str, audience: str) -> EntryId:
    """Write down words that left the house: from now on they count in every check of those who see the entry."""
    body = {WORDS: words}
    (receipt,) = desk.append(by, [Draft(TOLD, label, about=audience, body=body)])
    return receipt.entry


def gate_reader(desk: Desk) -> Reader:
    """The gate itself: it holds whatever anybody here holds. Nobody signs in as it."""
    held = frozenset[str]().union(*(each.tokens for each in desk.readers().values()))
    return Reader(GATE, "the gate itself", held)


def lookers(desk: Desk) -> list[Reader]:
    """As whom the gate looks at every draft: as itself, and as each of those who hold most."""
    gate = gate_reader(desk)
    return [gate, *(Reader(gate.name, gate.persona, each) for each in _owners(desk))]


def answer(
    desk: Desk,
    view: View,
    text: Text,
    profile: Profile,
    audience: Audience,
    *,
    asker: View | None = None,
    under: str = "",
    offering: bool = True,
) -> Answer:
    """Check a draft twice, for the gate and for the asker, and tell each what is his; every step is an entry.

    Whoever has asked too often is refused, whatever the draft is, until an owner has looked. `view` is what he is told
    out of; `asker` all that he sees, if that is more: there is counted how often he asked, under whatever label.
    `under`: the label of what he was told; empty: for those who see all that the view does. `offering`: with wordings
    that are safer.

    Raises:
        BadInputError: if the draft is far too long.
        RefusedError: if he looks at the past.
    """
    refuse_the_past(view)
    if len(text.words) > MAX_WORDS:
        raise BadInputError(f"the draft has {len(text.words):,} characters; {MAX_WORDS:,} at the most")
    text = replace(text, words=text.words.encode("utf-8", "replace").decode())
    own = check(view.world, text, profile, audience, offering=offering)
    asked = (asker or view).derived(Asking).by(view.reader.name)
    if too_often(asked, text.words, stamp(desk.clock()), profile):
        _tell_of_asking(desk, view.reader, asked)
        refused = own.colour is not Colour.RED
    else:
        held = (asker or view).reader.tokens
        refused = _referred_or_reasoned(desk, view, own, replace(text, posted=""), profile, audience, held)
    told = Answer(own, REFUSAL if refused else "")
    body = {"digest": own.digest, "audience": audience.name, "colour": told.colour.value}
    if refused:
        body["refused"] = " ".join(sketch_of(text.words))
    by = (asker or view).reader
    desk.append(by, [Draft(CHECKED, under or view.own_label, about=own.digest, body=body)])
    return told


def above(whole: Verdict, own: Verdict, view: View) -> bool:
    """Whether the gate has a reason that the asker does not see himself; of a draft red to him, nothing more is told.

    Neither another sentence's amber nor another reason for it stands for one that he does not see.
    """
    if own.colour is Colour.RED:
        return False
    if gravity(whole.colour) > gravity(own.colour):
        return True
    seen = {_known_as(number, each) for number, each in _reasons(own)}
    return any(
        _known_as(number, each) not in seen or (each.check is not Check.TOPIC and _hidden(view, each))
        for number, each in _reasons(whole)
    )


def _known_as(number: int, reason: Reason) -> tuple[int, Check, str]:
    """What two reasons have in common that are the same to who reads them; of some the words tell what they rest on."""
    return number, reason.check, reason.words if reason.check in _BY_WORDS else ""


def _reasons(verdict: Verdict) -> Iterator[tuple[int, Reason]]:
    yield from ((one.number, each) for one in verdict.sentences for each in one.reasons)
    yield from ((0, each) for each in verdict.reasons)


def _hidden(view: View, reason: Reason) -> bool:
    return any(ReportId(each) not in view.world.reports for each in reason.rests)


def _referred_or_reasoned(
    desk: Desk, view: View, own: Verdict, text: Text, profile: Profile, audience: Audience, held: Tokens
) -> bool:
    """Whether the gate refuses what is its own to know; those who hold it are told why, each in his view.

    `held`: all that the asker holds. To refer a refusal to him would tell him that nobody's view alone shows why.
    """
    gate, asked = gate_reader(desk), Question("gate check", view.reader.name)
    gate_view = desk.view(gate, asking=asked)
    whole = check(gate_view.world, text, profile, audience, offering=False)
    owners = _owners(desk)
    views = (desk.view(Reader(gate.name, gate.persona, each), asking=asked) for each in owners)
    drafts = [
        _reasoned(each, check(each.world, text, profile, audience, offering=False), text, view.reader) for each in views
    ]
    reasoned = [each for each in drafts if each is not None]
    refused = above(whole, own, view)
    if refused and not reasoned:
        others = [each for each in owners if each != held] or owners
        reasoned = [_referred(whole, text, view.reader, each) for each in others]
    desk.append(gate, reasoned)
    return refused or (
        own.colour is not Colour.RED and gate_view.derived(Clearances).refused(own.digest, audience.name, profile)
    )


def _touched(verdict: Verdict) -> bool:
    """Whether a draft touches something that a view holds: not only what it lacks speaks against it."""
    return any(each.check is not Check.UNMATCHED and each.words != NO_REGISTER for _, each in _reasons(verdict))


def _tell_of_asking(desk: Desk, asker: Reader, asked: Sequence[Asked]) -> None:
    """Tell all who hold most that somebody asks too often."""
    now, first = stamp(desk.clock()), asked[0].at if asked else ""
    body = {"asked": str(len(asked)), "since": first}
    drafts = [
        Draft(OFTEN, label, about=asker.name, body=body, key=(asker.name, label, now[:10], first))
        for label in map(_label_of, _owners(desk))
    ]
    desk.append(gate_reader(desk), drafts)


def _owners(desk: Desk) -> list[Tokens]:
    """The largest sets of tokens that anybody holds: between them they see what there is to see."""
    held = {each.tokens for each in desk.readers().values()}
    return sorted((each for each in held if not any(each < other for other in held)), key=sorted)


def _label_of(owner: Tokens) -> str:
    return labels.all_of(str(labels.Token(each)) for each in owner)


def _reasoned(view: View, verdict: Verdict, text: Text, asker: Reader) -> Draft | None:
    """How a draft stands in an owner's view, under his label: a function of his view alone. None if it is no matter."""
    if not _touched(verdict):
        return None
    sentences = [reasoning(each) for each in verdict.sentences if each.colour is not Colour.GREEN]
    whole = [[each.check.value, each.colour.value, each.words] for each in verdict.reasons]
    body = {
        **_asked_for(text, asker),
        "audience": verdict.audience,
        "colour": verdict.colour.value,
        "reasons": json.dumps(whole, ensure_ascii=False),
        "sentences": "\n".join(sentences),
    }
    key = (verdict.digest, asker.name, view.own_label, *body.values())
    return Draft(REASONED, view.own_label, about=verdict.digest, body=body, key=key)


def _referred(whole: Verdict, text: Text, asker: Reader, owner: Tokens) -> Draft:
    label = _label_of(owner)
    body = {**_asked_for(text, asker), "audience": whole.audience}
    return Draft(REFERRED, label, about=whole.digest, body=body, key=(whole.digest, asker.name, label))


def _asked_for(text: Text, asker: Reader) -> dict[str, str]:
    """The draft as it was asked about, so that whoever answers can ask again; of a very long one the beginning."""
    actions = json.dumps([[each.at, each.words] for each in text.actions], ensure_ascii=False)
    return {
        "asker": asker.name,
        "authors": " ".join(sorted({*text.authors, asker.name})),
        "words": text.words[:MOST_LETTERS],
        "written": text.written,
        "file": text.name,
        "persona": text.persona,
        "actions": actions if text.actions else "",
    }


def reasoning(verdict: SentenceVerdict) -> str:
    """Everything that the gate found on one sentence, as JSON."""
    return json.dumps(
        {
            "number": verdict.number,
            "text": verdict.text,
            "colour": verdict.colour.value,
            "reasons": [[each.check.value, each.colour.value, each.words] for each in verdict.reasons],
            "critical": list(verdict.critical),
            "witnesses": [list(each) for each in verdict.witnesses],
            "knowers": verdict.knowers,
            "rests on": [[each.source, each.reference, each.words, each.share] for each in verdict.grounds],
        },
        ensure_ascii=False,
        sort_keys=True,
    )
