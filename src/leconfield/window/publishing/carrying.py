"""Carrying one delivery on by one step: submit, look, make public, and on doubt read and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from leconfield.errors import BadInputError
from leconfield.gate.bundles.channels import Post, answer_fault, composed, preflight
from leconfield.gate.bundles.content import Content
from leconfield.gate.bundles.deliveries import State
from leconfield.gate.bundles.telling import TEXT
from leconfield.window.publishing import rules
from leconfield.window.publishing.channel import Channel
from leconfield.window.publishing.deliveries import Deliveries
from leconfield.window.publishing.failing import reach
from leconfield.window.publishing.model import Delivery, Seen, Standing, Submission
from leconfield.window.publishing.trouble import Kind, TroubleError
from leconfield.window.told import Told

_WITHOUT_ANSWER: Final = "it was begun to be made public"
_USED_UP: Final = "the posts of a day are used up; it waits"
_EARLIER: Final = "it had been made public by an earlier attempt"
_SAME_WORDS: Final = "the same words are public already, and this store does not know by what"
_LOOK: Final = "It may be this very one, if a store was lost: then say that it is there; if it is not, send this anew"


@dataclass(frozen=True, slots=True)
class Carrier:
    """What carries deliveries of one channel."""

    channel: Channel
    kept: Deliveries
    now: datetime
    poll: timedelta
    """After how long a platform is asked again."""
    address_of: Callable[[str], str]
    """The address of an opening, by its name."""
    may: Callable[[Delivery], bool]
    """Whether it may go out at this very moment: much can have crossed since the turn began."""

    def carry(self, its: Delivery, told: Told | None) -> Delivery:
        """One step on; `told`: its release, if it may be shown."""
        match its.state:
            case State.QUEUED:
                return self._begin(its, told)
            case State.SUBMITTED | State.PROCESSING:
                return self._look(its)
            case State.AMBIGUOUS:
                return self._reconcile(its)
            case State.MANUAL:
                return self._watch(its)
            case _:
                return its

    # Nothing is public yet

    def _begin(self, its: Delivery, told: Told | None) -> Delivery:
        if told is None:
            return self._wait(its, self.poll, "its release is not here, or may not be shown yet")
        post, fault = post_of(its, told)
        if fault:
            return self.kept.move(its, State.REJECTED, self.now, fault)
        if its.intent is not None and (known := self._earlier(its)) is not None:
            return known
        if blocked := self._blocked(its, post.words):
            return blocked
        if not self.may(its):
            return self.kept.keep(replace(its, due=self.now + self.poll))
        before = replace(its, words=post.words)
        its = self.kept.keep(replace(before, tries=its.tries + 1, due=self.now + self.poll))
        try:
            if not self._room(its):
                return self._wait(before, rules.LATER, _USED_UP)
        except TroubleError as trouble:
            if trouble.kind is not Kind.AUTH:  # nothing was made, and nothing is counted: the platform may be away
                return self._troubled(before, trouble)
            return self._failed(its, trouble)
        try:
            return self._submit(its, post)
        except TroubleError as trouble:
            return self._failed(its, trouble)

    def _earlier(self, its: Delivery) -> Delivery | None:
        """What an earlier attempt came to, of which a person said that it is not there; None: nothing, by all signs."""
        if (found := self._found(its)) is not None:
            return self._live(its, found, _EARLIER)
        if not its.container:
            return None
        try:
            public = self.channel.standing(its.container) is Standing.PUBLIC
        except TroubleError as trouble:
            if trouble.kind in (Kind.EXPIRED, Kind.LIE, Kind.FIX):
                return None
            return self._troubled(its, trouble)
        why = "the platform says that what was submitted is public: find it, and say where it is; it is not sent anew"
        return self.kept.move(its, State.MANUAL, self.now, why) if public else None

    def _submit(self, its: Delivery, post: Post) -> Delivery:
        addresses: tuple[str, ...] = ()
        if self.channel.fetches and post.shots:
            made = self.kept.open(its.release, its.channel, [each.member for each in post.shots])
            addresses = tuple(self.address_of(each.name) for each in made)
        reach("opened")
        container = self.channel.submit(Submission(post, addresses, its.beneath))
        reach("submitted")
        its = replace(its, container=container, due=self.now)
        kept = self.kept.move(its, State.SUBMITTED, self.now)
        reach("submission kept")
        return kept

    def _failed(self, its: Delivery, trouble: TroubleError) -> Delivery:
        to = rules.after_trouble(its, trouble.kind)
        if trouble.kind is Kind.LIMIT:
            its = replace(its, tries=max(0, its.tries - 1))
        due = self.now + rules.wait(trouble.kind, self.poll, its.tries)
        its = replace(its, due=due, container="", stuck=None)
        if to is not State.QUEUED:
            self.kept.close(its.release, its.channel)
        return self.kept.move(its, to, self.now, trouble.words)

    def _blocked(self, its: Delivery, words: str) -> Delivery | None:
        """Another with the same words of which it is not known whether it is public: one could not tell them apart."""
        for each in self._twins(its, words):
            unknown = each.state is State.LIVE and not each.media
            if each.state is State.AMBIGUOUS or (unknown and not rules.past(each.since, self.now, rules.WATCHED)):
                return self._wait(its, self.poll, "another release with the same words is in doubt; it waits")
            if each.state is State.MANUAL and each.intent is not None:
                self.kept.close(its.release, its.channel)
                why = "another release with the same words is in doubt: decide on that first, then send this anew"
                return self.kept.move(its, State.MANUAL, self.now, why)
        return None

    def _twins(self, its: Delivery, words: str) -> Iterator[Delivery]:
        """Other releases with the same words in the same place."""
        for each in self.kept.all():
            other = each.release != its.release and (each.channel, each.beneath) == (its.channel, its.beneath)
            if other and rules.same(each.words, words):
                yield each

    def _look(self, its: Delivery) -> Delivery:
        try:
            standing = self.channel.standing(its.container)
        except TroubleError as trouble:
            if trouble.kind in (Kind.AUTH, Kind.EXPIRED) or self._too_long(its):
                return self._again(its, trouble)
            return self._wait(its, self.poll, trouble.words)
        match standing:
            case Standing.READY:
                return self._assemble(its)
            case Standing.WORKING if self._too_long(its):
                return self._again(its, TroubleError(Kind.AGAIN, "the platform worked on it for too long"))
            case Standing.WORKING:
                its = replace(its, due=self.now + self.poll)
                return self.kept.move(its, State.PROCESSING, self.now)
            case Standing.PUBLIC:
                its = replace(its, intent=its.intent or its.since, due=self.now)
                return self.kept.move(its, State.AMBIGUOUS, self.now, "the platform says that it is public already")
            case _:
                return self._again(its, TroubleError(Kind.AGAIN, f"what was submitted is {standing.value}"))

    def _too_long(self, its: Delivery) -> bool:
        return rules.past(its.since, self.now, rules.WORKING_FOR)

    def _again(self, its: Delivery, trouble: TroubleError) -> Delivery:
        """Of what was submitted nothing is public: submit it anew, a few times. Where that was begun, read first."""
        if rules.begun(its):
            its = replace(its, due=self.now)
            return self.kept.move(its, State.AMBIGUOUS, self.now, f"{_WITHOUT_ANSWER}; {trouble.words}")
        return self._failed(its, trouble)

    def _assemble(self, its: Delivery) -> Delivery:
        """Make one of several parts that are ready, and look at that next; what has no parts is made public."""
        try:
            whole = self.channel.whole(its.container, its.words)
        except TroubleError as trouble:
            return self._again(its, trouble)
        if whole == its.container:
            return self._publish(its)
        return self.kept.keep(replace(its, container=whole, since=self.now, due=self.now))

    # The one call that is made once

    def _publish(self, its: Delivery) -> Delivery:
        try:
            if not self._room(its):
                return self._wait(its, rules.LATER, _USED_UP)
            there = self.channel.listed(its.beneath, whole=True)
        except TroubleError as trouble:
            return self._troubled(its, trouble)
        if (known := self._public_or_blocked(its, there)) is not None:
            return known
        reach("before intent")
        if not self.may(its):
            return self.kept.keep(replace(its, due=self.now + self.poll))
        before = tuple(each.id for each in there)
        its = replace(its, intent=self.now, before=before, due=self.now + self.poll)
        its = self.kept.move(its, State.AMBIGUOUS, self.now, _WITHOUT_ANSWER)
        reach("intent kept")
        try:
            media = self.channel.publish(its.container, its.words, its.beneath, key_of(its))
        except TroubleError as trouble:
            return self._unanswered(its, trouble)
        reach("published")
        live = self.kept.move(replace(its, media=media, due=self.now), State.LIVE, self.now)
        self.kept.close(its.release, its.channel)
        reach("publication kept")
        return self.find_address(live)

    def _room(self, its: Delivery) -> bool:
        """Whether one more may be posted today; answers beneath comments are not counted."""
        return bool(its.beneath) or self.channel.room() > 0

    def _public_or_blocked(self, its: Delivery, there: tuple[Seen, ...]) -> Delivery | None:
        """What becomes of it instead, if it is public by what is listed, or could not be told from what is."""
        claimed = self._claimed(its)
        if (found := rules.ours(its, there, claimed)) is not None:
            return self._live(its, found, _EARLIER)
        if blocked := self._blocked(its, its.words):
            return blocked
        if its.intent is not None or not (others := rules.unclaimed(its, there, claimed)):
            return None
        self.kept.close(its.release, its.channel)
        seen = replace(its, before=tuple(each.id for each in there))
        where = next((each.address for each in others if each.address), "")
        return self.kept.move(seen, State.MANUAL, self.now, f"{_SAME_WORDS}{where and f': {where}'}. {_LOOK}")

    def _unanswered(self, its: Delivery, trouble: TroubleError) -> Delivery:
        """Only one answer says that nothing was made public; after any other the platform is read.

        What it was begun with is kept all the same: before a second call the list must not have it.
        """
        if trouble.kind is Kind.NOT_READY:
            return self.kept.move(its, State.PROCESSING, self.now, trouble.words)
        return self.kept.move(its, State.AMBIGUOUS, self.now, f"{_WITHOUT_ANSWER}; {trouble.words}")

    # On doubt: reading

    def _reconcile(self, its: Delivery) -> Delivery:
        found, trouble = self._looked_for(its)
        if found is not None:
            return self._live(its, found, "found on the platform after a doubt")
        if rules.overdue(its, self.now):
            self.kept.close(its.release, its.channel)
            why = f"{self._seen(trouble)}: {self._evidence(its)}. Look, and decide"
            return self.kept.move(replace(its, due=self.now + rules.LATER), State.MANUAL, self.now, why)
        return self.kept.keep(replace(its, due=self.now + self.poll))

    def _seen(self, trouble: TroubleError | None) -> str:
        if trouble is not None:
            return f"what is public could not be read from the platform ({trouble.words})"
        return f"not found on the platform in {_minutes(rules.SETTLES)} minutes"

    def _evidence(self, its: Delivery) -> str:
        try:
            return f"the platform says of what was submitted that it is {self.channel.standing(its.container).value}"
        except TroubleError as trouble:
            return f"what the platform says of it cannot be read: {trouble.words}"

    def _watch(self, its: Delivery) -> Delivery:
        its = self.kept.keep(replace(its, due=self.now + rules.LATER))
        if not rules.watched(its, self.now) or (found := self._found(its)) is None:
            return its
        return self._live(its, found, "it turned up on the platform")

    def _found(self, its: Delivery) -> Seen | None:
        return self._looked_for(its)[0]

    def _looked_for(self, its: Delivery) -> tuple[Seen | None, TroubleError | None]:
        """What of the platform's list it is, if anything; or why the list could not be read."""
        try:
            return rules.ours(its, self.channel.listed(its.beneath), self._claimed(its)), None
        except TroubleError as trouble:
            return None, trouble

    def _claimed(self, its: Delivery) -> frozenset[str]:
        every = self.kept.all()
        return frozenset(each.media for each in every if each.channel == its.channel and each.release != its.release)

    def _live(self, its: Delivery, found: Seen, why: str) -> Delivery:
        self.kept.close(its.release, its.channel)
        its = replace(its, media=found.id, address=found.address, due=self.now)
        return self.find_address(self.kept.move(its, State.LIVE, self.now, why))

    def look_up(self, its: Delivery) -> Delivery:
        """Which post it is and where, of what is live."""
        if its.media:
            return its if rules.past(its.since, self.now, rules.WATCHED) else self.find_address(its)
        twins = any(self._twins(its, its.words))
        try:
            found = rules.meant(its, self.channel.listed(its.beneath, whole=True), self._claimed(its), twins=twins)
        except TroubleError:
            return self.kept.keep(replace(its, due=self.now + self.poll))
        if found is None:
            return self.kept.keep(replace(its, due=self.now + rules.LATER))
        its = replace(its, media=found.id, address=found.address or its.address, due=self.now)
        return self.kept.move(its, State.LIVE, self.now, "it is known by now which post it is")

    def find_address(self, its: Delivery) -> Delivery:
        """Where people see it, from the list; reads of one post lie at times."""
        if its.address or its.beneath or not its.media:
            return its
        try:
            found = next((each for each in self.channel.listed() if each.id == its.media), None)
        except TroubleError:
            found = None
        if found is None or not found.address:
            return self.kept.keep(replace(its, due=self.now + self.poll))
        return self.kept.move(replace(its, address=found.address), State.LIVE, self.now, f"it is at {found.address}")

    def _wait(self, its: Delivery, how_long: timedelta, why: str) -> Delivery:
        return self.kept.move(replace(its, due=self.now + how_long, stuck=None), its.state, self.now, why)

    def _troubled(self, its: Delivery, trouble: TroubleError) -> Delivery:
        """The platform could not be asked, and nothing is public: it is asked on for a while, and then a person is."""
        since = its.stuck if its.stuck and its.stuck <= self.now else self.now
        if rules.hopeless(trouble.kind, self.now - since):
            self.kept.close(its.release, its.channel)
            return self.kept.move(its, State.MANUAL, self.now, f"it could not be sent: {trouble.words}")
        due = self.now + rules.wait(trouble.kind, self.poll, 1)
        return self.kept.move(replace(its, due=due, stuck=since), its.state, self.now, trouble.words)


