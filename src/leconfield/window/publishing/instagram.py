"""Instagram, by its API with Instagram Login: eight calls over plain httpx (docs/publishing.md, "Instagram")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from leconfield.gate.bundles.channels import INSTAGRAM
from leconfield.window.publishing.calling import Caller, items_of, text_of
from leconfield.window.publishing.model import Said, Seen, Standing, Submission
from leconfield.window.publishing.rules import past
from leconfield.window.publishing.tokens import REFRESH_AFTER
from leconfield.window.publishing.trouble import Kind, TroubleError

QUOTA: Final = 50
"""Posts of a day where the platform does not say: its pages say 25, 50 and 100."""
_LISTED: Final = "50"
_MOST_PAGES: Final = 20
"""Of our posts, of comments beneath one: a thousand."""
_ANSWERS: Final = "answer:"
"""What stands before the comment's id in the name of a container of a reply: the platform keeps none."""
_PARTS: Final = "parts:"
"""What stands before the ids of containers that are to become one."""
_STANDINGS: Final[Mapping[str, Standing]] = {
    "IN_PROGRESS": Standing.WORKING,
    "FINISHED": Standing.READY,
    "ERROR": Standing.FAILED,
    "EXPIRED": Standing.EXPIRED,
    "PUBLISHED": Standing.PUBLIC,
}
_ID: Final = re.compile(r"[0-9]{1,40}")


