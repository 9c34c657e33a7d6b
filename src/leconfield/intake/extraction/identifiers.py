"""Identifiers by grammar and checksum: telephone, e-mail, handle, URL, plate, IBAN, address, money, references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

import phonenumbers
from stdnum import iban

from leconfield.intake.extraction.coordinates import coordinates
from leconfield.intake.extraction.dates import dates
from leconfield.intake.extraction.reading import (
    ADDRESS,
    EMAIL,
    HANDLE,
    IBAN,
    MONEY,
    PHONE,
    PLATE,
    REFERENCE,
    URL,
    Reading,
    apart,
    reading,
)

_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,6}[^\W\d_]{2,24}(?![\w-])")
_URL: Final = re.compile(r"\b(?:https?://|www\.)[^\s<>\"“”]{3,300}", re.IGNORECASE)
_HANDLE: Final = re.compile(r"(?<![\w@.+/-])@[A-Za-z_]\w{1,29}(?!\.?\w|@)")
_PHONE: Final = re.compile(
    r"(?<![\w.,/£$€@:-])(?P<number>(?:\+|00)?\(?\d(?:[\s().\-‐–]{0,2}\d){5,15})(?![\w@]|[.,/:-]\d)"
)
_PHONE_CUE: Final = re.compile(
    r"(?:phone|telephone|mobile|cell|tel|fax|number|whatsapp|signal|msisdn|handset|burner|rang|called|call|texted|"
    r"contact)\w*[\s:.(]*(?:is |was |number |no |on |to |of |at )*[\s:]*$",
    re.IGNORECASE,
)
_AMERICAN: Final = re.compile(r"\(?[2-9]\d\d\)?[ .-][2-9]\d\d[.-]\d{4}")
_PLATE: Final = re.compile(
    r"\b(?:[A-HJ-PR-Y][A-HJ-PR-Y]\d\d ?[A-HJ-PR-Z]{3}|[A-HJ-NPR-TV-Y]\d{1,3} ?[A-HJ-PR-Y]{3}"
    r"|[A-HJ-PR-Y]{3} ?\d{1,3}[A-HJ-NPR-TV-Y])\b"
)
_ANY_PLATE: Final = re.compile(
    r"\b(?:registration(?: (?:number|mark|plate))?|reg(?:\.| no\.?)?|VRM|(?:number |licen[cs]e )?plates?|index number)"
    r"[\s:(]+(?:was |is |number )?\"?(?P<plate>(?=[A-Z-]{0,4} ?[A-Z-]{0,3}\d)[A-Z\d]{1,4}(?:[ -]?[A-Z\d]{1,4}){0,3})\b",
)
_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?\b")
_MONEY: Final = re.compile(
    r"(?P<sign>US\$|[£$€])\s?(?P<a>\d[\d,]*(?:\.\d+)?)(?:\s?(?P<am>million|billion|thousand|bn|m|k)\b)?"
    r"|\b(?P<b>\d[\d,]*(?:\.\d+)?)(?:\s(?P<bm>million|billion|thousand))?\s"
    r"(?P<unit>pounds|dollars|euros?|pesos|colones|quetzales|intis|GBP|USD|EUR)\b",
    re.IGNORECASE,
)
_SIGNS: Final = {"£": "GBP", "$": "USD", "us$": "USD", "€": "EUR"}
_UNITS: Final = {"pounds": "GBP", "dollars": "USD", "euro": "EUR", "euros": "EUR", "colones": "SVC", "quetzales": "GTQ"}
_UNITS_MORE: Final = {"pesos": "pesos", "intis": "PEI", "gbp": "GBP", "usd": "USD", "eur": "EUR"}
_TIMES: Final = {"thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9}
_REFERENCE: Final = re.compile(
    r"\b(?P<what>passport|driving licen[cs]e|identity card|ID card|national insurance|NI|visa|case|crime|file|"
    r"(?:UN )?(?:Security Council )?Resolution|Executive Order|application|document|report|log|CAD|exhibit)"
    r"(?: (?:number|no\.?|ref(?:erence)?\.?))?[\s:(#]*(?P<number>(?=[A-Z\d/.-]*\d)[A-Z\d](?:[A-Z\d/-]|\.\d){2,19})\b",
    re.IGNORECASE,
)
_INSURANCE: Final = re.compile(
    r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b"
)
_ADDRESS: Final = re.compile(
    r"\b(?:(?:[Ff]lat|FLAT|[Uu]nit|UNIT) \d{1,3}[A-Za-z]?,? )?\d{1,4}[A-Za-z]?,?"
    r" (?:[A-Z][\w'’-]+ ){1,3}?(?:Street|Road|Lane|Avenue|"
    r"Close|Drive|Terrace|Crescent|Grove|Court|Gardens|Row|Way|Walk|Place|Mews|Hill|Square|Parade|Rise|View|Mount|Park|"
    r"STREET|ROAD|LANE|AVENUE|CLOSE|DRIVE|TERRACE|CRESCENT|GROVE|COURT|GARDENS|WAY|PLACE|SQUARE)\b"
)
_LONGEST_PHONE: Final = 15
_WITHOUT_TRUNK: Final = 10


def identifiers(text: str, written: str = "", region: str = "GB") -> list[Reading]:
    """Every identifier, date, sum and reference of a text, none overlapping, in order.

    `written` is the report's date (see `dates`); `region` (ISO country): where a national telephone
    number is dialled.
    """
    found = chain(_online(text), _ibans(text), coordinates(text), _sums(text))
    return apart(
        chain(found, dates(text, written), _references(text), _plates(text), _addresses(text), phones(text, region))
    )


def _addresses(text: str) -> Iterator[Reading]:
    for found in _ADDRESS.finditer(text):
        yield reading(found.start(), found.end(), ADDRESS, " ".join(found.group().replace(",", "").split()))


def _online(text: str) -> Iterator[Reading]:
    if "@" in text:
        for found in _EMAIL.finditer(text):
            yield reading(found.start(), found.end(), EMAIL, found.group().lower())
    for found in _URL.finditer(text):
        address = found.group().rstrip(".,;:!?)]}'’")
        yield reading(found.start(), found.start() + len(address), URL, address)
    if "@" in text:
        for found in _HANDLE.finditer(text):
            yield reading(found.start(), found.end(), HANDLE, found.group().lower())


def _ibans(text: str) -> Iterator[Reading]:
    for found in _IBAN.finditer(text):
        value = found.group()
        while value and not iban.is_valid(value):
            value = value.rpartition(" ")[0]
        if value:
            yield reading(found.start(), found.start() + len(value), IBAN, iban.compact(value))


def phones(text: str, region: str = "GB") -> Iterator[Reading]:
    """Telephone numbers as E.164, numbers reserved for drama included.

    A number must begin with +, 00 or 0, look American, or stand after a word such as "phone" or "rang".
    """
    for found in _PHONE.finditer(text):
        number = found["number"].strip()
        home = _home(text, found.start(), number, region)
        value = _e164(number, home) if home else ""
        if value:
            start = found.start("number")
            yield reading(start, start + len(number), PHONE, value)


def _home(text: str, start: int, number: str, region: str) -> str:
    """The country to read a number in; empty if it does not look like a telephone number here."""
    if number.startswith(("+", "00")):
        return region
    if _AMERICAN.fullmatch(number):
        return "US"
    cued = _PHONE_CUE.search(text[max(0, start - 60) : start]) is not None
    bare = number.lstrip("(")
    digits = sum(map(str.isdigit, number))
    if bare.startswith("0") and (cued or digits >= 10):
        return region
    return region if cued and digits >= (_WITHOUT_TRUNK if region == "GB" else 7) else ""


def _e164(number: str, region: str) -> str:
    if number.startswith("00"):
        number = "+" + number[2:]
    if sum(map(str.isdigit, number)) > _LONGEST_PHONE:
        return ""
    try:
        parsed = phonenumbers.parse(number, region or "GB")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def _plates(text: str) -> Iterator[Reading]:
    for found in _ANY_PLATE.finditer(text):
        yield reading(found.start("plate"), found.end("plate"), PLATE, plate(found["plate"]))
    for found in _PLATE.finditer(text):
        yield reading(found.start(), found.end(), PLATE, plate(found.group()))


def plate(text: str) -> str:
    """A vehicle's registration as it is compared: upper case, letters and figures alone."""
    return "".join(filter(str.isalnum, text)).upper()


def _sums(text: str) -> Iterator[Reading]:
    for found in _MONEY.finditer(text):
        number = float((found["a"] or found["b"]).replace(",", ""))
        number *= _TIMES.get((found["am"] or found["bm"] or "").lower(), 1)
        unit = (found["unit"] or "").lower()
        currency = _SIGNS.get((found["sign"] or "").lower()) or _UNITS.get(unit) or _UNITS_MORE.get(unit, unit)
        yield reading(found.start(), found.end(), MONEY, f"{currency} {number:.2f}".removesuffix(".00"))


def _references(text: str) -> Iterator[Reading]:
    for found in _REFERENCE.finditer(text):
        yield reading(found.start(), found.end(), REFERENCE, found["number"].upper())
    for found in _INSURANCE.finditer(text):
        yield reading(found.start(), found.end(), REFERENCE, found.group().replace(" ", ""))
