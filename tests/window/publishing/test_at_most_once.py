"""Whatever goes wrong: at most one public post of a release, and in the end a state that says how it stands."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp
from typing import Final

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from leconfield.fake_instagram.faults import Fault
from leconfield.gate.bundles.channels import INSTAGRAM, MASTODON
from leconfield.gate.bundles.deliveries import FINAL, Ruling, State
from leconfield.window.publishing import rules
from leconfield.window.publishing.model import Delivery
from tests.fake_instagram.serving import Faked
from tests.window.publishing.scene import Scene, before, serving

CALLS: Final = ("create", "status", "publish", "list", "quota")
DOINGS: Final = ("error", "error-after", "lost", "lost-before", "garbled")
ERRORS: Final = ("500", "server", "blocked", "rate", "most-posts", "token", "lies", "fetch", "not-ready", "expired")
TEXTS: Final = ("The quay was empty.", "The pier was empty.", "The quay was empty.")
"""Two releases say the same: they must not be taken for each other."""
FAULTS: Final = st.one_of(
    st.builds(
        Fault,
        st.sampled_from(CALLS),
        st.sampled_from(DOINGS),
        st.sampled_from(ERRORS),
        st.integers(min_value=1, max_value=3),
    ),
    st.builds(Fault, st.just("publish"), st.just("late"), reads=st.integers(min_value=1, max_value=30)),
    st.builds(Fault, st.just("create"), st.sampled_from(("stuck", "fails"))),
)


def alt_of(release: str) -> str:
    """What is said of the picture of a release, and of no other."""
    return f"Quay number {int(release, 16)}."


class Publishing(RuleBasedStateMachine):
    """A publisher and a platform that misbehaves, an officer who looks and decides, a stop, crashes between turns."""

    fake: Faked

    def __init__(self) -> None:
        super().__init__()
        self.releases: dict[str, str] = {}
        self.stopped = False
        self.withdrawn: set[str] = set()
        self.lost = False

    @initialize(faults=st.lists(FAULTS, max_size=3))
    def begin(self, faults: list[Fault]) -> None:
        self.opened = before(self.fake, Path(mkdtemp(prefix="leconfield-once-", dir=_MEMORY)), timeout=2.0)
        self.scene: Scene = self.opened.__enter__()
        for each in faults:
            self.scene.fake.server.fake.script.add(each)
        self.send()

    @precondition(lambda self: len(self.releases) < len(TEXTS))
    @rule()
    def send(self) -> None:
        text = TEXTS[len(self.releases)]
        which = f"{len(self.releases) + 1:032x}"
        self.scene.post(f"{text}\n\n!quay.jpg {alt_of(which)}", INSTAGRAM, release=which)
        self.releases[which] = text

    @rule(each=FAULTS)
    def spoil(self, each: Fault) -> None:
        self.scene.fake.server.fake.script.add(each)

    @rule(seconds=st.sampled_from((1, 61, 61, 61, 601, 1900, 90_000)))
    def turn(self, seconds: int) -> None:
        self.scene.turns(1, seconds=seconds)

    @rule()
    def begin_again(self) -> None:
        """The process ends between two turns, and another one begins."""
        self.scene.begins_again()

    @precondition(lambda self: self.releases and not self.hides())
    @rule()
    def lose_the_store(self) -> None:
        """The store is gone, and another publisher begins with an empty one: it knows what the platform shows."""
        self.lost = True
        self.scene.store.unlink()
        self.scene.begins_again()

    @rule(on=st.booleans())
    def switch(self, on: bool) -> None:
        if on is not self.stopped:
            self.stopped = on
            self.scene.stop(on=on)

    @rule(pick=st.integers(min_value=0, max_value=2))
    def withdraw(self, pick: int) -> None:
        which = f"{pick + 1:032x}"
        if pick == 1 and which in self.releases:
            self.withdrawn.add(which)
            self.scene.house.withdraw(which)

    @rule()
    def decide(self) -> None:
        """An officer looks at what is public, and says what he sees."""
        for its in self.scene.publisher.kept.all():
            if its.state is State.MANUAL and its.release not in self.withdrawn:
                self._decide(its)
                return

    def _decide(self, its: Delivery) -> None:
        seen = self.of(its.release)
        if seen:
            code = self.fake.server.fake.graph.media[seen[0]].code
            self.scene.decide(its.release, Ruling.LIVE, f"{self.fake.address}/us/p/{code}/?igsh=1")
        else:
            self.scene.decide(its.release, Ruling.ANEW)

    def of(self, release: str) -> list[str]:
        """The ids of what is public of a release: each has a picture told in words of its own."""
        graph = self.scene.fake.server.fake.graph
        return [each.id for each in graph.media.values() if each.pictures[0][1] == alt_of(release)]

    def hides(self) -> bool:
        """Whether something public does not show in lists, now or soon."""
        fake = self.scene.fake.server.fake
        late = any(each.do == "late" for each in fake.script.left)
        return late or any(each.hidden_from_lists for each in fake.graph.media.values())

    @invariant()
    def at_most_one_post_of_each(self) -> None:
        if not self.releases:
            return
        captions = self.scene.public()
        for text in set(self.releases.values()):
            wanted = sum(each == text for each in self.releases.values())
            assert captions.count(text) <= wanted, captions
        for which in self.releases:
            assert len(self.of(which)) <= 1, which

    @invariant()
    def the_store_and_what_is_told_agree(self) -> None:
        if not self.releases:
            return
        for its in self.scene.publisher.kept.all():
            assert its.state in rules.EDGES
            if its.state in (State.QUEUED, State.SUBMITTED, State.PROCESSING) and its.intent is None and not self.lost:
                assert not self.of(its.release), its
            if its.state is State.LIVE:
                assert self.of(its.release), its
                assert its.media in ("", *self.of(its.release)), its

    def teardown(self) -> None:
        if not self.releases:
            return
        self.scene.fake.server.fake.script.clear()
        if self.stopped:
            self.scene.stop(on=False)
        self.scene.turns(9, seconds=1900)
        told = self.scene.told()
        for which in self.releases:
            its = self.scene.publisher.kept.get(which, INSTAGRAM)
            if its is None:
                assert which in self.withdrawn
                continue
            assert its.state in FINAL, its
            last = [each for each in told if each.release == which][-1]
            assert (last.step, last.state) == (its.step, its.state)
            if its.state is State.REJECTED and which not in self.withdrawn:
                assert not self.of(which)
        self.at_most_one_post_of_each()
        self.opened.__exit__(None, None, None)


_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None


def run(examples: int, steps: int) -> None:
    with serving() as fake:
        Publishing.fake = fake
        case = Publishing.TestCase()
        case.settings = settings(  # type: ignore[misc]  # as its documentation says
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=examples < 20,
        )
        case.runTest()


def test_at_most_one_post_and_a_final_state_a_few_times() -> None:
    run(examples=4, steps=12)


@pytest.mark.long
def test_at_most_one_post_and_a_final_state_many_times() -> None:
    run(examples=60, steps=25)


@pytest.mark.parametrize("channel", [MASTODON])
@pytest.mark.parametrize("do", ["lost", "lost-before", "error"])
def test_a_channel_with_keys_goes_by_the_same_rules(scene: Scene, channel: str, do: str) -> None:
    scene.fake.server.mastodon.script.add(Fault("publish", do))
    which = scene.post("The quay was empty.", channel)

    scene.settle()

    its = scene.get(which, channel)
    assert its.state is (State.LIVE if do == "lost" else State.MANUAL)
    assert len(scene.fake.server.mastodon.statuses) == (1 if do == "lost" else 0)
