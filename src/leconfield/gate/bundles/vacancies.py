"""What both sides of recruiting share: a vacancy's order, the shape of its words, and what an applicant sends in.

The words of a vacancy are a release of form `vacancy`, cut into sections by headings (`SECTIONS`); its order carries
instants, ids and limits alone. What comes in are three kinds of box, of which no two have anything in common but what
is said here: an application and its withdrawal are tied by a hash; an equality box is tied to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Final

from leconfield.errors import BadInputError, DamagedError

ORDER: Final = "vacancy"
"""The kind of order; `about` is the vacancy's id."""
FORM: Final = "vacancy"
"""The form of the release that holds the words."""
APPLICATION: Final = "application"
EQUALITY: Final = "equality"
WITHDRAWAL: Final = "withdrawal-of-application"
STAGES: Final = ("sift", "work-sample", "conversation", "checks", "decision")
"""What may happen to an application, in this order; the open side has words for each."""
MAX_QUESTIONS: Final = 8
MAX_WORDS: Final = 1_000
"""Words of one answer, whatever an order says."""
CHARACTERS_A_WORD: Final = 20
"""So many characters are allowed for each word of the limit: words of another length are none."""
MAX_MINUTES: Final = 480
"""Of a work sample: a working day."""
MAX_LINE: Final = 200
"""Characters of a name, or of one thing to hide."""
MAX_NOTE: Final = 4_000
"""Characters of what is said about contact, adjustments or things to hide."""
_ID: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_HEX: Final = re.compile(r"[0-9a-f]{64}")
_RELEASE: Final = re.compile(r"[0-9a-f]{16,128}")
_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_WORD: Final = re.compile(r"[^\W_](?:[^\s]*[^\W_])?|[^\s\W]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that is answered in writing; its words stand in the release."""

    id: str
    words: int
    """At most."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A piece of the work itself, done while applying; its words stand in the release."""

    id: str
    minutes: int
    """What it should take; nobody measures it."""
    words: int
    """At most."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of deciding, and the day by which every applicant hears; no day: it is not known yet."""

    id: str
    by: date | None = None


@dataclass(frozen=True, slots=True)
class Vacancy:
    """The machine's half of a vacancy: when it is open, what is answered, and how long an answer may be."""

    id: str
    release: str
    """Id of the release that holds its words."""
    opens: datetime
    closes: datetime
    questions: tuple[Asked, ...]
    sample: Sample | None = None
    stages: tuple[Stage, ...] = ()

    @property
    def limits(self) -> Mapping[str, int]:
        """Words at most by the id of what is answered, in the order in which it is asked; the work sample last."""
        asked = {each.id: each.words for each in self.questions}
        return asked | ({self.sample.id: self.sample.words} if self.sample else {})

    def is_open(self, now: datetime) -> bool:
        """Whether one may apply at that moment."""
        return self.opens <= now < self.closes

    @property
    def body(self) -> dict[str, object]:
        """The body of its order; `vacancy_in` reads it back."""
        return {
            "closes": _instant_written(self.closes),
            "opens": _instant_written(self.opens),
            "questions": [{"id": each.id, "words": each.words} for each in self.questions],
            "release": self.release,
            "sample": [{"id": each.id, "minutes": each.minutes, "words": each.words} for each in _some(self.sample)],
            "stages": [{"by": each.by.isoformat() if each.by else "", "id": each.id} for each in self.stages],
        }


def vacancy_in(about: str, body: Mapping[str, object]) -> Vacancy:
    """The vacancy that an order tells.

    Raises:
        DamagedError: if something is missing, or of another kind.
        BadInputError: if what it says cannot be.
    """
    where = f"vacancy {about}"
    samples = [Sample(_id(each, where), *_numbers(each, where, "minutes", "words")) for each in _list(body, "sample")]
    made = Vacancy(
        about,
        _text(body, "release", where),
        _instant(_text(body, "opens", where), where),
        _instant(_text(body, "closes", where), where),
        tuple(Asked(_id(each, where), *_numbers(each, where, "words")) for each in _list(body, "questions")),
        samples[0] if samples else None,
        tuple(Stage(_id(each, where), _day(each, where)) for each in _list(body, "stages")),
    )
    if fault := fault_in(made):
        raise BadInputError(f"{where}: {fault}")
    return made


def fault_in(vacancy: Vacancy) -> str:
    """Why a vacancy will not do, in words; empty if it will."""
    if _ID.fullmatch(vacancy.id) is None or _RELEASE.fullmatch(vacancy.release) is None:
        return "its id is lower-case letters, digits and -; its release is an id in hexadecimal"
    if vacancy.closes <= vacancy.opens:
        return "it closes before it opens; put the closing moment later"
    if not 0 < len(vacancy.questions) <= MAX_QUESTIONS:
        return f"it asks {len(vacancy.questions)} questions; 1 to {MAX_QUESTIONS} can be asked"
    ids = [each.id for each in vacancy.questions] + [each.id for each in _some(vacancy.sample)]
    if len(set(ids)) < len(ids) or any(_ID.fullmatch(each) is None for each in ids):
        return "what is answered has ids of lower-case letters, digits and -, each once"
    if any(not 0 < each <= MAX_WORDS for each in vacancy.limits.values()):
        return f"an answer has 1 to {MAX_WORDS:,} words"
    if any(not 0 < each.minutes <= MAX_MINUTES for each in _some(vacancy.sample)):
        return f"a work sample takes 1 to {MAX_MINUTES} minutes"
    stages = [each.id for each in vacancy.stages]
    if unknown := next((each for each in stages if each not in STAGES), ""):
        return f'stage "{unknown}": choose among {", ".join(STAGES)}'
    return "" if stages == [each for each in STAGES if each in stages] else "its stages are not in their order"


# What an applicant sends


@dataclass(frozen=True, slots=True)
class Application:
    """What is in a box of kind `application`."""

    vacancy: str
    answers: Mapping[str, str]
    """By the id of the question, or of the work sample."""
    name: str
    """What we may call the applicant; it never reaches an assessor."""
    contact: str = ""
    """How else we may reach him, and what not to do; empty: by the mailbox alone."""
    adjustments: str = ""
    hidden: str = ""
    """What else would tell who he is (schools, employers, places), a thing a line; `blinding` takes it out."""
    place: str = ""
    """Where letters for him are put (64 hexadecimal digits)."""
    key: str = ""
    """The public key that they are sealed to (X25519, raw, 64 hexadecimal digits)."""
    revocation: str = ""
    """SHA-256 (hex) of the token that withdraws it: whoever has the token has the receipt."""

    @property
    def fields(self) -> dict[str, str]:
        """The fields of its box; `application_in` reads them back."""
        asked = {f"answer.{each}": words for each, words in self.answers.items()}
        told = {"adjustments": self.adjustments, "contact": self.contact, "hidden": self.hidden, "key": self.key}
        rest = {"name": self.name, "place": self.place, "revocation": self.revocation, "vacancy": self.vacancy}
        return told | rest | asked


def application_in(fields: Mapping[str, str]) -> Application:
    """The application that the fields of a box tell.

    Raises:
        DamagedError: if a field is missing, unknown, or not what it should be.
    """
    answers = {name.removeprefix("answer."): words for name, words in fields.items() if name.startswith("answer.")}
    plain = {name: words for name, words in fields.items() if not name.startswith("answer.")}
    if plain.keys() != _PLAIN:
        raise DamagedError("application: its fields are not those of an application")
    if any(_ID.fullmatch(each) is None for each in (plain["vacancy"], *answers)):
        raise DamagedError("application: a vacancy or a question has no id such as are given")
    if any(_HEX.fullmatch(plain[each]) is None for each in ("place", "key", "revocation")):
        raise DamagedError("application: its place, key and revocation are 64 hexadecimal digits each")
    return Application(answers=answers, **plain)


def fault_in_application(made: Application, vacancy: Vacancy) -> str:
    """Why an application to this vacancy will not do, in words; empty if it will. Both sides ask it."""
    limits = vacancy.limits
    if made.vacancy != vacancy.id or made.answers.keys() - limits.keys():
        return "it answers what this vacancy does not ask"
    for each, limit in limits.items():
        if fault := fault_in_answer(made.answers.get(each, ""), limit):
            return f"{each}: {fault}"
    if not made.name.strip() or len(made.name) > MAX_LINE:
        return f"name: 1 to {MAX_LINE} characters"
    notes = {"contact": made.contact, "adjustments": made.adjustments, "hidden": made.hidden}
    return next(
        (f"{name}: {MAX_NOTE:,} characters at most" for name, each in notes.items() if len(each) > MAX_NOTE), ""
    )


def fault_in_answer(answer: str, limit: int) -> str:
    """Why an answer will not do, in words; empty if it will."""
    if not answer.strip():
        return "it is not answered yet"
    if (count := word_count(answer)) > limit:
        return f"{count:,} words; {limit:,} at most: take out {count - limit:,}"
    if len(answer) > limit * CHARACTERS_A_WORD:
        return f"{len(answer):,} characters; {limit * CHARACTERS_A_WORD:,} at most"
    return ""


def word_count(text: str) -> int:
    """Words, as an applicant counts them: what stands between spaces and holds a letter or a digit."""
    return sum(1 for each in text.split() if _WORD.search(each))


# Equality


CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "age": ("16-24", "25-34", "35-44", "45-54", "55-64", "65-or-over"),
    "sex": ("female", "male", "another-term"),
    "ethnicity": ("asian", "black", "mixed", "white", "another-group"),
    "disability": ("yes", "no"),
    "orientation": ("bi", "gay-or-lesbian", "straight", "another-term"),
    "religion": ("none", "buddhist", "christian", "hindu", "jewish", "muslim", "sikh", "another-religion"),
    "schooling": ("state-non-selective", "state-selective", "independent", "outside-the-country"),
    "caring": ("children", "adults", "both", "none"),
}
"""What is asked for equality, with the answers that are counted; all may be left, and `rather-not` may be said."""
RATHER_NOT: Final = "rather-not"
ASKED_AT: Final = ("applied", "invited", "appointed")
"""When it is asked. Nothing joins two boxes, so whoever comes further is asked anew, by a page that a letter names."""


