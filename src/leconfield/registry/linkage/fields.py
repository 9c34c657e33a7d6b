"""What the columns of a table are: guessed from their names and contents, or said by a mapping."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from leconfield.errors import BadInputError
from leconfield.registry.linkage.terms import (
    ALONE,
    CATEGORY,
    CODE,
    DATE,
    NAME,
    NO_KEY,
    TEXT,
    WITH_ANOTHER,
    Layout,
)

PARTS: Final = 6
"""How many parts of a name are compared."""
IGNORED: Final = "ignore"
ROLES: Final[Mapping[str, tuple[int, int]]] = {
    "name": (NAME, WITH_ANOTHER),
    "birth": (DATE, WITH_ANOTHER),
    "date": (DATE, WITH_ANOTHER),
    "postcode": (CODE, WITH_ANOTHER),
    "phone": (CODE, ALONE),
    "email": (CODE, ALONE),
    "identifier": (CODE, ALONE),
    "number": (CODE, NO_KEY),
    "place": (TEXT, WITH_ANOTHER),
    "address": (TEXT, WITH_ANOTHER),
    "text": (TEXT, WITH_ANOTHER),
    "occupation": (CATEGORY, NO_KEY),
    "sex": (CATEGORY, NO_KEY),
    "category": (CATEGORY, NO_KEY),
}
"""What a column can be said to be: how its values are compared, and whether they bring records together."""
SURE: Final = frozenset({"identifier"})
"""What a person has one of: records that are apart in it contradict each other. Dates of birth are too often guessed:
held to be sure, they cost six of a hundred true pairs among a quarter of a million historical figures with errors."""
TRUTHS: Final = frozenset(
    {"cluster", "label", "truth", "entity_id", "cluster_id", "true_id", "ground_truth", "match_id"}
)
"""Names of columns that hold the answer: never used."""

_GUESSES: Final[tuple[tuple[str, str], ...]] = (
    (r"e_?mail", "email"),
    (r"(phone|telephone|mobile|cell|fax|msisdn|^tel)", "phone"),
    (r"(post_?code|zip|postal|plz|^cap$)", "postcode"),
    (
        r"(ssn|soc_?sec|social_?sec|passport|national_?id|tax_?id|nhs|nino|licen[cs]e|^nif|^dni|id_?card|account|iban)",
        "identifier",
    ),
    (r"(street|house|building|flat|apartment|unit)_?(no|nr|num|number)$", "number"),
    (r"(birth|born|dob).*(place|city|town|country)|(place|city|town|country).*(birth|born)|pob$", "place"),
    (r"(dob|birth|born)(?!.*(place|city|town|country))", "birth"),
    (r"(street|address|addr|road)", "address"),
    (r"(suburb|city|town|place|village|county|district|municipality|region|location|locality|parish)", "place"),
    (r"(^|_)(sex|gender)($|_)", "sex"),
    (r"(occupation|profession|job|trade|title$)", "occupation"),
    (r"(state|province|country|nationality|language|status|type|category|class)", "category"),
    (r"(^|_)(date|day)($|_)", "date"),
    (r"(name|forename|surname|alias|initials|^first$|^last$|^middle$|^given$|^family$)", "name"),
)
_DATE: Final = re.compile(r"\s*(\d{4}[-/.]?\d{2}[-/.]?\d{2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})\s*")
_DIGITS: Final = re.compile(r"[^a-z]*\d[^a-z]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that rows are compared by: a name may come from several columns, everything else from one."""

    name: str
    role: str
    columns: tuple[str, ...]
    first: int
    """Its first column in an encoded row."""

    @property
    def kind(self) -> int:
        """How its values are compared."""
        return ROLES[self.role][0]

    @property
    def width(self) -> int:
        """How many columns of an encoded row it takes."""
        return PARTS if self.kind == NAME else 1


