"""What the columns of a call or bank table seem to mean: by how they are headed, then by what stands in them.

A guess is shown with the rows that it makes and changed by hand; nothing is loaded by a guess alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from leconfield.intake.tables.model import LinkMap, MappingError, RecordMap, Row
from leconfield.intake.tables.model import Mapping as TableMapping
from leconfield.intake.tables.values import DATE_ORDERS, ValueProblem, amount_of, date_of
from leconfield.ledger.vocabulary import ACCOUNT, PERSON, PHONE

CALLS: Final = "calls"
PAYMENTS: Final = "payments"
KINDS: Final = {CALLS: "calls between telephones", PAYMENTS: "payments between accounts"}
"""What a row of the table is, to what people call it."""
ROLES: Final[dict[str, dict[str, str]]] = {
    CALLS: {
        "caller": "the number that called",
        "callee": "the number that was called",
        "at": "when: the day, or day and time",
        "clock": "the time of day",
        "seconds": "how long it lasted",
    },
    PAYMENTS: {
        "payer": "the account that paid",
        "payee": "the account that was paid",
        "account": "the account whose statement it is",
        "other": "the account at the other end",
        "payer name": "who holds the account that paid",
        "payee name": "who holds the account that was paid",
        "at": "when: the day, or day and time",
        "clock": "the time of day",
        "amount": "the amount",
        "currency": "the currency",
    },
}
"""By kind of table: what a column can mean, and in words."""
_HEADS: Final[dict[str, dict[str, str]]] = {
    CALLS: {
        "caller": "caller|calling|calling number|calling party|a number|anumber|a party|from|from number|originating"
        "|originating number|origin|msisdn|source|source number|number|subscriber",
        "callee": "callee|called|called number|called party|b number|bnumber|b party|to|to number|dialled|dialed"
        "|dialled number|dialed number|terminating|terminating number|destination|destination number|other party",
        "at": "at|time|date|start|start time|start date|call time|call date|call start|datetime|date time|timestamp",
        "clock": "time|time of day|clock|start time|call time",
        "seconds": "seconds|duration|duration s|duration sec|duration secs|duration seconds|call duration|length|secs",
    },
    PAYMENTS: {
        "payer": "payer|payer account|payer iban|from|from account|from iban|debtor|debtor account|debtor iban|sender"
        "|sender account|sender iban|remitter|ordering account|debit account|source account|originator account",
        "payee": "payee|payee account|payee iban|to|to account|to iban|creditor|creditor account|creditor iban"
        "|beneficiary|beneficiary account|beneficiary iban|recipient|recipient account|receiver|credit account",
        "account": "account|account number|own account|iban|own iban|account no|account iban",
        "other": "counterparty|counterparty account|counterparty iban|other account|contra account|other iban",
        "payer name": "payer name|debtor name|sender name|remitter name|from name",
        "payee name": "payee name|creditor name|beneficiary name|recipient name|receiver name|to name",
        "at": "at|date|time|booking date|value date|transaction date|payment date|datetime|timestamp|posted|when",
        "clock": "time|time of day|transaction time",
        "amount": "amount|sum|value|transaction amount|payment amount|amt",
        "currency": "currency|ccy|cur|currency code",
    },
}
_STATEMENT: Final = ("account", "other", True)
"""An account's own statement: its two ends, and that the sign of the amount says which way it went."""
_PHONE: Final = re.compile(r"\+?\(?\d[\d ().-]{5,20}\d", re.ASCII)
_IBAN: Final = re.compile(r"[A-Z]{2}\d{2}(?: ?[A-Z\d]){10,30}", re.ASCII)
_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?", re.ASCII)
_DAY_FIRST: Final = re.compile(r"(\d{1,2})([/.])(\d{1,2})[/.]\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reading:
    """What each column is taken to mean."""

    kind: str
    roles: Mapping[str, str]
    """Role to column; each role has one column, each column one role."""
    dates: str = next(iter(DATE_ORDERS))
    ibans: bool = True
    """Whether accounts go by IBAN, else by a number of their bank."""

    def role_of(self, column: str) -> str:
        """What the column is taken to mean; empty: it is left alone."""
        return next((role for role, its in self.roles.items() if its == column), "")


def guessed(rows: Sequence[Row]) -> Reading:
    """What the columns seem to mean, from the first rows of a table."""
    columns = list(rows[0].values) if rows else []
    values = {each: [row.values[each] for row in rows if row.values.get(each)] for each in columns}
    readings = [_reading(kind, columns, values) for kind in KINDS]
    return max(readings, key=lambda each: (_complete(each), len(each.roles)))


def mapping_of(reading: Reading, title: str = "") -> TableMapping:
    """The mapping that the reading makes.

    Raises:
        MappingError: if both ends of a call or payment are not named, or a column is named twice.
    """
    roles = reading.roles
    if reading.kind not in KINDS:
        raise MappingError(f'"{reading.kind[:40]}" is no kind of table here; choose {" or ".join(KINDS)}')
    strange = sorted(roles.keys() - ROLES[reading.kind].keys())
    if strange:
        raise MappingError(f'"{strange[0][:40]}" is nothing that a column can mean here')
    left, right, signed = _ends(reading)
    if len(set(roles.values())) < len(roles):
        raise MappingError("one column has two meanings; give each column one")
    prop = "called" if reading.kind == CALLS else "paid"
    of_link = {name: roles.get(name, "") for name in ("at", "seconds", "clock", "amount", "currency")}
    if of_link["clock"] and not of_link["at"]:
        raise MappingError("a time of day says little without its day; name the column with the day")
    if of_link["seconds"] and not of_link["at"]:
        raise MappingError("how long a call lasted says little without when; name the column with its time")
    if of_link["currency"] and not of_link["amount"]:
        raise MappingError("a currency says little without an amount; name the column with the amount")
    link = LinkMap("left", prop, "right", **of_link, signed=signed)
    records, links = [_record("left", left, reading), _record("right", right, reading)], [link]
    for account, column, named in (("left", left, "payer name"), ("right", right, "payee name")):
        if named in roles:
            holder = RecordMap(f"{account} holder", PERSON, ((roles[named], "name"),), (roles[named], column))
            records.append(holder)
            links.append(LinkMap(holder.name, "owner", account))
    return TableMapping(title or KINDS[reading.kind].capitalize(), tuple(records), tuple(links), dates=reading.dates)


def _ends(reading: Reading) -> tuple[str, str, bool]:
    """The columns of both ends, and whether the sign of the amount says which way it went."""
    roles = reading.roles
    pairs = (("caller", "callee", False),) if reading.kind == CALLS else (("payer", "payee", False), _STATEMENT)
    for left, right, signed in pairs:
        if left in roles and right in roles:
            if signed and "amount" not in roles:
                break
            return roles[left], roles[right], signed
    if reading.kind == CALLS:
        raise MappingError("name the column with the number that called and the one with the number that was called")
    raise MappingError(
        "name the columns with the account that paid and the one that was paid; or, of an account's own statement, "
        "with the account, the other one, and an amount whose sign says which way"
    )


def _record(name: str, column: str, reading: Reading) -> RecordMap:
    if reading.kind == CALLS:
        return RecordMap(name, PHONE, ((column, "phone"),), (column,))
    return RecordMap(name, ACCOUNT, ((column, "iban" if reading.ibans else "idNumber"),), (column,))


def _complete(reading: Reading) -> int:
    try:
        mapping_of(reading)
    except MappingError:
        return 0
    return 2 if reading.kind == CALLS or "amount" in reading.roles else 1


def _reading(kind: str, columns: Sequence[str], values: Mapping[str, Sequence[str]]) -> Reading:
    roles: dict[str, str] = {}
    for column in columns:
        for role, heads in _HEADS[kind].items():
            if role not in roles and _plain(column) in heads.split("|") and _fits(kind, role, values[column]):
                roles[role] = column
                break
    for role, test in _SHAPES[kind]:
        free = (each for each in columns if each not in roles.values() and values[each] and _most(values[each], test))
        if role not in roles and (found := next(free, "")):
            roles[role] = found
    if kind == PAYMENTS and {"payer", "payee"} <= roles.keys():
        roles = {role: column for role, column in roles.items() if role not in ("account", "other")}
    accounts = [each for role in ("payer", "payee", "account", "other") for each in values.get(roles.get(role, ""), ())]
    return Reading(kind, roles, _dates(values.get(roles.get("at", ""), ())), not accounts or _most(accounts, _is_iban))


def _fits(kind: str, role: str, values: Sequence[str]) -> bool:
    """Whether a column so headed can mean that, by what stands in it."""
    tests: dict[str, Callable[[str], bool]] = {"at": _is_time, "clock": _is_clock, "amount": _is_amount}
    if kind == CALLS:
        tests |= {"seconds": _is_duration}
    return role not in tests or sum(tests[role](each) for each in values) * 2 >= len(values)


def _plain(column: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", column.lower()).split())


def _most(values: Sequence[str], test: Callable[[str], bool]) -> bool:
    return sum(test(each) for each in values) * 5 >= len(values) * 4


def _is_time(value: str) -> bool:
    for order in DATE_ORDERS:
        try:
            date_of(value, order)
        except ValueProblem:
            continue
        return not value.isdigit()
    return False


def _is_clock(value: str) -> bool:
    return bool(_CLOCK.fullmatch(value))


def _is_duration(value: str) -> bool:
    return value.isdigit() or _is_clock(value)


def _is_amount(value: str) -> bool:
    try:
        amount_of(value)
    except ValueProblem:
        return False
    return True


def _is_iban(value: str) -> bool:
    return bool(_IBAN.fullmatch(value.upper()))


def _is_phone(value: str) -> bool:
    return bool(_PHONE.fullmatch(value)) and not _is_time(value)


_SHAPES: Final[dict[str, tuple[tuple[str, Callable[[str], bool]], ...]]] = {
    CALLS: (("caller", _is_phone), ("callee", _is_phone), ("at", _is_time)),
    PAYMENTS: (("payer", _is_iban), ("payee", _is_iban), ("at", _is_time)),
}
"""Roles that a column without a telling head gets by its values, in the order of the columns."""


def _dates(values: Sequence[str]) -> str:
    """How the dates are written: what has a thirteenth day first or second decides, else the day comes first."""
    found = [match for each in values if (match := _DAY_FIRST.match(each))]
    if not found:
        return "YYYY-MM-DD"
    if found[0][2] == ".":
        return "DD.MM.YYYY"
    return "MM/DD/YYYY" if any(int(each[3]) > 12 for each in found) else "DD/MM/YYYY"
