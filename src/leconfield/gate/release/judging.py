"""The judge of the house: who could be burnt by the words, and what is left behind in the files, in one verdict.

A verdict stands under the release's label, so it says what everybody may know who may know of the release, and is the
same whoever asks. What only the gate sees makes it red in words that are always the same. What follows from an
officer's own view is told to him beside it, and kept nowhere (`own`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Final

from leconfield.errors import BadInputError
from leconfield.gate.bundles import Content
from leconfield.gate.bundles.content import canonical
from leconfield.gate.exposure import checking
from leconfield.gate.exposure import profile as asking
from leconfield.gate.exposure import service as exposure
from leconfield.gate.exposure.guards import Guards
from leconfield.gate.exposure.model import Action, Text
from leconfield.gate.exposure.model import Verdict as Judged
from leconfield.gate.exposure.published import TOLD, WORDS
from leconfield.gate.files.inspection import CSV, Trace, traces
from leconfield.gate.files.machine import said_in
from leconfield.gate.files.papers import ENDINGS
from leconfield.gate.files.protected import Names
from leconfield.gate.files.reading import words_and_title
from leconfield.gate.files.rows import unnumbered
from leconfield.gate.mosaic.state import PERSONA
from leconfield.gate.release import marks, service
from leconfield.gate.release.forms import TEXT
from leconfield.gate.release.model import NOTHING, Aside, Colour, Release, Verdict
from leconfield.gate.release.sealing import Sealed
from leconfield.gate.release.state import found
from leconfield.ledger import labels
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Question
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View

_SAID: Final = frozenset({"title", TEXT})
"""Where a protected name is a matter of words, and told as such, sentence by sentence."""
_MIDNIGHT: Final = "T00:00:00Z"
_STRICTEST: Final = "public"
"""The audience by which is judged what goes to one that the gate's profile does not know."""


@dataclass(frozen=True, slots=True)
class House:
    """The judge of one release, asked by one officer (a `Judge`)."""

    desk: Desk
    view: View
    release: Release

    def __call__(self, content: Content, files: Mapping[str, bytes]) -> Verdict:
        """The verdict on a content; each time it is asked for is an entry."""
        rules, audience = asking.shipped(), audience_of(content, self.release.aside)
        text = text_of(content, files, self.release.aside, stamp(self.desk.clock())[:10])
        text = replace(text, authors=tuple(sorted(self.release.authors)))
        ears = self._ears()
        under = self.release.label
        told = exposure.answer(self.desk, ears, text, rules, audience, asker=self.view, under=under, offering=False)
        own = _traces(ears, content, files, audience)
        gate = exposure.gate_reader(self.desk)
        whole = _traces(
            self.desk.view(gate, asking=Question("gate check", self.view.reader.name)), content, files, audience
        )
        left = [f"{each.member}: {each.words}" for each in own if not (each.name and each.member in _SAID)]
        said = tuple(dict.fromkeys((*_reasons(told), *left)))
        above = told.refusal or (exposure.REFUSAL if set(whole) - set(own) else "")
        reasons = (*said, above) if above else said
        colour = Colour.RED if whole or own or above else told.colour
        sentences = [[each.number, each.colour.value, each.text] for each in told.verdict.sentences]
        basis = sha256(canonical([sentences, list(reasons), self.release.aside.digest])).hexdigest()
        return Verdict(content.digest, colour, basis, reasons)

    def _ears(self) -> View:
        """What everybody sees who may know of the release."""
        by = self.view.reader
        held = demanded(labels.parse(self.release.label)) & by.tokens
        return self.desk.view(replace(by, tokens=held), asking=Question("gate check", self.release.id))


def demanded(label: labels.Expression) -> labels.Tokens:
    """The tokens that whoever may read what is under the label surely holds."""
    match label:
        case labels.Token(name):
            return frozenset({name})
        case labels.AllOf(parts):
            return frozenset[str]().union(*(demanded(each) for each in parts))
        case labels.AnyOf(parts):
            return frozenset[str].intersection(*(demanded(each) for each in parts))