@dataclass(frozen=True, slots=True)
class Instagram:
    """One account. Of a picture's alternative text and a caption nothing is changed on the way."""

    caller: Caller
    account: str
    host: str
    """Without a version: where tokens are renewed."""
    username: str = ""
    """Ours, so that our own comments are not taken for somebody else's."""
    name: str = INSTAGRAM
    fetches: bool = True

    def submit(self, what: Submission) -> str:
        """A container, or several in one."""
        if what.beneath:
            return f"{_ANSWERS}{_checked(what.beneath)}"
        shots = list(zip(what.post.shots, what.addresses, strict=True))
        if len(shots) == 1:
            ((shot, address),) = shots
            told = {"image_url": address, "alt_text": shot.alt, "caption": what.post.words}
            return text_of(self.caller.post(f"/{self.account}/media", told), "id")
        children = []
        for shot, address in shots:
            told = {"image_url": address, "alt_text": shot.alt, "is_carousel_item": "true"}
            children.append(text_of(self.caller.post(f"/{self.account}/media", told), "id"))
        return _PARTS + ",".join(children)

    def whole(self, container: str, words: str) -> str:
        """One container of several, which must be ready; any other is whole already."""
        if not container.startswith(_PARTS):
            return container
        told = {"media_type": "CAROUSEL", "children": container.removeprefix(_PARTS), "caption": words}
        return text_of(self.caller.post(f"/{self.account}/media", told), "id")

    def standing(self, container: str) -> Standing:
        """The status of a container."""
        if container.startswith(_ANSWERS):
            return Standing.READY
        if container.startswith(_PARTS):
            parts = map(self.standing, container.removeprefix(_PARTS).split(","))
            return next((each for each in parts if each is not Standing.READY), Standing.READY)
        told = self.caller.get(f"/{_checked(container)}", fields="status_code")
        found = _STANDINGS.get(text_of(told, "status_code"))
        if found is None:
            raise TroubleError(Kind.AGAIN, "it names a status that is not known here")
        return found

    def room(self) -> int:
        """What is left of the posts of 24 hours, as the platform counts now; all of them where it will not say."""
        fields = "quota_usage,config"
        try:
            told = self.caller.get(f"/{self.account}/content_publishing_limit", fields=fields)
        except TroubleError as trouble:
            if trouble.kind in (Kind.LIE, Kind.FIX):
                return QUOTA
            raise
        first = next(iter(items_of(told.get("data") if isinstance(told, dict) else None)), {})
        config = first.get("config")
        total = config.get("quota_total") if isinstance(config, dict) else None
        used = first.get("quota_usage")
        most = total if isinstance(total, int) else QUOTA
        return max(0, most - (used if isinstance(used, int) else 0))

    def publish(self, container: str, words: str, beneath: str, key: str) -> str:
        """Make it public. The platform knows no key by which a second call would be told from a first."""
        del key
        if beneath:
            return text_of(self.caller.post(f"/{_checked(beneath)}/replies", {"message": words}), "id")
        return text_of(self.caller.post(f"/{self.account}/media_publish", {"creation_id": _checked(container)}), "id")

    def listed(self, beneath: str = "", *, whole: bool = False) -> tuple[Seen, ...]:
        """Our newest posts (`whole`: up to a thousand), or our answers beneath a comment."""
        if beneath:
            replies = self._pages(f"/{_checked(beneath)}/replies", "id,text,username,timestamp")
            answers = [each for each in replies if each.get("username") == self.username]
            return tuple(Seen(text_of(each, "id"), str(each.get("text", "")), _moment(each)) for each in answers)
        fields = "id,caption,permalink,timestamp"
        posts = self._pages(f"/{self.account}/media", fields, _MOST_PAGES if whole else 1)
        return tuple(
            Seen(text_of(each, "id"), str(each.get("caption", "")), _moment(each), _address(each.get("permalink")))
            for each in posts
        )

    def comments(self, media: str) -> tuple[Said, ...]:
        """Comments at the top of a post, of others."""
        found = self._pages(f"/{_checked(media)}/comments", "id,text,username,timestamp")
        others = [each for each in found if each.get("username") != self.username]
        return tuple(
            Said(text_of(each, "id"), str(each.get("username", "")), str(each.get("text", "")), _moment(each))
            for each in others
        )

    def _pages(self, path: str, fields: str, most: int = _MOST_PAGES) -> list[dict[str, Any]]:
        """All that a list holds, page by page, up to the number of pages that we read."""
        found: list[dict[str, Any]] = []
        after: dict[str, str] = {}
        for _ in range(most):
            told = self.caller.get(path, fields=fields, limit=_LISTED, **after)
            part = _data(told)
            found += part
            cursor = _cursor(told)
            if len(part) < int(_LISTED) or not cursor:
                break
            after = {"after": cursor}
        return found

    def hide(self, comment: str, *, hidden: bool) -> None:
        """Hide a comment, or show it again."""
        self.caller.post(f"/{_checked(comment)}", {"hide": "true" if hidden else "false"})

    def hidden(self, comment: str) -> bool:
        """Whether a comment is hidden."""
        told = self.caller.get(f"/{_checked(comment)}", fields="hidden")
        found = told.get("hidden") if isinstance(told, dict) else None
        if not isinstance(found, bool):
            raise TroubleError(Kind.AGAIN, "its answer does not say whether the comment is hidden")
        return found

    def open_comments(self, media: str, *, on: bool) -> None:
        """Let people comment on a post, or not."""
        self.caller.post(f"/{_checked(media)}", {"comment_enabled": "true" if on else "false"})

    def refresh(self, now: datetime) -> bool:
        """Sixty days more, if the token is at least 24 hours old."""
        if not past(self.caller.token.made(), now, REFRESH_AFTER):
            return False
        unversioned = replace(self.caller, base=self.host)
        told = unversioned.get("/refresh_access_token", grant_type="ig_refresh_token")
        self.caller.token.write(text_of(told, "access_token"), now)
        return True


def _checked(which: str) -> str:
    """An id of the platform's, which goes into a path."""
    if _ID.fullmatch(which) is None:
        raise TroubleError(Kind.FIX, "an id that is none")
    return which


def _data(told: object) -> list[dict[str, Any]]:
    return items_of(told.get("data") if isinstance(told, dict) else None)


def _cursor(told: object) -> str:
    """Where the next page begins."""
    paging = told.get("paging") if isinstance(told, dict) else None
    cursors = paging.get("cursors") if isinstance(paging, dict) else None
    after = cursors.get("after") if isinstance(cursors, dict) else None
    return after if isinstance(after, str) else ""


def _moment(told: Mapping[str, Any]) -> datetime:
    try:
        return datetime.fromisoformat(str(told.get("timestamp"))).astimezone(UTC)
    except ValueError:
        raise TroubleError(Kind.AGAIN, "its answer has no time") from None


def _address(told: object) -> str:
    return told if isinstance(told, str) and told.startswith(("https://", "http://")) else ""