@dataclass(frozen=True, slots=True)
class Plan:
    """The fields of a table, and the columns that are not used."""

    fields: tuple[Field, ...]
    unused: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many columns an encoded row has."""
        return sum(each.width for each in self.fields)

    @property
    def layout(self) -> Layout:
        """The same for compiled code."""
        return Layout(
            np.array([each.kind for each in self.fields], np.int8),
            np.array([each.first for each in self.fields], np.int32),
            np.array([each.width for each in self.fields], np.int32),
            np.array([ROLES[each.role][1] for each in self.fields], np.int8),
            np.array([each.role in SURE for each in self.fields], np.int8),
        )

    @property
    def words(self) -> str:
        """The plan as a line for people."""
        used = "; ".join(f"{each.role}: {', '.join(each.columns)}" for each in self.fields)
        return f"compared by {used}" + (f"; not used: {', '.join(self.unused)}" if self.unused else "")


def plan(roles: Mapping[str, str]) -> Plan:
    """The plan in which each column has that role; all columns of names make one field.

    Raises:
        BadInputError: if a role is none of ours, or nothing is left to compare.
    """
    for column, role in roles.items():
        if role not in ROLES and role != IGNORED:
            raise BadInputError(
                f'column "{column}": "{role}" is nothing a column can be; use {", ".join(ROLES)}, ignore'
            )
    used = {column: role for column, role in roles.items() if role != IGNORED}
    if not used:
        raise BadInputError(
            "no column is left to compare; say what the columns are with --columns, e.g. full_name=name"
        )
    groups = [("name", "name", tuple(column for column, role in used.items() if role == "name"))]
    groups += [(column, role, (column,)) for column, role in used.items() if role != "name"]
    fields: list[Field] = []
    for name, role, columns in groups:
        if columns:
            fields.append(Field(name, role, columns, sum(each.width for each in fields)))
    return Plan(tuple(fields), tuple(column for column, role in roles.items() if role == IGNORED))


def guess(columns: Mapping[str, Sequence[str | None]], id_column: str, said: Mapping[str, str] | None = None) -> Plan:
    """What each column is, from its name, else from a sample of its values; what is said goes before guesses.

    Raises:
        BadInputError: if something is said of a column that is not there, or nothing is left to compare.
    """
    said = said or {}
    for column in said:
        if column not in columns:
            raise BadInputError(f'there is no column "{column}"; the columns are {", ".join(columns)}')
    roles: dict[str, str] = {}
    for column, sample in columns.items():
        if column == id_column:
            continue
        roles[column] = said.get(column) or _guess_one(column, [each for each in sample if each and each.strip()])
    return plan(roles)


def _guess_one(column: str, sample: Sequence[str]) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", column).lower()).strip("_")
    if plain in TRUTHS or len(set(sample)) < 2:
        return IGNORED
    role = next((role for pattern, role in _GUESSES if re.search(pattern, plain)), "")
    if role in {"birth", "date"}:
        return role if _share(_DATE, sample) > 0.2 or _years(sample) else "category"
    return role or _by_contents(plain, sample)


def _by_contents(plain: str, sample: Sequence[str]) -> str:
    """What a column of no telling name is: near-unique text tells nothing, few values are a category."""
    if _share(_DATE, sample) > 0.8:
        return "date"
    distinct = len(set(sample)) / len(sample)
    if distinct > 0.98 and (plain.endswith("id") or plain in {"row", "index", "no", "key", "record"}):
        return IGNORED
    if sum("@" in each for each in sample) > 0.8 * len(sample):
        return "email"
    if len(set(sample)) <= 64 or distinct < 0.005:
        return "category"
    if _share(_DIGITS, sample) > 0.8:
        return "number"
    return "text"


def _share(pattern: re.Pattern[str], sample: Sequence[str]) -> float:
    return sum(pattern.fullmatch(each) is not None for each in sample) / max(1, len(sample))


def _years(sample: Sequence[str]) -> bool:
    return _share(re.compile(r"\s*\d{4}(\.0)?\s*"), sample) > 0.5
