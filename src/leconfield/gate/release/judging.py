"""The judge of the house: who could be burnt by the words, and what is left behind in the files, in one verdict.

Whoever asks is told what follows from his own view. What only the gate sees makes the verdict red in words that are
always the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from leconfield.errors import BadInputError
from leconfield.gate.bundles import Content
from leconfield.gate.bundles.content import canonical
from leconfield.gate.exposure import profile as asking
from leconfield.gate.exposure import service as exposure
from leconfield.gate.exposure.guards import Guards
from leconfield.gate.exposure.model import Text
from leconfield.gate.exposure.published import TOLD, WORDS
from leconfield.gate.files.inspection import Trace, traces
from leconfield.gate.files.papers import ENDINGS
from leconfield.gate.files.protected import Names
from leconfield.gate.files.reading import words_and_title
from leconfield.gate.release import marks, service
from leconfield.gate.release.model import Colour, Verdict
from leconfield.gate.release.sealing import Sealed
from leconfield.gate.release.state import found
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Question
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View

_STRICTEST: Final = "public"
"""The audience by which is judged what goes to one that the gate's profile does not know."""


@dataclass(frozen=True, slots=True)
class House:
    """The judge, as one officer may hear it (a `Judge`)."""

    desk: Desk
    view: View

    def __call__(self, content: Content, files: Mapping[str, bytes]) -> Verdict:
        """The verdict on a content; each time it is asked for is an entry."""
        rules, audience = asking.shipped(), audience_of(content)
        day = content.embargo[:10] or stamp(self.desk.clock())[:10]
        text = Text(words_of(content, files), day, " ".join(each.name for each in content.members))
        told = exposure.answer(self.desk, self.view, text, rules, audience)
        own = _traces(self.view, content, files, audience)
        gate = exposure.gate_reader(self.desk)
        whole = _traces(
            self.desk.view(gate, asking=Question("gate check", self.view.reader.name)), content, files, audience
        )
        said = tuple(dict.fromkeys((*_reasons(told), *(f"{each.member}: {each.words}" for each in own))))
        above = told.refusal or (exposure.REFUSAL if set(whole) - set(own) else "")
        reasons = (*said, above) if above else said
        colour = Colour.RED if whole or own or above else told.colour
        sentences = [[each.number, each.colour.value, each.text] for each in told.verdict.sentences]
        basis = sha256(canonical([sentences, list(reasons)])).hexdigest()
        return Verdict(content.digest, colour, basis, reasons)


def seal(desk: Desk, view: View, which: str) -> Sealed:
    """Seal a release by the house's own judge; from then on what it says counts as said, for every later check.

    Raises:
        NotFoundError, RefusedError: as `service.seal`.
    """
    known = found(view, which)
    files = service.files_of(view, known)
    words = "\n\n".join(words_of(each, its_files) for each, its_files in marks.readings(known.content, files))
    said = Draft(TOLD, known.label, about=audience_of(known.content).name, body={WORDS: words})
    return service.seal(desk, view, which, House(desk, view), beside=[said])


def audience_of(content: Content) -> asking.Audience:
    """The audience by which a content is judged: the strictest where the gate's profile does not know its own."""
    known = asking.shipped()
    return known.audience(content.audience if content.audience in known.audiences else _STRICTEST)


def words_of(content: Content, files: Mapping[str, bytes]) -> str:
    """All that a content says in words: its title, its texts, its papers."""
    return "\n\n".join(each for each in (content.title, *_members(content, files)) if each.strip())


def _members(content: Content, files: Mapping[str, bytes]) -> Iterator[str]:
    for each in content.members:
        held = files[each.name]
        if each.media_type in ENDINGS:
            try:
                yield words_and_title(held, "")
            except BadInputError:
                continue  # that it cannot be read is a trace, and red
        elif not each.media_type.startswith("image/"):
            yield held.decode("utf-8", "replace")


def _traces(view: View, content: Content, files: Mapping[str, bytes], audience: asking.Audience) -> tuple[Trace, ...]:
    """What is left behind in the files, by what a view guards; words themselves are the business of `exposure`."""
    finder = view.derived(Guards).finder(asking.shipped(), audience)
    names = Names((), lambda text: [each.guarded.form for each in finder.find(text) if each.sure])
    return traces(content, files, names)


def _reasons(told: exposure.Answer) -> Iterator[str]:
    for sentence in told.verdict.sentences:
        yield from (f"sentence {sentence.number}: {each.words}" for each in sentence.reasons)
    yield from (each.words for each in told.verdict.reasons)
