"""What an owner does about a draft: note who could have known, clear, reword, refuse; each step is an entry.

He acts on what his own view shows. A wording is a deliberate disclosure by a named person; a refusal reaches the author
in words that are always the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from leconfield.errors import BadInputError, RefusedError
from leconfield.gate.exposure import service as exposure
from leconfield.gate.exposure.asking import ANEW, CHECKED
from leconfield.gate.exposure.checking import check
from leconfield.gate.exposure.clearing import CLEARED, REFUSED
from leconfield.gate.exposure.knowers import knower_in
from leconfield.gate.exposure.model import CLEARABLE, SentenceVerdict, Verdict, worst
from leconfield.gate.exposure.profile import Audience, Profile, shipped
from leconfield.gate.owning.state import LOOKED, REWORDED, SETTLED, TOLD, Case, found, often
from leconfield.gate.release.model import Colour
from leconfield.ledger import labels
from leconfield.ledger.acting import in_words, refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Question
from leconfield.ledger.view import View

MOST_WORDS: Final = 2_000
"""Characters of a reason, and of a wording."""


def verdict(view: View, case: Case) -> Verdict:
    """How the draft stands by now in this view, with what was cleared and noted since."""
    return check(view.world, case.text, *_rules(case), offering=False)


def supposed(view: View, case: Case, report: str, lines: Sequence[str]) -> Verdict:
    """How it would stand if these could have known what a report says: nothing is written down.

    Raises:
        NotFoundError: if the view has no such report.
        BadInputError: if a line will not do.
    """
    about = view.report(report)
    people = tuple(knower_in(each) for each in lines if each.strip())
    return check(view.world, case.text, *_rules(case), offering=False, supposed={about.id: people})


def tried(view: View, case: Case, number: int, words: str) -> Verdict:
    """How the draft would stand, in this view, with another sentence in that one's place.

    Raises:
        BadInputError: if it has no such sentence.
    """
    text = replace(case.text, words=_with(case, sentence_of(verdict(view, case), number), words))
    return check(view.world, text, *_rules(case), offering=False)


def colour_of(stood: SentenceVerdict, tried_out: Verdict, words: str) -> Colour:
    """The colour of a wording that stands in a sentence's place."""
    end = stood.start + len(words)
    return worst(*(each.colour for each in tried_out.sentences if each.start < end and stood.start < each.end))


def note(desk: Desk, view: View, which: str, report: str, lines: Sequence[str]) -> None:
    """Write down who else could have known what a report says; if all is well then, the case is settled.

    Raises:
        NotFoundError, BadInputError, RefusedError: as `exposure.note_knowers`, and if he may not answer for the draft.
    """
    case = _answerable(view, which)
    exposure.note_knowers(desk, view, report, lines)
    _settle_if_green(desk, view, case, "who could have known was written down")


def clear(desk: Desk, view: View, which: str, number: int, what: str, *, reason: str) -> None:
    """Clear a reason on a sentence, for all that this view shows of it.

    Raises:
        NotFoundError: if the gate asks nothing of the kind.
        RefusedError: if he may not, or it is a reason that nobody clears.
        BadInputError: if the reason in his words is missing, or the gate's reason does not stand any more.
    """
    case = _answerable(view, which)
    said = in_words(reason, "your reason", MOST_WORDS)
    if what not in {each.value for each in CLEARABLE}:
        raise RefusedError(f'nobody clears "{what[:60]}": change what is said, or note who else could have known')
    sentence = sentence_of(verdict(view, case), number)
    reasons = [each for each in sentence.reasons if each.check.value == what]
    if not reasons:
        raise BadInputError(f'sentence {number} is not held up by "{what}" any more; look at it as it is now')
    reports = sorted({report for each in reasons for report in each.rests})
    body = {
        **_on(case, view),
        "sentence": sentence.text,
        "number": str(number),
        "check": what,
        "reports": " ".join(reports),
        "reason": said,
    }
    desk.append(view.reader, [Draft(CLEARED, view.own_label, about=case.digest, body=body)])
    _settle_if_green(desk, view, case, "every reason was cleared")


def reword(desk: Desk, view: View, which: str, number: int, *, words: str, reason: str) -> None:
    """Write another sentence for the author: what it says, he is told by whoever writes it.

    Raises:
        NotFoundError: if the gate asks nothing of the kind.
        RefusedError: if he may not, the wording is red itself, or he and the author hold nothing in common.
        BadInputError: if words or reason are missing, or there is no such sentence.
    """
    case = _answerable(view, which)
    instead, said = in_words(words, "the wording", MOST_WORDS), in_words(reason, "your reason", MOST_WORDS)
    stood = sentence_of(verdict(view, case), number)
    if colour_of(stood, tried(view, case, number, instead), instead) is Colour.RED:
        raise RefusedError("this wording is red itself: it would give away what the sentence did; say less in it")
    label = shared_label(desk, view, case)
    told = {"asker": case.asker, "audience": case.audience, "number": str(number), "sentence": stood.text}
    settled = {**_on(case, view), "sentence": stood.text, "reason": f"reworded: {said}"}
    drafts = [
        Draft(REWORDED, label, about=case.digest, body={**told, "words": instead}),
        Draft(SETTLED, view.own_label, about=case.digest, body=settled),
    ]
    desk.append(view.reader, drafts)