def check(desk: Desk, view: View, which: str) -> Release:
    """Have the house judge a release as it is now.

    Raises:
        NotFoundError, RefusedError: as `service.check`.
    """
    return service.check(desk, view, which, House(desk, view, found(view, which)))


def seal(desk: Desk, view: View, which: str) -> Sealed:
    """Seal a release by the house's own judge; from then on what it says counts as said, for every later check.

    Raises:
        NotFoundError, RefusedError: as `service.seal`.
    """
    known = found(view, which)
    files = service.files_of(view, known)
    words = "\n\n".join(words_of(each, its_files) for each, its_files in marks.readings(known.content, files))
    persona = {PERSONA: known.aside.persona} if known.aside.persona else {}
    said = Draft(TOLD, known.label, about=audience_of(known.content).name, body={WORDS: words, **persona})
    return service.seal(desk, view, which, House(desk, view, known), beside=[said])


def own(
    view: View, content: Content, files: Mapping[str, bytes], aside: Aside, today: str, *, offering: bool
) -> Judged:
    """How a content stands in an officer's own view: a read, from which nothing above him follows."""
    audience = audience_of(content, aside)
    text = text_of(content, files, aside, today)
    return checking.check(view.world, text, asking.shipped(), audience, offering=offering)


def text_of(content: Content, files: Mapping[str, bytes], aside: Aside, today: str) -> Text:
    """What is to be said, as it is asked about; it is said when the embargo ends, or today (ISO)."""
    day = content.embargo[:10] or today
    names = " ".join(each.name for each in content.members)
    return Text(words_of(content, files), day, names, planned(aside, day), aside.persona, posted_at(content.embargo))


def posted_at(embargo: str) -> str:
    """The moment at which it shows, if an hour was chosen: midnight is how a day is written."""
    return "" if embargo.endswith(_MIDNIGHT) else embargo


def planned(aside: Aside, day: str) -> tuple[Action, ...]:
    """What will be done and seen; what has no day is seen when the rest is said."""
    return tuple(_action(each, day) for each in aside.actions)


def _action(line: str, day: str) -> Action:
    at, _, words = line.partition(" ")
    try:
        return Action(words, date.fromisoformat(at).isoformat())
    except ValueError:
        return Action(line, day)


def audience_of(content: Content, aside: Aside = NOTHING) -> asking.Audience:
    """The audience by which a content is judged."""
    return audience_for(content.audience, aside)


def audience_for(which: str, aside: Aside) -> asking.Audience:
    """An audience as the gate's profile has it, the strictest where it does not, with what it is said to hold."""
    known = asking.shipped()
    audience = known.audience(which if which in known.audiences else _STRICTEST)
    return replace(audience, holds=audience.holds | frozenset(aside.holds))


def words_of(content: Content, files: Mapping[str, bytes]) -> str:
    """All that a content says in words: its title, its texts, its papers."""
    return "\n\n".join(each for each in (content.title, *_members(content, files)) if each.strip())


def _members(content: Content, files: Mapping[str, bytes]) -> Iterator[str]:
    for each in content.members:
        held = files[each.name]
        if each.media_type in ENDINGS:
            try:
                yield unnumbered(words_and_title(held, ""))
            except BadInputError:
                continue  # that it cannot be read is a trace, and red
        elif each.media_type == CSV:
            yield unnumbered(held.decode("utf-8", "replace"))
        elif not each.media_type.startswith("image/"):
            yield said_in(held.decode("utf-8", "replace"))


def _traces(view: View, content: Content, files: Mapping[str, bytes], audience: asking.Audience) -> tuple[Trace, ...]:
    """What is left behind in the files, by what a view guards; words themselves are the business of `exposure`."""
    finder = view.derived(Guards).finder(asking.shipped(), audience)
    names = Names((), lambda text: [each.guarded.form for each in finder.find(text) if each.sure and each.guarded.sure])
    return traces(content, files, names)


def _reasons(told: exposure.Answer) -> Iterator[str]:
    for sentence in told.verdict.sentences:
        yield from (f"sentence {sentence.number}: {each.words}" for each in sentence.reasons)
    yield from (each.words for each in told.verdict.reasons)
