"""What a test or a person at a demonstration tells the fake: put the clock forward, comment, spoil a call, listen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from leconfield.errors import BadInputError, LeconfieldError
from leconfield.fake_instagram.asked import Fake
from leconfield.fake_instagram.faults import fault
from leconfield.fake_instagram.graph import stamp
from leconfield.fake_instagram.refusals import GraphError
from leconfield.fake_instagram.webhooks import about_comment


async def state(fake: Fake, _told: Mapping[str, object]) -> dict[str, object]:
    """All that is there."""
    graph = fake.graph
    return {
        "now": stamp(graph.clock()),
        "containers": {each.id: each.status(graph.clock()) for each in graph.containers.values()},
        "media": [{"id": each.id, "caption": each.caption, "open": each.comments_open} for each in graph.listed()],
        "comments": [
            {"id": each.id, "media": each.media, "by": each.by, "text": each.text, "hidden": each.hidden}
            for each in graph.comments.values()
        ],
        "calls": list(fake.calls),
        "faults": [{"on": each.on, "do": each.do} for each in fake.script.left],
    }


async def advance(fake: Fake, told: Mapping[str, object]) -> dict[str, object]:
    """Put the clock forward by some seconds."""
    seconds = told.get("seconds", 0)
    if not isinstance(seconds, int | float) or seconds < 0:
        raise BadInputError("seconds: a number, 0 or more")
    fake.graph.clock.advance(timedelta(seconds=float(seconds)))
    return {"now": stamp(fake.graph.clock())}


async def spoil(fake: Fake, told: Mapping[str, object]) -> dict[str, object]:
    """Put faults into the script: `{"faults": [...]}`; an empty list clears it."""
    asked = told.get("faults")
    if not isinstance(asked, list) or not all(isinstance(each, dict) for each in asked):
        raise BadInputError('faults: a list, each as {"on": "publish", "do": "lost"}')
    made = [fault(each) for each in asked]
    if not made:
        fake.script.clear()
    for each in made:
        fake.script.add(each)
    return {"faults": [{"on": each.on, "do": each.do} for each in fake.script.left]}


async def comment(fake: Fake, told: Mapping[str, object]) -> dict[str, object]:
    """Write a comment as a reader would; whoever listens is told."""
    media, by, text, parent = (str(told.get(each, "")) for each in ("media", "by", "text", "parent"))
    made = fake.graph.comment(media, by or "a_reader", text, parent)
    spoilt = fake.script.take("webhook")
    times = 2 if spoilt and spoilt.do == "twice" else 0 if spoilt else 1
    message = about_comment(fake.graph.settings, made, f"reader-{made.by}")
    await fake.listener.send(message, fake.graph.settings, times=times)
    return {"id": made.id}


async def listen(fake: Fake, told: Mapping[str, object]) -> dict[str, object]:
    """Shake hands with whoever listens at an address."""
    await fake.listener.subscribe(str(told.get("address", "")), fake.graph.settings)
    return {"address": fake.listener.address}


async def take_down(fake: Fake, told: Mapping[str, object]) -> dict[str, object]:
    """Delete a post as a person does in the app."""
    fake.graph.take_down(str(told.get("media", "")))
    return {"success": True}


async def short_token(fake: Fake, _told: Mapping[str, object]) -> dict[str, object]:
    """A token of an hour, as a sign-in gives it."""
    return {"access_token": fake.graph.short_token().words}


_DOINGS = {
    "advance": advance,
    "faults": spoil,
    "comment": comment,
    "listen": listen,
    "take-down": take_down,
    "sign-in": short_token,
}


def routes(fake: Fake) -> list[Route]:
    """`GET /_fake/state`, and `POST /_fake/{doing}` with JSON."""

    async def shown(_request: Request) -> Response:
        return JSONResponse(await state(fake, {}))

    async def done(request: Request) -> Response:
        doing = _DOINGS.get(str(request.path_params["doing"]))
        if doing is None:
            return JSONResponse({"error": f"choose {', '.join(_DOINGS)}"}, HTTPStatus.NOT_FOUND)
        try:
            told = json.loads(await request.body() or b"{}")
            return JSONResponse(await doing(fake, told))
        except GraphError as error:
            return JSONResponse(error.body, error.refusal.status)
        except (ValueError, LeconfieldError) as error:
            return JSONResponse({"error": str(error)}, HTTPStatus.BAD_REQUEST)

    async def written(request: Request) -> Response:
        """A comment from the form of a post's page."""
        form = {name: each for name, each in (await request.form()).items() if isinstance(each, str)}
        try:
            await comment(fake, form)
        except GraphError as error:
            return Response(error.refusal.message, error.refusal.status, media_type="text/plain")
        post = fake.graph.media[form["media"]]
        return RedirectResponse(f"/p/{post.code}/#comments", HTTPStatus.SEE_OTHER)

    return [
        Route("/_fake/state", shown),
        Route("/_fake/write", written, methods=["POST"]),
        Route("/_fake/{doing}", done, methods=["POST"]),
    ]
