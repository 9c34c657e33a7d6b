"""What the public sees: a profile as a grid, and a post with its comments. Plain HTML, no scripts."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages for people."""

    fake: Fake
    instance: Instance
    templates: Environment

    def _page(self, name: str, **told: object) -> Response:
        graph = self.fake.graph
        words = self.templates.get_template(name).render(its=graph.settings, now=graph.clock(), **told)
        return HTMLResponse(words, headers=_HEADERS)

    async def profile(self, _request: Request) -> Response:
        """The grid of posts, the newest first."""
        shown = sorted(self.fake.graph.media.values(), key=lambda each: (each.at, each.id), reverse=True)
        return self._page("profile.html", posts=shown, toots=list(self.instance.statuses.values()))

    async def post(self, request: Request) -> Response:
        """One post with its comments, and a form for one more."""
        graph, code = self.fake.graph, request.path_params["code"]
        found = next((each for each in graph.media.values() if each.code == code), None)
        if found is None:
            return Response("Sorry, this page isn't available.", HTTPStatus.NOT_FOUND, media_type="text/plain")
        top = [each for each in graph.beneath(found.id) if not each.hidden]
        threads = [(each, [one for one in graph.beneath(found.id, each.id) if not one.hidden]) for each in top]
        return self._page("post.html", post=found, threads=threads)

    async def toots(self, _request: Request) -> Response:
        """The statuses of the small Mastodon."""
        shown = [each for each in self.instance.statuses.values() if not each.above]
        return self._page("toots.html", toots=shown[::-1], pictures=self.instance.pictures)

    async def picture(self, request: Request) -> Response:
        """A picture of a post."""
        known, number = self.fake.graph.media.get(request.path_params["media"]), int(request.path_params["number"])
        if known is None or number >= len(known.pictures):
            return Response(status_code=HTTPStatus.NOT_FOUND)
        return Response(known.pictures[number][0], media_type="image/jpeg")

    async def attached(self, request: Request) -> Response:
        """A picture of a status."""
        held, _ = self.instance.pictures.get(request.path_params["id"], (b"", ""))
        return Response(held, media_type="image/jpeg" if held.startswith(b"\xff\xd8") else "image/png")

    async def styles(self, _request: Request) -> Response:
        """How all of it looks."""
        return Response(self.templates.get_template("fake.css").render(), media_type="text/css")


def routes(fake: Fake, instance: Instance) -> list[Route]:
    """The pages for people."""
    loader = PackageLoader("leconfield.fake_instagram")
    pages = Pages(
        fake, instance, Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    )
    return [
        Route("/", pages.profile),
        Route("/p/{code}/", pages.post),
        Route("/mastodon/", pages.toots),
        Route("/mastodon/_media/{id}", pages.attached),
        Route("/_media/{media}/{number:int}.jpg", pages.picture),
        Route("/_styles.css", pages.styles),
    ]