def post_of(its: Delivery, told: Told) -> tuple[Post, str]:
    """What of a release goes out, or why nothing does."""
    content, files = content_of(told)
    if its.beneath:
        return _answer(its.channel, content, files)
    faults = [each for each in preflight(its.channel, content, files) if each.stops]
    if faults:
        return Post(""), "; ".join(f"{each.where}: {each.words}" for each in faults)
    return composed(content, files), ""


def _answer(channel: str, content: Content, files: Mapping[str, bytes]) -> tuple[Post, str]:
    """An answer beneath a comment: words alone."""
    try:
        post = composed(replace(content, title=""), files)
    except BadInputError as error:
        return Post(""), str(error)
    if post.shots or not post.words:
        return Post(""), "an answer beneath a comment is words alone"
    return post, answer_fault(channel, post.words)


def content_of(told: Told) -> tuple[Content, dict[str, bytes]]:
    """A release that is told, with the bytes of its members."""
    files = {name: told.held(name) for name in told.files}
    content = Content(told.form, told.audience, told.title, "", tuple(told.files.values()))
    return content, {**files, TEXT: told.text.encode()}


def key_of(its: Delivery) -> str:
    """The same for the same attempt of the same delivery."""
    return sha256(f"leconfield delivery\n{its.release}\n{its.channel}\n{its.attempt}".encode()).hexdigest()


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)
