"""Journeys: one thing a page, without scripts, without cookies, and without a word kept here until the end.

What was typed so far travels in a hidden field, sealed with a key that only this process has: it cannot be read in
the page's source by whoever finds the page open, nor altered. Each page is the answer to a form: nothing of what was
typed stands in an address.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cryptography.fernet import InvalidToken
from starlette.responses import Response
from starlette.routing import Route

from leconfield.window.house import Window
from leconfield.window.site.filled import MAX_FORM
from leconfield.window.site.kit import Asked, Faults, get, post

CARRIED: Final = "carried"
"""The hidden field."""
GO: Final = "go"
"""The button that was pressed: nothing (on), `back`, or `to-<step>`."""
LIFE: Final = 4 * 60 * 60
"""Seconds that an unfinished journey lives."""
_CHECK: Final = "check"
Answers = Mapping[str, str]


def _always(_: Answers) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Step:
    """One page of a journey, which asks for one thing."""

    name: str
    """The last part of its address."""
    template: str
    fields: tuple[str, ...]
    """The names of its fields: their texts are carried; several values of one field by lines."""
    judge: Callable[[Asked, Answers, Faults], None] = lambda _asked, _answers, _faults: None
    """Adds what is wrong with what was typed here."""
    when: Callable[[Answers], bool] = _always
    """Whether it is asked at all, after what was answered before."""


@dataclass(frozen=True, slots=True)
class Journey:
    """The steps in order, a page to check the answers, and what is done at the end."""

    base: str
    """The address that its steps stand below: `/tell-us/report`."""
    steps: tuple[Step, ...]
    check: str
    """The template of the page that shows all answers with a link to change each."""
    finish: Callable[[Asked, Answers], Response]
    """What happens when they are sent; may answer with the check page again, `journey.checking(...)`."""
    leave: bool = True
    limit: int = MAX_FORM
    around: Callable[[Asked], Mapping[str, object]] = field(default=lambda _: {})
    """What every template of it is handed besides."""

    def routes(self) -> list[Route]:
        """Its routes: the first step is fetched, everything else is sent."""
        made = [get(self.base, self._begin), post(f"{self.base}/{_CHECK}", self._checked, limit=self.limit)]
        for each in self.steps:
            made += [
                post(f"{self.base}/{each.name}", self._answer(each), limit=self.limit),
                get(f"{self.base}/{each.name}", lambda asked: asked.redirect(self._place(asked))),
            ]
        return [*made, get(f"{self.base}/{_CHECK}", lambda asked: asked.redirect(self._place(asked)))]

    def page(self, asked: Asked, step: Step, answers: Answers, faults: Faults | None = None) -> Response:
        """The page of a step, with what was typed there before."""
        return self._shown(asked, step.template, step.name, answers, faults or Faults())

    def checking(self, asked: Asked, answers: Answers, faults: Faults | None = None, **more: object) -> Response:
        """The page that shows all answers."""
        return self._shown(asked, self.check, _CHECK, answers, faults or Faults(), **more)

    def asked_steps(self, answers: Answers) -> tuple[Step, ...]:
        """The steps that are asked, after these answers."""
        return tuple(each for each in self.steps if each.when(answers))

    def _place(self, asked: Asked) -> str:
        place = self.base
        for name, value in asked.parameters.items():
            place = place.replace("{" + name + "}", value)
        return place

    def _shown(
        self, asked: Asked, template: str, name: str, answers: Answers, faults: Faults, **more: object
    ) -> Response:
        names = [each.name for each in self.asked_steps(answers)]
        return asked.page(
            template,
            leave=self.leave,
            faults=faults,
            journey=self,
            action=asked.href(f"{self._place(asked)}/{name}"),
            answers=answers,
            answer=lambda field_name: answers.get(field_name, ""),
            carried=carry(asked.window, answers),
            first=bool(names) and name == names[0],
            step=names.index(name) + 1 if name in names else len(names) + 1,
            steps=len(names) + 1,
            with_={**self.around(asked), **more},
        )

    def _begin(self, asked: Asked) -> Response:
        return self.page(asked, self.asked_steps({})[0], {})

    def _answer(self, step: Step) -> Callable[[Asked], Response]:
        def answer(asked: Asked) -> Response:
            before = carried(asked)
            if before is None:
                return stale(asked)
            wanted = asked.filled(GO)
            typed = {name: "\n".join(each.strip() for each in asked.all(name)).strip() for name in step.fields}
            answers = {**before, **typed}
            if wanted == "back":
                return self._back(asked, step, answers)
            faults = Faults()
            step.judge(asked, answers, faults)
            return self.page(asked, step, answers, faults) if faults else self._on(asked, step, answers)

        return answer

    def _on(self, asked: Asked, step: Step, answers: Answers) -> Response:
        steps = self.asked_steps(answers)
        names = [each.name for each in steps]
        after = names.index(step.name) + 1 if step.name in names else len(steps)
        if answers.get("_changing") or after >= len(steps):
            faulty = self._first_fault(asked, answers)
            return self.page(asked, *faulty) if faulty else self.checking(asked, _settled(answers))
        return self.page(asked, steps[after], answers)

    def _back(self, asked: Asked, step: Step, answers: Answers) -> Response:
        steps = self.asked_steps(answers)
        names = [each.name for each in steps]
        here = names.index(step.name) if step.name in names else len(steps)
        if answers.get("_changing"):
            return self.checking(asked, _settled(answers))
        return self.page(asked, steps[max(here - 1, 0)], answers)

    def _checked(self, asked: Asked) -> Response:
        answers = carried(asked)
        if answers is None:
            return stale(asked)
        wanted = asked.filled(GO)
        steps = {each.name: each for each in self.asked_steps(answers)}
        if wanted == "back":
            return self.page(asked, list(steps.values())[-1], answers)
        if wanted.removeprefix("to-") in steps:
            return self.page(asked, steps[wanted.removeprefix("to-")], {**answers, "_changing": "yes"})
        faulty = self._first_fault(asked, answers)
        return self.page(asked, *faulty) if faulty else self.finish(asked, answers)

    def _first_fault(self, asked: Asked, answers: Answers) -> tuple[Step, Answers, Faults] | None:
        """The first step with a fault: one that a changed answer has brought in was never asked yet."""
        for each in self.asked_steps(answers):
            faults = Faults()
            each.judge(asked, answers, faults)
            if faults:
                return each, answers, faults
        return None


def carry(window: Window, answers: Answers) -> str:
    """What was typed so far, sealed for the hidden field."""
    packed = zlib.compress(json.dumps(dict(answers), ensure_ascii=False).encode())
    return window.carrying.encrypt(packed).decode("ascii")


def carried(asked: Asked) -> dict[str, str] | None:
    """What a form brought of what was typed before; none if it is too old, altered, or of a process that is gone."""
    written = asked.filled(CARRIED)
    if not written:
        return None
    try:
        packed = asked.window.carrying.decrypt(written.encode(), ttl=LIFE)
    except (InvalidToken, UnicodeEncodeError):
        return None
    told: dict[str, str] = json.loads(zlib.decompress(packed))
    return told


def stale(asked: Asked) -> Response:
    """The page that says that the form was open too long."""
    return asked.page("pages/stale.html", status=410, leave=True)


def rows(asked: Asked, labels: Sequence[tuple[str, str]], answers: Answers) -> tuple[tuple[str, str, str], ...]:
    """For a summary: (step, label, answer) of each that was answered; labels are keys of phrases."""
    return tuple((name, asked.t(label), answers.get(name, "")) for name, label in labels)


def _settled(answers: Answers) -> dict[str, str]:
    return {name: value for name, value in answers.items() if name != "_changing"}