def refuse(desk: Desk, view: View, which: str, *, reason: str) -> None:
    """Refuse the draft: the author is told that, and no more; the reason stays with those who hold what the owner does.

    Raises:
        NotFoundError: if the gate asks nothing of the kind.
        RefusedError: if he may not.
        BadInputError: if the reason is missing.
    """
    case = _answerable(view, which)
    said = in_words(reason, "your reason", MOST_WORDS)
    desk.append(
        view.reader, [Draft(REFUSED, view.own_label, about=case.digest, body={**_on(case, view), "reason": said})]
    )
    gate = exposure.gate_reader(desk)
    told = [
        Draft(TOLD, label, about=case.digest, key=(case.digest, label))
        for label in _asked_under(desk, view, case.asker, case.digest)
    ]
    desk.append(gate, told)


def settle(desk: Desk, view: View, which: str) -> None:
    """Say that nothing is left to answer: what stood against the draft in this view has gone.

    Raises:
        NotFoundError: if the gate asks nothing of the kind.
        RefusedError: if he may not, or something still stands against it.
    """
    case = _answerable(view, which)
    if verdict(view, case).colour is not Colour.GREEN:
        raise RefusedError("something still stands against it in your view; look at it as it is now")
    body = {**_on(case, view), "reason": "nothing stands against it any more"}
    desk.append(view.reader, [Draft(SETTLED, view.own_label, about=case.digest, body=body)])


def count_anew(desk: Desk, view: View, asker: str, *, reason: str) -> None:
    """Let somebody who asked too often ask again: what he asked before counts no more.

    Raises:
        RefusedError: if he may not, or it is himself.
        BadInputError: if the reason is missing, or nobody by that name asks too often.
    """
    _role(view)
    said = in_words(reason, "your reason", MOST_WORDS)
    if asker == view.reader.name:
        raise RefusedError("nobody lets himself ask again; ask another who holds what you do")
    if asker not in {each.asker for each in often(view)}:
        raise BadInputError(f'"{asker[:40]}" has not asked too often; somebody else has looked already')
    desk.append(view.reader, [Draft(LOOKED, view.own_label, about=asker, body={"reason": said})])
    drafts = [Draft(ANEW, label, about=asker) for label in _asked_under(desk, view, asker)]
    desk.append(exposure.gate_reader(desk), drafts)


def shared_label(desk: Desk, view: View, case: Case) -> str:
    """All that both the author and the owner hold: the label under which a wording crosses.

    Raises:
        RefusedError: if there is nothing that both hold.
    """
    author = desk.readers().get(case.asker)
    common = author.tokens & view.reader.tokens if author else frozenset[str]()
    if not common:
        raise RefusedError("he holds nothing that you hold: there is no label under which it could reach him")
    return labels.all_of(str(labels.Token(each)) for each in common)


def sentence_of(stood: Verdict, number: int) -> SentenceVerdict:
    """The sentence of that number.

    Raises:
        BadInputError: if there is none.
    """
    known = next((each for each in stood.sentences if each.number == number), None)
    if known is None:
        raise BadInputError(f"the draft has no sentence {number}; it has {len(stood.sentences)}")
    return known


def hindrance(view: View, case: Case) -> str:
    """Why the reader may not answer for a draft; empty if he may."""
    if not view.reader.roles & shipped().clears:
        return f"that takes the role {' or '.join(sorted(shipped().clears))}, which you do not hold"
    if view.reader.name in case.authors:
        return "nobody answers for what he wrote or asked about himself; it waits for another who holds what you do"
    return ""


def _answerable(view: View, which: str) -> Case:
    refuse_the_past(view)
    case = found(view, which)
    if fault := hindrance(view, case):
        raise RefusedError(fault)
    if not case.whole:
        raise RefusedError("the draft is too long to be asked about again; have it cut into parts")
    return case


def _role(view: View) -> None:
    refuse_the_past(view)
    if not view.reader.roles & shipped().clears:
        raise RefusedError(f"that takes the role {' or '.join(sorted(shipped().clears))}, which you do not hold")


def _rules(case: Case) -> tuple[Profile, Audience]:
    profile = shipped()
    return profile, profile.audience(case.audience)


def _with(case: Case, stood: SentenceVerdict, words: str) -> str:
    return f"{case.text.words[: stood.start]}{words}{case.text.words[stood.end :]}"


def _on(case: Case, view: View) -> dict[str, str]:
    return {
        "asker": case.asker,
        "audience": case.audience,
        "authors": " ".join(sorted(case.authors)),
        "roles": " ".join(sorted(view.reader.roles)),
    }


def _settle_if_green(desk: Desk, view: View, case: Case, why: str) -> None:
    now = desk.view(view.reader, asking=Question("gate case", case.id))
    if verdict(now, case).colour is Colour.GREEN:
        body = {**_on(case, view), "reason": why}
        desk.append(view.reader, [Draft(SETTLED, view.own_label, about=case.digest, body=body)])


def _asked_under(desk: Desk, view: View, asker: str, digest: str = "") -> list[str]:
    """The labels under which somebody asked: the gate knows them, an owner need not."""
    gate = desk.view(exposure.gate_reader(desk), asking=Question("gate answer", view.reader.name))
    asked = gate.entries(kind=CHECKED, about=digest) if digest else gate.entries(kind=CHECKED)
    return sorted({each.label for each in asked if each.by == asker})
