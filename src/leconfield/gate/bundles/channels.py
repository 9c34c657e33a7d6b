"""Channels that a release goes out by, and what each of them takes: pure rules that both sides know.

A channel shows the words of a release as they were judged: it shortens nothing, adds nothing and links to nothing. What
does not fit is said before it is sent, so that a platform's own refusal is never the first to say so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from leconfield.errors import BadInputError
from leconfield.gate.bundles.content import Content
from leconfield.gate.bundles.jpegs import MEDIA_TYPE, jpeg_size
from leconfield.gate.bundles.telling import TEXT, Heading, Items, Moment, Paragraph, Picture, blocks

SITE: Final = "site"
INSTAGRAM: Final = "instagram"
MASTODON: Final = "mastodon"
CHANNELS: Final[Mapping[str, str]] = {SITE: "Our site", INSTAGRAM: "Instagram", MASTODON: "Mastodon"}
"""By what stands in orders, in words."""

MAX_CAPTION: Final = 2_200
"""Characters (UTF-16 units, the strictest way to count them) of an Instagram caption."""
MAX_HASHTAGS: Final = 30
MAX_MENTIONS: Final = 20
MAX_ALT: Final = 1_000
"""Characters of an alternative text on Instagram."""
MAX_BYTES: Final = 8 * 2**20
"""Bytes of one picture on Instagram."""
LOWEST_ASPECT: Final = 0.8
HIGHEST_ASPECT: Final = 1.91
LEAST_WIDTH: Final = 320
MOST_WIDTH: Final = 1_440
"""Pixels; what is wider is scaled down to it by the platform."""
MOST_PICTURES: Final = 10

TOOT: Final = 500
"""Characters of a Mastodon status, where an instance says nothing else; every address counts as 23."""
TOOT_PICTURES: Final = 4
TOOT_ALT: Final = 1_500
TOOT_BYTES: Final = 16 * 2**20
_ADDRESS: Final = re.compile(r"https?://\S+")
_ADDRESS_COUNTS: Final = 23
_HASHTAG: Final = re.compile(r"(?<![\w&])#\w+")
_MENTION: Final = re.compile(r"(?<![\w.])@\w+")


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of a post."""

    member: str
    alt: str
    held: bytes