@dataclass(frozen=True, slots=True)
class Equality:
    """What is in a box of kind `equality`: no id, no day of its own, nothing in common with an application."""

    vacancy: str
    stage: str = ASKED_AT[0]
    """When it was asked (`ASKED_AT`)."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """By what is asked; what was left is not in it."""

    @property
    def fields(self) -> dict[str, str]:
        """The fields of its box, always all of them and of one length, so that every such box is of one size."""
        asked = {f"answer.{each}": self.answers.get(each, "").ljust(_WIDEST) for each in CHOICES}
        return asked | {"stage": self.stage.ljust(_WIDEST), "vacancy": self.vacancy.ljust(_WIDEST)}


def equality_in(fields: Mapping[str, str]) -> Equality:
    """The equality answers that the fields of a box tell.

    Raises:
        DamagedError: if a field is missing or unknown, or an answer is none of the choices.
    """
    told = {name: words.rstrip(" ") for name, words in fields.items()}
    if told.keys() != {"stage", "vacancy", *(f"answer.{each}" for each in CHOICES)}:
        raise DamagedError("equality: its fields are not those of equality answers")
    answers = {each: told[f"answer.{each}"] for each in CHOICES if told[f"answer.{each}"]}
    if any(choice not in (*CHOICES[each], RATHER_NOT) for each, choice in answers.items()):
        raise DamagedError("equality: an answer is none of the choices")
    if _ID.fullmatch(told["vacancy"]) is None or told["stage"] not in ASKED_AT:
        raise DamagedError("equality: its vacancy or its stage is none")
    return Equality(told["vacancy"], told["stage"], answers)


# Withdrawal


def revocation_of(token: str) -> str:
    """What an application carries so that whoever has the token may withdraw it."""
    return sha256(b"leconfield withdrawal of an application\n" + token.encode()).hexdigest()


def withdrawal_fields(token: str) -> dict[str, str]:
    """The fields of a box that withdraws; `token_in` reads them back."""
    return {"token": token}


def token_in(fields: Mapping[str, str]) -> str:
    """The token in a box that withdraws: the application with `revocation_of` it is meant.

    Raises:
        DamagedError: if it is none.
    """
    if fields.keys() != {"token"} or _HEX.fullmatch(fields["token"]) is None:
        raise DamagedError("withdrawal: it holds a token of 64 hexadecimal digits, and nothing else")
    return fields["token"]


_PLAIN: Final = frozenset(
    {"adjustments", "contact", "hidden", "key", "name", "place", "revocation", "vacancy"},
)
_WIDEST: Final = 40


def _some(sample: Sample | None) -> tuple[Sample, ...]:
    return (sample,) if sample else ()


def _list(body: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    listed = body.get(name)
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise DamagedError(f'vacancy: "{name}" is no list of objects')
    return listed


def _text(told: Mapping[str, object], name: str, where: str) -> str:
    value = told.get(name)
    if not isinstance(value, str):
        raise DamagedError(f'{where}: "{name}" is no text')
    return value


def _id(told: Mapping[str, object], where: str) -> str:
    return _text(told, "id", where)


def _numbers(told: Mapping[str, object], where: str, *names: str) -> list[int]:
    values = [told.get(name) for name in names]
    if any(not isinstance(each, int) or isinstance(each, bool) for each in values):
        raise DamagedError(f"{where}: {', '.join(names)} are whole numbers")
    return [each for each in values if isinstance(each, int)]


def _day(told: Mapping[str, object], where: str) -> date | None:
    written = _text(told, "by", where)
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise DamagedError(f'{where}: "{written[:20]}" is no day; write it as 2026-12-01') from None


def _instant(written: str, where: str) -> datetime:
    try:
        if _INSTANT.fullmatch(written):
            return datetime.fromisoformat(written)
    except ValueError:
        pass
    raise DamagedError(f'{where}: "{written[:30]}" is no moment; write it as 2026-12-01T09:00:00Z')


def _instant_written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
