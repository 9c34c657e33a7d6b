"""Lines at the edge: what a device sends, made into values or refused in words; and how one lies in an entry."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, Final

from leconfield.errors import BadInputError
from leconfield.surveillance import rules
from leconfield.surveillance.model import Says, Written

MOST_SEEN: Final = 4000
"""Characters of what one line says that was seen."""
MOST_PLACE: Final = 200
MOST_PICTURES: Final = 8
_MOST_NUMBER: Final = 1_000_000
_DEVICE: Final = re.compile(r"[0-9a-z-]{1,64}")
_HEX: Final = re.compile(r"[0-9a-f]{64}")
_SALT: Final = re.compile(r"[0-9a-f]{32}")
_STAMP: Final = re.compile(r"(?:19[7-9]|20\d|21\d)\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_DEGREES: Final = re.compile(r"-?\d{1,3}(?:\.\d{1,8})?", re.ASCII)
_NO_TEXT: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_OPEN: Final = ("operation", "device", "at", "by", "follows", "seal")
_SAID: Final = ("seen", "place", "latitude", "longitude", "salt")


def line_in(said: object) -> Written:
    """The line that a device sent, as JSON gave it.

    Raises:
        BadInputError: if it is none, with what is wrong.
    """
    if not isinstance(said, Mapping):
        raise BadInputError("this is no line of a log; send what the page writes")
    number, collateral = said.get("number"), said.get("collateral")
    texts = {name: said.get(name) for name in (*_OPEN, *_SAID)}
    pictures = said.get("pictures")
    if (
        type(number) is not int
        or type(collateral) is not bool
        or not isinstance(pictures, list)
        or not all(isinstance(each, str) for each in (*texts.values(), *pictures))
    ):
        raise BadInputError("this is no line of a log: a part is missing or of another kind; send what the page writes")
    words = {name: str(text) for name, text in texts.items()}
    says = Says(pictures=tuple(pictures), **{name: words[name] for name in _SAID})
    line = Written(number=number, collateral=collateral, says=says, **{name: words[name] for name in _OPEN})
    if fault := unfit(line, says):
        raise BadInputError(fault)
    return replace(line, said=rules.commitment(says))


def unfit(line: Written, says: Says) -> str:
    """What makes a line unfit to be kept, whatever went before it; empty: nothing."""
    if not 0 < line.number <= _MOST_NUMBER:
        return f"lines are numbered from 1 to {_MOST_NUMBER:,}"
    here = f"line {line.number}"
    if not says.seen.strip():
        return f"{here} says nothing; write what was seen"
    if len(says.seen) > MOST_SEEN or len(says.place) > MOST_PLACE:
        return f"{here} is too long: {MOST_SEEN:,} characters of what was seen, {MOST_PLACE} of where; make it two"
    if any(_NO_TEXT.search(each) for each in (says.seen, says.place, line.by)):
        return f"{here} holds what is no text (half a character, or a control character); type it again"
    if not _DEVICE.fullmatch(line.device) or not _SALT.fullmatch(says.salt):
        return f"{here} comes from no device of ours; write it on the page"
    if not all(_HEX.fullmatch(each) for each in (line.follows, line.seal, *says.pictures)):
        return f"{here} has a seal, or names a picture, by what is no SHA-256"
    if len(says.pictures) > MOST_PICTURES:
        return f"{here} shows {len(says.pictures)} pictures; {MOST_PICTURES} at most"
    return unfit_time(line.at, here) or unfit_position(says.latitude, says.longitude, here)


def unfit_time(at: str, where: str) -> str:
    """What is wrong with a moment as a device gives it; empty: nothing."""
    try:
        sound = bool(_STAMP.fullmatch(at)) and datetime.fromisoformat(at) is not None
    except ValueError:
        sound = False
    return "" if sound else f"{where} has no time that a clock could show; set the device's clock"


def unfit_position(latitude: str, longitude: str, where: str) -> str:
    """What is wrong with a position; empty: nothing, or none was given."""
    if not latitude and not longitude:
        return ""
    for degrees, most in ((latitude, 90), (longitude, 180)):
        if not _DEGREES.fullmatch(degrees) or abs(float(degrees)) > most:
            return f"{where} has no position on earth; give latitude, longitude in degrees, as 51.8787, -0.4200"
    return ""


def text_of(line: Written) -> str:
    """A line as it is put into an entry; one without its words stays without."""
    return json.dumps(asdict(line), ensure_ascii=False, sort_keys=True)


def written_in(text: str) -> Written:
    """The line that was put into an entry by `text_of`."""
    said: dict[str, Any] = json.loads(text)
    says = said["says"]
    return Written(**{**said, "says": None if says is None else says_in(says)})


def words_of(says: Says) -> str:
    """What a line says, as a text to be sealed by itself."""
    return json.dumps(asdict(says), ensure_ascii=False, sort_keys=True)


def says_in(said: Mapping[str, Any] | str) -> Says:
    """What a line says, as `words_of` or `text_of` put it."""
    found: Mapping[str, Any] = json.loads(said) if isinstance(said, str) else said
    return Says(**{**found, "pictures": tuple(found["pictures"])})


def without_words(line: Written) -> Written:
    """The line with the commitment to its words alone; its seal verifies as before."""
    return replace(line, says=None)
