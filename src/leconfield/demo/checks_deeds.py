"""What must hold of the deeds of a case; each check raises `BadInputError` naming the file, the table and the field."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import datetime
from typing import Final

from leconfield.agents import dilemmas
from leconfield.agents.model import PARTICULARS, Status
from leconfield.authority import profile
from leconfield.demo.deeds import DRAFT_RELEASE, ENROL_HOLDER, PREPARE_SCHEDULE, Deed
from leconfield.demo.departments import Departments
from leconfield.demo.doing_authority import STEPS
from leconfield.demo.observed import Lines
from leconfield.errors import BadInputError
from leconfield.ledger.labels import Tokens, admits, parse
from leconfield.ledger.times import check_partial
from leconfield.ledger.vault import MIN_PASSPHRASE
from leconfield.vault.identity import KINDS as KEPT

SPOT: Final = "spot agent"
PLAN: Final = "plan operation"
_BEGINS: Final[Mapping[str, tuple[str, ...]]] = {
    "agent": (SPOT,),
    "operation": (PLAN,),
    "colleague": ("begin staff file",),
    "release": (DRAFT_RELEASE, PREPARE_SCHEDULE),
    "case": ("open case",),
}
"""By what each is begun."""
_DAYS: Final = ("review", "until", "first", "last", "day", "monday", "on")


def check_deeds(deeds: Iterable[Deed], users: Mapping[str, Tokens], lines: Lines) -> None:
    """Every deed can be told apart, is by an officer who may do it, on what there was, with what its kind takes."""
    done = tuple(deeds)
    _check_told_apart(done)
    began = {(each.noun, each.about): each for each in reversed(done) if each.kind in _BEGINS.get(each.noun, ())}
    holders = {each.about for each in done if each.kind == ENROL_HOLDER}
    for each in done:
        if each.by not in users:
            raise BadInputError(f'{each.where}: "{each.by}" is not a user in case.toml')
        _check_words(each)
        _check_holders(each, holders)
        _check_may(each, users[each.by], began)
    _check_lines(done, lines)


def _check_told_apart(deeds: Iterable[Deed]) -> None:
    """A repeated filling knows a deed again by its moment, its officer and its kind."""
    seen: set[tuple[datetime, str, str, str]] = set()
    for each in deeds:
        which = (each.at, each.by, each.kind, each.wrote.get("step", ""))
        if which in seen:
            raise BadInputError(f"{each.where}: {each.by} did another of that kind at that moment; give a later minute")
        seen.add(which)


def _check_words(deed: Deed) -> None:
    wrote = deed.wrote
    _check_one_of(deed, "to", tuple(Status))
    _check_one_of(deed, "letter", tuple(PARTICULARS))
    _check_one_of(deed, "step", STEPS)
    if "label" in wrote:
        _parsed(deed, wrote["label"])
    for name in _DAYS:
        if text := wrote.get(name, ""):
            try:
                check_partial(text)
            except BadInputError as fault:
                raise BadInputError(f"{deed.where}, {name}: {fault}") from None
    if deed.kind in ("apply", "decide"):
        law = profile.shipped().kinds
        _check_one_of(deed, "kind", tuple(law))
        _check_one_of(deed, "ground", law[wrote["kind"]].grounds)


def _check_one_of(deed: Deed, name: str, known: Iterable[str]) -> None:
    chosen, all_of_them = deed.wrote.get(name, ""), tuple(known)
    if name in deed.wrote and chosen not in all_of_them:
        raise BadInputError(f'{deed.where}, {name}: "{chosen}" is none; write one of {", ".join(all_of_them)}')


def _parsed(deed: Deed, label: str) -> None:
    try:
        parse(label)
    except BadInputError as fault:
        raise BadInputError(f"{deed.where}, label: {fault}") from None


def _check_holders(deed: Deed, holders: set[str]) -> None:
    wrote = deed.wrote
    named = [*wrote.get("holders", "").split(), *([wrote["second"], deed.by] if "second" in wrote else [])]
    if strangers := sorted(set(named) - holders):
        raise BadInputError(f"{deed.where}: {strangers[0]} holds no key of the vault; enrol him first")
    if len(wrote.get("passphrase", "." * MIN_PASSPHRASE)) < MIN_PASSPHRASE:
        raise BadInputError(f"{deed.where}, passphrase: use {MIN_PASSPHRASE} characters or more")
    for name in KEPT:
        if any(":" not in line for line in wrote.get(name, "").splitlines()):
            raise BadInputError(f'{deed.where}, {name}: write a line for each field, such as "name: Jane Doe"')


def _check_may(deed: Deed, tokens: Tokens, began: Mapping[tuple[str, str], Deed]) -> None:
    """Whoever acts may know of what he acts on, and it had begun."""
    labels = [deed.wrote["label"]] if "label" in deed.wrote else []
    if deed.noun == "handler" and deed.kind.endswith("dilemma"):
        labels.append(dilemmas.compartment(deed.about))
    if deed.noun in _BEGINS:
        first = began.get((deed.noun, deed.about))
        if first is None:
            act = _BEGINS[deed.noun][0]
            raise BadInputError(f'{deed.where}: "{deed.about}" is no {deed.noun}; write "{act}" first')
        if deed.at < first.at:
            raise BadInputError(
                f'{deed.where}: "{deed.about}" begins only on {first.at.isoformat()}; give a later moment'
            )
        labels.append(first.wrote["label"])
    for each in labels:
        if not admits(each, tokens):
            raise BadInputError(f'{deed.where}: {deed.by} may not read what is under "{each}"; name an officer who may')


def _check_lines(deeds: Iterable[Deed], lines: Lines) -> None:
    """Every line is sent after it was written, and by a call sign of its team."""
    sent: dict[tuple[str, str], datetime] = {}
    signs: dict[str, set[str]] = {}
    for each in deeds:
        if each.kind == "send lines":
            which = (each.about, each.wrote["device"])
            if which not in lines:
                raise BadInputError(f"{each.where}: that device wrote nothing for {each.about}; see observation.jsonl")
            sent[which] = each.at
        elif each.kind == "staff operation":
            signs.setdefault(each.about, set()).add(each.wrote["call_sign"])
    for (operation, device), written in lines.items():
        last = written[-1]
        if (operation, device) not in sent or sent[operation, device].replace(tzinfo=last.at.tzinfo) < last.at:
            raise BadInputError(f'{last.where}: nobody sends it afterwards; write "send lines" for {device}')
        for line in written:
            if line.by not in signs.get(operation, ()):
                raise BadInputError(f"{line.where}: {line.by} is nobody's call sign in {operation}; staff it first")


def check_departments(asked: Departments, users: Container[str], deeds: Iterable[Deed]) -> None:
    """Whatever the key asks of the departments is asked of an officer, and of what there is."""
    known: dict[str, set[str]] = {noun: set() for noun in _BEGINS}
    for deed in deeds:
        if deed.kind in _BEGINS.get(deed.noun, ()):
            known[deed.noun].add(deed.about)
    about = {
        "drifted": [(each.user, "agent", each.agent) for each in asked.drifted],
        "stands": [(each.user, each.noun, each.about) for each in asked.stands],
        "kept": [(each.user, "agent", each.agent) for each in asked.kept],
        "clashes": [(each.user, "agent", each.agent) for each in asked.clashes],
        "logged": [(each.user, "operation", each.operation) for each in asked.logged],
        "may_know": [(each.user, "agent", one) for each in asked.may_know for one in each.agents]
        + [(each.user, "operation", one) for each in asked.may_know for one in each.operations]
        + [(each.user, "colleague", one) for each in asked.may_know for one in each.colleagues],
    }
    for name, rows in about.items():
        for user, noun, which in rows:
            if user not in users:
                raise BadInputError(f'key.json, {name}: "{user}" is not a user in case.toml')
            if which not in known.get(noun, ()):
                raise BadInputError(f'key.json, {name}: "{which}" is no {noun} of the case')
