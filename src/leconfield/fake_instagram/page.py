"""What the public sees: a profile as a grid, and a post with its comments. Plain HTML, no scripts."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from leconfield.fake_instagram.asked import Fake
from leconfield.fake_instagram.mastodon import Instance

_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


def routes(fake: Fake, instance: Instance) -> list[Route]:
    """The pages for people."""
    templates = Environment(
        loader=PackageLoader("leconfield.fake_instagram"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    graph = fake.graph

    def page(name: str, **told: object) -> Response:
        words = templates.get_template(name).render(its=graph.settings, now=graph.clock(), **told)
        return HTMLResponse(words, headers=_HEADERS)

    async def profile(_request: Request) -> Response:
        shown = sorted(graph.media.values(), key=lambda each: (each.at, each.id), reverse=True)
        return page("profile.html", posts=shown, toots=list(instance.statuses.values()))

    async def post(request: Request) -> Response:
        code = request.path_params["code"]
        found = next((each for each in graph.media.values() if each.code == code), None)
        if found is None:
            return Response("Sorry, this page isn't available.", HTTPStatus.NOT_FOUND, media_type="text/plain")
        top = [each for each in graph.beneath(found.id) if not each.hidden]
        threads = [(each, [one for one in graph.beneath(found.id, each.id) if not one.hidden]) for each in top]
        return page("post.html", post=found, threads=threads)

    async def toots(_request: Request) -> Response:
        shown = [each for each in instance.statuses.values() if not each.above]
        return page("toots.html", toots=shown[::-1], pictures=instance.pictures)

    async def picture(request: Request) -> Response:
        known = graph.media.get(request.path_params["media"])
        number = int(request.path_params["number"])
        if known is None or number >= len(known.pictures):
            return Response(status_code=HTTPStatus.NOT_FOUND)
        return Response(known.pictures[number][0], media_type="image/jpeg")

    async def attached(request: Request) -> Response:
        held, _ = instance.pictures.get(request.path_params["id"], (b"", ""))
        return Response(held, media_type="image/jpeg" if held.startswith(b"\xff\xd8") else "image/png")

    async def styles(_request: Request) -> Response:
        return Response(templates.get_template("fake.css").render(), media_type="text/css")

    return [
        Route("/", profile),
        Route("/p/{code}/", post),
        Route("/mastodon/", toots),
        Route("/mastodon/_media/{id}", attached),
        Route("/_media/{media}/{number:int}.jpg", picture),
        Route("/_styles.css", styles),
    ]
