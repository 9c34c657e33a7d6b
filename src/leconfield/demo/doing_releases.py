"""What a case's officers let out of the house, and what they wrote down so that it could be judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from leconfield.demo.deeds import Deed
from leconfield.demo.pictures import boxes_in, picture
from leconfield.demo.records import text_of
from leconfield.demo.scene import Scene
from leconfield.gate.bundles import SecretKey
from leconfield.gate.exposure import service as exposure
from leconfield.gate.exposure.knowers import NOTED
from leconfield.gate.files.pictures import JPEG, cleaned
from leconfield.gate.mosaic import service as mosaic
from leconfield.gate.mosaic.state import KEPT, SAID_OF
from leconfield.gate.release import judging, service
from leconfield.gate.release.forms import TEXT, TEXT_TYPE
from leconfield.gate.release.model import Aside, Step
from leconfield.gate.release.service import Given


def _note_knowers(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, NOTED):
        people = deed.wrote["people"].splitlines()
        exposure.note_knowers(scene.desk, scene.view(deed.by), scene.reports[deed.about].id, people)


def _keep_register(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, KEPT):
        table = text_of(scene.folder / deed.about)
        mosaic.keep_register(scene.desk, scene.view(deed.by), table, deed.wrote["label"])


def _say(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, SAID_OF):
        wrote = deed.wrote
        said = {each: wrote[each] for each in ("on", "where", "label")}
        mosaic.note_said(scene.desk, scene.view(deed.by), deed.about, wrote["words"], **said)


def _draft(scene: Scene, deed: Deed) -> None:
    if scene.stands(deed, Step.DRAFT.value):
        return
    wrote = deed.wrote
    aside = Aside(wrote["persona"], tuple(wrote["actions"].splitlines()))
    service.draft(
        scene.desk,
        scene.view(deed.by),
        wrote["form"],
        wrote["audience"],
        _files(scene.folder, deed),
        label=wrote["label"],
        title=deed.about,
        embargo=wrote["embargo"],
        aside=aside,
    )


def _edit(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, Step.EDIT.value):
        view, files = scene.view(deed.by), _files(scene.folder, deed)
        which = scene.release(view, deed.about).id
        service.edit(scene.desk, view, which, files, title=deed.about, embargo=deed.wrote["embargo"])


def _files(folder: Path, deed: Deed) -> Given:
    """The members that a draft or an edit brings."""
    wrote = deed.wrote
    words = {TEXT: (TEXT_TYPE, f"{wrote['text']}\n".encode())} if wrote["text"] else {}
    plain = {name: (JPEG, picture(folder, name, deed.where)) for name in wrote["pictures"].split()}
    boxed = {
        name: (JPEG, cleaned(picture(folder, name, deed.where), boxes, where=name))
        for name, boxes in boxes_in(wrote["boxes"], deed.where).items()
    }
    return {**words, **plain, **boxed}


def _check(scene: Scene, deed: Deed) -> None:
    if not any(scene.stands(deed, each.value) for each in (Step.CHECK, Step.BLOCK)):
        view = scene.view(deed.by)
        judging.check(scene.desk, view, scene.release(view, deed.about).id)


def _approve(scene: Scene, deed: Deed) -> None:
    """Approve the release as its page shows it at that moment."""
    if scene.stands(deed, Step.APPROVE.value):
        return
    view = scene.view(deed.by)
    known = scene.release(view, deed.about)
    shown = {"content": known.content.digest, "verdict": known.verdict.digest if known.verdict else ""}
    service.approve(scene.desk, view, known.id, **shown, reason=deed.wrote["reason"])


def _take(step: Step, scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, step.value):
        view = scene.view(deed.by)
        which = scene.release(view, deed.about).id
        service.take(scene.desk, view, which, step, reason=deed.wrote["reason"])


def _seal(scene: Scene, deed: Deed) -> None:
    if not scene.stands(deed, Step.SEAL.value):
        view = scene.view(deed.by)
        judging.seal(scene.desk, view, scene.release(view, deed.about).id)


def _copy(scene: Scene, deed: Deed) -> None:
    """Make a recipient's copy.

    What is kept is which alternatives it has: whoever asks for it again gets it signed by the key of the house. The
    key here signs nothing that anybody gets.
    """
    if not scene.stands(deed, Step.COPY.value):
        view = scene.view(deed.by)
        which = scene.release(view, deed.about).id
        service.copy(scene.desk, view, which, deed.wrote["recipient"], [SecretKey.new()])


DOING: Final[Mapping[str, Callable[[Scene, Deed], None]]] = {
    "note knowers": _note_knowers,
    "keep staff register": _keep_register,
    "say of persona": _say,
    "draft release": _draft,
    "edit release": _edit,
    "check release": _check,
    "approve release": _approve,
    "refuse release": partial(_take, Step.REFUSE),
    "seal release": _seal,
    "copy release": _copy,
    "publish release": partial(_take, Step.PUBLISH),
    "withdraw release": partial(_take, Step.WITHDRAW),
}
