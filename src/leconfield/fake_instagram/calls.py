"""The calls of the API: containers, publishing, posts, comments, the quota, tokens."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

import httpx
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from leconfield.fake_instagram import refusals
from leconfield.fake_instagram.asked import Asked, Fake, Work, answered
from leconfield.fake_instagram.graph import stamp
from leconfield.fake_instagram.model import Comment, Container, Media
from leconfield.fake_instagram.refusals import GraphError
from leconfield.fake_instagram.webhooks import certificates

FETCH_SECONDS: Final = 10.0
_KINDS: Final = frozenset({"", "IMAGE", "CAROUSEL"})
_MOST_LISTED: Final = 100
_USUAL: Final = 25


async def create(asked: Asked) -> dict[str, object]:
    """`POST /{account}/media`: a container; its picture is fetched from the address that is given."""
    _own(asked)
    fields = asked.fields
    kind = fields.get("media_type", "")
    if kind not in _KINDS:
        raise GraphError(refusals.MEDIA_TYPE)
    if kind == "CAROUSEL":
        made = asked.graph.contain_several(fields.get("caption", ""), _ids(fields.get("children", "")))
        return {"id": made.id}
    picture = await _fetched(fields.get("image_url", ""))
    child = fields.get("is_carousel_item", "false").lower() == "true"
    caption, alt = fields.get("caption", ""), fields.get("alt_text", "")
    return {"id": asked.graph.contain(caption, alt, picture, child=child).id}


def _ids(written: str) -> tuple[str, ...]:
    try:
        told = json.loads(written) if written.startswith("[") else written.split(",")
    except ValueError:
        return ()
    return tuple(str(each) for each in told if each)


async def _fetched(address: str) -> bytes:
    try:
        async with httpx.AsyncClient(timeout=FETCH_SECONDS, verify=certificates()) as client:
            answer = await client.get(address, headers={"User-Agent": "facebookexternalhit/1.1"})
    except httpx.TimeoutException:
        raise GraphError(refusals.TIMEOUT) from None
    except (httpx.HTTPError, httpx.InvalidURL):
        raise GraphError(refusals.FETCH) from None
    if answer.status_code != httpx.codes.OK:
        raise GraphError(refusals.FETCH)
    if answer.headers.get("content-type", "").split(";")[0] != "image/jpeg":
        raise GraphError(refusals.FORMAT)
    return answer.content


async def publish(asked: Asked) -> dict[str, object]:
    """`POST /{account}/media_publish`: a container becomes a post."""
    _own(asked)
    return {"id": asked.graph.publish(asked.fields.get("creation_id", "")).id}


async def quota(asked: Asked) -> dict[str, object]:
    """`GET /{account}/content_publishing_limit`: posts of the last 24 hours, and how many there may be."""
    _own(asked)
    config = {"quota_total": asked.graph.settings.posts_a_day, "quota_duration": 86_400}
    whole = {"id": asked.graph.settings.account, "quota_usage": asked.graph.used_today(), "config": config}
    found = asked.picked(whole, ("quota_usage",))
    return {"data": [{name: each for name, each in found.items() if name != "id"}]}


async def posts(asked: Asked) -> dict[str, object]:
    """`GET /{account}/media`: the posts, the newest first, a page at a time."""
    _own(asked)
    return _page(asked, [_post(asked, each) for each in asked.graph.listed()])


def _page(asked: Asked, every: list[dict[str, object]]) -> dict[str, object]:
    after = asked.fields.get("after", "")
    first = next((place + 1 for place, each in enumerate(every) if each["id"] == after), 0)
    limit = asked.fields.get("limit", str(_USUAL))
    size = min(int(limit), _MOST_LISTED) if limit.isascii() and limit.isdigit() else _USUAL
    part = every[first : first + size]
    found: dict[str, object] = {"data": [asked.picked(each) for each in part]}
    if part:
        found["paging"] = {"cursors": {"before": part[0]["id"], "after": part[-1]["id"]}}
    return found


def _post(asked: Asked, media: Media) -> dict[str, object]:
    base = str(asked.request.base_url).rstrip("/")
    return {
        "id": media.id,
        "caption": media.caption,
        "media_type": "CAROUSEL_ALBUM" if media.carousel else "IMAGE",
        "media_url": f"{base}/_media/{media.id}/0.jpg",
        "permalink": f"{base}/p/{media.code}/",
        "shortcode": media.code,
        "timestamp": stamp(media.at),
        "username": asked.graph.settings.username,
        "alt_text": media.pictures[0][1],
        "comments_count": len(asked.graph.beneath(media.id)),
        "is_comment_enabled": media.comments_open,
    }


def _container(made: Container, status: str) -> dict[str, object]:
    return {"id": made.id, "status_code": status, "status": status}


def _comment(asked: Asked, made: Comment) -> dict[str, object]:
    return {
        "id": made.id,
        "text": made.text,
        "username": made.by,
        "from": {"id": f"reader-{made.by}", "username": made.by},
        "timestamp": stamp(made.at),
        "hidden": made.hidden,
        "parent_id": made.parent,
        "media": {"id": made.media},
        "replies": {"data": [{"id": each.id, "text": each.text} for each in asked.graph.beneath(made.media, made.id)]},
    }


async def container_status(asked: Asked) -> dict[str, object]:
    """`GET /{container}`: how far it is."""
    made, status = asked.graph.looked_at(asked.part("node"))
    return asked.picked(_container(made, status))


async def node(asked: Asked) -> dict[str, object]:
    """`GET /{id}`: a post, a comment, or the account."""
    graph, which = asked.graph, asked.part("node")
    its = graph.settings
    if which in ("me", its.account):
        return asked.picked({"id": its.account, "user_id": its.account, "username": its.username, "name": its.name})
    if which in graph.media:
        return asked.picked(_post(asked, graph.media[which]))
    if which in graph.comments:
        return asked.picked(_comment(asked, graph.comments[which]))
    raise GraphError(refusals.LIES)


async def change(asked: Asked) -> dict[str, object]:
    """`POST /{id}`: hide or show a comment, or open or close the comments of a post."""
    graph, which = asked.graph, asked.part("node")
    if which in graph.comments and "hide" in asked.fields:
        graph.hide(which, hidden=asked.flag("hide"))
    elif which in graph.media and "comment_enabled" in asked.fields:
        graph.media[which].comments_open = asked.flag("comment_enabled")
    else:
        raise GraphError(refusals.LIES)
    return {"success": True}


async def erase(asked: Asked) -> dict[str, object]:
    """`DELETE /{comment}`; a post cannot be deleted by this API."""
    asked.graph.erase(asked.part("node"))
    return {"success": True}


async def beneath(asked: Asked) -> dict[str, object]:
    """`GET /{media}/comments` and `GET /{comment}/replies`."""
    graph, which = asked.graph, asked.part("node")
    if which in graph.media:
        found = graph.beneath(which)
    elif which in graph.comments:
        found = graph.beneath(graph.comments[which].media, which)
    else:
        raise GraphError(refusals.LIES)
    return _page(asked, [_comment(asked, each) for each in found])


async def reply(asked: Asked) -> dict[str, object]:
    """`POST /{comment}/replies`: an answer to a comment at the top, if it is not hidden."""
    above = asked.graph.comments.get(asked.part("node"))
    if above is None:
        raise GraphError(refusals.LIES)
    words = asked.fields.get("message", "")
    return {"id": asked.graph.comment(above.media, asked.graph.settings.username, words, above.id).id}


async def refresh(asked: Asked) -> dict[str, object]:
    """`GET /refresh_access_token`: sixty days more."""
    made = asked.graph.refresh(asked.fields["access_token"])
    return {"access_token": made.words, "token_type": "bearer", "expires_in": int(made.life.total_seconds())}


async def exchange(asked: Asked) -> dict[str, object]:
    """`GET /access_token`: a token of sixty days for one of an hour."""
    made = asked.graph.exchange(asked.fields["access_token"], asked.fields.get("client_secret", ""))
    return {"access_token": made.words, "token_type": "bearer", "expires_in": int(made.life.total_seconds())}


def _own(asked: Asked) -> None:
    if asked.part("node") not in ("me", asked.graph.settings.account):
        raise GraphError(refusals.LIES)


_EDGES: Final[Mapping[tuple[str, str], tuple[str, Work]]] = {
    ("POST", "media"): ("create", create),
    ("GET", "media"): ("list", posts),
    ("POST", "media_publish"): ("publish", publish),
    ("GET", "content_publishing_limit"): ("quota", quota),
    ("GET", "comments"): ("comments", beneath),
    ("GET", "replies"): ("comments", beneath),
    ("POST", "replies"): ("reply", reply),
}


def routes(fake: Fake) -> list[Route]:
    """The API, under every version and under none (then it is the newest, as an app's dashboard says)."""

    async def edge(request: Request) -> Response:
        found = _EDGES.get((request.method, str(request.path_params["edge"])))
        name, work = found or ("unknown", _unknown)
        return await answered(fake, request, name, work)

    async def one(request: Request) -> Response:
        which = str(request.path_params["node"])
        if request.method == "DELETE":
            return await answered(fake, request, "hide", erase)
        if request.method == "POST":
            return await answered(fake, request, "close" if which in fake.graph.media else "hide", change)
        if which in fake.graph.containers:
            return await answered(fake, request, "status", container_status)
        return await answered(fake, request, "read", node)

    async def refreshed(request: Request) -> Response:
        return await answered(fake, request, "refresh", refresh)

    async def exchanged(request: Request) -> Response:
        return await answered(fake, request, "refresh", exchange)

    plain = [Route("/refresh_access_token", refreshed), Route("/access_token", exchanged)]
    found = [*plain]
    for base in ("/{version:version}", ""):
        found.append(Route(base + "/{node:node}/{edge:str}", edge, methods=["GET", "POST"]))
        found.append(Route(base + "/{node:node}", one, methods=["GET", "POST", "DELETE"]))
    return found


async def _unknown(asked: Asked) -> dict[str, object]:
    del asked
    raise GraphError(refusals.NO_PATH)