@dataclass(frozen=True, slots=True)
class Post:
    """A release as a channel shows it."""

    words: str
    shots: tuple[Shot, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What a channel would not take, or would change."""

    channel: str
    where: str
    """`text`, or the name of a picture."""
    words: str
    stops: bool = True
    """False: it goes out all the same; whoever sends it should know."""


def composed(content: Content, files: Mapping[str, bytes]) -> Post:
    """The words and pictures of a release; a title stands above the words.

    Raises:
        BadInputError: if its words are missing, or are not written as `telling` says.
    """
    if TEXT not in files:
        raise BadInputError(f"there is no {TEXT} in this release: a channel has nothing to say")
    told = blocks(files[TEXT].decode("utf-8", "replace"))
    parts, shots = [content.title] if content.title else [], []
    for each in told:
        match each:
            case Paragraph(words) | Heading(words):
                parts.append(words)
            case Items(items):
                parts.append("\n".join(f"• {one}" for one in items))
            case Moment(when, words):
                parts.append(f"{when}: {words}")
            case Picture(member, alt, caption):
                shots.append(Shot(member, alt, files.get(member, b"")))
                parts.extend([caption] if caption else [])
    return Post("\n\n".join(parts), tuple(shots))


def preflight(channel: str, content: Content, files: Mapping[str, bytes]) -> tuple[Fault, ...]:
    """What a channel would refuse or change of a release, by its files.

    Raises:
        BadInputError: if there is no such channel.
    """
    if (check := _CHECKS.get(channel)) is None:
        raise BadInputError(f'"{channel[:40]}" is no channel; choose {", ".join(CHANNELS)}')
    try:
        post = composed(content, files)
    except BadInputError as error:
        return (Fault(channel, "text", str(error)),)
    types = {each.name: each.media_type for each in content.members}
    found = _pictures(channel, post) + check(post, types)
    return tuple(Fault(channel, where, words, stops) for where, words, stops in found)


def stopped(faults: tuple[Fault, ...]) -> bool:
    """Whether any of them keeps the release from going out."""
    return any(each.stops for each in faults)


_Found = list[tuple[str, str, bool]]


def _pictures(channel: str, post: Post) -> _Found:
    """What holds on every channel: the picture is there, and is told in words."""
    most = {INSTAGRAM: MAX_ALT, MASTODON: TOOT_ALT}.get(channel, MAX_ALT)
    found: _Found = []
    for each in post.shots:
        if not each.held:
            found.append((each.member, "there is no such file in the release", True))
        if not each.alt.strip():
            found.append((each.member, "say in words what it shows, for those who do not see it", True))
        if len(each.alt) > most:
            found.append((each.member, f"{len(each.alt):,} characters of alternative text; {most:,} at most", True))
    return found


def _site(_post: Post, _types: Mapping[str, str]) -> _Found:
    return []


def _instagram(post: Post, types: Mapping[str, str]) -> _Found:
    found: _Found = []
    size = _units(post.words)
    tags, named = len(_HASHTAG.findall(post.words)), len(_MENTION.findall(post.words))
    for count, most, of_what in (
        (size, MAX_CAPTION, "characters"),
        (tags, MAX_HASHTAGS, "hashtags"),
        (named, MAX_MENTIONS, "mentions (@)"),
    ):
        if count > most:
            found.append(("text", f"{count:,} {of_what}; Instagram takes {most:,}", True))
    if not post.shots:
        found.append(("text", "Instagram shows no post without a picture: put one in", True))
    if len(post.shots) > MOST_PICTURES:
        found.append(("text", f"{len(post.shots)} pictures; Instagram takes {MOST_PICTURES}", True))
    for each in post.shots:
        found += [(each.member, words, stops) for words, stops in _for_instagram(each, types.get(each.member, ""))]
    return found + _cropped(post)


def _for_instagram(shot: Shot, media_type: str) -> list[tuple[str, bool]]:
    if not shot.held:
        return []
    size = jpeg_size(shot.held)
    if size is None or media_type != MEDIA_TYPE:
        return [("Instagram takes plain JPEG pictures alone; save it as one", True)]
    found = []
    if len(shot.held) > MAX_BYTES:
        found.append((f"{len(shot.held):,} bytes; Instagram takes {MAX_BYTES:,}: make it smaller", True))
    if not LOWEST_ASPECT <= size.aspect <= HIGHEST_ASPECT:
        shape = f"{size.width} by {size.height} pixels is {size.aspect:.3f} wide by high"
        found.append(
            (f"{shape}; Instagram takes {LOWEST_ASPECT} (4:5) to {HIGHEST_ASPECT}: cut it to that shape", True)
        )
    if size.width < LEAST_WIDTH:
        found.append((f"{size.width} pixels wide; Instagram takes {LEAST_WIDTH} and more", True))
    if size.width > MOST_WIDTH:
        found.append((f"{size.width:,} pixels wide; Instagram scales it down to {MOST_WIDTH:,}", False))
    return found


def _cropped(post: Post) -> _Found:
    """Pictures of a carousel that are cut to the shape of the first."""
    sizes = [(each.member, jpeg_size(each.held)) for each in post.shots]
    first = sizes[0][1] if sizes else None
    return [
        (member, "Instagram cuts it to the shape of the first picture", False)
        for member, size in sizes[1:]
        if first and size and abs(size.aspect - first.aspect) > 0.01
    ]


def toot_length(words: str) -> int:
    """Characters of a status as Mastodon counts them: an address for 23, of a name on another host the name alone."""
    shown = _ADDRESS.sub("x" * _ADDRESS_COUNTS, unicodedata.normalize("NFC", words))
    return len(re.sub(r"(?<![\w.])(@\w+)@[\w.-]+\w", r"\1", shown))


def answer_fault(channel: str, words: str) -> str:
    """Why a channel would not take these words as an answer beneath a comment; empty: it takes them."""
    size, most = (toot_length(words), TOOT) if channel == MASTODON else (_units(words), MAX_CAPTION)
    return f"{size:,} characters; {CHANNELS[channel]} takes {most:,} in an answer" if size > most else ""


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


def _mastodon(post: Post, types: Mapping[str, str]) -> _Found:
    found: _Found = []
    if (size := toot_length(post.words)) > TOOT:
        found.append(("text", f"{size:,} characters; Mastodon takes {TOOT}: write a shorter post for it", True))
    if len(post.shots) > TOOT_PICTURES:
        found.append(("text", f"{len(post.shots)} pictures; Mastodon takes {TOOT_PICTURES}", True))
    for each in post.shots:
        if len(each.held) > TOOT_BYTES:
            found.append((each.member, f"{len(each.held):,} bytes; Mastodon takes {TOOT_BYTES:,}", True))
        if types.get(each.member) not in (MEDIA_TYPE, "image/png"):
            found.append((each.member, "Mastodon is given JPEG and PNG pictures alone", True))
    if not post.words.strip():
        found.append(("text", "there are no words in it", True))
    return found


_CHECKS: Final[Mapping[str, Callable[[Post, Mapping[str, str]], _Found]]] = {
    SITE: _site,
    INSTAGRAM: _instagram,
    MASTODON: _mastodon,
}
